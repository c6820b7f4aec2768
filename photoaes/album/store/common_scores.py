"""What two profiles think of the same photos."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from photoaes.album.store.opening import Store
from photoaes.album.store.scores import score_set

MOST = 2000  # photos: more would tell no more


def common_scores(store: Store, bank_digest: str, one: str, other: str) -> NDArray[np.float64]:
    """The scores [M, 2] that two profiles gave photos that both have ranked with this bank."""
    rows = store.rows(
        "SELECT a.score, b.score FROM scores a JOIN scores b ON b.photo = a.photo "
        f"AND b.version = a.version WHERE a.score_set = ? AND b.score_set = ? LIMIT {MOST}",
        (score_set(store, bank_digest, one), score_set(store, bank_digest, other)),
    )
    return np.array(rows, dtype=np.float64).reshape(-1, 2)
