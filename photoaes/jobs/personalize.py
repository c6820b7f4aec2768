"""Taste while you rate: an album is measured once, then ranking it anew takes an instant."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photoaes.errors import InputInvalid
from photoaes.jobs.lesson import Earlier
from photoaes.jobs.measure import Features

if TYPE_CHECKING:
    from photoaes.model.bank.manifest import Bank
    from photoaes.model.taste.agreement import Agreement
    from photoaes.model.taste.posterior import Space, Taste
    from photoaes.model.taste.readout import Readout
    from photoaes.model.taste.tangent import Layout

COIN = 0.5


@dataclass(frozen=True)
class MeasuredAlbum:
    """The features of an album's N photos, and what is prepared from them once.

    Behind their rows of `table` [N + M, 1 + n L + d] stand M photos of earlier albums, which teach
    as well: `stars` [M].
    """

    bank: Bank
    paths: tuple[Path, ...]
    table: Features
    stars: tuple[float, ...] = ()

    @property
    def features(self) -> Features:
        """Of the album's own photos, [N, 1 + n L + d]."""
        return self.table[: len(self.paths)]

    @cached_property
    def layout(self) -> Layout:
        """What the columns of a row are."""
        from photoaes.model.taste.tangent import layout_of

        return layout_of(self.bank)

    @cached_property
    def space(self) -> Space:
        """The album as taste sees it; takes about two seconds for 100,000 photos, once."""
        from photoaes.model.taste.posterior import taste_space
        from photoaes.model.taste.prior import plain_prior, read_prior

        prior = read_prior(self.bank) or plain_prior(self.layout, self.table)
        return taste_space(self.layout, self.table, prior)

    @property
    def taught(self) -> dict[int, float]:
        """The stars of the photos of earlier albums, by their rows."""
        return dict(enumerate(self.stars, start=len(self.paths)))

    @cached_property
    def rows(self) -> dict[Path, int]:
        """Where each photo stands."""
        return {path: row for row, path in enumerate(self.paths)}


@dataclass(frozen=True)
class Personalization:
    """The album in a person's eyes. All arrays [N] follow `paths`; scores are the person's stars.

    `scores` rank the album: `blend` parts personal, the rest general. `uncertainty` is one
    standard deviation of the personal score, `noise` one of a rating around what the person thinks
    of the photo. `agreement` is None with too few ratings. `coefficients` are alpha[task][layer] of
    the merged model that comes closest, `readout` gives `scores` themselves in any album.
    `leanings[task]`, -1..1, tells how like that expert's order the personal one is. `rated`
    photos, `compared` pairs and `earlier` photos of other albums taught.
    """

    paths: tuple[Path, ...]
    scores: NDArray[np.float32]
    personal: NDArray[np.float32]
    generic: NDArray[np.float32]
    uncertainty: NDArray[np.float32]
    noise: float
    blend: float
    agreement: Agreement | None
    coefficients: dict[str, dict[str, float]]
    readout: Readout
    leanings: dict[str, float]
    rated: int
    compared: int
    earlier: int = 0

    @property
    def is_known(self) -> bool:
        """Whether held-out ratings say that this taste is worth an order of its own.

        An order that a coin would match is none, however bad the general one is.
        """
        agreement = self.agreement
        return agreement is not None and agreement.is_better and agreement.pairs_personal > COIN


def measured_album(
    bank: Bank, features: Mapping[Path, Features], earlier: Earlier | None = None
) -> MeasuredAlbum:
    """An album from rows by photo, in their order."""
    if not features:
        raise InputInvalid("Not one photo of this album could be read.")
    if earlier is None:
        return MeasuredAlbum(bank, tuple(features), np.stack(list(features.values())))
    table = np.stack([*features.values(), *earlier.features])
    return MeasuredAlbum(bank, tuple(features), table, tuple(earlier.stars.tolist()))


def personalize(
    album: MeasuredAlbum,
    ratings: Mapping[Path, int],
    better: Sequence[tuple[Path, Path]] = (),
) -> Personalization:
    """Learn from stars and from choices (winner, loser), and score the whole album.

    Photos that the album has no features of teach nothing, those of its earlier albums do. Without
    ratings the order is general.
    """
    from photoaes.model.taste.agreement import estimate_agreement
    from photoaes.model.taste.posterior import coefficients_of, fit_taste
    from photoaes.model.taste.readout import readout_of

    rows, space = album.rows, album.space
    rated = [path for path in ratings if path in rows]
    pairs = [(rows[a], rows[b]) for a, b in better if a in rows and b in rows]
    stars = {rows[path]: float(ratings[path]) for path in rated} | album.taught
    taste = fit_taste(space, list(stars), list(stars.values()), pairs)
    count = len(album.paths)
    agreement = estimate_agreement(taste, space.general, space.likeness)
    blend = agreement.blend if agreement else float(bool(pairs))
    return Personalization(
        album.paths,
        (space.general + np.float32(blend) * (taste.scores - space.general))[:count],
        taste.scores[:count],
        space.general[:count],
        taste.uncertainty[:count],
        taste.noise,
        blend,
        agreement,
        _by_name(space, coefficients_of(space, taste.scores)),
        readout_of(space, taste, blend),
        _leanings(space, taste),
        len(rated),
        len(pairs),
        len(album.taught),
    )


def suggest_photos(album: MeasuredAlbum, judged: Collection[Path], count: int) -> list[Path]:
    """The photos whose stars would teach the most beside those `judged`, most telling first."""
    from photoaes.model.taste.suggest import suggest

    rows = [album.rows[path] for path in judged if path in album.rows] + list(album.taught)
    return [album.paths[row] for row in suggest(album.space, rows, count)]


def _by_name(space: Space, alpha: NDArray[np.float32]) -> dict[str, dict[str, float]]:
    layers = space.layout.layers
    return {
        task: dict(zip(layers, row.tolist(), strict=True))
        for task, row in zip(space.layout.tasks, alpha, strict=True)
    }


def _leanings(space: Space, taste: Taste) -> dict[str, float]:
    """Correlation of each expert's scores with the personal ones; none in an album of one."""
    if len(taste.scores) < 2:
        return dict.fromkeys(space.layout.tasks, 0.0)
    table = np.corrcoef(taste.scores, space.experts, rowvar=False)[0, 1:]
    return dict(zip(space.layout.tasks, np.nan_to_num(table).tolist(), strict=True))
