"""One photo in the grid: where its parts lie in the cell, and how they are painted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from photoaes.album.columns import PICKED, REJECTED
from photoaes.album.stacks import place_in_burst
from photoaes.gui.kit.sentences import said
from photoaes.gui.kit.theme import LABELS, current
from photoaes.gui.state.session import Session
from photoaes.gui.views.grid.face_badges import paint_closed_eye, paint_soft_face
from photoaes.gui.views.grid.fade import ScoreFade
from photoaes.gui.views.grid.model import GridModel
from photoaes.gui.views.pixmaps import Problem
from photoaes.gui.views.rating import paint_score, paint_stars, star_under
from photoaes.gui.views.thumbnails import Thumbnails, fitted
from photoaes.images.thumbnail_cache import size_for
from photoaes.images.trouble import Trouble

MARGIN, STRIP, BADGE = 8, 20, 18
LEAST_STRIP = 5 * 15 + 40  # pixels, for stars and a score
NAME = 18


def photo_height(width: int) -> int:
    """The room for photos of this width: 4:3, which most photos nearly fill."""
    return width * 3 // 4


def cell_height(width: int, with_names: bool, line: int) -> int:
    """Of a cell of this width; `line` is the height of a line of text."""
    room = photo_height(width - 2 * MARGIN)
    return room + 2 * MARGIN + max(STRIP, line) + (max(NAME, line) if with_names else 0)


class CellDelegate(QStyledItemDelegate):
    """Paints cells from the session's arrays: nothing is asked for through the model's roles."""

    def __init__(
        self, session: Session, model: GridModel, thumbnails: Thumbnails, fade: ScoreFade
    ) -> None:
        super().__init__(model)
        self._session, self._model, self._thumbnails = session, model, thumbnails
        self._fade = fade
        self.index_in: Callable[[QRect], int | None] = lambda _: None
        self.edge = 192
        self.with_names = False
        self.hovered_row, self.hovered_stars = -1, 0
        self._theme = current()

    def dress(self) -> None:
        """Take the colours anew, once per repaint of the view."""
        self._theme = current()

    def stars_area(self, cell: QRect, index: int | None = None) -> QRect:
        """Where the stars of a cell lie, on screen: below its photo, as far as that is known.

        Without `index` it is the one that lies there now.
        """
        area = self._photo_area(cell)
        index = self.index_in(cell) if index is None else index
        lower = max(0, QFontMetrics(QApplication.font()).height() - STRIP) // 2
        left = self._below(area, index).left()
        return QRect(left, area.bottom() + MARGIN - 2 + lower, 5 * 15, 15)

    def _below(self, area: QRect, index: int | None) -> QRect:
        """As wide as the photo, or as its stars and score need it."""
        columns = self._session.columns
        path = None if index is None or columns is None else columns.paths[index]
        pixmap = None if path is None else self._thumbnails.pixmap(path, size_for(area.width()))
        if pixmap is None:
            return area
        narrow = fitted(pixmap, area)
        aside = max(LEAST_STRIP - narrow.width(), 0) // 2
        return narrow.adjusted(-aside, 0, aside, 0) & area

    def _photo_area(self, cell: QRect) -> QRect:
        width = cell.width() - 2 * MARGIN
        return QRect(cell.left() + MARGIN, cell.top() + MARGIN, width, photo_height(width))

    def has_come(self, row: int) -> bool:
        """Whether a row has a picture, of any size, or a reason why there is none."""
        columns = self._session.columns
        return columns is None or self._thumbnails.is_known(
            columns.paths[self._model.index_at(row)]
        )

    def is_on_photo(self, cell: QRect, point: QPoint) -> bool:
        """Whether a point of the cell lies where its photo is."""
        return self._photo_area(cell).contains(point)

    def star_at(self, cell: QRect, point: QPoint) -> int:
        """The star, 1..5, under a point of the cell; 0 beside them."""
        area = self.stars_area(cell)
        if not area.adjusted(0, -3, 0, 3).contains(point):
            return 0
        return star_under(area, point.x())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        item: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The photo letterboxed on grey, never cropped; marks and score around it."""
        if self._session.columns is None:
            return
        index = self._model.index_at(item.row())
        state = option.state
        cell: QRect = option.rect
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        in_open_stack = int(self._session.columns.group[index]) in self._session.opened
        self._paint_ground(painter, cell, is_selected, has_focus, in_open_stack)
        area = self._photo_area(cell)
        has_picture = self._paint_photo(painter, area, index)
        self._paint_badges(painter, area, index)
        if self._session.is_away and has_picture:
            self._paint_pill(painter, area, self.tr("not there"))
        self._paint_strip(painter, cell, index, item.row())

    def _paint_ground(
        self, painter: QPainter, cell: QRect, selected: bool, focused: bool, in_open_stack: bool
    ) -> None:
        inner = cell.adjusted(2, 2, -2, -2)
        if in_open_stack:
            painter.fillRect(cell.adjusted(0, 3, 0, -3), self._theme.color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.setBrush(self._theme.color("raised"))
            painter.drawRoundedRect(inner, 6, 6)
        if focused:
            painter.setPen(QPen(self._theme.color("text"), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner.adjusted(2, 2, -2, -2), 5, 5)

    def _paint_photo(self, painter: QPainter, area: QRect, index: int) -> bool:
        """Whether there is a picture of it."""
        columns = self._session.columns
        assert columns is not None
        path = columns.paths[index]
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._thumbnails.pixmap(path, size_for(area.width() * ratio))
        if pixmap is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(0.35 if columns.flag[index] == REJECTED else 1.0)
            painter.drawPixmap(fitted(pixmap, area), pixmap)
            painter.setOpacity(1.0)
        elif (problem := self._thumbnails.problem(path)) is not None:
            self._paint_problem(painter, area, problem)
        else:
            inset = area.height() // 5
            waiting = area.adjusted(inset, inset, -inset, -inset)
            painter.fillRect(waiting, self._theme.color("line"))
        return pixmap is not None

    def _paint_pill(self, painter: QPainter, photo: QRect, text: str) -> None:
        """Words on a photo, at its lower edge."""
        width = painter.fontMetrics().horizontalAdvance(text) + 2 * MARGIN
        height = max(BADGE, painter.fontMetrics().height())
        pill = QRect(photo.center().x() - width // 2, photo.bottom() - height - 8, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("panel"))
        painter.drawRoundedRect(pill, BADGE / 2, BADGE / 2)
        painter.setPen(self._theme.color("text"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_problem(self, painter: QPainter, area: QRect, problem: Problem) -> None:
        """A photo that is only away is no reason for a warning."""
        painter.setPen(QPen(self._theme.color("line"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(16, 16, -16, -16))
        is_away = problem.trouble is Trouble.AWAY
        painter.setPen(self._theme.color("dim" if is_away else "warning"))
        if is_away:
            text = self.tr("Not there")
        elif problem.trouble is Trouble.REFUSED:
            text = "\u26a0\n" + self.tr("Not readable") + "\n" + said(problem.reason)
        else:
            text = "\u26a0\n" + self.tr("Damaged") + "\n" + said(problem.reason)
        painter.drawText(
            area.adjusted(24, 24, -24, -24),
            Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
            text,
        )

    def _paint_badges(self, painter: QPainter, area: QRect, index: int) -> None:
        columns = self._session.columns
        assert columns is not None
        flag = int(columns.flag[index])
        if flag in (PICKED, REJECTED):
            self._paint_flag(painter, QRect(area.topLeft(), QSize(BADGE, BADGE)), flag)
        left = area.left() + (BADGE + 3 if flag in (PICKED, REJECTED) else 0)
        if columns.closed_eyes[index]:
            paint_closed_eye(painter, QRect(left, area.top(), BADGE, BADGE), self._theme)
            left += BADGE + 3
        if columns.soft_faces[index]:
            paint_soft_face(painter, QRect(left, area.top(), BADGE, BADGE), self._theme)
        if self._thumbnails.is_torn(columns.paths[index]):
            self._paint_torn(painter, area)
        if (count := self._session.standing.group_size(columns, index)) > 1:
            is_open = int(columns.group[index]) in self._session.opened
            number = f"{place_in_burst(columns, index)}/{count}" if is_open else str(count)
            self._paint_burst(painter, area, number)
        label = columns.label.values[index]
        if label >= 0:
            word = columns.label.words[label]
            stripe = QRect(area.left(), area.bottom() - 3, area.width(), 4)
            painter.fillRect(stripe, QColor(LABELS.get(word, self._theme.dim)))

    def _paint_torn(self, painter: QPainter, area: QRect) -> None:
        """The picture is shown, and not all of it is what was taken."""
        text = "\u26a0 " + self.tr("Damaged")
        width = painter.fontMetrics().horizontalAdvance(text) + 2 * MARGIN
        height = max(BADGE, painter.fontMetrics().height())
        pill = QRect(area.left(), area.bottom() - height - 8, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("panel"))
        painter.drawRoundedRect(pill, BADGE / 2, BADGE / 2)
        painter.setPen(self._theme.color("warning"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_flag(self, painter: QPainter, area: QRect, flag: int) -> None:
        colour = self._theme.color("pick" if flag == PICKED else "reject")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("panel"))
        painter.drawEllipse(area)
        painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        x, y = area.left(), area.top()
        if flag == PICKED:
            painter.drawPolyline(
                QPolygon([QPoint(x + 5, y + 9), QPoint(x + 8, y + 12), QPoint(x + 13, y + 6)])
            )
        else:
            painter.drawLine(x + 6, y + 6, x + 12, y + 12)
            painter.drawLine(x + 12, y + 6, x + 6, y + 12)

    def _paint_burst(self, painter: QPainter, photo: QRect, count: str) -> None:
        """A pile of photos, drawn, since few fonts have a sign for it, and how many they are."""
        width = painter.fontMetrics().horizontalAdvance(count) + 26
        height = max(BADGE, painter.fontMetrics().height())
        pill = QRect(photo.right() - width, photo.top(), width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("panel"))
        painter.drawRoundedRect(pill, BADGE / 2, BADGE / 2)
        painter.setPen(QPen(self._theme.color("text"), 1.2))
        x, y = pill.left() + 7, pill.top() + height // 2 - 5
        painter.drawPolyline(
            QPolygon([QPoint(x + 3, y + 2), QPoint(x + 3, y), QPoint(x + 10, y),
                      QPoint(x + 10, y + 7), QPoint(x + 8, y + 7)])
        )  # fmt: skip
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(x, y + 3, 7, 7)
        text = pill.adjusted(20, 0, -6, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)

    def _paint_strip(self, painter: QPainter, cell: QRect, index: int, row: int) -> None:
        columns = self._session.columns
        assert columns is not None
        area = self.stars_area(cell, index)
        hovered = self.hovered_stars if row == self.hovered_row else None
        stars, hollow = self._session.stars(index)
        paint_stars(painter, area, stars, self._theme, hollow=hollow, hovered=hovered)
        left, right = area.right() + 6, self._below(self._photo_area(cell), index).right()
        for score, opacity in self._fade.layers(index):
            place = QRect(left, area.top(), right - left, area.height())
            is_outranked = columns.is_placed_by_hand(index)
            paint_score(painter, place, score, self._theme, opacity, is_outranked=is_outranked)
        if self.with_names:
            self._paint_name(painter, cell, columns.paths[index].name)

    def _paint_name(self, painter: QPainter, cell: QRect, name: str) -> None:
        font = QFont(painter.font())
        font.setPointSizeF(font.pointSizeF() * 0.88)
        painter.save()
        painter.setFont(font)
        painter.setPen(self._theme.color("dim"))
        line = max(NAME, painter.fontMetrics().height())
        area = QRect(
            cell.left() + MARGIN, cell.bottom() - line - 2, cell.width() - 2 * MARGIN, line
        )
        text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
