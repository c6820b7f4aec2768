"""Where the faces of one photo are, to be shown large, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photoaes.jobs.find_faces import how_to_install

if TYPE_CHECKING:
    from photoaes.model.faces.finder import FaceFinder


@dataclass(frozen=True)
class CloseUp:
    """`box` is left, upper, right and lower of a face, as shares 0..1 of the photo's sides."""

    box: tuple[float, float, float, float]
    has_closed_eyes: bool
    is_soft: bool


class CloseUps:
    """Finds them; the networks are loaded for the first photo."""

    @cached_property
    def _finder(self) -> FaceFinder | None:
        if how_to_install() is not None:
            return None
        from photoaes.model.faces.finder import FaceFinder

        return FaceFinder()

    def of(self, pixels: NDArray[np.uint8]) -> list[CloseUp]:
        """Of an upright photo [h, w, 3], from left to right; none where nothing can find them."""
        if self._finder is None:
            return []
        from photoaes.model.faces.finder import EDGE, GROUP_EDGE

        whole = Image.fromarray(pixels)
        faces = self._finder.look(_within(whole, EDGE), lambda: _within(whole, GROUP_EDGE))
        found = [CloseUp(face.box, face.has_closed_eyes, face.is_soft) for face in faces]
        return sorted(found, key=lambda one: one.box)


def _within(image: Image.Image, edge: int) -> Image.Image:
    reduced = image.copy()
    reduced.thumbnail((edge, edge), Image.Resampling.BOX)
    return reduced
