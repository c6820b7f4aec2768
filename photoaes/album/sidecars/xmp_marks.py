"""Marks and scores in the properties of XMP, and back.

`xmp:Rating` (XMP part 1, 8.4) is a number: -1 rejected, 0 unrated, 1..5 stars. `xmp:Label` is free
text. `xmp:MetadataDate` says when metadata were last changed. What these cannot say stands in our
own namespace: `flag` ("pick" only: a reject is a rating of -1, which other programs change, so it
stands in one place), `stars` (those a rejected photo will have again; nothing while it is not
rejected), `score` with the `profile` and `bank` (digest) it came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from photoaes.album.marks import LONGEST_LABEL, Flag, Marks
from photoaes.album.sidecars.dialects import NAMES, other_marks
from photoaes.album.sidecars.xml_source import Name
from photoaes.album.sidecars.xmp import OURS, OWNER, XMP, properties, sayable

RATING, LABEL, DATED = (XMP, "Rating"), (XMP, "Label"), (XMP, "MetadataDate")
OUR_FLAG, OUR_STARS = (OURS, "flag"), (OURS, "stars")
SCORE, PROFILE, BANK = (OURS, "score"), (OURS, "profile"), (OURS, "bank")
_ALL = (RATING, LABEL, DATED, OWNER, OUR_FLAG, OUR_STARS, SCORE, PROFILE, BANK)

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(T.+)?", re.DOTALL)


@dataclass(frozen=True)
class WrittenScore:
    """A model's score as text for the file: its number, the profile's name, the bank's digest."""

    value: float
    profile: str = ""
    bank: str = ""


@dataclass(frozen=True)
class Statement:
    """What one document says. `problem` is a clause about a rating or label that cannot be."""

    marks: Marks
    dated: datetime | None = None  # aware
    owner: str | None = None  # the extension, without its dot, of the one photo it is about
    problem: str | None = None
    unread: tuple[str, ...] = ()  # fields of other programs


def statement(data: bytes) -> Statement:
    """What an XMP document says. Raises XmlInvalid for what is no XMP."""
    found = properties(data, (*_ALL, *NAMES))
    owner = _first(found, OWNER)
    rating, problem = _rating(found.get(RATING, []))
    others, unread = other_marks(found)
    stars, flag = _stars(rating, found), _flag(rating, found)
    if others.flag is not None and (others.flag is Flag.REJECT or flag in (None, Flag.NONE)):
        flag = others.flag
    label = _first(found, LABEL)
    if label is not None and len(label) > LONGEST_LABEL:
        label, problem = None, problem or f"its label has more than {LONGEST_LABEL} letters"
    return Statement(
        Marks(
            others.stars if stars is None and rating is None else stars,
            flag,
            others.label if label is None else label,
        ),
        parse_date(_first(found, DATED) or ""),
        owner.lower().lstrip(".") if owner else None,
        problem,
        unread,
    )


def changes(data: bytes | None, marks: Marks, score: WrittenScore | None) -> dict[Name, str | None]:
    """What to set (or, for None, take away) so that the document says these marks and score.

    Nothing where it says so already, in whatever words: "5.0" is five stars and stays. Parts of
    the marks that are None stay as the document has them. Raises XmlInvalid.
    """
    found = properties(data, _ALL) if data is not None else {}
    wanted: dict[Name, str | None] = {}
    rating, _ = _rating(found.get(RATING, []))
    rejected = rating == -1 if marks.flag is None else marks.flag is Flag.REJECT
    stars = _stars(rating, found) if marks.stars is None else marks.stars
    new_rating = -1 if rejected else stars
    if rating == -1 and new_rating is None:
        new_rating = 0  # no longer rejected, and never had stars
    if new_rating is not None and new_rating != rating:
        wanted[RATING] = str(new_rating)
    wanted[OUR_STARS] = str(stars) if rejected and stars else None
    if marks.flag is not None:
        wanted[OUR_FLAG] = "pick" if marks.flag is Flag.PICK else None
    if marks.label is not None:
        wanted[LABEL] = sayable(marks.label).strip() or None
    if score is not None:
        wanted[SCORE] = f"{score.value:.4f}"
        wanted[PROFILE] = sayable(score.profile) or None
        wanted[BANK] = sayable(score.bank) or None
    return {name: value for name, value in wanted.items() if _differs(found, name, value)}


def parse_rating(text: str) -> int:
    """-1..5 from a number, rounded to the nearest, halves up. ValueError with a clause why not."""
    stripped = text.strip()
    if not _NUMBER.fullmatch(stripped):
        raise ValueError(f"its rating is {_short(text)}, which is no number")
    value = float(stripped)
    if value != -1 and not 0 <= value <= 5:
        raise ValueError(f"its rating is {_short(text)}, which is not from -1 to 5")
    return int(value + 0.5) if value >= 0 else -1


def parse_date(text: str) -> datetime | None:
    """An XMP date (ISO 8601, from the year alone to fractions of a second), aware; else None.

    XMP lets the zone be left out: then the time is taken to be this computer's.
    """
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    day = "-".join(part or "01" for part in match.group(1, 2, 3))
    try:
        date = datetime.fromisoformat(day + (match[4] or ""))
        return date.astimezone(UTC)
    except (ValueError, OverflowError, OSError):  # OSError: a year the system's clock cannot tell
        return None


def _first(found: dict[Name, list[str]], name: Name) -> str | None:
    """The property's value, without white space around it; None also where it is empty."""
    return (found.get(name, [""])[0].strip()) or None


def _rating(values: list[str]) -> tuple[int | None, str | None]:
    """The rating, or a clause why it cannot be read; neither where there is none."""
    try:
        ratings = {parse_rating(value) for value in values if value.strip()}
    except ValueError as error:
        return None, str(error)
    if len(ratings) > 1:
        return None, "it holds two different ratings"
    return next(iter(ratings), None), None


def _stars(rating: int | None, found: dict[Name, list[str]]) -> int | None:
    if rating != -1:
        return rating
    kept = _first(found, OUR_STARS)
    return int(kept) if kept in ("1", "2", "3", "4", "5") else None


def _flag(rating: int | None, found: dict[Name, list[str]]) -> Flag | None:
    if rating == -1:
        return Flag.REJECT
    if _first(found, OUR_FLAG) == "pick":
        return Flag.PICK
    return None if rating is None else Flag.NONE


def _differs(found: dict[Name, list[str]], name: Name, value: str | None) -> bool:
    return found.get(name, []) != [] if value is None else set(found.get(name, [])) != {value}


def _short(text: str) -> str:
    return repr(text if len(text) <= 20 else text[:20] + "...")
