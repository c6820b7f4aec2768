"""Windows that are opened for a moment: keys, about, banks, profiles, details, sidecars."""
