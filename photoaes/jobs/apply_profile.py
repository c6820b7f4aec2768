"""A taste that was learned before, or everybody's, applied to an album."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photoaes.album.photo import Photo
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.opening import Store
from photoaes.album.store.profiles import Profile
from photoaes.album.store.scores import load_scores, photo_ids, save_scores
from photoaes.errors import PhotoUnreadable
from photoaes.jobs.coefficients import alpha_of
from photoaes.jobs.events import Events, ScoredPhoto
from photoaes.jobs.keep import keep_scored
from photoaes.jobs.measure import known_features, sees_less, versions_of
from photoaes.jobs.score import Scores, score_photos
from photoaes.running import retold

if TYPE_CHECKING:
    from photoaes.model.bank.manifest import Bank
    from photoaes.model.device import Device
    from photoaes.model.scoring import Scorer


AT_ONCE = 4096  # photos whose features are read together


@dataclass(frozen=True)
class Applied:
    """Scores [N] of an album's photos, nan for what cannot be read, and why it cannot."""

    scores: NDArray[np.float64]
    unreadable: tuple[PhotoUnreadable, ...] = ()


def apply_taste(
    store: Store,
    cache: FeatureCache,
    photos: Sequence[Photo],
    profile: Profile,
    bank_folder: Path,
    device: str,
) -> Generator[Events, None, Applied]:
    """Scores by a profile, kept under its name. Photos that it has scored before are not opened
    again. Raises BankInvalid."""

    def job(wanted: Sequence[Photo]) -> Generator[Events, None, Scores]:
        from photoaes.model.bank.manifest import read_bank
        from photoaes.model.device import device_when_needed

        return apply_profile(wanted, profile, read_bank(bank_folder), device_when_needed(device))

    return (yield from _kept(store, cache, photos, profile.bank_digest, profile.name, job))


def apply_general(
    store: Store, cache: FeatureCache, photos: Sequence[Photo], bank: Bank, device: Device
) -> Generator[Events, None, Applied]:
    """The general scores of a bank with a prior, kept: one forward pass for each photo that was
    neither scored nor measured before. Raises BankInvalid."""
    from photoaes.model.looking import Later

    digest = bank.digest()

    def job(wanted: Sequence[Photo]) -> Generator[Events, None, Scores]:
        def made() -> Scorer:
            from photoaes.model.paper.engine import MANY

            is_near = len(wanted) >= MANY
            return general_scorer(bank, device, is_near=is_near).prepare(len(wanted))

        return score_photos(wanted, Later(made, bank.backbone.preprocessing))

    yield from sees_less(bank)
    _score_measured(store, cache, photos, bank)
    return (yield from _kept(store, cache, photos, digest, None, job))


def _kept(
    store: Store,
    cache: FeatureCache,
    photos: Sequence[Photo],
    digest: str,
    name: str | None,
    job: Callable[[Sequence[Photo]], Generator[Events, None, Scores]],
) -> Generator[Events, None, Applied]:
    """What was scored before under that name, and the rest by the `job`, whose scores are kept."""
    ids = photo_ids(store, photos)
    scored = load_scores(store, digest, name, ids)
    wanted = [photo for photo, score in zip(photos, scored, strict=True) if np.isnan(score)]
    if not wanted:
        return Applied(scored)
    fresh: list[ScoredPhoto] = []

    def noted(event: Events) -> Iterator[Events]:
        if isinstance(event, ScoredPhoto):
            fresh.append(event)
        yield event

    try:
        _, unreadable = yield from retold(job(wanted), noted)
    finally:  # what was scored until somebody cancels stays
        keep_scored(store, cache, digest, name, fresh)
    return Applied(load_scores(store, digest, name, ids), tuple(unreadable))


def _score_measured(store: Store, cache: FeatureCache, photos: Sequence[Photo], bank: Bank) -> None:
    """Give general scores to photos whose features are known and that have none."""
    from photoaes.model.taste.basis import read_basis
    from photoaes.model.taste.prior import read_prior

    digest = bank.digest()
    scored = load_scores(store, digest, None, photo_ids(store, photos))
    wanted = [photo for photo, score in zip(photos, scored, strict=True) if np.isnan(score)]
    basis = read_basis(bank)
    prior = read_prior(bank, basis)
    if prior is None:
        return
    versions = versions_of(store, wanted)
    # Not all at once: of a large album the features are what fills the memory.
    for start in range(0, len(wanted), AT_ONCE):
        part = [photo for photo in wanted[start : start + AT_ONCE] if photo.path in versions]
        features = known_features(cache, digest, {p.path: versions[p.path] for p in part})
        known = [photo for photo in part if photo.path in features]
        if known:
            table = np.stack([features[photo.path] for photo in known])
            general = prior.general_scores(basis, table).tolist()
            save_scores(store, digest, None, zip(known, general, strict=True))


def apply_profile(
    photos: Sequence[Photo], profile: Profile, bank: Bank, device: Device
) -> Generator[Events, None, Scores]:
    """Scores of a taste that was learned before, and what cannot be read: one forward pass of its
    merged model a photo, with the head's row if it has one (equation 2).

    Yields each as a ScoredPhoto. Raises BankInvalid where the bank has other tasks.
    """
    from photoaes.model.looking import Later

    def made() -> Scorer:
        from photoaes.model.paper.engine import MANY

        # Of few photos the scores are exactly those of the model file (`profile model`).
        is_near = len(photos) >= MANY
        return profile_scorer(profile, bank, device, is_near=is_near).prepare(len(photos))

    return (yield from score_photos(photos, Later(made, bank.backbone.preprocessing)))


def general_scorer(bank: Bank, device: Device, *, is_near: bool = False) -> Scorer:
    """The merged model of the bank's general score; if it `is_near` as features tell it, with the
    companion in half precision. Raises BankInvalid, also for a bank that brings no prior: its
    general score is made of the photos of an album."""
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
    return personal_scorer(bank, merger, general_readout(basis, prior), basis, is_near=is_near)


def profile_scorer(
    profile: Profile, bank: Bank, device: Device, *, is_near: bool = False
) -> Scorer:
    """The merged model of a profile; `is_near` as in `general_scorer`. Raises BankInvalid."""
    from photoaes.model.scoring import Scorer, personal_scorer
    from photoaes.model.taste.basis import read_basis
    from photoaes.model.taste.readout import read_readout

    merger = bank.merger(device.torch)
    if profile.readout:
        basis = read_basis(bank)
        readout = read_readout(profile.readout, basis)
        return personal_scorer(bank, merger, readout, basis, is_near=is_near)
    tensors = merger.own(alpha_of(merger, profile.coefficients).to(merger.device))
    return Scorer(merger.model, tensors, merger.preprocessing, merger.device)
