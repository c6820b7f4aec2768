"""Pixmaps of an album's files, read by a few threads of their own, the wanted ones first.

The threads are not the worker's: scrolling never waits for a fit. What is wanted is replaced as a
whole whenever the view moves, so photos that were scrolled past cost nothing.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from PIL import Image
from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from photoaes.errors import PhotoUnreadable, Sentence
from photoaes.gui.views.versions import Version, is_outdated, version_now
from photoaes.images.faults import NO_MEMORY
from photoaes.images.trouble import Trouble, trouble_of

Key = tuple[Path, int]  # a photo and which picture of it: a size, or whether it is whole
Read = tuple[Image.Image, QSize]  # a picture, and the size of the whole photo
FAILURES = 10_000
_BAND = 256  # rows


@dataclass(frozen=True)
class HeldPixmap:
    """A photo as a pixmap, the size of the whole photo in pixels, and its version."""

    pixmap: QPixmap
    full: QSize
    version: Version | None

    @property
    def is_whole(self) -> bool:
        """Whether it has all pixels of the photo."""
        return self.pixmap.width() >= self.full.width()

    @property
    def bytes(self) -> int:
        """The memory that the pixmap takes, in bytes."""
        return self.pixmap.width() * self.pixmap.height() * 4


@dataclass(frozen=True)
class Problem:
    """Why a version of a photo has no pixmap; `reason` is a clause."""

    reason: str
    trouble: Trouble
    version: Version | None


@dataclass(frozen=True)
class _Made:
    """What came of a photo, of which version of it, and in which round (see `follow`)."""

    outcome: tuple[QImage, QSize] | Problem
    version: Version | None
    round: int


class Pixmaps(QObject):
    """Those at hand, at most so many bytes of them, and the threads that bring the missing ones.

    `read` is called by the threads, and raises PhotoUnreadable.
    """

    arrived = Signal(object)  # Path
    missed = Signal(object)  # Path: it is not there
    _loaded = Signal(object, object)

    def __init__(
        self,
        read: Callable[[Path, int], Read],
        name: str,
        threads: int,
        most_bytes: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._read, self._threads, self._most_bytes = read, threads, most_bytes
        self._kept: OrderedDict[Key, HeldPixmap] = OrderedDict()
        self._bytes = 0
        self._problems: OrderedDict[Path, Problem] = OrderedDict()
        self._round = 0
        self._in_view: list[Key] = []
        self._beside: list[Key] = []
        self._wanted: deque[Key] = deque()  # of both, what is missing
        self._in_work: set[Key] = set()  # until they have arrived
        self._lock = Lock()
        self._stopped = False
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._pumps = 0
        self._loaded.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def first(self, keys: Iterable[Key]) -> HeldPixmap | None:
        """The first of these that is at hand; from now on it is kept longest."""
        for key in keys:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        return None

    def problem(self, path: Path) -> Problem | None:
        """Why the photo has no pixmap, once that is known."""
        return self._problems.get(path)

    def forgive(self) -> None:
        """Try again what could not be had: the drive may be back."""
        for path, problem in list(self._problems.items()):
            if problem.trouble is not Trouble.DAMAGED:
                del self._problems[path]
        self._bring()

    def want(self, keys: Iterable[Key]) -> None:
        """Bring these, the first first, and forget what was in view before."""
        self._in_view = list(keys)
        self._bring()

    def want_too(self, keys: Iterable[Key]) -> None:
        """Bring these after what is in view, whatever comes into view meanwhile."""
        self._beside = list(keys)
        self._bring()

    def _bring(self) -> None:
        if self._stopped:
            return
        keys = dict.fromkeys([*self._in_view, *self._beside])
        missing = [key for key in keys if key not in self._kept and key[0] not in self._problems]
        with self._lock:
            self._wanted = deque(key for key in missing if key not in self._in_work)
            more = min(self._threads, len(self._wanted)) - self._pumps
            self._pumps += max(more, 0)
        for _ in range(more):
            self._pool.submit(self._pump)

    @property
    def held(self) -> set[Path]:
        """Paths of photos of which a picture or a problem is known."""
        return {*(path for path, _ in self._kept), *self._problems}

    def follow(self, now: Mapping[Path, Version]) -> None:
        """The album was read: drop what is known of other versions of its photos than those `now`.

        A new round begins: what is being read meanwhile may be the old file, and is read again.
        """
        with self._lock:
            self._round += 1
        for key, one in list(self._kept.items()):
            if is_outdated(key[0], one.version, now):
                self._drop(key)
        for path, problem in list(self._problems.items()):
            if is_outdated(path, problem.version, now):
                del self._problems[path]
        self._bring()

    def _drop(self, key: Key) -> None:
        self._bytes -= self._kept.pop(key).bytes

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
            outcome: tuple[QImage, QSize] | Problem
            try:
                image, full = self._read(*key)
                outcome = to_qimage(image), full
            except MemoryError:
                outcome = Problem(Sentence(NO_MEMORY), Trouble.REFUSED, version)
            except PhotoUnreadable as problem:
                is_there = version_now(key[0]) is not None
                trouble = trouble_of(problem, is_there=is_there)
                outcome = Problem(problem.reason, trouble, version)
            if not self._stopped:
                self._loaded.emit(key, _Made(outcome, version, begun))

    def _keep(self, key: Key, made: _Made) -> None:
        with self._lock:
            self._in_work.discard(key)
        if made.round != self._round:
            self._bring()
            return
        if isinstance(made.outcome, Problem):
            self._problems[key[0]] = made.outcome
            if made.outcome.trouble is Trouble.AWAY:
                self.missed.emit(key[0])
            if len(self._problems) > FAILURES:
                self._problems.popitem(last=False)
        else:
            image, full = made.outcome
            self._kept[key] = HeldPixmap(QPixmap.fromImage(image), full, made.version)
            self._bytes += self._kept[key].bytes
            while self._bytes > self._most_bytes and len(self._kept) > 1:
                self._drop(next(iter(self._kept)))
        self.arrived.emit(key[0])


def to_qimage(image: Image.Image) -> QImage:
    """An RGB image for Qt; any thread may call this. Beside the two there is but a band of one."""
    made = QImage(image.width, image.height, QImage.Format.Format_RGB32)
    if made.isNull():
        raise MemoryError
    line, lines = made.bytesPerLine(), memoryview(made.bits())  # writes into the image
    for top in range(0, image.height, _BAND):
        bottom = min(top + _BAND, image.height)
        band = image.crop((0, top, image.width, bottom)).convert("RGB").convert("RGBA")
        # Qt wants 0xff in the fourth byte: it scales and fades such pixels as if that were alpha.
        lines[top * line : bottom * line] = band.tobytes("raw", "BGRA")
    return made
