"""Looks for faces, closed eyes and lacking focus on photos on which nobody has looked for them."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PIL import Image

from photoaes.album.photo import Photo
from photoaes.album.store.faces import save_faces, without_faces
from photoaes.album.store.opening import Store
from photoaes.errors import PhotoUnreadable
from photoaes.images import open_image
from photoaes.jobs.events import Progress
from photoaes.prefetch import prefetch

if TYPE_CHECKING:
    from photoaes.model.faces.finder import FaceFinder

STAGE = "Looking for faces"
THREADS = 2
AT_ONCE = 16  # photos, of which what was found is kept


def how_to_install() -> str | None:
    """The command that installs what finds faces, None where it is there."""
    from photoaes.model.faces.weights import INSTALL, is_installed

    return None if is_installed() else INSTALL


@dataclass
class FaceSearch:
    """An album that is looked through a little at a time: whatever a person asks for waits no
    longer than that. `done` photos of `total` have been looked at."""

    store: Store
    photos: Sequence[Photo]
    done: int = 0
    total: int = 0
    _left: list[Photo] | None = None

    @cached_property
    def _finder(self) -> FaceFinder:
        from photoaes.model.faces.finder import FaceFinder

        return FaceFinder()

    def look_on(self, seconds: float) -> Generator[Progress, None, bool]:
        """Look at photos for about so long; whether there are more. Raises InputInvalid where the
        networks are not installed."""
        if self._left is None:
            self._left = without_faces(self.store, self.photos)
            self.total = len(self._left)
        end = time.monotonic() + seconds
        while self._left:
            part, self._left = self._left[:AT_ONCE], self._left[AT_ONCE:]
            found = []
            ahead = prefetch(_opened, part, workers=THREADS, ahead=AT_ONCE, late=lambda _: None)
            with closing(ahead):
                for photo, image in zip(part, ahead, strict=True):
                    if image is not None:
                        faces = self._finder.look(image, partial(_enlarged, photo, image))
                        closed = sum(face.has_closed_eyes for face in faces)
                        soft = sum(face.is_soft for face in faces)
                        found.append((photo, (len(faces), closed, soft)))
                    self.done += 1
                    yield Progress(STAGE, self.done, self.total)
            save_faces(self.store, found)
            if time.monotonic() > end:
                break
        return bool(self._left)


def find_faces(store: Store, photos: Sequence[Photo]) -> Generator[Progress, None, int]:
    """Look at all that nobody has looked at; how many that were. Raises InputInvalid."""
    search = FaceSearch(store, photos)
    while (yield from search.look_on(1.0)):
        pass
    return search.done


def _opened(photo: Photo) -> Image.Image | None:
    from photoaes.model.faces.finder import EDGE

    try:
        return open_image(photo.path, max_edge=EDGE)
    except PhotoUnreadable:
        return None


def _enlarged(photo: Photo, image: Image.Image) -> Image.Image:
    """As it is, where it cannot be opened again."""
    from photoaes.model.faces.finder import GROUP_EDGE

    try:
        return open_image(photo.path, max_edge=GROUP_EDGE)
    except PhotoUnreadable:
        return image
