"""A taste that was learned before, applied to an album."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photoaes.album.photo import Photo
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.opening import Store
from photoaes.album.store.profiles import Profile
from photoaes.album.store.scores import load_scores, photo_ids
from photoaes.jobs.coefficients import alpha_of
from photoaes.jobs.events import Events, ScoredPhoto
from photoaes.jobs.keep import keep_scored
from photoaes.jobs.score import Scores, score_photos
from photoaes.running import retold

if TYPE_CHECKING:
    from photoaes.model.bank.manifest import Bank
    from photoaes.model.device import Device
    from photoaes.model.scoring import Scorer


def apply_taste(
    store: Store,
    cache: FeatureCache,
    photos: Sequence[Photo],
    profile: Profile,
    bank_folder: Path,
    device: str,
) -> Generator[Events, None, NDArray[np.float64]]:
    """Scores [N] by a profile, kept under its name; nan for what cannot be read.

    Photos that it has scored before are not opened again.
    """
    scored = known_scores(store, photos, profile)
    wanted = [photo for photo, score in zip(photos, scored, strict=True) if np.isnan(score)]
    if not wanted:
        return scored
    from photoaes.model.bank.manifest import read_bank
    from photoaes.model.device import device_when_needed

    bank, fresh = read_bank(bank_folder), []

    def noted(event: Events) -> Iterator[Events]:
        if isinstance(event, ScoredPhoto):
            fresh.append(event)
        yield event

    job = apply_profile(wanted, profile, bank, device_when_needed(device))
    try:
        yield from retold(job, noted)
    finally:  # what was scored until somebody cancels stays
        keep_scored(store, cache, profile.bank_digest, profile.name, fresh)
    return known_scores(store, photos, profile)


def known_scores(store: Store, photos: Sequence[Photo], profile: Profile) -> NDArray[np.float64]:
    """Scores [N] that the profile gave earlier; nan for photos that it did not see."""
    ids = photo_ids(store, photos)
    return load_scores(store, profile.bank_digest, profile.name, ids)


def apply_profile(
    photos: Sequence[Photo], profile: Profile, bank: Bank, device: Device
) -> Generator[Events, None, Scores]:
    """Scores of a taste that was learned before, and what cannot be read: one forward pass of its
    merged model a photo, with the head's row if it has one (equation 2).

    Yields each as a ScoredPhoto. Raises BankInvalid where the bank has other tasks.
    """
    from photoaes.model.looking import Later

    def made() -> Scorer:
        return profile_scorer(profile, bank, device).prepare(len(photos))

    return (yield from score_photos(photos, Later(made, bank.backbone.preprocessing)))


def general_scorer(bank: Bank, device: Device) -> Scorer:
    """The merged model of the bank's general score. Raises BankInvalid, also for a bank that brings
    no prior: its general score is made of the photos of an album."""
    from photoaes.errors import BankInvalid
    from photoaes.model.scoring import personal_scorer
    from photoaes.model.taste.basis import read_basis
    from photoaes.model.taste.prior import read_prior
    from photoaes.model.taste.readout import general_readout

    basis = read_basis(bank)
    prior = read_prior(bank, basis)
    if prior is None:
        raise BankInvalid(
            f"The bank {bank.name} has no general score of its own: give a profile, or rank albums "
            "by it.",
            bank.folder,
        )
    merger = bank.merger(device.torch)
    return personal_scorer(bank, merger, general_readout(basis, prior), basis)


def profile_scorer(profile: Profile, bank: Bank, device: Device) -> Scorer:
    """The merged model of a profile. Raises BankInvalid."""
    from photoaes.model.scoring import Scorer, personal_scorer
    from photoaes.model.taste.basis import read_basis
    from photoaes.model.taste.readout import read_readout

    merger = bank.merger(device.torch)
    if profile.readout:
        basis = read_basis(bank)
        return personal_scorer(bank, merger, read_readout(profile.readout, basis), basis)
    tensors = merger.merged(alpha_of(merger, profile.coefficients).to(merger.device))
    return Scorer(bank.model(), tensors, merger.preprocessing, merger.device)
