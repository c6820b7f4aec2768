"""Opens albums on the worker's thread and shows them as they become known."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from photoaes.album.alike import Looks
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.errors import PhotoaesError
from photoaes.gui.kit.worker import Worker
from photoaes.gui.state.session import Session
from photoaes.jobs.events import Progress
from photoaes.jobs.find_similar import find_looks, find_similar
from photoaes.jobs.open_album import AlbumView, open_view
from photoaes.jobs.read_album import Job
from photoaes.settings import excluded

Event = TypeVar("Event")


class Opening(QObject):
    """Shows an album as soon as its photos are known; dates and cameras follow.

    `is_shown` is whether the latest one is on show. `taste` gives the digest of the bank and the
    name of the profile to show scores by.
    """

    begun = Signal()
    progressed = Signal(object)  # Progress, or None when there is nothing to do any more
    opened = Signal(object)  # OpenedAlbum
    read = Signal(object)  # Found
    failed = Signal(object, object, bool)  # Path, Exception, whether anything is at the path

    def __init__(
        self,
        session: Session,
        worker: Worker,
        cache: FeatureCache,
        taste: Callable[[], tuple[str, str]],
    ) -> None:
        super().__init__(session)
        self._session, self._worker = session, worker
        self._cache, self._taste = cache, taste
        self._folder: Path | None = None
        self.is_busy, self.is_shown, self._is_there = False, False, True

    def open(self, folder: Path, *, split_pairs: bool = False) -> None:
        """Open this folder, or that of this photo, instead of what is open now."""
        self._folder, self.is_busy, self.is_shown = folder, True, False
        self._is_there = True
        self.begun.emit()
        digest, profile = self._taste()
        job = open_view(
            self._session.store,
            self._cache,
            folder,
            digest,
            profile=profile,
            split_pairs=split_pairs,
            exclude=excluded(),
            before=self._session.photos,
        )
        self._worker.start(
            self._looked(job, folder), done=self._read, failed=self._fail, progress=self._events
        )

    def _looked(
        self, job: Generator[Event, None, AlbumView], folder: Path
    ) -> Generator[Event, None, AlbumView]:
        """On the worker's thread, which may wait for a drive, see whether the folder is there."""
        try:
            return (yield from job)
        except PhotoaesError:
            self._is_there = os.path.exists(folder)  # noqa: PTH110 - raises nothing
            raise

    def similar_to(self, index: int) -> Job[NDArray[np.int64]]:
        """A job that finds the photos of the album on show that look like this one."""
        digest, _ = self._taste()
        store, photos = self._session.store, self._session.photos
        return find_similar(store, self._cache, digest, photos, index)

    def looks(self) -> Job[Looks | None]:
        """A job that finds out which photos of the album on show look alike."""
        digest, _ = self._taste()
        return find_looks(self._session.store, self._cache, digest, self._session.photos)

    def cancel(self) -> None:
        """Break the reading off; the album stays as far as it was read."""
        if self.is_busy:
            self._worker.cancel()
            self._end()

    def _events(self, events: list[Any]) -> None:
        for event in events:
            if isinstance(event, AlbumView):
                self._show(event)
                self.opened.emit(event.album)
        latest = [event for event in events if isinstance(event, Progress)]
        if latest:
            self.progressed.emit(latest[-1])

    def _read(self, view: AlbumView) -> None:
        self._end()
        if self._session.columns is not view.columns:
            self._show(view)
        self.read.emit(view.found)

    def _show(self, view: AlbumView) -> None:
        self._session.show_album(view)
        self.is_shown = True

    def _fail(self, error: Exception) -> None:
        self._end()
        self.failed.emit(self._folder, error, self._is_there)

    def _end(self) -> None:
        self.is_busy = False
        self.progressed.emit(None)
