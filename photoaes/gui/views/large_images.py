"""Photos as large as the screen, or whole, for loupe and compare; the wanted ones first."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from photoaes.errors import PhotoUnreadable
from photoaes.gui.views.thumbnails import to_qimage
from photoaes.gui.views.versions import Version, is_outdated, version_now
from photoaes.images import open_image, photo_size

SCREEN_EDGE = 2560  # enough for a photo that fills a window
KEPT_BYTES = 768 << 20
Key = tuple[Path, bool]


@dataclass(frozen=True)
class Large:
    """A photo as a pixmap, and the size of the whole photo in pixels."""

    pixmap: QPixmap
    full: QSize
    version: Version | None

    @property
    def is_whole(self) -> bool:
        """Whether no pixel is missing."""
        return self.pixmap.width() >= self.full.width()


class LargeImages(QObject):
    """Two threads that decode, and the pixmaps they have made."""

    arrived = Signal(object)  # Path
    _loaded = Signal(object, object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[Key, Large] = OrderedDict()
        self._bytes = 0
        self._problems: dict[Path, tuple[PhotoUnreadable, Version | None]] = {}
        self._in_view: list[Key] = []
        self._wanted: deque[Key] = deque()  # of those, what is missing
        self._round = 0
        self._in_work: set[Key] = set()  # until they have arrived
        self._stopped = False
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="large")
        self._loaded.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def best(self, photo: Path) -> Large | None:
        """The sharpest there is by now."""
        for whole in (True, False):
            if (photo, whole) in self._kept:
                self._kept.move_to_end((photo, whole))
                return self._kept[photo, whole]
        return None

    def problem(self, photo: Path) -> PhotoUnreadable | None:
        """Why the photo cannot be shown, once that is known."""
        known = self._problems.get(photo)
        return known and known[0]

    def want(self, keys: Iterable[Key]) -> None:
        """Photos, and whether each is wanted whole: the first first, nothing else any more."""
        self._in_view = list(keys)
        self._bring()

    def _bring(self) -> None:
        if self._stopped:
            return
        keys = self._in_view
        missing = [key for key in keys if key not in self._kept and key[0] not in self._problems]
        with self._lock:
            self._wanted = deque(key for key in missing if key not in self._in_work)
            count = len(self._wanted)
        for _ in range(count):
            self._pool.submit(self._load_one)

    @property
    def held(self) -> set[Path]:
        """Photos of which something is known."""
        return {*(photo for photo, _ in self._kept), *self._problems}

    def follow(self, now: Mapping[Path, Version]) -> None:
        """The album was read: drop what is known of other versions of its photos than those `now`.

        A new round begins: what is being read meanwhile may be the old file, and is read again.
        """
        with self._lock:
            self._round += 1
        for key, large in list(self._kept.items()):
            if is_outdated(key[0], large.version, now):
                self._drop(key)
        for photo, (_, version) in list(self._problems.items()):
            if is_outdated(photo, version, now):
                del self._problems[photo]
        self._bring()

    def _drop(self, key: Key) -> None:
        pixmap = self._kept.pop(key).pixmap
        self._bytes -= pixmap.width() * pixmap.height() * 4

    def stop(self) -> None:
        """End the threads; what they are at is finished first."""
        self._stopped = True
        with self._lock:
            self._wanted.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _load_one(self) -> None:
        with self._lock:
            if not self._wanted:
                return
            key, begun = self._wanted.popleft(), self._round
            self._in_work.add(key)
        photo, whole = key
        version = version_now(photo)
        try:
            width, height = photo_size(photo)
            image = open_image(photo) if whole else open_image(photo, max_edge=SCREEN_EDGE)
            large = to_qimage(image), QSize(width, height)
            self._loaded.emit(key, large, version, begun)
        except PhotoUnreadable as problem:
            self._loaded.emit(key, problem, version, begun)

    def _keep(
        self,
        key: Key,
        outcome: tuple[QImage, QSize] | PhotoUnreadable,
        version: Version | None,
        begun: int,
    ) -> None:
        with self._lock:
            self._in_work.discard(key)
        if begun != self._round:
            self._bring()
            return
        if isinstance(outcome, PhotoUnreadable):
            self._problems[key[0]] = outcome, version
        else:
            image, full = outcome
            self._kept[key] = Large(QPixmap.fromImage(image), full, version)
            self._bytes += image.width() * image.height() * 4
            while self._bytes > KEPT_BYTES and len(self._kept) > 1:
                self._drop(next(iter(self._kept)))
        self.arrived.emit(key[0])
