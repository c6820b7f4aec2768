"""Text of foreign origin made fit for XML and Markdown, and numbers as the report prints them."""

from __future__ import annotations

import math
import re
from xml.sax.saxutils import escape

# What XML cannot hold, even escaped: control characters, and the halves of surrogate pairs that
# stand in names of files that are no text.
_UNFIT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKS = re.compile(r"([\\`*_~\[\]<>|])")
NONE, MINUS = "–", "\u2212"


def plain(text: str) -> str:
    """The text on one line, without characters that XML forbids."""
    return " ".join(_UNFIT.sub("\ufffd", text).split())


def for_html(text: str) -> str:
    """The text as it can stand inside an element."""
    return escape(plain(text))


def for_markdown(text: str) -> str:
    """The text as it can stand in a line or a cell, with nothing of it read as a mark."""
    return _MARKS.sub(r"\\\1", plain(text).replace("&", "&amp;"))


def file_stem(text: str) -> str:
    """The text as a part of a file's name: letters, digits and hyphens of ASCII."""
    return re.sub(r"[^0-9A-Za-z]+", "-", text).strip("-")[:80] or "x"


def decimal(value: float | None, sign: bool = False) -> str:
    """Three digits behind the point, or a dash for None and nan; zero has no sign."""
    if value is None or math.isnan(value):
        return NONE
    shown = f"{value:+.3f}" if sign else f"{value:.3f}"
    return "0.000" if shown.strip("+-") == "0.000" else shown.replace("-", MINUS)


def spread(value: float, deviation: float | None) -> str:
    """As the paper's tables print it: the mean, and in brackets the SD where there is one."""
    known = deviation is not None and not math.isnan(deviation)
    return f"{decimal(value)} ({decimal(deviation)})" if known else decimal(value)


def interval(ends: tuple[float, float], sign: bool = False) -> str:
    """Both ends of an interval, or a dash where there is none."""
    if math.isnan(ends[0]):
        return NONE
    return f"{decimal(ends[0], sign)} to {decimal(ends[1], sign)}"


def chance(p: float) -> str:
    """A p-value with two digits; what is below 1e-10 is no better known than that."""
    if math.isnan(p):
        return NONE
    return "< 1e-10" if p < 1e-10 else f"{p:.2g}"


def percent(share: float) -> str:
    """A share of 0..1 in whole percent, as text."""
    return NONE if math.isnan(share) else f"{share:.0%}"
