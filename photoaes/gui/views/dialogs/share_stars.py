"""Stars by share of the scores: how many percent get which, and how many photos that is."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from photoaes.album.columns import Columns
from photoaes.album.shares import USUAL, stars_by_share
from photoaes.gui.kit.theme import GAP


class ShareStars(QDialog):
    """Accepted if the person wants `stars`: for photos by their places, those not rated by hand."""

    def __init__(self, parent: QWidget | None, columns: Columns) -> None:
        super().__init__(parent)
        self._columns = columns
        self.stars: dict[int, int] = {}
        self.setWindowTitle(self.tr("Stars by share of the score"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(2 * GAP)
        text = QLabel(
            self.tr(
                "Photos that you have not rated get stars by their scores. They are hollow, teach "
                "nothing, and become yours when you confirm them. Undo takes them back."
            )
        )
        text.setWordWrap(True)
        column.addWidget(text)
        column.addLayout(self._rows())
        buttons = QDialogButtonBox()
        self.give = buttons.addButton(self.tr("Give stars"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.give.setProperty("primary", True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.setMinimumWidth(420)
        self._preview()

    def _rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GAP)
        self.percents, self.counts = [], []
        for row, percent in enumerate(USUAL):
            stars = 5 - row
            box = QSpinBox()
            box.setRange(0, 100)
            box.setSuffix(" %")
            box.setValue(percent)
            box.setAccessibleName(self.tr("Share with %Ln stars", "", stars))
            box.valueChanged.connect(self._preview)
            count = QLabel()
            grid.addWidget(QLabel("\u2605" * stars), row, 0)
            grid.addWidget(box, row, 1)
            grid.addWidget(count, row, 2)
            self.percents.append(box)
            self.counts.append(count)
        grid.setColumnStretch(2, 1)
        return grid

    def _preview(self) -> None:
        self.stars = stars_by_share(self._columns, [box.value() for box in self.percents])
        given = list(self.stars.values())
        for row, label in enumerate(self.counts):
            label.setText(self.tr("%Ln photos", "", given.count(5 - row)))
        self.give.setEnabled(bool(self.stars))
