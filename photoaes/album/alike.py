"""Which photos look most like one of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def most_alike(features: NDArray[np.float32], photo: int, count: int) -> NDArray[np.int64]:
    """`photo` and the photos most like it, by the cosine of their features [N, d], best first.

    None if nothing is known of it: its features are zeros, as are those of others unknown.
    """
    if not features[photo].any():
        return np.zeros(0, dtype=np.int64)
    length = np.linalg.norm(features, axis=1, keepdims=True)
    unit = features / np.where(length > 0, length, 1)
    cosine = unit @ unit[photo]
    cosine[photo] = np.inf
    known = features.any(axis=1)
    order = np.argsort(np.where(known, -cosine, np.inf), kind="stable")
    return np.asarray(order[: min(count, int(known.sum()))], dtype=np.int64)
