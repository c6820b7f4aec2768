"""Size and place of the window and of its panels, as text for `preferences`."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtWidgets import QMainWindow, QSplitter

SMALLEST = (900, 600)
FIRST, TITLE = (1280, 800), 40  # the window's first size, and what its title needs above it


def smallest(screen: QSize) -> QSize:
    """Below that parts of the window would be cut; but the window is never larger than the
    screen, which in large letters has few pixels of its own."""
    frame = QSize(0, TITLE // 2)
    return QSize(*SMALLEST).boundedTo(screen - frame)


def restore_window(window: QMainWindow, geometry: str) -> None:
    """Size and place of the last time; the first time what fits most screens."""
    if geometry and window.restoreGeometry(QByteArray.fromBase64(geometry.encode())):
        return
    screen = window.screen().availableSize()
    if screen.width() <= FIRST[0] or screen.height() <= FIRST[1] + TITLE:
        window.setWindowState(Qt.WindowState.WindowMaximized)
    window.resize(min(FIRST[0], screen.width()), min(FIRST[1], screen.height()))


def window_text(window: QMainWindow) -> str:
    """The window's size and place as text, for `restore_window`."""
    return bytes(window.saveGeometry().toBase64().data()).decode()


def restore_panels(splitter: QSplitter, state: str) -> bool:
    """The panels as wide as they were left; False where nobody has moved them."""
    return bool(state) and splitter.restoreState(QByteArray.fromBase64(state.encode()))


def panels_text(splitter: QSplitter) -> str:
    """The panels' widths as text, for `restore_panels`."""
    return bytes(splitter.saveState().toBase64().data()).decode()
