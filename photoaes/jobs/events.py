"""What a job says while it works."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoaes.album.photo import Photo


@dataclass(frozen=True)
class Progress:
    """`done` of `total` in a stage, such as "Reading rated photos", "Learning" or "Scoring".

    `total` is None while nobody can know it.
    """

    stage: str
    done: int
    total: int | None


@dataclass(frozen=True)
class Notice:
    """A sentence for the user that stops nothing."""

    text: str


@dataclass(frozen=True)
class ScoredPhoto:
    """A score as soon as there is one, and what else the opened photo told; the caller keeps it.

    `embedding` [d] is what the backbone sees in the photo; it tells near-duplicates. `sharpness` is
    None where the photo was measured earlier and not opened now.
    """

    photo: Photo
    score: float
    sharpness: float | None
    embedding: NDArray[np.float16]


Events = Progress | Notice | ScoredPhoto
