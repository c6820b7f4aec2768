"""How sharp a photo is where it is sharpest: for choosing among the frames of a burst."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photoaes.album.columns import NOTHING, Floats, Numbers

EDGE = 512
TILES = 8
# Of the sharpest frame of a group, by `fine_sharpness`: below it the difference shows at full size.
ENOUGH = 0.8
_SCALES = 3  # full size, a half, a quarter: noise hides the first, a slight blur shows in it alone
_LEAST_EDGE = 96
_CROPS = 6


def sharpness(image: Image.Image) -> float:
    """Variance of the Laplacian in the sharpest tenth of 8 x 8 tiles, 0 and up.

    The sharpest tiles count, so that a blurred background does no harm. Figures compare photos
    of one scene; between scenes they say little. Photos are reduced to 512 px first.
    """
    grey = image.convert("L")
    grey.thumbnail((EDGE, EDGE), Image.Resampling.BOX)
    energy = _energies_of_small(np.asarray(grey))
    if not energy.size:
        return 0.0
    return float(np.mean(np.sort(energy)[-max(energy.size // 10, 1) :]))


def fine_sharpness(image: Image.Image) -> float:
    """The same at full size, for frames of one scene: crops of where the detail is, at three
    scales, each against the contrast there, so that exposure matters little."""
    grey = image.convert("L")
    logs = []
    for scale in range(_SCALES):
        size = (grey.width >> scale, grey.height >> scale)
        if scale and min(size) < _LEAST_EDGE:
            break
        part = grey if scale == 0 else grey.resize(size, Image.Resampling.BOX)
        energy, contrast = _energies(np.asarray(part))
        if not energy.size:
            break
        order = np.argsort(energy)[-_CROPS:]
        # What the flattest tiles have is noise, and is everywhere.
        detail = np.maximum(energy[order] - np.quantile(energy, 0.1), 0).sum()
        value = detail / (contrast[order].sum() + 1.0)
        logs.append(np.log(value + 1e-6))
    return float(np.exp(np.mean(logs))) if logs else 0.0


def sharp_enough(
    group: Numbers, sharpness: Floats, camera: Numbers | None = None
) -> NDArray[np.bool_]:
    """Whether each photo [N] is not visibly softer than the sharpest of its group and camera.

    Cameras differ in size and noise, so that figures do not compare. `sharpness` is the fine one,
    nan for photos that were no candidates: in a group of which some were measured, these are the
    only ones; in others all are.
    """
    enough = np.ones(len(group), dtype=bool)
    grouped = np.flatnonzero(group != NOTHING)
    if len(grouped):
        by = group[grouped].astype(np.int64)
        if camera is not None:
            by = by * (int(camera.max()) + 2) + camera[grouped] + 1
        _, part = np.unique(by, return_inverse=True)
        values = np.nan_to_num(sharpness[grouped])
        most = np.zeros(int(part.max()) + 1)
        np.maximum.at(most, part, values)
        measured = np.zeros(int(group.max()) + 1)
        np.maximum.at(measured, group[grouped], values)
        is_candidate = ~np.isnan(sharpness[grouped]) | (measured[group[grouped]] == 0)
        enough[grouped] = is_candidate & (values >= ENOUGH * most[part])
    return enough


def _energies_of_small(x: NDArray[np.uint8]) -> Floats:
    """Of each of 8 x 8 tiles the variance of the Laplacian, from sums: every photo is looked at.

    Sums of columns, then of tiles; exact but for the last digits, as the numbers are whole.
    """
    if min(x.shape) < 3:
        return np.zeros(0)
    whole = x.astype(np.int16)
    middle = whole[1:-1, 1:-1]
    around = whole[:-2, 1:-1] + whole[2:, 1:-1] + whole[1:-1, :-2] + whole[1:-1, 2:]
    laplacian = (around - 4 * middle).astype(np.float32)
    down, across = (_starts(side) for side in laplacian.shape)
    sums = np.add.reduceat(np.add.reduceat(laplacian, down, axis=0), across, axis=1)
    squared = np.add.reduceat(np.square(laplacian, out=laplacian), down, axis=0)
    squares = np.add.reduceat(squared.astype(np.float64), across, axis=1)
    rows, columns = (
        np.diff(starts, append=side)
        for starts, side in zip((down, across), laplacian.shape, strict=True)
    )
    pixels = np.outer(rows, columns)
    energies: Floats = (squares / pixels - (sums / pixels) ** 2).ravel()
    return energies


def _starts(side: int) -> NDArray[np.intp]:
    """Where each of at most TILES parts of a side begins."""
    parts = np.array_split(np.arange(side), min(TILES, side))
    return np.array([part[0] for part in parts])


def _energies(x: NDArray[np.uint8]) -> tuple[Floats, Floats]:
    """Of each of 8 x 8 tiles the variances of the Laplacian and of the greys; empty for a sliver.

    The former is the mean of what goes across and down, as a product: a camera that moved blurs
    one of the two.
    """
    if min(x.shape) < 3:
        return np.zeros(0), np.zeros(0)
    energy, contrast = [], []
    inner = x.shape[0] - 2
    for rows in np.array_split(np.arange(1, inner + 1), min(TILES, inner)):
        # By bands: a large photo is not copied as a whole, nor made four times as large.
        band = x[rows[0] - 1 : rows[-1] + 2].astype(np.float32)
        middle = band[1:-1, 1:-1]
        down = band[:-2, 1:-1] + band[2:, 1:-1] - 2 * middle
        across = band[1:-1, :-2] + band[1:-1, 2:] - 2 * middle
        tiles = min(TILES, middle.shape[1])
        parts = (np.array_split(one, tiles, axis=1) for one in (down, across, middle))
        for one, other, grey in zip(*parts, strict=True):
            energy.append(float(np.sqrt(one.var() * other.var())))
            contrast.append(float(grey.var()))
    return np.array(energy), np.array(contrast)
