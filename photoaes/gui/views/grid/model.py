"""The grid's rows for Qt: each row is a photo of the session, found through its order."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from photoaes.album.columns import PICKED, REJECTED
from photoaes.gui.kit.numerals import whole
from photoaes.gui.kit.theme import label_name
from photoaes.gui.state.marking import Indices
from photoaes.gui.state.session import Session
from photoaes.gui.views.face_text import FaceText
from photoaes.gui.views.score_text import ScoreText

Index = QModelIndex | QPersistentModelIndex


class GridModel(QAbstractListModel):
    """Rows are those of `session.shown`; painting reads the session's arrays, not roles."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._texts, self._faces = ScoreText(self), FaceText(self)
        session.shown_changed.connect(self._reset)
        session.marks_changed.connect(self._marks_changed)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many photos are shown."""
        return 0 if parent.isValid() else len(self._session.shown.rows)

    def data(self, item: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts for screen readers and searching by typing; the rest is painted."""
        if not item.isValid() or self._session.columns is None:
            return None
        index = self.index_at(item.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._session.columns.paths[index].name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(index)
        return None

    def index_at(self, row: int) -> int:
        """The photo of a row, as an index into the columns."""
        return int(self._session.shown.rows[row])

    def _tip(self, index: int) -> str:
        session = self._session
        assert session.columns is not None
        lines = [session.columns.paths[index].name]
        if (score := session.score(index)) is not None:
            place = session.standing.place(index)
            lines.append(
                self._texts.line(
                    score, session.standing.margin(index), place, session.standing.ranked
                )
            )
        stars, by_machine = session.stars(index)
        if score is not None and session.columns.flag[index] == REJECTED:
            lines.append(self.tr("You rejected it: it stands last, whatever the score."))
        elif score is not None and stars and not by_machine:
            lines.append(self.tr("Your %Ln stars place it, before the score.", "", stars))
        lines += self._faces.lines(session.columns, index)
        if stars and by_machine:
            lines.append(self.tr("Hollow stars were made of a score; yours replace them."))
        return "\n".join(lines)

    def spoken(self, index: int) -> str:
        """What a screen reader says of a photo: "IMG_1, 4 stars, score 4.3, rank 12 of 840"."""
        columns = self._session.columns
        assert columns is not None
        parts = [columns.paths[index].name]
        stars, by_machine = self._session.stars(index)
        if not stars or by_machine:
            parts.append(self.tr("unrated"))
        if stars:
            text = self.tr("%Ln stars made of a score", "", stars) if by_machine else ""
            parts.append(text or self.tr("%Ln stars", "", stars))
        score = self._session.score(index)
        if score is not None:
            parts.append(self._texts.spoken(score, self._session.standing.margin(index)))
            place = self._session.standing.place(index)
            parts.append(
                self.tr("rank {0} of {1}").format(
                    whole(place), whole(self._session.standing.ranked)
                )
            )
        if columns.flag[index] == PICKED:
            parts.append(self.tr("picked"))
        if columns.flag[index] == REJECTED:
            parts.append(self.tr("rejected"))
        if columns.label.values[index] >= 0:
            word = columns.label.words[columns.label.values[index]]
            parts.append(self.tr("label {0}").format(label_name(word)))
        return ", ".join(parts)

    def _reset(self) -> None:
        self.beginResetModel()
        self.endResetModel()

    def _marks_changed(self, indices: Indices) -> None:
        if len(indices) > 1:
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))
        elif len(indices) and (row := self._session.shown.row_of(int(indices[0]))) is not None:
            self.dataChanged.emit(self.index(row), self.index(row))
