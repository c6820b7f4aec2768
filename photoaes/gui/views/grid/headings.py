"""What stands above a section of the grid."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from PySide6.QtCore import QLocale, QObject

from photoaes.album.columns import DAY
from photoaes.gui.state.session import Session


class Headings(QObject):
    """A QObject, since lupdate finds plurals in its `tr` alone."""

    def text(self, session: Session, section: int) -> str:
        """A day in the user's language, and how many photos it has."""
        shown = session.shown
        assert shown.starts is not None
        assert shown.keys is not None
        last = section + 1 == len(shown.starts)
        end = len(shown.rows) if last else int(shown.starts[section + 1])
        count = end - int(shown.starts[section])
        name = self._name(float(shown.keys[section]))
        many = self.tr("%Ln photos", "", count)
        return f"{name}   {many}"

    def _name(self, key: float) -> str:
        if np.isnan(key):
            return self.tr("Without a date")
        day = datetime.fromtimestamp(key * DAY, UTC).date()
        return QLocale().toString(day, QLocale.FormatType.LongFormat)  # type: ignore[call-overload,no-any-return]
