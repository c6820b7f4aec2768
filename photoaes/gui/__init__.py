"""The window: with `app`, the only code that imports PySide6.

    window   the main window and what its actions do
    views    what is shown: grid, filters, loupe, panels, dialogs
    state    what the window shows, without widgets
    kit      threads, colours, icons, keys, numbers, sentences

Each imports from those below it alone.
"""
