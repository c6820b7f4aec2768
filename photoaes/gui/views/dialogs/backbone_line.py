"""The download of a bank's backbone: a button, how far it is, and what went wrong."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from photoaes.gui.kit.numerals import whole
from photoaes.gui.kit.theme import GAP
from photoaes.jobs.events import Progress


class BackboneLine(QWidget):
    """Shown for a bank that brings no backbone of its own."""

    wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start = QPushButton(self.tr("Download the network now"))
        self.start.clicked.connect(self.wanted)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self._cancel)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Download"))
        self.text = QLabel()
        self.text.setWordWrap(True)
        row = QHBoxLayout()
        for widget in (self.start, self._bar, self.cancel):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addWidget(self.text)
        self.say("")

    def say(self, text: str) -> None:
        """Nothing is under way; a sentence about what was, if anything."""
        self._show(False, text)

    def progress(self, progress: Progress) -> None:
        """Show how many megabytes have arrived."""
        text = self.tr("Connecting\u2026")
        if progress.total:
            text = self.tr("{0} of {1} MB").format(whole(progress.done), whole(progress.total))
        elif progress.done:
            text = self.tr("{0} MB").format(whole(progress.done))
        self._bar.setRange(0, progress.total or 0)
        self._bar.setValue(progress.done)
        self._show(True, text)

    def _cancel(self) -> None:
        self.cancel_wanted.emit()
        self.say(self.tr("Stopped. The next time it goes on from here."))

    def _show(self, is_under_way: bool, text: str) -> None:
        self.start.setVisible(not is_under_way)
        self._bar.setVisible(is_under_way)
        self.cancel.setVisible(is_under_way)
        self.text.setText(text)
        self.text.setVisible(bool(text))
