"""The straight line: from a few ratings to a ranked album, by the paper's method."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from photoaes.album.photo import Photo
from photoaes.album.ranking import rank
from photoaes.errors import InputInvalid, PhotoUnreadable
from photoaes.jobs.coefficients import by_name
from photoaes.jobs.events import Events, Notice, Progress
from photoaes.jobs.rank import RankResult
from photoaes.jobs.score import score_photos
from photoaes.running import retold

if TYPE_CHECKING:
    from torch import Tensor

    from photoaes.model.bank.manifest import Bank
    from photoaes.model.device import Device
    from photoaes.model.paper.fit import FitProgress, Support
    from photoaes.model.paper.fit_settings import FitSettings
    from photoaes.model.paper.merge import Merger


def rank_album(
    photos: Sequence[Photo],
    ratings: Mapping[Path, int],
    bank: Bank,
    device: Device,
    settings: FitSettings,
) -> Generator[Events, None, RankResult]:
    """The paper: fit the coefficients to the ratings, merge, and score every photo of the album.

    Yields each photo as a ScoredPhoto once it has its score.

    Without ratings the general score ranks: all experts in equal parts.
    Raises InputInvalid if the ratings cannot teach (one value only, no rated photo readable) or no
    photo can be read at all.
    """
    from photoaes.model.scoring import Scorer

    begun = time.monotonic()
    merger = bank.merger(device.torch)
    loaded = time.monotonic()
    alpha, rated = yield from _coefficients(merger, ratings, settings)
    fitted = time.monotonic()
    tensors, tasks, names = (
        merger.own(alpha.to(merger.device)),
        merger.vectors.tasks,
        merger.vectors.names,
    )
    scorer = Scorer(merger.model, tensors, merger.preprocessing, merger.device)
    del merger, tensors  # the experts make room for the photos
    scores, unreadable = yield from score_photos(photos, scorer)
    if not scores:
        raise InputInvalid("Not one photo of this album could be read.")
    return RankResult(
        rank(scores, ratings),
        unreadable,
        by_name(tasks, names, alpha.numpy()),
        rated,
        bank.name,
        bank.digest(),
        device.description,
        {
            "load": loaded - begun,
            "fit": fitted - loaded,
            "score": time.monotonic() - fitted,
        },
    )


def _coefficients(
    merger: Merger, ratings: Mapping[Path, int], settings: FitSettings
) -> Generator[Events, None, tuple[Tensor, int]]:
    import torch

    from photoaes.model.paper.fit import fit

    if not ratings:
        yield Notice("No ratings were given: the order is general, not yours.")
        count = len(merger.vectors.tasks)
        return merger.vectors.uniform(torch.full((count,), 1 / count)), 0
    support = yield from _support(merger, ratings)
    alpha = yield from _learning(fit(merger, support, settings))
    return alpha, len(support.ratings)


def _learning(steps: Generator[FitProgress, None, Tensor]) -> Generator[Events, None, Tensor]:
    """The fit's progress in the job's words; its result is passed on."""
    from photoaes.model.device import gpu_sentences

    def told(progress: FitProgress) -> Iterator[Events]:
        yield Progress("Learning", progress.step, progress.steps)

    with gpu_sentences():
        return (yield from retold(steps, told))


def _support(merger: Merger, ratings: Mapping[Path, int]) -> Generator[Events, None, Support]:
    """The rated photos that can be read, as the fit wants them."""
    import numpy as np

    from photoaes.images import open_image
    from photoaes.model.paper.fit import Support

    pixels, stars = [], []
    for done, (path, value) in enumerate(ratings.items(), start=1):
        try:
            image = open_image(path, min_edge=merger.preprocessing.resize)
        except PhotoUnreadable as problem:
            yield Notice(f"A rated photo teaches nothing, since it cannot be read: {problem}")
        else:
            pixels.append(merger.preprocessing.pixels(image))
            stars.append(float(value))
        yield Progress("Reading rated photos", done, len(ratings))
    if not stars:
        raise InputInvalid("Not one of the rated photos can be read.")
    return Support(np.stack(pixels), np.array(stars))
