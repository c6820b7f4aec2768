"""RAW and JPEG of one exposure count as one photo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from photoaes.album.photo import Photo
from photoaes.images import RAW_EXTENSIONS

# What cameras and people write beside a RAW file, the likeliest primary first.
_COMPANY = (".jpg", ".jpeg", ".jpe", ".jfif", ".heic", ".heif", ".hif", ".avif", ".webp", ".mpo",
            ".tif", ".tiff", ".png")  # fmt: skip


@dataclass(frozen=True)
class Group:
    """One photo to rate: the file that is shown and scored, and those that go with it."""

    primary: Photo
    companions: tuple[Photo, ...] = ()

    @property
    def members(self) -> tuple[Photo, ...]:
        return (self.primary, *self.companions)


def pairs(photos: Iterable[Photo], *, split: bool = False) -> list[Group]:
    """The photos as groups, in the order of their first members; `split` keeps each on its own.

    Files of one folder whose names differ in the extension or in case alone belong together if
    there is a RAW among them: IMG_1.CR2 with img_1.jpg. Without a RAW they are photos of their own
    (a JPEG and a PNG of one name are hardly one exposure). Of several JPEGs or the like, the
    primary is the one whose kind stands first in the list of kinds, then by name; it takes all
    RAWs. The other pictures stay on their own, so nothing that can be seen is hidden. Several RAWs
    without a picture beside them stay on their own too.
    """
    files = list(photos)
    if split:
        return [Group(photo) for photo in files]
    by_stem: defaultdict[tuple[Path, str], list[Photo]] = defaultdict(list)
    for photo in files:
        by_stem[photo.path.parent, photo.path.stem.casefold()].append(photo)
    groups = {}
    for members in by_stem.values():
        for group in _groups(members):
            for member in group.members:
                groups[member] = group
    return list(dict.fromkeys(groups[photo] for photo in files))


def _groups(members: list[Photo]) -> list[Group]:
    raws = [photo for photo in members if _extension(photo) in RAW_EXTENSIONS]
    pictures = [photo for photo in members if _extension(photo) in _COMPANY]
    if not raws or not pictures:
        return [Group(photo) for photo in members]
    primary = min(pictures, key=_rank)
    alone = [photo for photo in members if photo not in raws and photo != primary]
    companions = tuple(sorted(raws, key=lambda photo: photo.path.name))
    return [Group(primary, companions), *(Group(photo) for photo in alone)]


def _rank(photo: Photo) -> tuple[int, str]:
    return _COMPANY.index(_extension(photo)), photo.path.name


def _extension(photo: Photo) -> str:
    return photo.path.suffix.lower()
