"""Photos as large as the screen, or whole, for loupe and compare; the wanted ones first."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QPixmap

from photoaes.errors import PhotoUnreadable
from photoaes.gui.thumbnails import to_qimage
from photoaes.images import open_image, photo_size

SCREEN_EDGE = 2560  # enough for a photo that fills a window
KEPT_BYTES = 768 << 20
Key = tuple[Path, bool]


@dataclass(frozen=True)
class Large:
    """A photo as a pixmap, and the size of the whole photo in pixels."""

    pixmap: QPixmap
    full: QSize

    @property
    def is_whole(self) -> bool:
        """Whether no pixel is missing."""
        return self.pixmap.width() >= self.full.width()


class LargeImages(QObject):
    """Two threads that decode, and the pixmaps they have made."""

    arrived = Signal(object)  # Path
    _loaded = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[Key, Large] = OrderedDict()
        self._bytes = 0
        self._problems: dict[Path, PhotoUnreadable] = {}
        self._wanted: deque[Key] = deque()
        self._in_work: set[Key] = set()
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
        return self._problems.get(photo)

    def want(self, keys: Iterable[Key]) -> None:
        """Photos, and whether each is wanted whole: the first first, nothing else any more."""
        if self._stopped:
            return
        missing = [key for key in keys if key not in self._kept and key[0] not in self._problems]
        with self._lock:
            self._wanted = deque(key for key in missing if key not in self._in_work)
            count = len(self._wanted)
        for _ in range(count):
            self._pool.submit(self._load_one)

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
            key = self._wanted.popleft()
            self._in_work.add(key)
        photo, whole = key
        try:
            width, height = photo_size(photo)
            image = open_image(photo) if whole else open_image(photo, max_edge=SCREEN_EDGE)
            self._loaded.emit(key, to_qimage(image), QSize(width, height))
        except PhotoUnreadable as problem:
            self._loaded.emit(key, problem, None)
        finally:
            with self._lock:
                self._in_work.discard(key)

    def _keep(self, key: Key, outcome: object, full: QSize | None) -> None:
        if isinstance(outcome, PhotoUnreadable):
            self._problems[key[0]] = outcome
        else:
            pixmap = QPixmap.fromImage(outcome)  # type: ignore[arg-type]
            self._kept[key] = Large(pixmap, full or pixmap.size())
            self._bytes += pixmap.width() * pixmap.height() * 4
            while self._bytes > KEPT_BYTES and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= oldest.pixmap.width() * oldest.pixmap.height() * 4
        self.arrived.emit(key[0])
