"""Photos as large as the screen, or whole, for loupe and compare; the wanted ones first."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QSize

from photoaes.gui.views.pixmaps import HeldPixmap, Pixmaps, Read
from photoaes.gui.views.thumbnails import Thumbnails
from photoaes.images import open_image, photo_size
from photoaes.images.opening import open_checked

SCREEN_EDGE = 2560  # enough for a photo that fills a window
WHOLE_PIXELS = 100_000_000  # larger photos are shown at half their size: memory holds no more
KEPT_BYTES = 768 << 20
THREADS = 2


class LargeImages(QObject):
    """Pixmaps by photo, and whether it is whole. `thumbnails` are told which photos are torn."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)

        def read(path: Path, whole: int) -> Read:
            full = QSize(*photo_size(path))
            if whole:
                return open_image(path, max_pixels=WHOLE_PIXELS), full
            image, is_torn = open_checked(path, max_edge=SCREEN_EDGE)
            thumbnails.note_torn(path, is_torn)
            return image, full

        self._pixmaps = Pixmaps(read, "large", THREADS, KEPT_BYTES, self)
        self.arrived = self._pixmaps.arrived
        self.problem, self.follow = self._pixmaps.problem, self._pixmaps.follow
        self.forgive, self.missed = self._pixmaps.forgive, self._pixmaps.missed
        self.stop = self._pixmaps.stop

    @property
    def held(self) -> set[Path]:
        """Paths of photos of which a picture or a problem is known."""
        return self._pixmaps.held

    def best(self, path: Path) -> HeldPixmap | None:
        """The largest picture of a photo that is there by now, or None."""
        return self._pixmaps.first([(path, True), (path, False)])

    def want(self, keys: Iterable[tuple[Path, bool]]) -> None:
        """Photos, and whether each is wanted whole: the first first, nothing else any more."""
        self._pixmaps.want(keys)
