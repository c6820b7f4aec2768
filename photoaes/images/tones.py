"""What a photo's pixels say about light and focus: for the loupe's aids."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
WHITE, BLACK = 254, 1  # levels that count as clipped
BLOCK = 32  # pixels: the sharpest region is sought in squares of this size
SHARP = 24.0  # levels from pixel to pixel: less is no edge in focus
STRONGEST = 0.02  # the share of pixels that are edges in focus at most


@dataclass(frozen=True)
class Tones:
    """`counts` [3, 256] of red, green and blue; `high` and `low` are the shares of pixels whose
    highlights are lost (a channel is full) and whose shadows are (all are empty)."""

    counts: NDArray[np.int64]
    high: float
    low: float


def tones(pixels: Pixels) -> Tones:
    """The histograms and clipped shares of RGB pixels [H, W, 3]."""
    counts = np.stack([np.bincount(pixels[..., c].ravel(), minlength=256) for c in range(3)])
    high = float((pixels.max(axis=-1) >= WHITE).mean()) if pixels.size else 0.0
    low = float((pixels.max(axis=-1) <= BLACK).mean()) if pixels.size else 0.0
    return Tones(counts, high, low)


@dataclass(frozen=True)
class Focus:
    """`edges` [H, W] are pixels in focus; `at` is where they are densest, as shares of width and
    height; None where nothing is in focus."""

    edges: NDArray[np.bool_]
    at: tuple[float, float] | None


def focus(pixels: Pixels) -> Focus:
    """Of RGB pixels [H, W, 3]: where neighbours differ most, which blur evens out first."""
    grey = pixels[..., 1].astype(np.float32)
    strength = np.zeros(grey.shape, dtype=np.float32)
    if min(grey.shape) > 2:
        across = np.abs(2 * grey[1:-1, 1:-1] - grey[1:-1, :-2] - grey[1:-1, 2:])
        down = np.abs(2 * grey[1:-1, 1:-1] - grey[:-2, 1:-1] - grey[2:, 1:-1])
        strength[1:-1, 1:-1] = np.maximum(across, down)
    limit = max(SHARP, float(np.quantile(strength, 1 - STRONGEST))) if strength.size else SHARP
    edges = strength >= limit
    return Focus(edges, _densest(strength * edges))


def _densest(strength: NDArray[np.float32]) -> tuple[float, float] | None:
    height, width = strength.shape
    rows, columns = -(-height // BLOCK), -(-width // BLOCK)
    padded = np.zeros((rows * BLOCK, columns * BLOCK), dtype=np.float32)
    padded[:height, :width] = strength
    sums = padded.reshape(rows, BLOCK, columns, BLOCK).sum(axis=(1, 3))
    if not sums.size or sums.max() <= 0:
        return None
    row, column = divmod(int(sums.argmax()), columns)
    x, y = (column + 0.5) * BLOCK / width, (row + 0.5) * BLOCK / height
    return min(x, 1.0), min(y, 1.0)
