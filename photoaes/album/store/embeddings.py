"""What photos look like, by number: from the cache, for telling those that look alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from photoaes.album.photo import Photo
from photoaes.album.store.feature_cache import (
    EMBEDDING,
    FeatureCache,
    photo_version,
    photo_versions,
)
from photoaes.album.store.opening import Store
from photoaes.album.store.scores import photo_ids


def save_embeddings(
    store: Store,
    cache: FeatureCache,
    bank_digest: str,
    embedded: Iterable[tuple[Photo, NDArray[np.float16]]],
) -> None:
    """Keep arrays [d] of photos, over older ones of the same bank; of changed photos nothing."""
    versions = ((photo_version(store, photo), array) for photo, array in embedded)
    cache.save(bank_digest, EMBEDDING, [(key, array) for key, array in versions if key])


def load_embeddings(
    store: Store, cache: FeatureCache, bank_digest: str, photos: Sequence[Photo]
) -> NDArray[np.float32] | None:
    """For `load_columns` [N, d], zeros for photos that have none; None if no photo has any."""
    versions = photo_versions(store)
    ids = photo_ids(store, photos).tolist()
    found, rows = cache.load(bank_digest, EMBEDDING, [versions.get(n, b"") for n in ids])
    if not found.any():
        return None
    embeddings = np.zeros((len(photos), rows.shape[1]), dtype=np.float32)
    embeddings[found] = rows
    return embeddings
