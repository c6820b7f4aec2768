"""What all dialogs share: a title, a body, and buttons at the bottom right."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from photoaes.gui.kit.letters import at_least
from photoaes.gui.kit.theme import GAP


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
    width = at_least(dialog, width, width // 9)
    dialog.setMinimumWidth(width)
    # Wrapped texts ask for their height once their width is known.
    dialog.resize(width, max(dialog.sizeHint().height(), column.totalHeightForWidth(width)))
    return dialog
