"""The window: with `app`, the only code that imports PySide6."""
