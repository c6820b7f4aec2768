"""Learn a taste: measure the album, answer at once in the linear model, rank by the merged one."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photoaes.errors import PhotoUnreadable
from photoaes.jobs.events import Events
from photoaes.jobs.lesson import Lesson
from photoaes.jobs.measure import Features, Measured, measure_album, sees_less
from photoaes.jobs.personalize import (
    MeasuredAlbum,
    Personalization,
    measured_album,
    personalize,
    ranked_exactly,
)
from photoaes.jobs.score import merged_scores
from photoaes.running import retold

if TYPE_CHECKING:
    from photoaes.model.bank.manifest import Bank
    from photoaes.model.device import Device
    from photoaes.model.taste.readout import Readout

FIRST_RESULT = 64  # photos measured before the first order is shown


@dataclass(frozen=True)
class Learned:
    """The ranked album, and what it takes to learn anew from other stars in an instant.

    `device` is "" where all was known and none was needed. `seconds` went by in each stage;
    `sharpness` is of the photos that were opened.
    """

    album: MeasuredAlbum
    taste: Personalization
    unreadable: tuple[PhotoUnreadable, ...]
    device: str
    photos_per_second: float
    seconds: Mapping[str, float]
    sharpness: Mapping[Path, float]

    @property
    def embeddings(self) -> NDArray[np.float16]:
        """What the backbone sees in each photo of `album.paths` [N, d]."""
        return self.album.basis.embeddings(self.album.features)


def learn_album(
    paths: Sequence[Path],
    lesson: Lesson,
    bank: Bank,
    device: Device,
    known: Mapping[Path, Features],
    recall: Callable[[Readout], Mapping[Path, float]] = lambda _: {},
    *,
    anyway: bool = False,
) -> Generator[Events | Measured | Personalization, None, Learned]:
    """Measure the photos that are not `known`, learn, and rank all of them; `recall` has the scores
    that this very taste gave before.

    Yields what was measured, to be kept, and ever better orders: of what is measured so far, then
    of all in the linear model. The merged model's own scores are what is returned. The
    evidence decides how far the order is personal; `anyway` does not ask it. Without stars and
    pairs the order is general. Raises InputInvalid, BankInvalid.
    """
    from photoaes.model.taste.basis import read_basis
    from photoaes.model.taste.prior import read_prior

    basis = read_basis(bank)
    read_prior(bank, basis)  # a damaged one is told before the photos are measured
    yield from sees_less(bank)
    features = {path: known[path] for path in paths if path in known}
    sharp: dict[Path, float] = {}
    job = measure_album(paths, bank, device, features.keys(), lesson.ratings.keys())
    begun, next_result = time.monotonic(), FIRST_RESULT

    def learned(event: Events | Measured) -> Iterator[Events | Measured | Personalization]:
        nonlocal next_result
        yield event
        if not isinstance(event, Measured):
            return
        features[event.path], sharp[event.path] = event.features, event.seen.sharpness
        if len(features) >= next_result and _all_rated(lesson, features, paths):
            next_result = 2 * len(features)
            album = measured_album(bank, features, lesson.earlier, basis)
            yield personalize(album, lesson.ratings, lesson.pairs)

    unreadable = tuple((yield from retold(job, learned)))
    measured = time.monotonic()
    in_order = {path: features[path] for path in paths if path in features}
    album = measured_album(bank, in_order, lesson.earlier, basis)
    taste = personalize(album, lesson.ratings, lesson.pairs, anyway=anyway)
    yield taste
    fitted = time.monotonic()
    if taste.blend > 0:
        scores = yield from merged_scores(album, taste.readout, device, recall(taste.readout))
        taste = ranked_exactly(taste, scores)
    seconds = {
        "measure": measured - begun,
        "learn": fitted - measured,
        "score": time.monotonic() - fitted,
    }
    return Learned(
        album,
        taste,
        unreadable,
        device.description if device.is_chosen else "",
        len(sharp) / max(measured - begun, 1e-6),
        seconds,
        sharp,
    )


def _all_rated(lesson: Lesson, features: Mapping[Path, Features], paths: Iterable[Path]) -> bool:
    return all(path in features for path in lesson.ratings.keys() & set(paths))
