"""What to learn from: stars and pairs in this album, and what a taste learned from in others.

A taste goes on learning, it does not start anew. A profile names its support set by content: photos
of it that are not in the open album teach again with the stars that they have now and the features
kept when they were measured; no file is opened.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photoaes.album.photo import Photo
from photoaes.album.store.feature_cache import TANGENT, FeatureCache, content_of, version_of
from photoaes.album.store.lessons import pairs_for_fit, ratings_for_fit, stars_by_content
from photoaes.album.store.opening import Store
from photoaes.album.store.profiles import Profile, SupportPhoto, profiles, with_free_name
from photoaes.errors import InputInvalid, Sentence
from photoaes.jobs.banks import bank_facts
from photoaes.jobs.events import Events
from photoaes.jobs.measure import Features, versions_of


@dataclass(frozen=True)
class Earlier:
    """Rated photos of other albums: features [M, 1 + D + d] and stars [M]."""

    features: Features
    stars: NDArray[np.float64]


@dataclass(frozen=True)
class Lesson:
    """What to learn from: stars 1..5 by photo, pairs (better, worse), and photos rated in earlier
    albums."""

    ratings: Mapping[Path, int]
    pairs: tuple[tuple[Path, Path], ...] = ()
    earlier: Earlier | None = None


def check_lesson(lesson: Lesson) -> None:
    """Raises InputInvalid if nothing can be learned from it."""
    if lesson.pairs:
        return
    stars: set[float] = set(lesson.ratings.values())
    if lesson.earlier is not None:
        stars.update(lesson.earlier.stars.tolist())
    if not stars:
        raise InputInvalid("Rate some photos first: the difference is what teaches.")
    if len(stars) < 2:
        raise InputInvalid(
            Sentence(
                "All rated photos have {0:g} stars. Use at least two different values.", stars.pop()
            )
        )


def lesson_of(store: Store, photos: Sequence[Photo]) -> Lesson:
    """What people have said about these photos: stars, and which of two they like better."""
    paths = [photo.path for photo in photos]
    here = set(paths)
    better = [(a, b) for a, b in pairs_for_fit(store) if a in here and b in here]
    return Lesson(ratings_for_fit(store, paths), tuple(better))


@dataclass(frozen=True)
class Remembered:
    """Photos of other albums that a taste goes on learning from, and how it may be kept.

    `replaces` is False where a profile of that name is not this person's, or of another bank.
    """

    photos: tuple[SupportPhoto, ...]
    lesson: Earlier | None
    replaces: bool


def remember(
    store: Store, cache: FeatureCache, bank_digest: str, name: str, here: Collection[bytes]
) -> Remembered:
    """What the profile `name` learned from beside the photos whose content hashes are `here`."""
    profile = next((one for one in profiles(store) if one.name == name), None)
    if profile is None:
        return Remembered((), None, replaces=True)
    stars = stars_by_content(store)
    support = [bytes.fromhex(one.hash) for one in profile.support]
    known = [digest for digest in support if digest in stars]
    if profile.bank_digest != bank_digest or not known:
        return Remembered((), None, replaces=False)
    elsewhere = [digest for digest in known if digest not in here]
    versions = [version_of(digest, stars[digest][0]) for digest in elsewhere]
    found, rows = cache.load(bank_digest, TANGENT, versions)
    taught = [digest for digest, is_there in zip(elsewhere, found, strict=True) if is_there]
    if not taught:
        return Remembered((), None, replaces=True)
    given = np.array([stars[digest][1] for digest in taught], dtype=float)
    photos = tuple(SupportPhoto(digest.hex(), stars[digest][1]) for digest in taught)
    return Remembered(photos, Earlier(rows.astype(np.float16, copy=False), given), replaces=True)


def stars_of_earlier_albums(
    store: Store, cache: FeatureCache, photos: Sequence[Photo], bank_folder: Path, name: str
) -> Generator[Events, None, list[int]]:
    """Of how many photos with 1, 2, 3, 4 and 5 stars, beside these, learning goes on for `name`.

    Raises BankInvalid.
    """
    yield from ()
    if all(one.name != name for one in profiles(store)):
        return [0] * 5  # before all photos are looked up
    digest = bank_facts(bank_folder).digest
    here = {content_of(version) for version in versions_of(store, photos).values()}
    stars = [one.stars for one in remember(store, cache, digest, name, here).photos]
    return [stars.count(value) for value in range(1, 6)]


def whole_lesson(
    store: Store,
    cache: FeatureCache,
    bank_digest: str,
    versions: Mapping[Path, bytes],
    name: str,
    lesson: Lesson,
) -> tuple[Lesson, Remembered]:
    """The lesson of this album, whose photos' `versions` these are, with what earlier albums of the
    profile `name` teach; and what is remembered of those."""
    here = {content_of(version) for version in versions.values()}
    remembered = remember(store, cache, bank_digest, name, here)
    return replace(lesson, earlier=remembered.lesson), remembered


def named(store: Store, profile: Profile, remembered: Remembered) -> Profile:
    """The profile under its own name, or another where that one's is not to be replaced."""
    return profile if remembered.replaces else with_free_name(store, profile)
