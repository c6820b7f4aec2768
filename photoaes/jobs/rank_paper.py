"""The straight line: from a few ratings to a ranked album, by the paper's method."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photoaes.album.photo import Photo
from photoaes.album.ranking import RankedPhoto, rank
from photoaes.album.sharpness import sharpness
from photoaes.errors import BankInvalid, InputInvalid, OutOfGpuMemory, PhotoUnreadable
from photoaes.jobs.events import Events, Notice, Progress, ScoredPhoto, retold

if TYPE_CHECKING:
    from torch import Tensor

    from photoaes.model.bank.manifest import Bank
    from photoaes.model.device import Device
    from photoaes.model.paper.fit import FitProgress, Support
    from photoaes.model.paper.fit_settings import FitSettings
    from photoaes.model.paper.merge import Merger


@dataclass(frozen=True)
class RankResult:
    """The ranked album, what could not be read, and what it takes to do it again.

    `coefficients` are alpha[task][layer]; `rated` counts the photos that the fit learned from.
    """

    ranked: list[RankedPhoto]
    unreadable: list[PhotoUnreadable]
    coefficients: Mapping[str, Mapping[str, float]]
    rated: int
    bank: str
    bank_digest: str
    device: str
    seconds: dict[str, float] = field(default_factory=dict)
    readout: Mapping[str, Any] = field(default_factory=dict)


def rank_album(
    photos: Sequence[Photo],
    ratings: Mapping[Path, int],
    bank: Bank,
    device: Device,
    settings: FitSettings,
    learned: Mapping[str, Mapping[str, float]] | None = None,
) -> Generator[Events, None, RankResult]:
    """The paper: fit the coefficients to the ratings, merge, and score every photo of the album.

    Yields each photo as a ScoredPhoto once it has its score.

    Coefficients that were `learned` before (alpha[task][layer], of this bank) are taken as they
    are. Without them and without ratings the general score ranks: all experts in equal parts.
    Raises InputInvalid if the ratings cannot teach (one value only, no rated photo readable) or no
    photo can be read at all.
    """
    begun = time.monotonic()
    merger = bank.merger(device.torch)
    loaded = time.monotonic()
    if learned is None:
        alpha, rated = yield from _coefficients(merger, ratings, settings)
    else:
        alpha, rated = _alpha(merger, learned), len(ratings)
    fitted = time.monotonic()
    scores, unreadable = yield from _score(merger, alpha, photos, bank)
    if not scores:
        raise InputInvalid("Not one photo of this album could be read.")
    return RankResult(
        rank(scores, ratings),
        unreadable,
        _by_name(merger, alpha),
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
    import torch

    def told(progress: FitProgress) -> Iterator[Events]:
        yield Progress("Learning", progress.step, progress.steps)

    try:
        return (yield from retold(steps, told))
    except torch.OutOfMemoryError as error:
        raise OutOfGpuMemory(
            "The GPU's memory is too small to learn from these photos. Close other programs that "
            "use it, or choose the CPU."
        ) from error


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


def _score(
    merger: Merger, alpha: Tensor, photos: Sequence[Photo], bank: Bank
) -> Generator[Events, None, tuple[dict[Path, float], list[PhotoUnreadable]]]:
    from photoaes.model.scoring import Scored, Scorer

    tensors = merger.merged(alpha.to(merger.device))
    scorer = Scorer(bank.model(), tensors, merger.preprocessing, merger.device)
    scores: dict[Path, float] = {}
    unreadable: list[PhotoUnreadable] = []
    by_path = {photo.path: photo for photo in photos}
    for event in scorer.score(by_path, measure=sharpness):
        if not isinstance(event, Scored):
            yield Notice(event.text)
            continue
        if event.problem is not None:
            unreadable.append(event.problem)
        elif event.score is not None and event.measured is not None and event.features is not None:
            scores[event.path] = event.score
            photo = by_path[event.path]
            yield ScoredPhoto(photo, event.score, event.measured, event.features)
        yield Progress("Scoring", len(scores) + len(unreadable), len(photos))
    return scores, unreadable


def _alpha(merger: Merger, learned: Mapping[str, Mapping[str, float]]) -> Tensor:
    """alpha [n, L] from coefficients by name. Raises BankInvalid where the bank has others."""
    import torch

    try:
        rows = [
            [learned[task][name] for name in merger.vectors.names] for task in merger.vectors.tasks
        ]
    except KeyError as error:
        raise BankInvalid(
            f"The taste profile was learned with another bank: it lacks {error}."
        ) from error
    return torch.tensor(rows)


def _by_name(merger: Merger, alpha: Tensor) -> dict[str, dict[str, float]]:
    layers = merger.vectors.names
    return {
        task: dict(zip(layers, row.tolist(), strict=True))
        for task, row in zip(merger.vectors.tasks, alpha, strict=True)
    }
