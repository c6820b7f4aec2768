"""The main window and what its actions do; what they can do without one stands below."""
