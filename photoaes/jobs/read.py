"""Finds an album's files and reads what they say: hashes, the camera's facts, others' marks."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from photoaes.album.metadata.photo_file import PhotoFile, Size, read_file_and_size
from photoaes.album.photo import Photo, Walked, photo_as, walk
from photoaes.album.sidecars.beside import find_beside
from photoaes.album.sidecars.dating import dated
from photoaes.album.sidecars.names import find_sidecars
from photoaes.album.sidecars.reading import Reading, read_marks
from photoaes.album.store.identity import Evidence, Fingerprint, evidence, fingerprint
from photoaes.album.store.scores import Facts
from photoaes.album.store.sync import Looked, Unknown
from photoaes.errors import InputInvalid, PhotoUnreadable, Sentence
from photoaes.jobs.events import Events, Progress
from photoaes.prefetch import SECONDS, TOO_LONG, prefetch_many

# Threads that wait for a slow drive: a network's answers come one by one, but to many at once.
THREADS = 8


@dataclass(frozen=True)
class PhotoReading:
    """What the files of one photo and the sidecars beside them say; `photo` is the shown one."""

    photo: Photo
    facts: tuple[tuple[Photo, Facts], ...]
    marks: Reading
    unopened: tuple[PhotoUnreadable, ...] = ()
    is_given_up: bool = False  # then nothing is known of it, not even that it has no marks


def find_photos(
    folder: Path, met: Walked | None = None, exclude: Sequence[str] = ()
) -> Generator[Events, None, list[Photo]]:
    """All photos below the folder, as `walk` finds them; raises InputInvalid as it does."""
    photos: list[Photo] = []
    for part in walk(folder, met, exclude):
        photos += part
        yield Progress("Looking for photos", len(photos), None)
    if photos:
        yield Progress("Looking for photos", len(photos), len(photos))
    return photos


def no_photos(folder: Path, met: Walked) -> InputInvalid:
    """What to raise for a folder in which none was found, with what was found instead."""
    if not met.not_read.counts and not met.left_out.counts:
        return InputInvalid(Sentence("There are no photos in {0}.", folder), folder)
    if not met.not_read.counts:
        reason, count = met.left_out.counts.most_common(1)[0]
        form = "There are no photos in {0}; {1} files and folders are left out, such as {2}."
        return InputInvalid(Sentence(form, folder, count, met.left_out.examples[reason]), folder)
    kinds = ", ".join(f"{count} {kind}" for kind, count in met.not_read.counts.most_common(3))
    text = Sentence(
        "There are no photos in {0} that photoaes reads, but others: {1}.", folder, kinds
    )
    return InputInvalid(text, folder)


def look_at_photos(unknown: Unknown) -> Generator[Events, None, Looked]:
    """What `sync` has to know of files, found out by threads and without holding the store."""
    fingerprints: dict[Path, Fingerprint] = {}
    found: dict[Path, Evidence] = {}

    def looked(path: Path) -> tuple[Fingerprint, Evidence | None]:
        return fingerprint(path), evidence(path) if path in unknown.at_known_paths else None

    paths = [photo.path for photo in unknown.photos]
    # Two: most of it is hashing, for which nobody needs the interpreter lock.
    ahead = prefetch_many(
        looked, paths, workers=2, most=THREADS, late=lambda _: (Fingerprint(), None)
    )
    with closing(ahead):
        for path, (one, more) in zip(paths, ahead, strict=True):
            fingerprints[path] = one
            if more is not None:
                found[path] = more
            yield Progress("Looking at new files", len(fingerprints), len(paths))
    return Looked(fingerprints, found)


def read_photos(
    photos: Sequence[tuple[Photo, ...]], done: int = 0, total: int | None = None
) -> Generator[Events, None, list[PhotoReading]]:
    """Facts and foreign marks of photos, each given with all its files, the shown one first.

    Broken files have no facts but their being there, those that are gone none at all; neither stops
    anything. `done` of `total` were read before.
    """
    paths = [file.path for files in photos for file in files]
    sidecars, beside = find_sidecars(paths), find_beside(paths)
    readings: list[PhotoReading] = []
    ahead = prefetch_many(
        lambda files: _read(files, sidecars, beside), photos, most=THREADS, late=_given_up
    )
    with closing(ahead):
        for reading in ahead:
            readings.append(reading)
            count = done + len(readings)
            yield Progress("Reading dates, cameras and stars", count, total or len(photos))
    return readings


def _read(
    files: tuple[Photo, ...],
    sidecars: Mapping[Path, Sequence[Path]],
    beside: Mapping[Path, Sequence[Path]],
) -> PhotoReading:
    read = {photo.path: read_file_and_size(photo.path) for photo in files}
    contents = {path: content for path, (content, _) in read.items()}
    facts = [
        (photo, _facts(photo.path, *read[photo.path], sidecars.get(photo.path, ())))
        for photo in files
        if _is_as_found(photo)
    ]
    unopened = [
        size for photo, _ in facts if isinstance(size := read[photo.path][1], PhotoUnreadable)
    ]
    others = [other for path in contents for other in beside.get(path, ())]
    marks = read_marks(list(contents), sidecars, contents, others)
    return PhotoReading(files[0], tuple(facts), marks, tuple(unopened))


def _given_up(files: tuple[Photo, ...]) -> PhotoReading:
    """What is known of a photo whose reading hangs: the next scan tries again."""
    problem = PhotoUnreadable(files[0].path, Sentence(TOO_LONG, SECONDS))
    return PhotoReading(files[0], (), Reading(), (problem,), is_given_up=True)


def _is_as_found(photo: Photo) -> bool:
    """Neither changed nor gone since the scan: else what was read is not what it is."""
    try:
        now = photo_as(photo.at, photo.path.stat())
    except OSError:
        return False
    return (now.size, now.mtime_ns) == (photo.size, photo.mtime_ns)


def _facts(
    path: Path, content: PhotoFile, size: Size | PhotoUnreadable, sidecars: Sequence[Path]
) -> Facts:
    metadata = dated(path, content.metadata, sidecars)
    width, height = (0, 0) if isinstance(size, PhotoUnreadable) else size
    return Facts(
        metadata.taken_s,
        metadata.camera,
        is_upright=height > width,
        dated_by=metadata.dated_by,
        bias=metadata.exposure_bias,
        is_bracket=metadata.is_bracket,
        is_series=metadata.is_series,
    )
