"""Noise with the spectrum of natural things: terrain, clouds, water, bark.

Fields come from a random spectrum and one inverse Fourier transform: they tile without a seam and
show no grid, unlike summed lattice noise.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Random = np.random.Generator


def field(
    rng: Random, rows: int, columns: int, slope: float, low: float = 1.0, stretch: float = 1.0
) -> Array:
    """A tileable field (rows, columns), mean 0 and standard deviation 1.

    Amplitude falls as frequency ** -slope: 1 is rough, 2 rolling. Below `low` cycles there is
    nothing. `stretch` > 1 draws features out sideways.
    """
    down = np.fft.fftfreq(rows, 1 / rows)[:, None]
    across = np.fft.rfftfreq(columns, 1 / columns)[None, :] * stretch
    frequency = np.hypot(down, across)
    weight = np.where(frequency >= low, 1 / np.maximum(frequency, 1e-6) ** slope, 0)
    phase = rng.standard_normal((2, *weight.shape), dtype=np.float32)
    spectrum = (phase[0] + 1j * phase[1]) * weight.astype(np.float32)
    out: Array = np.fft.irfft2(spectrum, s=(rows, columns)).astype(np.float32)
    out -= out.mean()
    return out / np.float32(out.std() + 1e-12)


def line(rng: Random, count: int, slope: float, low: float = 1.0) -> Array:
    """A tileable curve (count,), mean 0 and standard deviation 1."""
    frequency = np.fft.rfftfreq(count, 1 / count)
    weight = np.where(frequency >= low, 1 / np.maximum(frequency, 1e-6) ** slope, 0)
    phase = rng.standard_normal((2, len(weight)))
    curve = np.fft.irfft((phase[0] + 1j * phase[1]) * weight, n=count)
    return np.asarray(curve / (curve.std() + 1e-12), np.float32)


def sample(tile: Array, v: Array, u: Array) -> Array:
    """Reads a square tile, its side a power of two, at row v and column u: bilinear, repeating."""
    side = tile.shape[0]
    v, u = np.broadcast_arrays(v, u)
    top, left = np.floor(v), np.floor(u)
    down, right = v - top, u - left
    row = (top.astype(np.int32) & (side - 1)) * side
    below = ((top.astype(np.int32) + 1) & (side - 1)) * side
    column = left.astype(np.int32) & (side - 1)
    beside = (column + 1) & (side - 1)
    flat = tile.reshape(side * side, *tile.shape[2:])
    if flat.ndim == 2:
        down, right = down[..., None], right[..., None]
    upper = flat[row + column] * (1 - right) + flat[row + beside] * right
    lower = flat[below + column] * (1 - right) + flat[below + beside] * right
    return np.asarray(upper * (1 - down) + lower * down, np.float32)


def smoothstep(low: float | Array, high: float, value: Array) -> Array:
    """0 at or below `low`, 1 at or above `high`, smooth between; `low` may be the larger one."""
    t = np.clip((value - low) / (high - low), 0, 1).astype(np.float32)
    return np.asarray(t * t * (3 - 2 * t))
