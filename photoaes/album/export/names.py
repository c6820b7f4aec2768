"""What exported files are called: a template filled in, made a valid name, and never one taken."""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Sequence, Set
from pathlib import Path

from photoaes.album.ranking import RankedPhoto
from photoaes.errors import InputInvalid, Sentence

DEFAULT = "{rank:04}_{name}"
FIELDS = ("rank", "name", "stem", "stars", "score", "rating", "folder")
NAME_BYTES = 255  # the limit of ext4, APFS, NTFS and exFAT, at least for plain letters
_DIGITS = re.compile(r"\d+")
# What Windows forbids in a name; a folder of photos is often sent to somebody who has it.
_FORBIDDEN = {ord(sign): "_" for sign in '<>:"/\\|?*'} | dict.fromkeys(range(32), "_")


def check_template(template: str) -> None:
    """Raises InputInvalid if the template has a field that there is not, or cannot be filled in."""
    try:
        parts = [part for part in string.Formatter().parse(template) if part[1] is not None]
    except ValueError as error:
        text = Sentence("The name {0!r} cannot be understood: {1}.", template, str(error))
        raise InputInvalid(text) from error
    for _, field, form_of_it, _ in parts:
        if "{" in (form_of_it or "") or any(map(_is_wide, _DIGITS.findall(form_of_it or ""))):
            raise InputInvalid(Sentence("The name {0!r} is longer than a file's may be.", template))
        if field not in FIELDS:
            known = ", ".join(f"{{{name}}}" for name in FIELDS)
            form = "The name {0!r} has a field {{{1}}}; there are {2}."
            raise InputInvalid(Sentence(form, template, field, known))
    file_name(template, RankedPhoto(Path("a.jpg"), 1, 5.0, 3.0, None), ".jpg")


def _is_wide(digits: str) -> bool:
    return len(digits.lstrip("0")) > 3 or int(digits) > NAME_BYTES


def free_names(
    template: str, photo: RankedPhoto, suffixes: Sequence[str], taken: Set[str]
) -> list[str]:
    """`file_name` for each file of a photo, with the first number that makes all of them free.

    Under one number they stay together: a RAW file, and the sidecars that are found by its name.
    `taken` are case-folded.
    """
    for number in itertools.count(1):
        names = [file_name(template, photo, suffix, number) for suffix in suffixes]
        if taken.isdisjoint(name.casefold() for name in names):
            break
    return names


def file_name(template: str, photo: RankedPhoto, suffix: str, number: int = 1) -> str:
    """The template filled in for a photo, ending in `suffix`; a valid name of 255 bytes at most.

    `{name}` is the photo's own name without its suffix, so that a RAW file beside a JPEG keeps its
    own. A `number` above 1 stands before the suffix.
    """
    path = photo.path
    try:
        filled = template.format(
            rank=photo.rank,
            name=path.stem,
            stem=path.stem,
            stars=round(photo.stars, 2),
            score=photo.score,
            rating=photo.rating or 0,
            folder=path.parent.name,
        )
    except (ValueError, TypeError, IndexError) as error:
        text = Sentence("The name {0!r} cannot be filled in: {1}.", template, str(error))
        raise InputInvalid(text) from error
    stem = filled.translate(_FORBIDDEN).strip(" .") or "photo"
    ending = suffix if number == 1 else f"-{number}{suffix}"
    return _shortened(stem, NAME_BYTES - len(ending.encode())) + ending


def free_name(name: str, taken: Set[str]) -> str:
    """The name, or the name with the first number that makes it free; `taken` are case-folded."""
    stem, suffix = Path(name).stem, Path(name).suffix
    number = 1
    while name.casefold() in taken:
        number += 1
        ending = f"-{number}{suffix}"
        name = _shortened(stem, NAME_BYTES - len(ending.encode())) + ending
    return name


def _shortened(stem: str, limit: int) -> str:
    """The stem cut to `limit` bytes, never within a letter."""
    stem = stem[:limit]
    while len(stem.encode(errors="surrogateescape")) > limit:
        stem = stem[:-1]
    return stem
