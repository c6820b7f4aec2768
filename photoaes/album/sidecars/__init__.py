"""XMP sidecars: read by one conflict rule, written only where asked for, foreign nodes kept."""
