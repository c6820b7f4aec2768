"""Figures, by matplotlib: what is drawn is plain data until `files` asks for it."""
