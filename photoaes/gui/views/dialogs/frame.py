"""What all dialogs share: a title, a body, and buttons at the bottom right."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from photoaes.gui.kit.letters import at_least
from photoaes.gui.kit.theme import GAP

FRAME = 40  # what the desktop puts around a window


def framed(parent: QWidget | None, title: str, body: QWidget, width: int = 560) -> QDialog:
    """A dialog around the body, with Close; Escape closes it too."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
    column.setSpacing(2 * GAP)
    column.addWidget(body, 1)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column.addWidget(buttons)
    fit(dialog, width)
    return dialog


def fit(dialog: QDialog, width: int) -> None:
    """So wide in usual letters, and so high as its texts, wrapped, then are; within the screen."""
    layout = dialog.layout()
    assert layout is not None
    room = dialog.screen().availableSize()
    width = min(at_least(dialog, width, width // 9), room.width())
    dialog.setMinimumWidth(width)
    width = max(width, dialog.width() if dialog.isVisible() else 0)
    height = max(dialog.sizeHint().height(), layout.totalHeightForWidth(width))
    dialog.resize(width, min(height, room.height() - FRAME))
