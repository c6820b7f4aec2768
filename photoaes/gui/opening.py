"""Opens albums: the files' work on the worker's thread, the store's on this one, in turns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from photoaes.album.store.embeddings import load_embeddings
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.scores import load_columns
from photoaes.errors import PhotoaesError
from photoaes.gui.session import Session
from photoaes.gui.worker import Worker
from photoaes.jobs.events import Progress
from photoaes.steps import Found, OpenedAlbum, Steps, open_album, read_album


class Opening(QObject):
    """Shows an album as soon as its photos are known; dates and cameras follow."""

    progressed = Signal(object)  # Progress, or None when there is nothing to do any more
    opened = Signal(object)  # OpenedAlbum
    read = Signal(object)  # Found
    failed = Signal(object, object)  # Path, Exception

    def __init__(
        self, session: Session, worker: Worker, cache: FeatureCache, digest: Callable[[], str]
    ) -> None:
        super().__init__(session)
        self._session, self._worker = session, worker
        self._cache, self._digest = cache, digest
        self._folder: Path | None = None
        self._steps: Steps[Any] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether an album is being opened or read."""
        return self._steps is not None

    def open(self, folder: Path, *, split_pairs: bool = False) -> None:
        """Open this folder instead of what is open now."""
        self.cancel()
        self._folder = folder
        steps = open_album(self._session.store, folder, split_pairs=split_pairs)
        self._go(steps, self._opened)

    def cancel(self) -> None:
        """Leave it at what was read so far."""
        if self._steps is not None:
            self._worker.cancel()
            self._steps.close()
            self._steps = None
            self.progressed.emit(None)

    def _opened(self, album: OpenedAlbum) -> None:
        self._show(album)
        self.opened.emit(album)
        self._go(read_album(self._session.store, album), lambda found: self._read(album, found))

    def _read(self, album: OpenedAlbum, found: Found) -> None:
        self._show(album)
        self.progressed.emit(None)
        self.read.emit(found)

    def _show(self, album: OpenedAlbum) -> None:
        store, digest = self._session.store, self._digest()
        looks = load_embeddings(store, self._cache, digest, album.photos)
        columns = load_columns(store, album.photos, digest, None, looks)
        self._session.show_album(album.folder, album.paired, columns)

    def _go(self, steps: Steps[Any], done: Callable[[Any], None]) -> None:
        self._steps = steps
        self._send(steps, done, None)

    def _send(self, steps: Steps[Any], done: Callable[[Any], None], result: Any) -> None:
        """One turn of the store, then the next job, or the end."""
        try:
            job = steps.send(result)
        except StopIteration as finished:
            self._steps = None
            done(finished.value)
        except PhotoaesError as error:
            self._fail(error)
        else:
            self._worker.start(
                job,
                done=lambda value: self._send(steps, done, value),
                failed=self._fail,
                progress=self._progress,
            )

    def _fail(self, error: Exception) -> None:
        self._steps = None
        self.progressed.emit(None)
        self.failed.emit(self._folder, error)

    def _progress(self, events: list[Any]) -> None:
        latest = [event for event in events if isinstance(event, Progress)]
        if latest:
            self.progressed.emit(latest[-1])
