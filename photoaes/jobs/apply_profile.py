"""A taste that was learned before, applied to an album."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photoaes.album.photo import Photo
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.opening import Store
from photoaes.album.store.profiles import Profile
from photoaes.album.store.scores import load_scores, photo_ids, save_scores
from photoaes.jobs.events import Events
from photoaes.jobs.measure import Features, Measured, measure_album, measured_once
from photoaes.jobs.personalize import measured_album


def apply_taste(
    store: Store,
    cache: FeatureCache,
    photos: Sequence[Photo],
    profile: Profile,
    bank_folder: Path,
    device: str,
) -> Generator[Events, None, NDArray[np.float64]]:
    """Scores [N] by a profile, kept under its name; nan for what cannot be read.

    Where it has scored the album before, they are at hand. What is measured is kept in the cache
    as it comes.
    """
    scored = known_scores(store, photos, profile)
    if not np.isnan(scored).all():
        return scored
    paths = [photo.path for photo in photos]
    applied = partial(apply_profile, paths, profile, bank_folder, device)
    job: Generator[Events, None, dict[Path, float]] = measured_once(
        applied, store, cache, photos, profile.bank_digest
    )
    scores = yield from job
    by_path = {photo.path: photo for photo in photos}
    save_scores(
        store,
        profile.bank_digest,
        profile.name,
        ((by_path[path], score) for path, score in scores.items()),
    )
    return np.array([scores.get(path, np.nan) for path in paths])


def known_scores(store: Store, photos: Sequence[Photo], profile: Profile) -> NDArray[np.float64]:
    """Scores [N] that the profile gave earlier; nan for photos that it did not see."""
    ids = photo_ids(store, photos)
    return load_scores(store, profile.bank_digest, profile.name, ids)


def apply_profile(
    photos: Sequence[Path],
    profile: Profile,
    bank_folder: Path,
    device_name: str,
    known: Mapping[Path, Features],
) -> Generator[Events | Measured, None, dict[Path, float]]:
    """Scores of a taste that was learned before: by its readout, or the merged model (equation 2).

    Yields what was measured, to be kept. Photos that cannot be read are left out. Raises
    BankInvalid where the bank has other tasks.
    """
    from photoaes.jobs.rank_taste import rank_by_profile
    from photoaes.model.bank.manifest import read_bank
    from photoaes.model.device import choose_device
    from photoaes.model.taste.readout import read_readout

    bank, device = read_bank(bank_folder), choose_device(device_name)
    if not profile.readout:
        all_photos = [Photo(path, 0, 0) for path in photos]
        result = yield from rank_by_profile(all_photos, {}, profile, bank, device, {})
        return {one.path: one.score for one in result.ranked}
    features = {path: known[path] for path in photos if path in known}
    job = measure_album(photos, bank, device, features.keys())
    for event in job:
        if isinstance(event, Measured):
            features[event.path] = event.features
        yield event
    album = measured_album(bank, features)
    scores = read_readout(profile.readout).scores(album.layout, album.features)
    return dict(zip(album.paths, scores.tolist(), strict=True))
