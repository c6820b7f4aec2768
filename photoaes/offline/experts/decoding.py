"""Photos as the model's bytes, decoded once; those that cannot be read are left out and listed.

pixels-<hash>.npy            [N, S, S, 3], all photos asked for; zeros for those left out
pixels-<hash>.partial        the same while it grows: a run that was stopped goes on behind it
pixels-<hash>.skipped.csv    row,photo,why

AVA at 224 px is 38 GB: it stays on the disk and is mapped.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photoaes.errors import PhotoUnreadable
from photoaes.images import open_image
from photoaes.model.paper.backbone import Preprocessing
from photoaes.new_files import appended
from photoaes.offline.databases.gaps import ABSENT, NONE, Gap, Limit, check_gaps
from photoaes.prefetch import prefetch

DECODE_THREADS = 4
# So many are tried, and listed, before too many are refused: a person mends them all at once.
TRIED = 20
Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Decoded:
    """`pixels` [N, S, S, 3] of the photos asked for, of which those `kept` [N] could be read."""

    pixels: Pixels
    kept: NDArray[np.bool_]
    gaps: tuple[Gap, ...] = ()

    def readable(self) -> Pixels:
        """The pixels of the photos that could be read."""
        return self.pixels if self.kept.all() else self.pixels[self.kept]


def absent(paths: Sequence[Path]) -> list[Gap]:
    """Gaps for the paths at which there is no file."""
    return [Gap(path, ABSENT) for path in paths if not path.is_file()]


def decode(paths: Sequence[Path], preprocessing: Preprocessing, limit: Limit = NONE) -> Decoded:
    """All photos in memory. Raises InputInvalid if more than `limit` cannot be read."""
    shape = (len(paths), preprocessing.crop, preprocessing.crop, 3)
    pixels, kept = np.zeros(shape, np.uint8), np.ones(len(paths), bool)
    gaps: list[Gap] = []
    for row, found in enumerate(_photos(paths, preprocessing)):
        if isinstance(found, Gap):
            kept[row] = False
            gaps.append(found)
            _stop_early(gaps, len(paths), limit)
        else:
            pixels[row] = found
    check_gaps(gaps, len(paths), limit)
    return Decoded(pixels, kept, tuple(gaps))


def pixels_file(folder: Path, paths: Sequence[Path], preprocessing: Preprocessing) -> Path:
    """Where these photos' bytes are kept in a folder."""
    names = "\n".join(map(str, (preprocessing, *paths)))
    return folder / f"pixels-{hashlib.sha256(names.encode()).hexdigest()[:16]}.npy"


def decode_into(
    folder: Path,
    paths: Sequence[Path],
    preprocessing: Preprocessing,
    limit: Limit = NONE,
    *,
    is_mine: bool = True,
    said: Callable[[int, int], None] | None = None,
) -> Decoded:
    """All photos, kept in a file of the folder, which serves every later run on the same photos.

    Where it `is_mine` to do, photos are decoded behind those that an earlier run left; else the
    file is waited for, as decoding may take hours, longer than processes wait for each other.
    Raises InputInvalid if more than `limit` cannot be read: what was decoded is kept.
    """
    path = pixels_file(folder, paths, preprocessing)
    while not path.exists():
        if is_mine:
            _grow(path, paths, preprocessing, limit, said)
        else:
            time.sleep(1)
    gaps = _read_skipped(_skipped(path), len(paths))
    check_gaps(list(gaps.values()), len(paths), limit)
    kept = np.ones(len(paths), bool)
    kept[list(gaps)] = False
    # Copied on write: torch wants arrays that could be written to, and the file stays as it is.
    return Decoded(np.load(path, mmap_mode="c"), kept, tuple(gaps.values()))


def _grow(
    path: Path,
    paths: Sequence[Path],
    preprocessing: Preprocessing,
    limit: Limit,
    said: Callable[[int, int], None] | None,
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    shape = (len(paths), preprocessing.crop, preprocessing.crop, 3)
    head = io.BytesIO()
    described = {"descr": "|u1", "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_2_0(head, described)
    header, size = head.getvalue(), preprocessing.crop**2 * 3
    partial = path.with_suffix(".partial")
    gaps = _read_skipped(_skipped(path), len(paths))
    with appended(partial) as file:
        there = file.seek(0, os.SEEK_END)
        done = max(there - len(header), 0) // size
        if there < len(header):
            file.truncate(0)
            file.write(header)
        else:
            file.truncate(len(header) + done * size)  # a photo that was cut off by a kill
        gaps = {row: gap for row, gap in gaps.items() if row < done}
        for row, found in enumerate(_photos(paths[done:], preprocessing), start=done):
            if isinstance(found, Gap):
                gaps[row] = found
                _note(_skipped(path), row, found)
                _stop_early(list(gaps.values()), len(paths), limit)
            data = bytes(size) if isinstance(found, Gap) else found.tobytes()
            file.write(data)
            if said is not None:
                said(row + 1, len(paths))
    check_gaps(list(gaps.values()), len(paths), limit)
    partial.replace(path)


def read_photos(paths: Sequence[Path], preprocessing: Preprocessing) -> Pixels:
    """The photos as the model's bytes [N, S, S, 3]. Raises PhotoUnreadable for a bad one."""
    read = partial(read_photo, preprocessing)
    return np.stack(list(prefetch(read, paths, workers=DECODE_THREADS, ahead=64)))


def read_photo(preprocessing: Preprocessing, path: Path) -> Pixels:
    """One photo as the model's bytes [S, S, 3]. Raises PhotoUnreadable."""
    return preprocessing.pixels(open_image(path, min_edge=preprocessing.resize))


def _photos(
    paths: Sequence[Path], preprocessing: Preprocessing
) -> Generator[Pixels | Gap, None, None]:
    """Each photo in order, or why it cannot be read."""

    def read(path: Path) -> Pixels | Gap:
        if not path.is_file():
            return Gap(path, ABSENT)
        try:
            return read_photo(preprocessing, path)
        except PhotoUnreadable as error:
            return Gap(path, error.reason)

    yield from prefetch(read, paths, workers=DECODE_THREADS, ahead=64)


def _stop_early(gaps: Sequence[Gap], total: int, limit: Limit) -> None:
    if len(gaps) > max(limit.allowed(total), TRIED):
        check_gaps(gaps, total, limit)


def _skipped(path: Path) -> Path:
    return path.with_suffix(".skipped.csv")


def _note(path: Path, row: int, gap: Gap) -> None:
    """Before its row in the file of bytes: what a kill leaves out is done, and noted, again."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow((row, gap.path, gap.why))
    with appended(path) as file:
        file.write(text.getvalue().encode(errors="surrogateescape"))


def _read_skipped(path: Path, total: int) -> dict[int, Gap]:
    return dict(sorted(_skipped_rows(path, total)))


def _skipped_rows(path: Path, total: int) -> Iterator[tuple[int, Gap]]:
    if not path.exists():
        return
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    for row in csv.reader(io.StringIO(text, newline="")):
        if len(row) == 3 and row[0].isdecimal() and int(row[0]) < total:
            yield int(row[0]), Gap(Path(row[1]), row[2])
