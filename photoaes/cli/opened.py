"""The store and an album in it, as the commands use them."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from photoaes.album.photo import Photo, scan
from photoaes.album.store.marks_import import Imported, import_marks
from photoaes.album.store.opening import FILE_NAME, Store, open_store
from photoaes.album.store.rating_log import Wish
from photoaes.album.store.salvage import salvage
from photoaes.album.store.scores import save_facts, without_facts
from photoaes.album.store.sync import SyncSummary, sync, to_hash
from photoaes.cli.progress import Meter
from photoaes.errors import InputInvalid
from photoaes.jobs import Events, Progress, hash_photos, read_album
from photoaes.settings import data_folder

Result = TypeVar("Result")


@dataclass(frozen=True)
class OpenedAlbum:
    """A folder's photos, now known to the store, and what opening it brought."""

    photos: list[Photo]
    summary: SyncSummary
    imported: Imported
    unread: tuple[str, ...]


@contextmanager
def opened_store(meter: Meter) -> Iterator[Store]:
    """The user's store, with what its opening has to say said."""
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with open_store(folder / FILE_NAME) as store:
        for notice in store.opening.notices:
            meter.say(notice)
        if store.opening.recovery and (saved := salvage(store)):
            meter.say(f"The marks of {saved} photos could still be read from the damaged file.")
        yield store


def open_album(store: Store, folder: Path, meter: Meter) -> OpenedAlbum:
    """Scan the folder, make its photos known, and take over stars that other programs gave.

    Only files that are new or have changed are read. Raises InputInvalid for an empty album.
    """
    folder = folder.resolve()
    photos = scan(folder)
    if not photos:
        raise InputInvalid(f"There are no photos in {folder}.", folder)
    hashes = finished(hash_photos(to_hash(store, photos)), meter)
    summary = sync(store, photos, hashes=hashes, folder=folder)
    readings = finished(read_album(without_facts(store, photos)), meter)
    wishes = [
        Wish(reading.photo.path, reading.marks.marks, str(reading.marks.winner.path))
        for reading in readings
        if reading.marks.winner is not None
    ]
    imported = import_marks(store, wishes, "found when the album was opened")
    # Last: a run that is broken off before reads the files again.
    save_facts(store, ((reading.photo, reading.facts) for reading in readings))
    unread = tuple(f"{u.path}: {u.reason}" for r in readings for u in r.marks.unread)
    return OpenedAlbum(photos, summary, imported, unread)


def known_photos(store: Store, paths: Iterable[Path]) -> list[Path]:
    """The photos at these paths, made known to the store. Raises InputInvalid for what is none."""
    photos = []
    for path in paths:
        path = path.resolve()
        if not path.is_file():
            raise InputInvalid(f"There is no photo {path}.", path)
        status = path.stat()
        photos.append(Photo(path, status.st_size, status.st_mtime_ns))
    sync(store, photos)
    return [photo.path for photo in photos]


def finished(job: Generator[Events, None, Result], meter: Meter) -> Result:
    """Run a job to its end, showing what it yields; its result."""
    try:
        while True:
            event = next(job)
            if isinstance(event, Progress):
                meter.show(event.stage, event.done, event.total)
            else:
                meter.say(event.text)
    except StopIteration as done:
        result: Result = done.value
        return result
    finally:
        job.close()
