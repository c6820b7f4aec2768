"""The panel's part of a blind check: its button, how far it is, and what came out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from photoaes.album.blind_check import ENOUGH, CheckVerdict
from photoaes.gui.kit.theme import GAP
from photoaes.gui.state.checking import Checking


class CheckLine(QWidget):
    """`wanted` starts a check, or ends the one under way."""

    wanted = Signal()

    def __init__(self, checking: Checking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checking = checking
        self._text = QLabel()
        self._text.setWordWrap(True)
        self.button = QPushButton()
        self.button.setToolTip(
            self.tr("Rate %Ln photos without seeing scores, then compare", "", ENOUGH)
        )
        self.button.clicked.connect(self.wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._text)
        column.addWidget(self.button)
        checking.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say where the check stands."""
        checking = self._checking
        text = ""
        if checking.is_under_way:
            text = self.tr(
                "Blind check: {0} of {1} rated. Give each photo the stars that you think it "
                "deserves; no score is shown."
            ).format(checking.rated, checking.count)
        elif checking.verdict is not None:
            text = self.words(checking.verdict)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.button.setText(
            self.tr("End the check") if checking.is_under_way else self.tr("Check me")
        )

    def words(self, verdict: CheckVerdict) -> str:
        """The outcome of a blind check in plain sentences."""
        if not verdict.pairs:
            return self.tr("Nothing to compare: use at least two different values in a check.")
        text = self.tr(
            "Blind check: of {0} pairs that you told apart, your taste had {1} in your order, the "
            "general score {2}."
        ).format(verdict.pairs, verdict.personal, verdict.general)
        return text + " " + self.tr("So few photos show large differences only.")
