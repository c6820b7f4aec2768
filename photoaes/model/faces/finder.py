"""How many faces a photo has, how many of them with closed eyes, and how many out of focus."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from photoaes.model.faces.detection import faces_in
from photoaes.model.faces.eyes import openness
from photoaes.model.faces.focus import SOFT, detail
from photoaes.model.faces.network import Network
from photoaes.model.faces.weights import DETECTOR, EYE, MESH, network_file

EDGE = 1024  # px of the longer side, of which a photo is looked at
# Of 971 photos (OASIS and albums of cameras) 100 have a face that is large enough. By the wider eye
# the lowest four, .08 to .13, are closed; narrow ones follow from .16 on. Of five faces with closed
# eyes one, seen from the side, is missed.
CLOSED = 0.14
_LEAST_SIZE = 40.0  # px, below which an eye is too small to tell


@dataclass(frozen=True)
class Faces:
    """How many there are, how many have closed eyes, and how many are out of focus."""

    count: int = 0
    closed_eyes: int = 0
    soft: int = 0


class FaceFinder:
    """The three networks, loaded once. Raises InputInvalid where they are not installed."""

    def __init__(self) -> None:
        self._detector, self._mesh, self._eye = (
            Network(network_file(name)) for name in (DETECTOR, MESH, EYE)
        )

    def look(self, image: Image.Image) -> Faces:
        """Of an upright RGB photo of about EDGE px."""
        places = faces_in(image, self._detector)
        large = [one for one in places if one.size >= _LEAST_SIZE]
        opened = [openness(image, one, self._mesh, self._eye) for one in large]
        details = [detail(image, one) for one in places]
        return Faces(
            len(places),
            sum(one is not None and one < CLOSED for one in opened),
            sum(one is not None and one < SOFT for one in details),
        )
