"""Noise with the spectrum of natural things: terrain, clouds, water, bark.

Fields come from a random spectrum and one inverse Fourier transform: they tile without a seam and
show no grid, unlike summed lattice noise.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Array = NDArray[np.floating[Any]]
Random = np.random.Generator


def field(
    rng: Random, rows: int, columns: int, slope: float, low: float = 1.0, stretch: float = 1.0
) -> Array:
    """A tileable field (rows, columns), mean 0 and standard deviation 1.

    Amplitude falls as frequency ** -slope: 1 is rough, 2 rolling. Below `low` cycles there is
    nothing. `stretch` > 1 draws features out sideways.
    """
    if slope >= 1.7 and rows * columns > 400_000:
        # So smooth a field has nothing finer than four pixels: a quarter of its size is enough.
        small = field(rng, rows // 4, columns // 4, slope, low, stretch)
        sheet = Image.fromarray(np.ascontiguousarray(small, np.float32))
        return np.asarray(sheet.resize((columns, rows), Image.Resampling.BICUBIC), np.float32)
    down = np.fft.fftfreq(rows, 1 / rows).astype(np.float32)[:, None]
    across = np.fft.rfftfreq(columns, 1 / columns).astype(np.float32)[None, :] * stretch
    frequency = np.hypot(down, across)
    weight = np.maximum(frequency, 1e-6) ** -slope * (frequency >= low)
    phase = rng.standard_normal((*weight.shape, 2), dtype=np.float32) * weight[..., None]
    out = np.fft.irfft2(phase.view(np.complex64)[..., 0], s=(rows, columns))
    out -= out.mean()
    out /= out.std() + 1e-12
    return np.asarray(out, np.float32)


def line(rng: Random, count: int, slope: float, low: float = 1.0) -> Array:
    """A tileable curve (count,), mean 0 and standard deviation 1."""
    frequency = np.fft.rfftfreq(count, 1 / count)
    weight = np.where(frequency >= low, 1 / np.maximum(frequency, 1e-6) ** slope, 0)
    phase = rng.standard_normal((2, len(weight)))
    curve = np.fft.irfft((phase[0] + 1j * phase[1]) * weight, n=count)
    return np.asarray(curve / (curve.std() + 1e-12), np.float32)


def sample(tile: Array, v: Array, u: Array) -> Array:
    """Reads a square tile, its side a power of two, at row v and column u: bilinear, repeating.

    v and u are broadcast against each other; what depends on rows alone is worked out once a row.
    """
    side = tile.shape[0]
    top, left = np.floor(v), np.floor(u)
    down, right = (v - top).astype(np.float32), (u - left).astype(np.float32)
    whole = top.astype(np.int32)
    row, below = (whole & (side - 1)) * side, ((whole + 1) & (side - 1)) * side
    column = left.astype(np.int32) & (side - 1)
    beside = (column + 1) & (side - 1)
    flat = tile.reshape(side * side, *tile.shape[2:])
    if flat.ndim == 2:
        down, right = down[..., None], right[..., None]
    upper, lower = flat.take(row + column, 0), flat.take(below + column, 0)
    upper += (flat.take(row + beside, 0) - upper) * right
    lower += (flat.take(below + beside, 0) - lower) * right
    lower -= upper
    lower *= down
    upper += lower
    return np.asarray(upper, np.float32)


def smoothstep(low: float | Array, high: float, value: Array) -> Array:
    """0 at or below `low`, 1 at or above `high`, smooth between; `low` may be the larger one."""
    t = np.clip((value - low) / (high - low), 0, 1).astype(np.float32)
    return np.asarray(t * t * (3 - 2 * t))
