"""Copies that a photographer would not call worse: in black and white, and in low light.

People rate colour photos in daylight, so what is learned from them takes grey and dark for faults.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photoaes.images import open_image
from photoaes.model.paper.backbone import Preprocessing

STOPS = 3.0


def black_and_white(image: Image.Image) -> Image.Image:
    """The image without colour."""
    return image.convert("L").convert("RGB")


def low_light(image: Image.Image) -> Image.Image:
    """The image some stops darker, as at dusk."""
    linear = (np.asarray(image.convert("RGB"), dtype=np.float32) / 255) ** 2.2 * 2**-STOPS
    return Image.fromarray((linear ** (1 / 2.2) * 255 + 0.5).astype(np.uint8))


COPIES: tuple[Callable[[Image.Image], Image.Image], ...] = (black_and_white, low_light)


def twins_of(
    paths: Sequence[Path], preprocessing: Preprocessing
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Photos and their copies as the model's bytes [T, S, S, 3] each, T = 2 N: each photo once for
    each kind of copy. Raises PhotoUnreadable."""
    opened = [open_image(path, min_edge=preprocessing.resize) for path in paths]
    originals = [preprocessing.pixels(image) for image in opened]
    copies = [preprocessing.pixels(copy(image)) for copy in COPIES for image in opened]
    return np.stack(originals * len(COPIES)), np.stack(copies)
