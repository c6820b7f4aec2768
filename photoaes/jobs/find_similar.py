"""Photos that look like one of them, by the features that are kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from photoaes.album.alike import Looks, looks, most_alike
from photoaes.album.photo import Photo
from photoaes.album.store.embeddings import load_embeddings
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.opening import Store
from photoaes.jobs.events import Progress
from photoaes.jobs.read_album import Job

ENOUGH = 24


def find_similar(
    store: Store, cache: FeatureCache, bank_digest: str, photos: Sequence[Photo], index: int
) -> Job[NDArray[np.int64]]:
    """The photo at this place, and those most like it, the most alike first; none where nothing is
    known of its looks."""
    yield Progress("Looking for similar photos", 0, None)
    features = load_embeddings(store, cache, bank_digest, photos)
    if features is None:
        return np.zeros(0, dtype=np.int64)
    return most_alike(features, index, ENOUGH)


def find_looks(
    store: Store, cache: FeatureCache, bank_digest: str, photos: Sequence[Photo]
) -> Job[Looks | None]:
    """The photos by what they look like; None where nothing is known of that."""
    yield Progress("Looking for similar photos", 0, None)
    features = load_embeddings(store, cache, bank_digest, photos)
    return None if features is None else looks(features)
