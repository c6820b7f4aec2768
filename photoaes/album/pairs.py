"""RAW and JPEG of one exposure count as one photo."""

from __future__ import annotations

import itertools
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from photoaes.album.folding import folded
from photoaes.album.photo import Photo
from photoaes.images import RAW_EXTENSIONS

# What cameras and people write beside a RAW file, the likeliest primary first.
_COMPANY = (".jpg", ".jpeg", ".jpe", ".jfif", ".heic", ".heif", ".hif", ".avif", ".webp", ".mpo",
            ".tif", ".tiff", ".png")  # fmt: skip
# Folders into which people and cameras sort files of one shooting by their kind.
_KINDS = frozenset(
    suffix.lstrip(".") + ending
    for suffix in (".raw", *RAW_EXTENSIONS, *_COMPANY)
    for ending in ("", "s", " files", "_files", "-files")
)
# Google's phones: PXL_20231118_101010123.MP.jpg, .RAW-01.COVER.jpg, .RAW-02.ORIGINAL.dng, and so
# on; an edit is PXL_..~2.jpg, which is a photo of its own.
_PIXEL = re.compile(r"(pxl_\d{8}_\d{6,9})(?:[.-][a-z0-9_.-]+)?")
_RAW_ENDING = re.compile(r"[._-]raw$")  # 20240101_101010_RAW.dng beside 20240101_101010.jpg
_APPLE_EDIT = re.compile(r"img_e(\d{4,})")  # IMG_E1234.JPG is IMG_1234.DNG, edited


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
        """For each photo its files: the shown one, then those beside it."""
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

    Files of one folder whose names differ in the extension, in case, or in what a phone appends
    belong together if there is a RAW among them: IMG_1.CR2 with img_1.jpg. Folders that are named
    for a kind of file (RAW, JPG, NEF) count as the folder that they are in. Without a RAW they are
    photos of their own (a JPEG and a PNG of one name are hardly one exposure). Of several JPEGs or
    the like, the primary is the one whose kind stands first in the list of kinds, then by name; it
    takes all RAWs. The other pictures stay on their own, so nothing that can be seen is hidden.
    Several RAWs without a picture beside them stay on their own too.
    """
    files = tuple(photos)
    folders = _Folders()
    raws = {_stem(photo, folders) for photo in files if _extension(photo) in RAW_EXTENSIONS}
    if split or not raws:
        return Paired(files, {})
    by_stem: defaultdict[tuple[str, str], list[Photo]] = defaultdict(list)
    for photo in files:
        if (stem := _stem(photo, folders)) in raws:
            by_stem[stem].append(photo)
    companions = dict(filter(None, map(_companions, by_stem.values())))
    gone_along = {photo for others in companions.values() for photo in others}
    return Paired(tuple(photo for photo in files if photo not in gone_along), companions)


def folders_of_kinds(folder: Path) -> list[Path]:
    """The folders in which files may lie that belong to those in this folder, itself first."""
    top = folder.parent if folder.name.casefold() in _KINDS else folder
    found = [folder] if top == folder else [folder, top]
    try:
        with os.scandir(top) as entries:
            found += [
                Path(entry.path)
                for entry in entries
                if entry.name.casefold() in _KINDS and entry.is_dir()
            ]
    except OSError:
        pass
    return list(dict.fromkeys(found))


def _companions(members: Sequence[Photo]) -> tuple[Path, tuple[Photo, ...]] | None:
    """Of files with one stem the primary and the RAWs beside it; None without a picture."""
    pictures = [photo for photo in members if _extension(photo) in _COMPANY]
    if not pictures:
        return None
    raws = [photo for photo in members if _extension(photo) in RAW_EXTENSIONS]
    primary = min(pictures, key=lambda photo: (_COMPANY.index(_extension(photo)), photo.at))
    return primary.path, tuple(sorted(raws, key=lambda photo: photo.at))


class _Folders(dict[str, str]):
    """The folder that counts, by the folder that a file lies in."""

    def __missing__(self, folder: str) -> str:
        top, _, name = folder.rpartition(os.sep)
        self[folder] = top if name.casefold() in _KINDS and top else folder
        return self[folder]


def _stem(photo: Photo, folders: _Folders) -> tuple[str, str]:
    folder, _, name = photo.at.rpartition(os.sep)
    return folders[folder], _exposure(folded(name.rpartition(".")[0] or name))


def _exposure(stem: str) -> str:
    """The folded stem without what phones and people append to it."""
    if stem.startswith("pxl_") and (pixel := _PIXEL.fullmatch(stem)):
        return pixel[1]
    if stem.startswith("img_e") and (apple := _APPLE_EDIT.fullmatch(stem)):
        return f"img_{apple[1]}"
    return _RAW_ENDING.sub("", stem) if stem.endswith("raw") else stem


def _extension(photo: Photo) -> str:
    return photo.at[photo.at.rfind(".") :].lower()
