"""What all dialogs share: a title, a body, and buttons at the bottom right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
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
    """So wide in usual letters, or as wide as its widest part must be, and so high as its texts,
    wrapped, then are; within the screen.

    From then on it grows with them: words that come later are longer than those that held their
    place.
    """
    layout = dialog.layout()
    assert layout is not None
    width = max(at_least(dialog, width, width // 9), layout.totalMinimumSize().width())
    width = min(width, dialog.screen().availableSize().width())
    dialog.setMinimumWidth(width)
    dialog.resize(width, dialog.sizeHint().height())
    grow(dialog)
    _Growing(dialog)


def grow(dialog: QDialog) -> None:
    """Make it as wide as its widest part must be, and as high as its texts then are, if it is not;
    within the screen."""
    layout = dialog.layout()
    assert layout is not None
    room = dialog.screen().availableSize()
    width = min(max(dialog.width(), layout.totalMinimumSize().width()), room.width())
    height = max(dialog.height(), layout.totalHeightForWidth(width))
    dialog.resize(width, min(height, room.height() - FRAME))


class _Growing(QObject):
    """Looks again once the layout knows of other words, or of the letters that they are shown in.

    A layout is told of that by an event: whoever measures before, measures the old words.
    """

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        dialog.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Before the event goes on, and after the layout has had it."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            grow(self._dialog)
        return False
