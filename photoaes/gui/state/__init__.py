"""What the window shows, as objects without widgets: `session.Session` and what works on it."""
