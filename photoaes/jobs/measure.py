"""A photo's features, measured once, kept as they come, and taken from there the next time.

They (`model.taste.basis`) do not depend on the person.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from photoaes.album.look import look
from photoaes.album.photo import Photo
from photoaes.album.sharpness import sharpness
from photoaes.album.store.feature_cache import TANGENT, FeatureCache, photo_versions
from photoaes.album.store.likeness import save_looks, save_sharpness
from photoaes.album.store.opening import Store
from photoaes.album.store.scores import photo_ids
from photoaes.errors import BankInvalid, PhotoUnreadable, Sentence
from photoaes.jobs.events import Events, Notice, Progress
from photoaes.running import retold

if TYPE_CHECKING:
    from photoaes.model.bank.manifest import Bank
    from photoaes.model.device import Device
    from photoaes.model.looking import Looker, Picture
    from photoaes.model.taste.tangent import Tangent

DECODE_THREADS = 4
SAVE_EVERY = 256  # measured photos: a break loses some seconds of work
Event = TypeVar("Event")
Result = TypeVar("Result")
Features = NDArray[np.float16]


@dataclass(frozen=True)
class Measured:
    """A photo's features, one row [1 + D + d] to be kept for next time, and what was seen of it."""

    path: Path
    features: Features
    seen: AtOpening


@dataclass(frozen=True)
class AtOpening:
    """What is found out of a photo while it is decoded for the model anyway: see `sharpness` and
    `look`."""

    sharpness: float
    look: bytes


def measure_album(
    paths: Sequence[Path],
    bank: Bank,
    device: Device,
    known: Collection[Path] = (),
    first: Collection[Path] = (),
) -> Generator[Events | Measured, None, list[PhotoUnreadable]]:
    """Measure all photos that are not `known` yet, those of `first` (the rated ones) first.

    Returns what could not be read. Costs about three forward passes of the backbone a photo.
    """
    from photoaes.model.looking import Later, Looker

    def made() -> Tangent:
        from photoaes.model.taste.tangent import tangent_of

        return tangent_of(bank, device.torch, len(wanted))

    wanted = [path for path in paths if path not in known]
    wanted.sort(key=lambda path: path not in first)
    if not wanted:
        return []
    yield Progress("Looking at photos", 0, len(wanted))
    unreadable: list[PhotoUnreadable] = []
    is_told = False
    seen = measured(Looker(Later(made, bank.backbone.preprocessing)), wanted)
    try:
        for done, event in enumerate(seen, start=1):
            if device.is_chosen and not is_told:
                yield Notice(device.description)
                is_told = True
            if isinstance(event, PhotoUnreadable):
                unreadable.append(event)
            else:
                if isinstance(event, Measured):
                    _check_finite(event.features, bank, event.path)
                yield event
            yield Progress("Looking at photos", min(done, len(wanted)), len(wanted))
    finally:
        seen.close()
    return unreadable


def sees_less(bank: Bank) -> Iterator[Notice]:
    """What to say where the bank's companion is not installed."""
    from photoaes.model.paper.companions import COMPANIONS, is_installed

    if bank.companion and not is_installed(bank.companion):
        yield Notice(
            f"The bank sees less than it could: {COMPANIONS[bank.companion].package} is not "
            "installed. Before the first star its order then agrees with people's at a rank "
            "correlation of about .42 instead of .49. Install it with pip."
        )


def measured(
    looker: Looker[Features], photos: Sequence[Path | Picture]
) -> Generator[Notice | Measured | PhotoUnreadable, None, None]:
    """Each photo's features and what is seen of it from one decoding, or why it cannot be read."""
    from photoaes.model.looking import Seen

    seen = looker.look(
        photos, DECODE_THREADS, lambda image: AtOpening(sharpness(image), look(image))
    )
    try:
        for event in seen:
            if not isinstance(event, Seen):
                yield Notice(event.text)
            elif event.result is not None and isinstance(event.measured, AtOpening):
                yield Measured(event.path, event.result, event.measured)
            elif event.problem is not None:
                yield event.problem
    finally:
        seen.close()


def _check_finite(features: Features, bank: Bank, path: Path) -> None:
    """A bank of sound numbers may still compute what is none: nothing can be ordered by that."""
    if not np.isfinite(features).all():
        text = Sentence("The bank {0} makes no numbers of {1}: it cannot rank.", bank.name, path)
        raise BankInvalid(text, bank.folder)


def versions_of(store: Store, photos: Sequence[Photo]) -> dict[Path, bytes]:
    """Under what each hashed photo's features are kept."""
    by_id = photo_versions(store)
    ids = photo_ids(store, photos).tolist()
    return {
        photo.path: by_id[number]
        for photo, number in zip(photos, ids, strict=True)
        if number in by_id
    }


def known_features(
    cache: FeatureCache, digest: str, versions: Mapping[Path, bytes]
) -> dict[Path, Features]:
    """Features of the photos that were measured before."""
    paths = list(versions)
    found, rows = cache.load(digest, TANGENT, [versions[path] for path in paths])
    present = [path for path, is_there in zip(paths, found, strict=True) if is_there]
    return dict(zip(present, rows.astype(np.float16, copy=False), strict=True))


def keeping(
    job: Generator[Event | Measured, None, Result],
    store: Store,
    cache: FeatureCache,
    photos: Sequence[Photo],
    digest: str,
    versions: Mapping[Path, bytes],
) -> Generator[Event, None, Result]:
    """The job with what it measures kept, some photos at a time; all else is passed on."""
    waiting: list[Measured] = []

    def kept(event: Event | Measured) -> Iterator[Event]:
        if not isinstance(event, Measured):
            yield event
            return
        waiting.append(event)
        if len(waiting) >= SAVE_EVERY:
            _save(store, cache, photos, digest, versions, waiting)
            waiting.clear()

    try:
        return (yield from retold(job, kept))
    finally:
        _save(store, cache, photos, digest, versions, waiting)


def _save(
    store: Store,
    cache: FeatureCache,
    photos: Sequence[Photo],
    digest: str,
    versions: Mapping[Path, bytes],
    measured: Sequence[Measured],
) -> None:
    rows = [(versions[one.path], one.features) for one in measured if one.path in versions]
    cache.save(digest, TANGENT, rows)
    seen = {one.path: one.seen for one in measured}
    kept = [(photo, seen[photo.path]) for photo in photos if photo.path in seen]
    save_sharpness(store, ((photo, one.sharpness) for photo, one in kept))
    save_looks(store, ((photo, one.look) for photo, one in kept))
