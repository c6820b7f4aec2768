"""The left panel: stars, flags, labels, cameras, dates and faces with counts; a press filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QDate, QLocale, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from photoaes.album.columns import PICKED, REJECTED, UNRATED
from photoaes.album.filter_choice import facet_counts, first_day
from photoaes.gui.kit.numerals import day, whole
from photoaes.gui.kit.theme import GAP, LABELS, current, label_name
from photoaes.gui.state.session import Session
from photoaes.gui.views.face_text import FaceText
from photoaes.gui.views.filters.choosing import Filters
from photoaes.gui.views.rating import paint_stars

ROW = 24
BAR = 48  # length of the longest bar, in pixels
SWATCH = 16  # a label's colour, and what separates it from the word
ROWS_EACH = 60  # an album of decades has more months than anybody scrolls through


class FacetRow(QAbstractButton):
    """One value: its name or stars, a bar of its share, and the count."""

    def __init__(self, aspect: str, value: Any, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.aspect, self.value = aspect, value
        self._text, self._count, self._most = text, 0, 1
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Never wider than the panel, whose scroll bar comes and goes.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(max(ROW, self.fontMetrics().height() + GAP // 2))

    def show_count(self, count: int, most: int) -> None:
        """Show how many photos have the value; `most` is the aspect's largest count."""
        self._count, self._most = count, max(most, 1)
        photos = self.tr("%Ln photos", "", count)
        self.setAccessibleName(f"{self._text}, {photos}")
        self.update()

    def sizeHint(self) -> QSize:
        """A width that the panel stretches."""
        return QSize(160, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the name left, the bar in the middle, the count right."""
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(GAP // 2, 1, -GAP // 2, -1)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("line" if self.isChecked() else "raised"))
            painter.drawRoundedRect(area, 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, 4, 4)
        inner = area.adjusted(6, 0, -6, 0)
        count = whole(self._count)
        painter.setPen(theme.color("dim"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        # As wide as the widest, so that all bars begin in one line.
        room = painter.fontMetrics().horizontalAdvance(whole(self._most)) + GAP
        inner.adjust(0, 0, -room, 0)
        # A long name is worth more than the bar.
        swatch = SWATCH if self.aspect == "labels" and self.value else 0
        wanted = swatch + painter.fontMetrics().horizontalAdvance(self._text)
        if wanted < inner.width() - BAR - GAP:
            self._paint_bar(painter, inner)
            inner.adjust(0, 0, -BAR - GAP // 2, 0)
        self._paint_name(painter, inner)
        painter.end()

    def _paint_bar(self, painter: QPainter, area: QRect) -> None:
        width = round(BAR * self._count / self._most) if self._count else 0
        if width:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(current().color("line"))
            painter.drawRect(QRect(area.right() - BAR, area.center().y() - 2, max(width, 2), 5))

    def _paint_name(self, painter: QPainter, area: QRect) -> None:
        theme = current()
        if self.aspect == "stars" and self.value != UNRATED:
            stars = QRect(area.left(), area.center().y() - 6, 5 * 13, 13)
            paint_stars(painter, stars, int(self.value), theme)
            return
        left = area.left()
        if self.aspect == "labels" and self.value:
            swatch = QRect(left, area.center().y() - 5, 10, 10)
            painter.fillRect(swatch, QColor(LABELS.get(self.value, theme.dim)))
            left += SWATCH
        painter.setPen(theme.color("text"))
        name = QRect(left, area.top(), area.right() - left, area.height())
        middle = Qt.TextElideMode.ElideMiddle  # models differ at their ends
        text = painter.fontMetrics().elidedText(self._text, middle, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, text)


class FacetPanel(QScrollArea):
    """All facets of the album, counts live; checked rows are the filter."""

    folder_wanted = Signal(object)

    def __init__(self, session: Session, filters: Filters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._filters = session, filters
        self._rows: list[FacetRow] = []
        self._faces = FaceText(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Filters"))
        session.album_changed.connect(self._rebuild)
        session.marks_changed.connect(lambda _: self._recount())
        filters.changed.connect(self._check)

    def _rebuild(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(0)
        self._rows = []
        if self._session.columns is not None:
            for aspect, counts in facet_counts(self._session.columns).items():
                self._add(column, aspect, counts)
        column.addStretch(1)
        self.setWidget(body)
        self._check()

    def _add(self, column: QVBoxLayout, aspect: str, counts: Mapping[Any, int]) -> None:
        values = [value for value, count in counts.items() if count or aspect in ("stars", "flags")]
        if len(values) < 2:
            return  # what all photos share filters nothing
        heading = QLabel(self._heading(aspect))
        heading.setProperty("role", "heading")
        heading.setContentsMargins(GAP, GAP, 0, GAP // 2)
        column.addWidget(heading)
        for value in values[:ROWS_EACH]:
            row = FacetRow(aspect, value, self._text(aspect, value))
            row.show_count(counts[value], max(counts.values()))
            row.clicked.connect(lambda _=False, r=row: self._filters.toggle(r.aspect, r.value))
            self._rows.append(row)
            column.addWidget(row)

    def _recount(self) -> None:
        if self._session.columns is None:
            return
        counts = facet_counts(self._session.columns)
        known = {(row.aspect, row.value) for row in self._rows}
        new = {("labels", word) for word, count in counts["labels"].items() if count}
        if not new <= known and len(counts["labels"]) > 1:
            self._rebuild()
            return
        for row in self._rows:
            values = counts[row.aspect]
            row.show_count(values.get(row.value, 0), max(values.values(), default=0))

    def _check(self) -> None:
        for row in self._rows:
            row.setChecked(row.value in getattr(self._filters.choice, row.aspect))

    def _heading(self, aspect: str) -> str:
        return {
            "stars": self.tr("Stars"),
            "flags": self.tr("Flag"),
            "labels": self.tr("Label"),
            "cameras": self.tr("Camera"),
            "dates": self.tr("Date"),
            "faces": self.tr("Faces"),
        }[aspect]

    def _text(self, aspect: str, value: Any) -> str:
        if aspect == "stars":
            return self.tr("Unrated") if value == UNRATED else self.tr("%Ln stars", "", value)
        if aspect == "flags":
            return {
                PICKED: self.tr("Picked"), REJECTED: self.tr("Rejected"), 0: self.tr("No flag")
            }[value]  # fmt: skip
        if aspect == "faces":
            return self._faces.names()[value]
        if value == "":
            return self.tr("None") if aspect == "labels" else self.tr("Unknown")
        if aspect == "dates":
            first = first_day(value)
            if len(value) > len("2025-06"):
                return day(QDate(first.year, first.month, first.day), "MMM")
            return f"{QLocale().standaloneMonthName(first.month)} {first.year}"
        return label_name(value) if aspect == "labels" else str(value)
