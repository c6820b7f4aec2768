"""What stands where the photos will be: the first run, an empty folder, everything filtered out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from photoaes.gui.kit.icons import application_icon
from photoaes.gui.kit.letters import at_least
from photoaes.gui.kit.scrolled import scrolled
from photoaes.gui.kit.theme import GAP

WIDE, LETTERS = 460, 58
# A table, so that a text of two lines does not run below its number.
_LINE = "<table cellspacing=0><tr><td><b>{0}</b>&nbsp;&nbsp;</td><td>{1}</td></tr></table>"


class Welcome(QWidget):
    """Three sentences, a folder to open, the sample album, and what was open lately."""

    open_wanted = Signal()
    sample_wanted = Signal()
    folder_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent = QVBoxLayout()
        column = QVBoxLayout()
        column.setSpacing(2 * GAP)
        picture = QLabel()
        picture.setPixmap(application_icon().pixmap(72, 72))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(picture)
        title = QLabel(self.tr("Find your best photos, by your own taste"))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        title.setFont(font)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title.setWordWrap(True)  # German is longer
        column.addWidget(title)
        for number, text in enumerate(self._steps(), start=1):
            line = QLabel(_LINE.format(number, text))
            line.setWordWrap(True)
            column.addWidget(line)
        self.open = QPushButton(self.tr("Open a folder of photos"))
        self.open.setProperty("primary", True)
        self.open.clicked.connect(self.open_wanted)
        self.sample = QPushButton(self.tr("Try it with the sample album"))
        self.sample.clicked.connect(self.sample_wanted)
        column.addWidget(self.open)
        column.addWidget(self.sample)
        column.addLayout(self._recent)
        note = QLabel(self.tr("Everything stays on this computer. Your photos are never changed."))
        note.setProperty("role", "dim")
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        note.setWordWrap(True)
        column.addWidget(note)
        _centre(self, column)

    def _steps(self) -> Sequence[str]:
        return (
            self.tr("Open a folder of photos, however large."),
            self.tr("Give stars to ten or more: some you love, some you would delete."),
            self.tr("Press Personalize, and the whole album is put in your order."),
        )

    def show_recent(self, folders: Sequence[str]) -> None:
        """Folders that were open lately and are still there."""
        _clear(self._recent)
        for text in folders[:4]:
            path = Path(text)
            button = QPushButton(self.tr("{0}   in {1}").format(path.name, path.parent))
            button.setProperty("flat", True)
            button.clicked.connect(lambda _=False, p=path: self.folder_wanted.emit(p))
            self._recent.addWidget(button)


class Message(QWidget):
    """A sentence and, if there is something to do, buttons that do it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout()
        column.setSpacing(2 * GAP)
        column.addWidget(self._text)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(GAP)
        column.addLayout(self._buttons)
        _centre(self, column)

    def say(self, text: str, *offers: tuple[str, Callable[[], None]]) -> None:
        """Show this sentence, and a button for each offer, the first one the likeliest."""
        self._text.setText(text)
        _clear(self._buttons)
        for number, (title, act) in enumerate(offers):
            button = QPushButton(title)
            button.setProperty("primary", number == 0)
            button.clicked.connect(lambda _=False, act=act: act())
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)


def _clear(column: QVBoxLayout) -> None:
    while column.count():
        item = column.takeAt(0)
        if item is not None and (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


def _centre(widget: QWidget, column: QVBoxLayout) -> None:
    """The column in the middle, not wider than can be read."""
    frame = QWidget()
    frame.setLayout(column)
    frame.setMaximumWidth(at_least(widget, WIDE, LETTERS))
    # Not by an alignment: it would give wrapped texts their narrowest shape, and cut them.
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(frame, 100)
    row.addStretch(1)
    body = QWidget()
    outer = QVBoxLayout(body)
    outer.addStretch(1)
    outer.addLayout(row)
    outer.addStretch(1)
    whole = QVBoxLayout(widget)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(scrolled(body))
