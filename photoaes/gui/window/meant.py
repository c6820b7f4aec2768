"""Which photos a command is about."""

from __future__ import annotations

import numpy as np

from photoaes.gui.state.marking import Indices
from photoaes.gui.state.session import Session
from photoaes.gui.window.main_window import MainWindow


def photos_meant(window: MainWindow, session: Session) -> Indices:
    """In the grid the whole selection, elsewhere the current photo; indices into the columns."""
    current = session.selection.current
    single = np.array([] if current is None else [current], dtype=np.int64)
    if window.pages.currentWidget() is not window.grid:
        return single
    selection = session.selection.photos()
    return selection if len(selection) else single
