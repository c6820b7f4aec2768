"""What stands above a section of the grid."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from PySide6.QtCore import QLocale, QObject, QRect, Qt
from PySide6.QtGui import QPainter

from photoaes.album.columns import DAY
from photoaes.album.shown import Grouping
from photoaes.gui.kit.numerals import whole
from photoaes.gui.kit.theme import GAP, current
from photoaes.gui.state.session import Session


class Headings(QObject):
    """A QObject, since lupdate finds plurals in its `tr` alone."""

    def paint(self, painter: QPainter, session: Session, section: int, place: QRect) -> None:
        """The words in the middle of their line, a little to the right of its start."""
        painter.setPen(current().color("text"))
        area = place.translated(2 * GAP, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.text(session, section))

    def text(self, session: Session, section: int) -> str:
        """A day in the user's language or a photo that stands for a look, and how many photos."""
        shown = session.shown
        assert shown.starts is not None
        assert shown.keys is not None
        assert shown.totals is not None
        last = section + 1 == len(shown.starts)
        end = len(shown.rows) if last else int(shown.starts[section + 1])
        count, total = end - int(shown.starts[section]), int(shown.totals[section])
        key = float(shown.keys[section])
        name = self._look(session, key) if session.grouping is Grouping.LOOK else self._day(key)
        if count == total:
            many = self.tr("%Ln photos", "", count)
        else:
            many = self.tr("the best {0} of %Ln photos (S shows all)", "", total)
            many = many.format(whole(count))
        return f"{name}   {many}"

    def _day(self, key: float) -> str:
        if np.isnan(key):
            return self.tr("Without a date")
        day = datetime.fromtimestamp(key * DAY, UTC).date()
        return QLocale().toString(day, QLocale.FormatType.LongFormat)  # type: ignore[call-overload,no-any-return]

    def _look(self, session: Session, key: float) -> str:
        if np.isnan(key) or session.looks is None or session.columns is None:
            return self.tr("Not looked at yet")
        middle = session.columns.paths[int(session.looks.middle[int(key)])]
        return self.tr("Like {0}").format(middle.name)
