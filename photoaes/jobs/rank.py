"""An album's ranking as the command line prints it, from whichever method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photoaes.album.photo import Photo
from photoaes.album.ranking import RankedPhoto, rank
from photoaes.errors import InputInvalid, PhotoUnreadable
from photoaes.jobs.coefficients import Coefficients
from photoaes.jobs.learn import Learned

if TYPE_CHECKING:
    from photoaes.model.bank.manifest import Bank


@dataclass(frozen=True)
class RankResult:
    """The ranked album, what could not be read, and what it takes to do it again.

    `coefficients` are alpha[task][layer]; `rated` counts the photos that the fit learned
    from; `device` is "" where it is not known, or none was needed.
    """

    ranked: list[RankedPhoto]
    unreadable: Sequence[PhotoUnreadable]
    coefficients: Coefficients
    rated: int
    bank: str
    bank_digest: str
    device: str
    seconds: Mapping[str, float] = field(default_factory=dict)
    readout: Mapping[str, Any] = field(default_factory=dict)


def ranking_of_learned(learned: Learned, ratings: Mapping[Path, int]) -> RankResult:
    """The learned taste as a ranking of the album."""
    taste, bank = learned.taste, learned.album.bank
    scores = dict(zip(taste.paths, taste.scores.tolist(), strict=True))
    return RankResult(
        rank(scores, ratings),
        learned.unreadable,
        taste.coefficients,
        taste.rated + taste.earlier,
        bank.name,
        bank.digest(),
        learned.device,
        learned.seconds,
        taste.readout.as_json(),
    )


def ranking_of_scores(
    scores: Mapping[Path, float], ratings: Mapping[Path, int], bank: Bank
) -> RankResult:
    """Scores by a profile. Raises InputInvalid if there are none."""
    if not scores:
        raise InputInvalid("Not one photo of this album could be read.")
    # Nothing is learned.
    seconds = {"fit": 0.0}
    return RankResult(rank(scores, ratings), (), {}, 0, bank.name, bank.digest(), "", seconds)


def check_ratings(photos: Sequence[Photo], ratings: Mapping[Path, int]) -> dict[Path, int]:
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
