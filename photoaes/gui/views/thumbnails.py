"""`QImage` thumbnails from a small pool of threads, keyed by photo, the visible ones first.

The pool is not the worker's: scrolling never waits for a fit. What is wanted is replaced as a
whole whenever the view moves, so photos that were scrolled past cost nothing.
"""

from __future__ import annotations

import os
from collections import OrderedDict, deque
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from PIL import Image
from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from photoaes.errors import PhotoUnreadable
from photoaes.gui.views.versions import Version, is_outdated, version_now
from photoaes.images.thumbnail_cache import ThumbnailCache

Key = tuple[Path, int]
CACHE_BYTES = 384 << 20
FAILURES = 10_000


def to_qimage(image: Image.Image) -> QImage:
    """An RGB image for Qt; any thread may call this."""
    data = image.convert("RGBX").tobytes("raw", "BGRX")
    view = QImage(data, image.width, image.height, 4 * image.width, QImage.Format.Format_RGB32)
    return view.copy()  # `view` only borrows the bytes


@dataclass(frozen=True)
class _Made:
    """What came of a photo, of which version of it, and in which round (see `follow`)."""

    outcome: QImage | PhotoUnreadable
    version: Version | None
    round: int


class Thumbnails(QObject):
    """Pixmaps at hand, and the threads that bring the missing ones."""

    arrived = Signal(object)  # Path
    _loaded = Signal(object, object)

    def __init__(self, cache: ThumbnailCache, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache = cache
        self._pixmaps: OrderedDict[Key, QPixmap] = OrderedDict()
        self._versions: dict[Key, Version | None] = {}  # of the pixmaps
        self._bytes = 0
        self._problems: OrderedDict[Path, tuple[PhotoUnreadable, Version | None]] = OrderedDict()
        self._round = 0
        self._in_view: list[Key] = []
        self._beside: list[Key] = []
        self._wanted: deque[Key] = deque()  # of both, what is missing
        self._in_work: set[Key] = set()  # until they have arrived
        self._lock = Lock()
        self._stopped = False
        self._threads = max(2, min(4, (os.cpu_count() or 2) - 1))
        self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="thumbnails")
        self._pumps = 0
        self._loaded.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def pixmap(self, photo: Path, size: int) -> QPixmap | None:
        """The photo at this size, or at another one until that comes; None without either."""
        key = (photo, size)
        if key in self._pixmaps:
            self._pixmaps.move_to_end(key)
            return self._pixmaps[key]
        others = (self._pixmaps.get((photo, other)) for other in (1024, 512, 256, 128))
        return next((pixmap for pixmap in others if pixmap is not None), None)

    def problem(self, photo: Path) -> PhotoUnreadable | None:
        """Why the photo has no thumbnail, once that is known."""
        known = self._problems.get(photo)
        return known and known[0]

    def want(self, photos: Iterable[Path], size: int) -> None:
        """Bring these, the first first, and forget what was in view before."""
        self._in_view = [(photo, size) for photo in photos]
        self._bring()

    def want_too(self, photos: Iterable[Path], size: int) -> None:
        """Bring these after what is in view, whatever comes into view meanwhile: small pictures
        beside the grid."""
        self._beside = [(photo, size) for photo in photos]
        self._bring()

    def _bring(self) -> None:
        if self._stopped:
            return
        keys = dict.fromkeys([*self._in_view, *self._beside])
        missing = [key for key in keys if key not in self._pixmaps and key[0] not in self._problems]
        with self._lock:
            self._wanted = deque(key for key in missing if key not in self._in_work)
            more = min(self._threads, len(self._wanted)) - self._pumps
            self._pumps += max(more, 0)
        for _ in range(more):
            self._pool.submit(self._pump)

    @property
    def held(self) -> set[Path]:
        """Photos of which something is known."""
        return {*(photo for photo, _ in self._versions), *self._problems}

    def follow(self, now: Mapping[Path, Version]) -> None:
        """The album was read: drop what is known of other versions of its photos than those `now`.

        A new round begins: what is being read meanwhile may be the old file, and is read again.
        """
        with self._lock:
            self._round += 1
        for key, version in list(self._versions.items()):
            if is_outdated(key[0], version, now):
                self._drop(key)
        for photo, (_, version) in list(self._problems.items()):
            if is_outdated(photo, version, now):
                del self._problems[photo]
        self._bring()

    def _drop(self, key: Key) -> None:
        del self._versions[key]
        pixmap = self._pixmaps.pop(key)
        self._bytes -= pixmap.width() * pixmap.height() * 4

    def stop(self) -> None:
        """End the threads; what they are at is finished first."""
        self._stopped = True
        with self._lock:
            self._wanted.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _pump(self) -> None:
        """On a thread of the pool: work until nothing is wanted."""
        while True:
            with self._lock:
                if self._stopped or not self._wanted:
                    self._pumps -= 1
                    return
                key, begun = self._wanted.popleft(), self._round
                self._in_work.add(key)
            version = version_now(key[0])
            outcome: QImage | PhotoUnreadable
            try:
                outcome = to_qimage(self._cache.thumbnail(*key))
            except PhotoUnreadable as problem:
                outcome = problem
            if not self._stopped:
                self._loaded.emit(key, _Made(outcome, version, begun))

    def _keep(self, key: Key, made: _Made) -> None:
        with self._lock:
            self._in_work.discard(key)
        if made.round != self._round:
            self._bring()
            return
        if isinstance(made.outcome, PhotoUnreadable):
            self._problems[key[0]] = made.outcome, made.version
            if len(self._problems) > FAILURES:
                self._problems.popitem(last=False)
        else:
            self._pixmaps[key] = QPixmap.fromImage(made.outcome)
            self._versions[key] = made.version
            self._bytes += made.outcome.sizeInBytes()
            while self._bytes > CACHE_BYTES:
                self._drop(next(iter(self._pixmaps)))
        self.arrived.emit(key[0])


def fitted(pixmap: QPixmap, area: QRect) -> QRect:
    """Where a pixmap goes to fill an area as far as its shape allows, centred."""
    size = pixmap.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = area.left() + (area.width() - size.width()) // 2
    top = area.top() + (area.height() - size.height()) // 2
    return QRect(QPoint(left, top), size)
