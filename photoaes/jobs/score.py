"""One forward pass of a merged model for each photo: its score, and what else is seen."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photoaes.album.photo import Photo
from photoaes.album.sharpness import sharpness
from photoaes.errors import PhotoUnreadable
from photoaes.jobs.events import Events, Notice, Progress, ScoredPhoto

if TYPE_CHECKING:
    from photoaes.jobs.personalize import MeasuredAlbum
    from photoaes.model.device import Device
    from photoaes.model.looking import Later
    from photoaes.model.scoring import Scored, Scorer
    from photoaes.model.taste.readout import Readout

Scores = tuple[dict[Path, float], list[PhotoUnreadable]]


def score_photos(
    photos: Sequence[Photo], scorer: Scorer | Later[Scored]
) -> Generator[Events, None, Scores]:
    """The scores of all photos that can be read, and what cannot; each comes as a ScoredPhoto."""
    from photoaes.model.looking import Looker, Seen

    by_path = {photo.path: photo for photo in photos}
    scores: dict[Path, float] = {}
    unreadable: list[PhotoUnreadable] = []
    seen = Looker(scorer).look(by_path, measure=sharpness)
    try:
        for event in seen:
            if not isinstance(event, Seen):
                yield Notice(event.text)
            elif event.problem is not None:
                unreadable.append(event.problem)
            elif event.result is not None:
                scores[event.path] = event.result.score
                looks, photo = event.result.embedding, by_path[event.path]
                sharp = event.measured if isinstance(event.measured, float) else None
                yield ScoredPhoto(photo, event.result.score, sharp, looks)
            yield Progress("Scoring", len(scores) + len(unreadable), len(photos))
    finally:
        seen.close()
    return scores, unreadable


def merged_scores(
    album: MeasuredAlbum, readout: Readout, device: Device, known: Mapping[Path, float]
) -> Generator[Events, None, NDArray[np.float32]]:
    """The merged model's own scores [N] of a measured album, nan for what is gone meanwhile.

    What is `known` already is not looked at again. What the row reads of the companion is taken
    from the features: it does not move with the coefficients. Closing the job cancels.
    """
    from photoaes.model.looking import Later, Looker, Seen

    basis = album.basis
    found = np.array([known.get(path, np.nan) for path in album.paths], dtype=np.float32)
    wanted = np.flatnonzero(np.isnan(found))
    if not len(wanted):
        return found
    yield Progress("Scoring", 0, len(wanted))
    tower = basis.without_companion()

    def made() -> Scorer:
        from photoaes.model.scoring import personal_scorer

        # The merger has no name here, so that the scorer can let it go.
        bank = album.bank
        return personal_scorer(bank, bank.merger(device.torch), readout.tower(basis), tower)

    later = Later(made, album.bank.backbone.preprocessing)
    rest = readout.companion_scores(basis, album.features[wanted])
    seen = Looker(later).look(album.paths[row] for row in wanted)
    done = 0
    try:
        for event in seen:
            if not isinstance(event, Seen):
                yield Notice(event.text)
                continue
            if event.result is not None:
                found[wanted[done]] = event.result.score + rest[done]
            done += 1
            yield Progress("Scoring", done, len(wanted))
    finally:
        seen.close()
    return found
