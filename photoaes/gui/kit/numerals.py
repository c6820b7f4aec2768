"""Numbers and days as the person's country writes them: 6,8 and 1.284 in Germany.

Files and the command line have their own, the same everywhere.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QDate, QLocale


def decimal(value: float, places: int = 1) -> str:
    """The number with so many decimals, as the locale writes it."""
    return QLocale().toString(float(value), "f", places)


def signed(value: float, places: int = 1) -> str:
    """As `decimal`, with a sign also where it is positive."""
    text = decimal(value, places)
    return text if value < 0 else QLocale().positiveSign() + text


def short(value: float) -> str:
    """With as many decimals as it has, as cameras write apertures."""
    return QLocale().toString(float(value), "g", 6)


def whole(value: int) -> str:
    """The whole number with its thousands grouped, as the locale writes it."""
    return QLocale().toString(int(value))


def day(date: QDate, month: str = "MMMM") -> str:
    """Without the weekday, and never in figures alone, of which some desktops make "29 11 2026";
    `month` as in Qt's formats."""
    language = QLocale()
    form = language.dateFormat(QLocale.FormatType.LongFormat)
    form = re.sub(r"[,\s]*dddd[,.]?\s*", "", form).replace("MMMM", month)
    return language.toString(date, form)
