"""What stands above a section of the grid."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from PySide6.QtCore import QCoreApplication, QLocale

from photoaes.album.shown import DAY, Grouping
from photoaes.gui.session import Session


def heading_text(session: Session, section: int) -> str:
    """A day in the user's language, or a burst, and how many photos it has."""
    shown = session.shown
    assert shown.starts is not None
    assert shown.keys is not None
    last = section + 1 == len(shown.starts)
    end = len(shown.rows) if last else int(shown.starts[section + 1])
    count = end - int(shown.starts[section])
    key = float(shown.keys[section])
    many = QCoreApplication.translate("Headings", "%n photos", "", count)
    return f"{_name(session.grouping, key)}   {many}"


def _name(grouping: Grouping, key: float) -> str:
    if grouping is Grouping.DAY:
        if np.isnan(key):
            return QCoreApplication.translate("Headings", "Without a date")
        day = datetime.fromtimestamp(key * DAY, UTC).date()
        return QLocale().toString(day, QLocale.FormatType.LongFormat)  # type: ignore[call-overload,no-any-return]
    if np.isnan(key):
        return QCoreApplication.translate("Headings", "Single photos")
    return QCoreApplication.translate("Headings", "Burst {0}").format(int(key) + 1)
