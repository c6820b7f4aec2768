"""Makes thumbnails ahead of who scrolls: on the disk, in the order of what is on show.

What is made stays made, so it goes on where it ended the last time. It rests while a person rates,
and while an album is opened or a taste learned. While others look at the same photos in the same
order (`surveying`), only the next few are made here: the others' decoding makes the rest.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Lock

from PIL import Image
from PySide6.QtCore import QObject, Qt, Signal

from photoaes.errors import PhotoUnreadable
from photoaes.gui.state.session import Session
from photoaes.images.thumbnail_cache import ThumbnailCache
from photoaes.jobs.events import Progress

NEAR = 200  # photos, where others come after
AHEAD = 1500  # photos: a minute of holding Page Down; all of a large album would fill the disk
REST_S = 2.0  # after a mark
TELL_S = 0.25


class Preparing(QObject):
    """`is_needed` says whether others need the processor now, `is_followed` whether they look at
    the same photos; both are asked on another thread."""

    progressed = Signal(object)  # Progress, or None when there is nothing to do

    def __init__(
        self, session: Session, cache: ThumbnailCache, is_needed: Callable[[], bool]
    ) -> None:
        super().__init__(session)
        self._cache, self._is_needed = cache, is_needed
        self.is_followed: Callable[[], bool] = lambda: False
        self._wanted: deque[Path] = deque()
        self._made: set[tuple[Path, int]] = set()
        self._size, self._total = 256, 0
        self._lock, self._is_running, self._is_stopped = Lock(), False, False
        self._rests_until = 0.0
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="preparing")
        session.marks_changed.connect(self._rest, Qt.ConnectionType.DirectConnection)
        session.album_changed.connect(lambda: self.want((), self._size))

    def want(self, paths: Sequence[Path], size: int) -> None:
        """These, the first first, and no others any more."""
        with self._lock:
            self._size = size
            todo = [path for path in paths[:AHEAD] if (path, size) not in self._made]
            self._wanted, self._total = deque(todo), len(todo)
            starts = bool(todo) and not self._is_running and not self._is_stopped
            self._is_running = self._is_running or starts
        if starts:
            self._pool.submit(self._work)

    def opened(self, path: Path, min_edge: int) -> Image.Image:
        """For who needs a photo larger than its thumbnail, which is made of it too."""
        return self._cache.opened(path, min_edge, self._size)

    def stop(self) -> None:
        """End the thread; what it is at is finished first."""
        self._is_stopped = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _rest(self, _: object) -> None:
        self._rests_until = time.monotonic() + REST_S

    def _has_to_wait(self) -> bool:
        is_resting = time.monotonic() < self._rests_until
        return not self._is_stopped and (is_resting or self._is_needed())

    def _work(self) -> None:
        told = 0.0
        while (path := self._next()) is not None:
            with suppress(PhotoUnreadable):  # whoever looks at it is told
                self._cache.thumbnail(path, self._size)
            self._made.add((path, self._size))
            if not self._is_stopped and time.monotonic() - told > TELL_S:
                told = time.monotonic()
                done = self._total - len(self._wanted)
                self.progressed.emit(Progress("Making thumbnails", done, self._total))
        if not self._is_stopped:
            self.progressed.emit(None)

    def _next(self) -> Path | None:
        if self._has_to_wait():
            self.progressed.emit(None)  # a count that stands still would look like one that hangs
        while self._has_to_wait():
            time.sleep(0.05)
        with self._lock:
            if self.is_followed() and self._total - len(self._wanted) >= NEAR:
                self._wanted.clear()
            if self._is_stopped or not self._wanted:
                self._is_running = False
                return None
            return self._wanted.popleft()
