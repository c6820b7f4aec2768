"""From pixels of any depth to the 8 bits that are shown."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Values = NDArray[Any]


def eight_bit(values: Values) -> NDArray[np.uint8]:
    """Whole or real numbers of any shape as 0-255.

    Such files do not say what white is: it is taken to be the least of 1 (real numbers only), 255
    and 65535 that holds all values, else the largest value. Negative values: the least is black.
    """
    real = np.nan_to_num(values.astype(np.float32), copy=False, posinf=0.0, neginf=0.0)
    black, largest = min(0.0, float(real.min())), float(real.max())
    whites = (1.0, 255.0, 65535.0) if values.dtype.kind == "f" else (255.0, 65535.0)
    white = next((white for white in whites if black == 0 and largest <= white), largest)
    real -= black
    real *= 255.0 / ((white - black) or 1.0)
    return np.clip(np.rint(real, out=real), 0, 255, out=real).astype(np.uint8)


def shown_colour(values: Values) -> Image.Image:
    """An image of grey or RGB values [height, width, channels]; whole numbers fill their type,
    real ones are as `eight_bit` takes them, where what is brighter than white stays white."""
    channels = values[..., :3] if values.shape[-1] >= 3 else values[..., 0]
    if channels.dtype.kind == "f":
        return Image.fromarray(_real(channels))
    return Image.fromarray(upper_byte(channels))


def shown_lab(values: Values, *, is_offset: bool) -> Image.Image:
    """A Lab image of whole numbers that fill their type; a and b around 0, or with an offset."""
    bytes_of = upper_byte(values[..., :3])
    if is_offset:
        bytes_of[..., 1:] ^= 128
    height, width, _ = bytes_of.shape
    return Image.frombytes("LAB", (width, height), bytes_of.tobytes(), "raw", "LAB")


def shown_cmyk(values: Values, *, is_inverted: bool) -> Image.Image:
    """A CMYK image of whole numbers that fill their type."""
    inks = upper_byte(values[..., :4])
    return Image.fromarray(255 - inks if is_inverted else inks, "CMYK")


def upper_byte(values: Values) -> NDArray[np.uint8]:
    """Of whole numbers without a sign, of 8 bits or more."""
    return np.ascontiguousarray(values >> (8 * (values.dtype.itemsize - 1)), dtype=np.uint8)


def _real(values: Values) -> NDArray[np.uint8]:
    """Light beyond white is common in such files: less than a hundredth of it does not count."""
    finite = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    if finite.size and float(finite.max()) > 1.0 and float(np.quantile(finite, 0.99)) <= 1.0:
        finite = np.minimum(finite, 1)
    return eight_bit(np.maximum(finite, 0))
