"""Reads what an album's files say: content hashes, facts of the camera, marks of other programs."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from photoaes.album.metadata.photo_file import read_photo_file
from photoaes.album.photo import Photo
from photoaes.album.sidecars.names import find_sidecars
from photoaes.album.sidecars.reading import Reading, read_marks
from photoaes.album.store.identity import content_hash
from photoaes.album.store.scores import Facts
from photoaes.errors import PhotoUnreadable
from photoaes.images import photo_size
from photoaes.jobs.events import Events, Progress

# Reading files is waiting for the disk, more than work.
THREADS = 8


@dataclass(frozen=True)
class PhotoReading:
    """What one file and the sidecars beside it say."""

    photo: Photo
    facts: Facts
    marks: Reading


def hash_photos(photos: Sequence[Photo]) -> Generator[Events, None, dict[Path, bytes | None]]:
    """The content hashes of photos, by path; None for one that cannot be read."""
    hashes: dict[Path, bytes | None] = {}
    with ThreadPoolExecutor(THREADS) as pool:
        paths = [photo.path for photo in photos]
        for path, digest in zip(paths, pool.map(content_hash, paths), strict=True):
            hashes[path] = digest
            yield Progress("Looking at new files", len(hashes), len(paths))
    return hashes


def read_album(photos: Sequence[Photo]) -> Generator[Events, None, list[PhotoReading]]:
    """Facts and foreign marks of photos. Broken files have none, and stop nothing."""
    sidecars = find_sidecars([photo.path for photo in photos])
    readings: list[PhotoReading] = []
    with ThreadPoolExecutor(THREADS) as pool:
        for reading in pool.map(lambda photo: _read(photo, sidecars), photos):
            readings.append(reading)
            yield Progress("Reading dates, cameras and stars", len(readings), len(photos))
    return readings


def _read(photo: Photo, sidecars: Mapping[Path, Sequence[Path]]) -> PhotoReading:
    file = read_photo_file(photo.path)
    taken = file.metadata.taken
    try:
        width, height = photo_size(photo.path)
    except PhotoUnreadable:
        width = height = 0
    facts = Facts(
        # The wall clock as if it were UTC: photos are sorted by what the camera showed.
        taken.replace(tzinfo=UTC).timestamp() if taken else None,
        file.metadata.camera,
        is_upright=height > width,
    )
    return PhotoReading(photo, facts, read_marks([photo.path], sidecars, {photo.path: file}))
