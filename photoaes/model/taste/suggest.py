"""Which photos to rate next: those that would teach the most about the album.

The next photo is the one whose rating leaves the least variance over the whole album, summed over
photos; with posterior covariance c and noise s^2, rating photo j takes away

    sum_x c(x, j)^2 / (c(j, j) + s^2)

The posterior is Gaussian, so the answer does not wait for the rating: one photo after the other can
be chosen at once. It prefers photos that stand for many others, and none that resembles one that
was rated. Medoids of clusters and the most uncertain photos were tried as well: they teach no more
than random ones, or less (NOTES.md).
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from photoaes.model.taste.posterior import Space

# Photos looked at, evenly spread over the album: enough to stand for it.
LOOKED_AT = 1000


def suggest(space: Space, judged: Collection[int], count: int) -> NDArray[np.intp]:
    """Up to `count` rows of photos that are not `judged` yet, the most telling first."""
    rows = np.arange(len(space.general))
    free = np.setdiff1d(rows, np.fromiter(judged, dtype=np.intp, count=len(judged)))
    looked_at = free[:: -(-len(free) // LOOKED_AT) or 1]
    psi = space.directions[looked_at].astype(np.float64)
    covariance = _remaining(space, np.setdiff1d(rows, free)) if len(free) < len(rows) else None
    kernel = psi @ psi.T if covariance is None else psi @ covariance @ psi.T
    chosen: list[int] = []
    for _ in range(min(count, len(looked_at))):
        taken = (kernel**2).sum(axis=0) / (np.diag(kernel) + space.noise**2)
        taken[chosen] = -1
        best = int(taken.argmax())
        chosen.append(best)
        column = kernel[:, best]
        kernel = kernel - np.outer(column, column) / (column[best] + space.noise**2)
    return looked_at[chosen]


def _remaining(space: Space, judged: NDArray[np.intp]) -> NDArray[np.float64]:
    """The covariance [D, D] of w once the photos `judged` are rated, whatever the ratings."""
    psi = space.directions[judged].astype(np.float64)
    inner = psi @ psi.T + space.noise**2 * np.eye(len(psi))
    left: NDArray[np.float64] = np.eye(psi.shape[1]) - psi.T @ np.linalg.solve(inner, psi)
    return left
