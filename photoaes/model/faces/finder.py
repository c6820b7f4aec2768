"""The faces of a photo, which of them have closed eyes, and which are out of focus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from photoaes.model.faces.detection import Place, all_faces_in, faces_in
from photoaes.model.faces.eyes import openness
from photoaes.model.faces.focus import SOFT, detail
from photoaes.model.faces.network import Network
from photoaes.model.faces.weights import DETECTOR, EYE, MESH, network_file

# px of the longer side, of which a photo is looked at, and once more if a face is smaller than that
# share of it: then it may be one of a group. Of 211 faces in mosaics of 16 photos, 3 to 17 % of the
# width, the first look finds 96 and the second 172; of six with closed eyes none and three.
EDGE, GROUP_EDGE, SMALL = 1024, 2048, 0.12
# Of 971 photos (OASIS and albums of cameras) 100 have a face that is large enough. By the wider eye
# the lowest four, .08 to .13, are closed; narrow ones follow from .16 on. Of five faces with closed
# eyes one, seen from the side, is missed.
CLOSED = 0.14
_LEAST_SIZE = 40.0  # px, below which an eye is too small to tell


@dataclass(frozen=True)
class Face:
    """`box` is left, upper, right and lower, as shares 0..1 of the photo's sides."""

    box: tuple[float, float, float, float]
    has_closed_eyes: bool = False
    is_soft: bool = False


class FaceFinder:
    """The three networks, loaded once. Raises InputInvalid where they are not installed."""

    def __init__(self) -> None:
        self._detector, self._mesh, self._eye = (
            Network(network_file(name)) for name in (DETECTOR, MESH, EYE)
        )

    def look(
        self, image: Image.Image, enlarged: Callable[[], Image.Image] | None = None
    ) -> list[Face]:
        """Of an upright RGB photo of about EDGE px. `enlarged` gives the same photo in about
        GROUP_EDGE px."""
        places = faces_in(image, self._detector)
        is_group = any(one.size < SMALL * max(image.size) for one in places)
        if is_group and enlarged is not None:
            image = enlarged()
            places = all_faces_in(image, self._detector)
        return [self._face(image, place) for place in places]

    def _face(self, image: Image.Image, place: Place) -> Face:
        opened = None
        if place.size >= _LEAST_SIZE:
            opened = openness(image, place, self._mesh, self._eye)
        seen = detail(image, place)
        left, upper, right, lower = (place.box / image.size).clip(0, 1).ravel().tolist()
        return Face(
            (left, upper, right, lower),
            has_closed_eyes=opened is not None and opened < CLOSED,
            is_soft=seen is not None and seen < SOFT,
        )
