"""photoaes learns your taste from a few stars and ranks the whole album, offline."""

__version__ = "0.1.0"
