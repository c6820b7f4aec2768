"""The straight line by our method, and by a taste that was learned before."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from photoaes.album.photo import Photo
from photoaes.album.ranking import rank
from photoaes.album.store.profiles import Profile
from photoaes.errors import InputInvalid, PhotoUnreadable
from photoaes.jobs.events import Events, Notice, ScoredPhoto, retold
from photoaes.jobs.measure import Features, Measured, measure_album
from photoaes.jobs.personalize import MeasuredAlbum, measured_album, personalize
from photoaes.jobs.rank_paper import RankResult, rank_album

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from photoaes.model.bank.manifest import Bank
    from photoaes.model.device import Device


def rank_by_taste(
    photos: Sequence[Photo],
    ratings: Mapping[Path, int],
    bank: Bank,
    device: Device,
    known: Mapping[Path, Features],
) -> Generator[Events | Measured, None, RankResult]:
    """Measure the photos that are not `known`, learn taste from the ratings, and rank; scores are
    stars.

    Yields what was measured, to be kept, and each photo as a ScoredPhoto at the end. Without
    ratings the general score ranks. Raises InputInvalid as `rank_album` does, and BankInvalid.
    """
    taught = _lesson(photos, ratings)
    if not ratings:
        yield Notice("No ratings were given: the order is general, not yours.")
    elif len(taught) < len(ratings):
        count = len(ratings) - len(taught)
        yield Notice(f"{count} of the rated photos are not in this album and teach nothing.")
    from photoaes.model.taste.prior import read_prior

    read_prior(bank)  # a damaged one is told before the photos are measured

    def learned(album: MeasuredAlbum) -> _Learned:
        taste = personalize(album, taught)
        readout = taste.readout.as_json()
        return _Learned(taste.scores, taste.coefficients, taste.rated, readout)

    return (yield from _ranked(photos, taught, bank, device, known, learned))


def rank_by_profile(
    photos: Sequence[Photo],
    ratings: Mapping[Path, int],
    profile: Profile,
    bank: Bank,
    device: Device,
    known: Mapping[Path, Features],
) -> Generator[Events | Measured, None, RankResult]:
    """Score every photo by a taste that was learned before: by its readout, or the merged model.

    The ratings teach nothing here, they only stand beside the ranks. Yields what was measured of
    photos that are not `known`, and each photo as a ScoredPhoto. Raises InputInvalid if no photo
    can be read, BankInvalid where the bank has other tasks.
    """
    if not profile.readout:
        from photoaes.model.paper.fit_settings import FitSettings

        return (
            yield from rank_album(
                photos, ratings, bank, device, FitSettings(), profile.coefficients
            )
        )
    from photoaes.model.taste.readout import read_readout

    readout = read_readout(profile.readout)

    def applied(album: MeasuredAlbum) -> _Learned:
        scores = readout.scores(album.layout, album.features)
        return _Learned(scores, profile.coefficients, len(profile.support), profile.readout)

    return (yield from _ranked(photos, ratings, bank, device, known, applied))


def _lesson(photos: Sequence[Photo], ratings: Mapping[Path, int]) -> dict[Path, int]:
    """The ratings of the album's photos. Raises InputInvalid if they cannot teach."""
    here = {photo.path for photo in photos}
    taught = {path: stars for path, stars in ratings.items() if path in here}
    if ratings and not taught:
        raise InputInvalid("Not one of the rated photos is in this album.")
    if len(taught) == 1:
        raise InputInvalid(
            "Only one photo of this album is rated. Rate others, and differently: the difference "
            "is what teaches."
        )
    if taught and len(set(taught.values())) == 1:
        raise InputInvalid(
            f"All {len(taught)} rated photos have the same rating. "
            "Use at least two different values: the difference is what teaches."
        )
    return taught


class _Learned(NamedTuple):
    """Scores [N] of a measured album, and the taste that they come from."""

    scores: NDArray[np.float32]
    coefficients: Mapping[str, Mapping[str, float]]
    rated: int
    readout: Mapping[str, Any]


def _ranked(
    photos: Sequence[Photo],
    ratings: Mapping[Path, int],
    bank: Bank,
    device: Device,
    known: Mapping[Path, Features],
    learn: Callable[[MeasuredAlbum], _Learned],
) -> Generator[Events | Measured, None, RankResult]:
    """Measure the album, let `learn` score it, and rank."""
    begun = time.monotonic()
    paths = [photo.path for photo in photos]
    features = {path: known[path] for path in paths if path in known}
    sharpness: dict[Path, float] = {}
    job = measure_album(paths, bank, device, features.keys(), ratings)
    unreadable = yield from _noted(job, features, sharpness)
    looked = time.monotonic()
    for problem in unreadable:
        if problem.path in ratings:
            yield Notice(f"A rated photo teaches nothing, since it cannot be read: {problem}")
    album = measured_album(bank, {path: features[path] for path in paths if path in features})
    taste = learn(album)
    scores = dict(zip(album.paths, taste.scores.tolist(), strict=True))
    for photo in photos:
        if photo.path in scores:
            seen = features[photo.path][-bank.backbone.embed_dim :]
            yield ScoredPhoto(photo, scores[photo.path], sharpness.get(photo.path), seen)
    return RankResult(
        rank(scores, ratings),
        unreadable,
        taste.coefficients,
        taste.rated,
        bank.name,
        bank.digest(),
        device.description,
        {"measure": looked - begun, "learn and rank": time.monotonic() - looked},
        taste.readout,
    )


def _noted(
    job: Generator[Events | Measured, None, list[PhotoUnreadable]],
    features: dict[Path, Features],
    sharpness: dict[Path, float],
) -> Generator[Events | Measured, None, list[PhotoUnreadable]]:
    """The job, passed on, with what it measures noted by photo."""

    def noted(event: Events | Measured) -> Iterator[Events | Measured]:
        if isinstance(event, Measured):
            features[event.path], sharpness[event.path] = event.features, event.sharpness
        yield event

    return (yield from retold(job, noted))
