"""How alike two people's orders are."""

from __future__ import annotations

import math

from photoaes.album.store.common_scores import common_scores
from photoaes.album.store.opening import Store
from photoaes.album.store.profiles import Profile

FEWEST = 20  # photos that both have ranked


def orders_agree(store: Store, one: Profile, other: Profile) -> float:
    """SROCC of two profiles' scores over the photos that both have ranked, -1..1.

    nan where these are too few, and for profiles of different banks.
    """
    if one.bank_digest != other.bank_digest:
        return math.nan
    scores = common_scores(store, one.bank_digest, one.name, other.name)
    if len(scores) < FEWEST:
        return math.nan
    from photoaes.model.metrics import srocc

    return srocc(scores[:, 0], scores[:, 1])
