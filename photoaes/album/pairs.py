"""RAW and JPEG of one exposure count as one photo."""

from __future__ import annotations

import itertools
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from photoaes.album.photo import Photo
from photoaes.images import RAW_EXTENSIONS

# What cameras and people write beside a RAW file, the likeliest primary first.
_COMPANY = (".jpg", ".jpeg", ".jpe", ".jfif", ".heic", ".heif", ".hif", ".avif", ".webp", ".mpo",
            ".tif", ".tiff", ".png")  # fmt: skip


@dataclass(frozen=True)
class Paired:
    """The photos of an album, each under the file that is shown and scored.

    `companions` are the files that go with a photo and share its rating; most photos have none.
    """

    photos: tuple[Photo, ...]
    companions: Mapping[Path, tuple[Photo, ...]]

    def members(self, path: Path) -> tuple[Path, ...]:
        """The files of the photo at this path, itself first."""
        return (path, *(photo.path for photo in self.companions.get(path, ())))

    def groups(self) -> Iterator[tuple[Photo, ...]]:
        """The files of each photo."""
        for photo in self.photos:
            beside = self.companions.get(photo.path, ()) if self.companions else ()
            yield (photo, *beside)

    def files(self) -> Iterator[Photo]:
        """All files of all photos, in no order."""
        yield from self.photos
        yield from itertools.chain.from_iterable(self.companions.values())

    def primaries(self) -> dict[Path, Path]:
        """Of each companion the photo that it goes with."""
        return {one.path: path for path, others in self.companions.items() for one in others}


def pair(photos: Iterable[Photo], *, split: bool = False) -> Paired:
    """The photos that these files are, in their order; `split` keeps each file on its own.

    Files of one folder whose names differ in the extension or in case alone belong together if
    there is a RAW among them: IMG_1.CR2 with img_1.jpg. Without a RAW they are photos of their own
    (a JPEG and a PNG of one name are hardly one exposure). Of several JPEGs or the like, the
    primary is the one whose kind stands first in the list of kinds, then by name; it takes all
    RAWs. The other pictures stay on their own, so nothing that can be seen is hidden. Several RAWs
    without a picture beside them stay on their own too.
    """
    files = tuple(photos)
    raws = {_stem(photo) for photo in files if _extension(photo) in RAW_EXTENSIONS}
    if split or not raws:
        return Paired(files, {})
    by_stem: defaultdict[tuple[str, str], list[Photo]] = defaultdict(list)
    for photo in files:
        if (stem := _stem(photo)) in raws:
            by_stem[stem].append(photo)
    companions = dict(filter(None, map(_companions, by_stem.values())))
    gone_along = {photo for others in companions.values() for photo in others}
    return Paired(tuple(photo for photo in files if photo not in gone_along), companions)


def _companions(members: Sequence[Photo]) -> tuple[Path, tuple[Photo, ...]] | None:
    """Of files with one stem the primary and the RAWs beside it; None without a picture."""
    pictures = [photo for photo in members if _extension(photo) in _COMPANY]
    if not pictures:
        return None
    raws = [photo for photo in members if _extension(photo) in RAW_EXTENSIONS]
    primary = min(pictures, key=lambda photo: (_COMPANY.index(_extension(photo)), photo.at))
    return primary.path, tuple(sorted(raws, key=lambda photo: photo.at))


def _stem(photo: Photo) -> tuple[str, str]:
    folder, _, name = photo.at.rpartition(os.sep)
    return folder, (name.rpartition(".")[0] or name).casefold()


def _extension(photo: Photo) -> str:
    return photo.at[photo.at.rfind(".") :].lower()
