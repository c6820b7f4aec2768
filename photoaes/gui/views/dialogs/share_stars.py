"""Stars or labels by share of the scores: how many percent get which, and how many photos."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from photoaes.album.columns import Columns
from photoaes.album.shares import USUAL, labels_by_share, sizes, stars_by_share
from photoaes.gui.kit.theme import GAP, LABELS, label_name
from photoaes.gui.views.dialogs.frame import fit

FIRST_LABELS = ("Green", "Blue", "Yellow", "", "")


class ShareStars(QDialog):
    """Accepted if the person wants `stars`, or `labels`: for photos by their places, those that
    have none by hand. One of the two is empty."""

    def __init__(self, parent: QWidget | None, columns: Columns) -> None:
        super().__init__(parent)
        self._columns = columns
        self.stars: dict[int, int] = {}
        self.labels: dict[int, str] = {}
        self.setWindowTitle(self.tr("Stars or labels by share of the score"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(2 * GAP)
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("Stars or labels"))
        self.kind.addItems([self.tr("Stars"), self.tr("Labels")])
        self.kind.currentIndexChanged.connect(self._follow_kind)
        column.addWidget(self.kind)
        self._text = QLabel()
        self._text.setWordWrap(True)
        column.addWidget(self._text)
        column.addLayout(self._rows())
        self.sidecars = QCheckBox(self.tr("write them to sidecar files too"))
        self.sidecars.toggled.connect(self._follow_kind)
        column.addWidget(self.sidecars)
        buttons = QDialogButtonBox()
        self.give = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.give.setProperty("primary", True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self._follow_kind()
        fit(self, 420)

    def _rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GAP)
        self.percents, self.counts, self.names, self._stars = [], [], [], []
        for row, percent in enumerate(USUAL):
            stars = 5 - row
            box = QSpinBox()
            box.setRange(0, 100)
            box.setSuffix(" %")
            box.setValue(percent)
            box.setAccessibleName(self.tr("Share with %Ln stars", "", stars))
            box.valueChanged.connect(self._preview)
            drawn, count, name = QLabel("\u2605" * stars), QLabel(), self._label_box(row)
            for place, widget in enumerate((drawn, name, box, count)):
                grid.addWidget(widget, row, place)
            self._stars.append(drawn)
            self.names.append(name)
            self.percents.append(box)
            self.counts.append(count)
        grid.setColumnStretch(3, 1)
        return grid

    def _label_box(self, row: int) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("Label of share {0}").format(row + 1))
        box.addItem(self.tr("no label"), "")
        for word in LABELS:
            box.addItem(label_name(word), word)
        box.setCurrentIndex(box.findData(FIRST_LABELS[row]))
        box.currentIndexChanged.connect(self._preview)
        return box

    @property
    def _is_labels(self) -> bool:
        return self.kind.currentIndex() == 1

    def _follow_kind(self) -> None:
        for drawn, name in zip(self._stars, self.names, strict=True):
            drawn.setHidden(self._is_labels)
            name.setVisible(self._is_labels)
        self._text.setText(self._explanation())
        self.give.setText(self.tr("Give labels") if self._is_labels else self.tr("Give stars"))
        self._preview()

    def _explanation(self) -> str:
        if self._is_labels:
            return self.tr(
                "Photos without a label get one by their scores. Labels teach nothing. Undo takes "
                "them back."
            )
        if self.sidecars.isChecked():
            return self.tr(
                "Photos that you have not rated get stars by their scores. Other programs cannot "
                "tell such stars from yours: with sidecar files they are yours at once, and teach "
                "as yours do. Undo takes them back."
            )
        return self.tr(
            "Photos that you have not rated get stars by their scores. They are hollow, teach "
            "nothing, and become yours when you confirm them. Undo takes them back."
        )

    def _preview(self) -> None:
        percents = [box.value() for box in self.percents]
        self.stars, self.labels = {}, {}
        words = [str(box.currentData()) for box in self.names]
        if self._is_labels:
            self.labels = labels_by_share(self._columns, percents, words)
            given = list(self.labels.values())
            counts = [given.count(word) if word else 0 for word in words]
        else:
            self.stars = stars_by_share(self._columns, percents)
            given_stars = list(self.stars.values())
            counts = [given_stars.count(5 - row) for row in range(len(percents))]
        for place, size in enumerate(sizes(self._columns, percents)):
            label, count = self.counts[place], counts[place]
            more = 0 if self._is_labels and not words[place] else max(size - count, 0)
            text = self.tr("%Ln photos", "", count)
            label.setText(f"{text}, {self._kept(more)}" if more else text)
        self.give.setEnabled(bool(self.stars or self.labels))

    def _kept(self, count: int) -> str:
        """Why a share of all photos gives something to fewer."""
        if self._is_labels:
            return self.tr("%Ln more keep their label", "", count)
        return self.tr("%Ln more keep your stars", "", count)
