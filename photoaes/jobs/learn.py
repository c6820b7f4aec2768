"""Personalize: measure the album, learn from the stars, rank; results flow in while it works."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photoaes.errors import PhotoUnreadable
from photoaes.jobs.events import Events, Notice, retold
from photoaes.jobs.lesson import Lesson, check_lesson
from photoaes.jobs.measure import Features, Measured, measure_album
from photoaes.jobs.personalize import MeasuredAlbum, Personalization, measured_album, personalize

FIRST_RESULT = 64  # photos measured before the first order is shown


@dataclass(frozen=True)
class Learned:
    """The ranked album, and what it takes to learn anew from other stars in an instant."""

    album: MeasuredAlbum
    taste: Personalization
    unreadable: tuple[PhotoUnreadable, ...]
    device: str
    photos_per_second: float

    @property
    def embeddings(self) -> NDArray[np.float16]:
        """What the backbone sees in each photo of `album.paths` [N, d]."""
        return self.album.features[:, -self.album.bank.backbone.embed_dim :]


def learn_album(
    photos: Sequence[Path],
    lesson: Lesson,
    bank_folder: Path,
    device_name: str,
    known: Mapping[Path, Features],
) -> Generator[Events | Measured | Personalization, None, Learned]:
    """Measure the photos that are not `known`, learn, and rank all of them.

    Yields what was measured, to be kept, and ever better orders of what is measured so far. Raises
    InputInvalid, BankInvalid or OutOfGpuMemory.
    """
    check_lesson(lesson)
    from photoaes.model.bank.manifest import read_bank
    from photoaes.model.device import choose_device
    from photoaes.model.taste.prior import read_prior

    bank = read_bank(bank_folder)
    read_prior(bank)  # a damaged one is told before the photos are measured
    device = choose_device(device_name)
    yield Notice(device.description)
    features = {path: known[path] for path in photos if path in known}
    job = measure_album(photos, bank, device, features.keys(), lesson.ratings.keys())
    begun, fresh, next_result = time.monotonic(), 0, FIRST_RESULT

    def learned(event: Events | Measured) -> Iterator[Events | Measured | Personalization]:
        nonlocal fresh, next_result
        yield event
        if not isinstance(event, Measured):
            return
        features[event.path] = event.features
        fresh += 1
        if len(features) >= next_result and _all_rated(lesson, features, photos):
            next_result = 2 * len(features)
            album = measured_album(bank, features, lesson.earlier)
            yield personalize(album, lesson.ratings, lesson.better)

    unreadable = tuple((yield from retold(job, learned)))
    pace = fresh / max(time.monotonic() - begun, 1e-6)
    in_order = {path: features[path] for path in photos if path in features}
    album = measured_album(bank, in_order, lesson.earlier)
    taste = personalize(album, lesson.ratings, lesson.better)
    return Learned(album, taste, unreadable, device.description, pace)


def _all_rated(lesson: Lesson, features: Mapping[Path, Features], photos: Iterable[Path]) -> bool:
    return all(path in features for path in lesson.ratings.keys() & set(photos))
