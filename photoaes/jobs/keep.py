"""What jobs leave behind: a taste as a profile, its scores, and what was seen in the photos."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from photoaes.album.export.receipt import Receipt
from photoaes.album.photo import Photo
from photoaes.album.store.embeddings import save_embeddings
from photoaes.album.store.feature_cache import FeatureCache, content_of
from photoaes.album.store.likeness import save_sharpness
from photoaes.album.store.opening import Store
from photoaes.album.store.profiles import Profile, SupportPhoto, replace_profile
from photoaes.album.store.scores import save_scores
from photoaes.jobs.events import ScoredPhoto
from photoaes.jobs.learn import Learned
from photoaes.jobs.lesson import Lesson, Remembered, named


def keep_taste(
    store: Store,
    photos: Sequence[Photo],
    profile: Profile,
    learned: Learned,
    remembered: Remembered,
) -> str:
    """The general scores, and the profile of a taste that ranks with its scores; its name, or ""
    where it is not kept. What the evidence does not speak for yet is kept as little of a taste as
    it ranks by."""
    taste, digest = learned.taste, profile.bank_digest
    by_path = {photo.path: photo for photo in photos}
    ranked = [by_path[path] for path in taste.paths]
    save_scores(store, digest, None, zip(ranked, taste.general.tolist(), strict=True))
    if not (taste.blend > 0 and profile.name):
        return ""
    profile = named(store, profile, remembered)
    replace_profile(store, profile)
    save_scores(store, digest, profile.name, zip(ranked, taste.scores.tolist(), strict=True))
    return profile.name


def profile_of(
    name: str,
    digest: str,
    learned: Learned,
    lesson: Lesson,
    versions: Mapping[Path, bytes],
    remembered: Remembered,
) -> Profile:
    """What was learned, as a profile of this name; its support set is of all albums."""
    agreement = learned.taste.agreement
    figures = {}
    if agreement is not None:
        figures = {
            "pairs": agreement.pairs_personal,
            "pairs_general": agreement.pairs_general,
            "pairs_margin": agreement.pairs_margin,
            "by_chance": agreement.by_chance,
            "told": float(agreement.is_told),
        }
    rated = [(versions[path], stars) for path, stars in lesson.ratings.items() if path in versions]
    return Profile(
        name,
        learned.album.bank.name,
        digest,
        0,
        learned.taste.coefficients,
        tuple(SupportPhoto(content_of(version).hex(), stars) for version, stars in rated)
        + remembered.photos,
        figures,
        datetime.now(UTC).isoformat(timespec="seconds"),
        learned.taste.readout.as_json(),
    )


def keep_scored(
    store: Store,
    cache: FeatureCache,
    bank_digest: str,
    profile: str | None,
    scored: Sequence[ScoredPhoto],
) -> None:
    """Save what a scoring job has yielded, some or all of it; `profile` None is the general score.

    What belongs to a photo that has changed meanwhile is left out.
    """
    save_scores(store, bank_digest, profile, ((one.photo, one.score) for one in scored))
    keep_seen(store, cache, bank_digest, scored)


def keep_seen(
    store: Store, cache: FeatureCache, bank_digest: str, scored: Sequence[ScoredPhoto]
) -> None:
    """Of scored photos all but the scores: how sharp they are and what they look like."""
    fresh = ((one.photo, one.sharpness) for one in scored if one.sharpness is not None)
    save_sharpness(store, fresh)
    save_embeddings(store, cache, bank_digest, ((one.photo, one.embedding) for one in scored))


def receipt_of(profile: Profile) -> Receipt:
    """What an export writes down about the profile that ranked the photos."""
    return Receipt(
        profile.bank,
        profile.bank_digest,
        profile.seed,
        profile.name,
        len(profile.support),
        coefficients=profile.coefficients,
        readout=profile.readout,
        agreement=profile.agreement,
    )
