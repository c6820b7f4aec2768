"""What photos show and how they look, as pseudo-databases that nobody has to rate.

Content: photos are clustered by what strong encoders see in them, a person looks at the clusters
and says what they show (people, food, mountains ...), and a photo's score is how much nearer it
lies to such clusters than to all. Looks are measured from pixels. People differ in what they like
to see: a task vector for each gives every content a coefficient.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageOps
from scipy.cluster.vq import kmeans2

from photoaes.images import open_image

Floats = NDArray[np.float64]
DIRECTIONS, TAUGHT, ROUNDS = 64, 6000, 40
SEEN = ("teacher", "companion mean")
LOOK_EDGE = 144
TILE, TILES, MARGIN = 96, 9, 60


def content_space(levels: Mapping[str, NDArray[np.float16]]) -> Floats:
    """Where photos [N] lie by what both encoders see, [N, D]: leading directions of their top
    levels, each with the root of its deviation, so that no few of them decide alone."""
    parts = [_standard(levels[name].astype(np.float64)) for name in SEEN]
    both = np.concatenate(parts, axis=1)
    _, _, directions = np.linalg.svd(both[:TAUGHT], full_matrices=False)
    space = both @ directions[:DIRECTIONS].T
    return np.asarray(space / np.sqrt(space.std(axis=0)))


def cluster_distances(space: Floats, count: int, seed: int = 0) -> Floats:
    """Distances [N, count] of all photos to the centres of clusters (k-means++)."""
    centres, _ = kmeans2(space[:TAUGHT], count, seed=seed, minit="++", iter=ROUNDS)
    squares = (space**2).sum(axis=1)[:, None] - 2 * space @ centres.T + (centres**2).sum(axis=1)
    return np.asarray(np.sqrt(np.maximum(squares, 0)))


def content_scores(distances: Floats, clusters: Sequence[int]) -> Floats:
    """How much a photo [N] shows of what these clusters show."""
    nearest: Floats = distances.mean(axis=1) - distances[:, list(clusters)].min(axis=1)
    return nearest


def _dark(pixels: Floats) -> float:
    return -float(_luminance(pixels).mean())


def _busy(pixels: Floats) -> float:
    light = _luminance(pixels)
    return float(np.abs(np.diff(light, axis=0)).mean() + np.abs(np.diff(light, axis=1)).mean())


def _warm(pixels: Floats) -> float:
    return float((pixels[..., 0] - pixels[..., 2]).mean())


def _luminance(pixels: Floats) -> Floats:
    light: Floats = pixels @ np.array([0.3, 0.59, 0.11])
    return light


LOOKS: Mapping[str, Callable[[Floats], float]] = {"dark": _dark, "busy": _busy, "warm": _warm}


def looks_of(path: Path) -> list[float]:
    """Each of LOOKS, of the photo squeezed into a small square. Raises PhotoUnreadable."""
    image = open_image(path, min_edge=LOOK_EDGE).convert("RGB").resize((LOOK_EDGE, LOOK_EDGE))
    pixels = np.asarray(image, dtype=np.float64) / 255
    return [measure(pixels) for measure in LOOKS.values()]


def cluster_sheet(distances: Floats, paths: Sequence[Path]) -> Image.Image:
    """A line a cluster with its number, its size and photos from its middle to its border, for a
    person who says what it shows."""
    member, count = distances.argmin(axis=1), distances.shape[1]
    sheet = Image.new("RGB", (MARGIN + TILES * TILE, count * TILE), "white")
    for cluster in range(count):
        own = np.flatnonzero(member == cluster)
        own = own[np.argsort(distances[own, cluster])]
        ImageDraw.Draw(sheet).text((2, cluster * TILE + 40), f"{cluster}: {len(own)}", "black")
        for place, row in enumerate(own[np.linspace(0, 0.6 * len(own), TILES, dtype=int)]):
            tile = ImageOps.contain(open_image(paths[row], min_edge=TILE), (TILE, TILE))
            sheet.paste(tile, (MARGIN + place * TILE, cluster * TILE))
    return sheet


def _standard(values: Floats) -> Floats:
    spread = values.std(axis=0)
    standard = (values - values.mean(axis=0)) / np.where(spread > 1e-6, spread, 1)
    return np.asarray(standard / np.sqrt(values.shape[1]))
