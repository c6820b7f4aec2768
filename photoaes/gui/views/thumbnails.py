"""Thumbnails of photos, those in view first."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPixmap

from photoaes.gui.views.pixmaps import Pixmaps, Read
from photoaes.images.thumbnail_cache import TORN, ThumbnailCache

CACHE_BYTES = 384 << 20
SIZES = (1024, 512, 256, 128)


class Thumbnails(QObject):
    """Pixmaps by photo and size, from the desktop's cache of thumbnails."""

    def __init__(self, cache: ThumbnailCache, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Threads add, and the grid looks: each is one step.
        self._torn: set[Path] = set()
        self._torn_whole: set[Path] = set()
        threads = max(2, min(4, (os.cpu_count() or 2) - 1))

        def read(path: Path, size: int) -> Read:
            image = cache.thumbnail(path, size)
            if TORN in image.info:
                self._torn.add(path)
            else:
                self._torn.discard(path)
            return image, QSize(*image.size)

        self._pixmaps = Pixmaps(read, "thumbnails", threads, CACHE_BYTES, self)
        self.arrived = self._pixmaps.arrived
        self.problem, self.follow = self._pixmaps.problem, self._pixmaps.follow
        self.forgive, self.missed = self._pixmaps.forgive, self._pixmaps.missed
        self.stop = self._pixmaps.stop

    @property
    def held(self) -> set[Path]:
        """Paths of photos of which a picture or a problem is known."""
        return self._pixmaps.held

    def is_torn(self, path: Path) -> bool:
        """Whether a part of its picture is lost, though there is one."""
        return path in self._torn or path in self._torn_whole

    def note_torn(self, path: Path, is_torn: bool) -> None:
        """Somebody has decoded the photo itself. Any thread may call this."""
        (self._torn_whole.add if is_torn else self._torn_whole.discard)(path)

    def pixmap(self, path: Path, size: int) -> QPixmap | None:
        """The photo at this size, or at another one until that comes; None without either."""
        found = self._pixmaps.first((path, one) for one in (size, *SIZES))
        return None if found is None else found.pixmap

    def is_known(self, path: Path) -> bool:
        """Whether there is a picture to show, of any size, or a reason why there is none."""
        return self.pixmap(path, SIZES[0]) is not None or self.problem(path) is not None

    def want(self, paths: Iterable[Path], size: int) -> None:
        """Bring these, the first first, and forget what was in view before."""
        self._pixmaps.want((path, size) for path in paths)

    def want_too(self, paths: Iterable[Path], size: int) -> None:
        """Bring these after what is in view, whatever comes into view meanwhile: small pictures
        beside the grid."""
        self._pixmaps.want_too((path, size) for path in paths)


def fitted(pixmap: QPixmap, area: QRect) -> QRect:
    """Where a pixmap goes to fill an area as far as its shape allows, centred."""
    size = pixmap.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = area.left() + (area.width() - size.width()) // 2
    top = area.top() + (area.height() - size.height()) // 2
    return QRect(QPoint(left, top), size)
