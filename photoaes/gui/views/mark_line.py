"""A photo's name, stars, flag and score in one line below it; the stars can be pressed."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from photoaes.album.columns import PICKED, REJECTED
from photoaes.gui.kit.theme import GAP, LABELS, current
from photoaes.gui.state.session import Session
from photoaes.gui.views.rating import paint_score, paint_stars, star_under, stars_width

STAR, LETTERS = 20, 12


class MarkLine(QWidget):
    """For loupe and compare. Emits `rated` with the stars that were pressed, 0 to clear."""

    rated = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._photo: int | None = None
        self._hovered = 0
        self.setMouseTracking(True)
        self._above = 0  # height of a line for the name, where there is no room beside the stars
        self.setFixedHeight(STAR + 2 * GAP)
        session.marks_changed.connect(lambda _: self.update())
        session.scores_changed.connect(self.update)

    def show_photo(self, index: int | None) -> None:
        """Show the marks of the photo with this index."""
        self._photo = index
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the name above the stars where the pane is narrow."""
        metrics = self.fontMetrics()
        beside = (self.width() - stars_width(STAR)) // 2 - 3 * GAP
        is_narrow = beside < LETTERS * metrics.averageCharWidth()
        self._above = metrics.height() if is_narrow else 0
        self.setFixedHeight(max(STAR, metrics.height()) + 2 * GAP + self._above)

    def _stars(self) -> QRect:
        left = GAP if self._above else (self.width() - stars_width(STAR)) // 2
        return QRect(left, GAP + self._above, stars_width(STAR), STAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the name left, the stars in the middle, the score right."""
        columns, index = self._session.columns, self._photo
        if columns is None or index is None or index >= len(columns):
            return
        painter, theme = QPainter(self), current()
        stars, given = self._stars(), self._session.stars(index)
        paint_stars(
            painter, stars, given.stars, theme, hollow=given.by_machine, hovered=self._hovered
        )
        painter.setPen(theme.color("text"))
        left = QRect(GAP, 0, stars.left() - 3 * GAP, self.height())
        if self._above:
            left = QRect(GAP, GAP // 2, self.width() - 2 * GAP, self._above)
        name = painter.fontMetrics().elidedText(
            columns.paths[index].name, Qt.TextElideMode.ElideMiddle, left.width()
        )
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, name)
        self._paint_marks(painter, stars.right() + 2 * GAP, index)
        score = self._session.score(index)
        if score is not None:
            beside = GAP if self._above else 12 * GAP
            right = QRect(stars.right() + beside, stars.top(), 0, STAR)
            right.setRight(self.width() - GAP)
            is_outranked = columns.is_placed_by_hand(index)
            paint_score(painter, right, score, theme, is_outranked=is_outranked)
        painter.end()

    def _paint_marks(self, painter: QPainter, x: int, index: int) -> None:
        columns, theme = self._session.columns, current()
        assert columns is not None
        flag = int(columns.flag[index])
        if flag in (PICKED, REJECTED):
            painter.setPen(theme.color("pick" if flag == PICKED else "reject"))
            text = self.tr("picked") if flag == PICKED else self.tr("rejected")
            painter.drawText(
                QRect(x, self._above, 10 * GAP, self.height() - self._above),
                Qt.AlignmentFlag.AlignVCenter,
                text,
            )
            x += painter.fontMetrics().horizontalAdvance(text) + GAP
        label = columns.label.values[index]
        if label >= 0:
            word = columns.label.words[label]
            painter.fillRect(
                QRect(x, (self.height() + self._above) // 2 - 5, 18, 10),
                QColor(LABELS.get(word, theme.dim)),
            )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the stars under the mouse."""
        area = self._stars().adjusted(0, -4, 0, 4)
        point = event.position().toPoint()
        self._hovered = star_under(self._stars(), point.x()) if area.contains(point) else 0
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a star rates; the same star again clears."""
        columns, index = self._session.columns, self._photo
        self.mouseMoveEvent(event)
        if self._hovered and columns is not None and index is not None:
            same = int(columns.own[index]) == self._hovered
            self.rated.emit(0 if same else self._hovered)

    def leaveEvent(self, event: object) -> None:
        """Light no star: the mouse has left the line."""
        self._hovered = 0
        self.update()
