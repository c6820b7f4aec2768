"""What each program writes of stars, flags and labels, and what is made of it: one table.

PROGRAMS.md is made of it (`table`), and a test holds the two together. What stands in `xmp:Rating`
and `xmp:Label`, which all know, goes first; the others fill in what these leave open. A reject of
any of them is a reject. What is seen and not read is named, so that it can be counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from photoaes.album.marks import Flag, Marks, stars_of_percent
from photoaes.album.sidecars.xml_source import Name

_DYNAMIC_MEDIA = "http://ns.adobe.com/xmp/1.0/DynamicMedia/"
_DIGIKAM = "http://www.digikam.org/ns/1.0/"
_DARKTABLE = "http://darktable.sf.net/"
_PHOTO_MECHANIC = "http://ns.camerabits.com/photomechanic/1.0/"
_ACDSEE = "http://ns.acdsee.com/iptc/1.0/"
_MICROSOFT = "http://ns.microsoft.com/photo/1.0/"
_VISTA = _MICROSOFT.removesuffix("/")
_NIKON = "http://ns.nikon.com/nine/1.0/"
_PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"

_NOTHING = Marks()
_DIGIKAM_COLOURS = (
    "",
    "Red",
    "Orange",
    "Yellow",
    "Green",
    "Blue",
    "Magenta",
    "Gray",
    "Black",
    "White",
)
_DARKTABLE_COLOURS = ("Red", "Yellow", "Green", "Blue", "Purple")

Reader = Callable[[str], Marks | None]


@dataclass(frozen=True)
class Dialect:
    """`name` is the property, `field` how a person would write it; `read` gives None for a value
    that is not understood, and is None itself where nothing is made of it."""

    program: str
    field: str
    name: Name | None
    meaning: str
    read: Reader | None = None


def _pick(value: str) -> Marks | None:
    flags = {"1": Flag.PICK, "-1": Flag.REJECT, "0": Flag.NONE}
    return Marks(flag=flags[value]) if value in flags else None


def _good(value: str) -> Marks | None:
    return {"true": Marks(flag=Flag.PICK), "false": Marks(flag=Flag.REJECT)}.get(value.lower())


def _pick_label(value: str) -> Marks | None:
    known = {"0": Flag.NONE, "1": Flag.REJECT, "2": Flag.NONE, "3": Flag.PICK}
    return Marks(flag=known[value]) if value in known else None


def _colour_of(colours: Sequence[str]) -> Reader:
    def read(value: str) -> Marks | None:
        if not value.isdecimal() or int(value) >= len(colours):
            return None
        return Marks(label=colours[int(value)] or None)

    return read


def _tagged(value: str) -> Marks | None:
    known = {"true": Marks(flag=Flag.PICK), "1": Marks(flag=Flag.PICK)}
    return known.get(value.lower(), _NOTHING if value.lower() in ("false", "0") else None)


def _colour_class(value: str) -> Marks | None:
    """The eighth class is "Trash"; the others have the names that each newsroom gives them."""
    if value == "8":
        return Marks(flag=Flag.REJECT)
    return _NOTHING if value == "0" else None


def _no_label(value: str) -> Marks | None:
    return _NOTHING if value == "0" else None


def _whole_stars(value: str) -> Marks | None:
    return Marks(stars=int(value)) if value in ("0", "1", "2", "3", "4", "5") else None


def _percent(value: str) -> Marks | None:
    stars = stars_of_percent(int(value)) if value.isdecimal() else None
    return None if stars is None else Marks(stars=stars)


DIALECTS = (
    Dialect("all", "xmp:Rating", None, "1..5 stars, 0 none, -1 reject"),
    Dialect("all", "xmp:Label", None, "label, as it is written"),
    Dialect("Lightroom", "xmpDM:pick", (_DYNAMIC_MEDIA, "pick"), "1 pick, -1 reject", _pick),
    Dialect("Lightroom", "xmpDM:good", (_DYNAMIC_MEDIA, "good"), "true pick, false reject", _good),
    Dialect(
        "digiKam", "digiKam:PickLabel", (_DIGIKAM, "PickLabel"),
        "1 reject, 3 pick; 2 (pending) is no flag", _pick_label,
    ),
    Dialect(
        "digiKam", "digiKam:ColorLabel", (_DIGIKAM, "ColorLabel"), "1..9, the label's colour",
        _colour_of(_DIGIKAM_COLOURS),
    ),
    Dialect(
        "darktable", "darktable:colorlabels", (_DARKTABLE, "colorlabels"),
        "the first of them: 0 red, 1 yellow, 2 green, 3 blue, 4 purple",
        _colour_of(_DARKTABLE_COLOURS),
    ),
    Dialect(
        "Photo Mechanic", "photomechanic:Tagged", (_PHOTO_MECHANIC, "Tagged"), "True pick", _tagged
    ),
    Dialect(
        "Photo Mechanic", "photomechanic:ColorClass", (_PHOTO_MECHANIC, "ColorClass"),
        "8 (trash) reject; other classes are counted", _colour_class,
    ),
    Dialect("ACDSee", "acdsee:rating", (_ACDSEE, "rating"), "1..5 stars", _whole_stars),
    Dialect("ACDSee", "acdsee:tagged", (_ACDSEE, "tagged"), "True pick", _tagged),
    Dialect(
        "Windows", "MicrosoftPhoto:Rating", (_MICROSOFT, "Rating"),
        "percent: 1, 25, 50, 75, 99 are 1..5 stars", _percent,
    ),
    Dialect("Windows Vista", "MicrosoftPhoto:Rating", (_VISTA, "Rating"), "the same", _percent),
    Dialect(
        "Nikon NX Studio, ViewNX", "nine:Rating", (_NIKON, "Rating"),
        "1..5 stars, in NKSC_PARAM/IMG.JPG.nksc", _whole_stars,
    ),
    Dialect(
        "Nikon NX Studio, ViewNX", "nine:Label", (_NIKON, "Label"),
        "0 is none; others are counted, their colours are the person's own", _no_label,
    ),
    Dialect(
        "news desks", "photoshop:Urgency", (_PHOTOSHOP, "Urgency"),
        "no rating: counted, not read",
    ),
    Dialect("cameras, Windows", "EXIF Rating (0x4746)", None, "1..5 stars, 0 none"),
    Dialect(
        "Windows", "EXIF RatingPercent (0x4749)", None,
        "percent, where there is no EXIF Rating",
    ),
    Dialect("news desks", "IPTC Urgency (2:10)", None, "no rating: counted, not read"),
    Dialect(
        "Google Takeout", "IMG.jpg.json", None, "favorited is a pick, trashed a reject"
    ),
    Dialect(
        "RawTherapee, ART", "IMG.jpg.pp3, .arp", None,
        "Rank is stars, InTrash a reject, ColorLabel the label's colour",
    ),
    Dialect("DxO PhotoLab", "IMG.jpg.dop", None, "Rating of the first copy is stars"),
    Dialect("ON1 Photo RAW", "IMG.on1", None, "Rating is stars"),
    Dialect("Picasa", ".picasa.ini: star=yes", None, "pick"),
    Dialect("Apple Photos", "IMG.AAE", None, "edits alone, no marks; goes along with an export"),
)  # fmt: skip

NAMES = tuple(one.name for one in DIALECTS if one.name is not None)


def other_marks(found: Mapping[Name, Sequence[str]]) -> tuple[Marks, tuple[str, ...]]:
    """What programs say in words of their own, and the fields whose values are not understood."""
    stars: int | None = None
    flag: Flag | None = None
    label: str | None = None
    unread = []
    for one in DIALECTS:
        value = found.get(one.name, [""])[0].strip() if one.name else ""
        if not value:
            continue
        marks = one.read(value) if one.read else None
        if marks is None:
            unread.append(f"{one.program} ({one.field})")
            continue
        stars = marks.stars if stars is None else stars
        label = marks.label if label is None else label
        if marks.flag is Flag.REJECT or flag in (None, Flag.NONE):
            flag = flag if marks.flag is None else marks.flag
    return Marks(stars, flag, label), tuple(unread)


def table() -> str:
    """The dialects as a Markdown table, for the documents."""
    lines = ["| program | writes | what photoaes makes of it |", "|---|---|---|"]
    lines += [f"| {one.program} | `{one.field}` | {one.meaning} |" for one in DIALECTS]
    return "\n".join(lines)
