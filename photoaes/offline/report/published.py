"""What others printed for the three databases of the paper's tables: SROCC at K = 10 and 100.

Written as the tables print them: `.511(4)/.516(3)` is .511 with a deviation over draws of .004 at
K = 10, and .516 with .003 at K = 100. Copied from the project's guide (method, section 3), which
read them in the paper; never from memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SHOTS = (10, 100)


@dataclass(frozen=True)
class Printed:
    """A published SROCC and, where one was printed, its SD over draws."""

    srocc: float
    deviation: float | None


@dataclass(frozen=True)
class PublishedLine:
    """A line of a published table; one entry for each of `SHOTS`, None where none was printed."""

    method: str
    table: str
    values: tuple[Printed | None, ...]


# Table 4; all of it within the database.
FLICKR_AES = """
PAM, attributes | T4 | .511(4)/.516(3)
PAM, content | T4 | .512(2)/.516(10)
PAM, both | T4 | .513(3)/.524(7)
PASS | T4 | .516(3)/.521(7)
USAR, PPR | T4 | .521(2)/.544(7)
USAR, PAD | T4 | .520(3)/.537(3)
USAR, both | T4 | .525(4)/.552(15)
PA-IAA | T4 | .543(3)/.639(11)
BLG-PIAA | T4 | .561(5)/.669(13)
UG-PIAA | T4 | .559(2)/.660(13)
PIAA-SOA | T4 | .618(6)/.691(15)
TAPP-PIAA | T4 | .591(7)/.685(12)
IM-PIAA | T4 | .620/.708
MTCL | T4 | .667(5)/.737(14)
The paper, L/14 | T4 | .668(4)/.748(12)
"""
# Tables 2 and 5 to 7. T7 prints .572 in the cell that is .577 in T2 and T6.
REAL_CUR = """
PA-IAA | T2 | .443(4)/.562(13)
BLG-PIAA | T2 | .448(7)/.578(15)
PIAA-SOA | T2 | .487(3)/.589(15)
TAPP-PIAA | T2 | -/.580
MTCL | T2 | .495(7)/.599(12)
The paper, L/14 | T2 | .577(5)/.621(7)
The paper, B/16 | T5 | .562(4)/.607(7)
Best-fit full fine-tune, L/14 | T5 | .303(8)/.394(8)
Uniform initialisation | T6 | .520(2)/.602(2)
Best-fit initialisation | T6 | .464(12)/.596(2)
Adaptive initialisation | T6 | .577(5)/.621(7)
MSE loss, twice the steps | T7 | .553(2)/.600(3)
One coefficient per expert | T7 | .438(3)/.543(3)
Full method | T7 | .572(5)/.621(7)
"""
# Table 3.
AADB = """
PA-IAA | T3 | .469(2)/.524(6)
BLG-PIAA | T3 | .486(4)/.536(6)
PIAA-SOA | T3 | .509(3)/.557(7)
TAPP-PIAA | T3 | -/.540
TAPP-PIAA, intra-database | T3 | .534(4)/.612(7)
MTCL | T3 | .533(4)/.572(7)
MTCL, intra-database | T3 | .540(5)/.622(7)
The paper, L/14 | T3 | .556(4)/.654(7)
"""
DATABASES = {"flickr-aes": FLICKR_AES, "real-cur": REAL_CUR, "aadb": AADB}


def published(database: str | None) -> list[PublishedLine]:
    """The lines for a database by its short name; none for one without a table, or for None."""
    return [_line(line) for line in DATABASES.get(database or "", "").strip().splitlines()]


def _line(line: str) -> PublishedLine:
    method, table, values = line.split(" | ")
    return PublishedLine(method, table, tuple(_printed(value) for value in values.split("/")))


def _printed(value: str) -> Printed | None:
    match = re.fullmatch(r"(\.\d{3})(?:\((\d+)\))?", value)
    if match is None:
        return None
    return Printed(float(match[1]), int(match[2]) / 1000 if match[2] else None)
