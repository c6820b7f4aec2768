"""Scenes of an album: photos taken without a longer pause between them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import Floats

PAUSE_S = 600.0  # a church, a walk, a meal: people stop for as long between two of them


def scenes(taken: Floats) -> NDArray[np.float64]:
    """The scene of each photo [N] by its time in seconds, from 0 in order of time; -1 without."""
    scene = np.full(len(taken), -1.0)
    known = np.flatnonzero(~np.isnan(taken))
    if len(known):
        order = known[np.argsort(taken[known], kind="stable")]
        begins = np.diff(taken[order], prepend=taken[order[0]]) > PAUSE_S
        scene[order] = np.cumsum(begins)
    return scene
