"""Taste while you rate: an album is measured once, then ranking it anew takes an instant."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photoaes.errors import InputInvalid
from photoaes.jobs.coefficients import by_name
from photoaes.jobs.lesson import Earlier
from photoaes.jobs.measure import Features

if TYPE_CHECKING:
    from photoaes.model.bank.manifest import Bank
    from photoaes.model.taste.agreement import Agreement
    from photoaes.model.taste.basis import Basis
    from photoaes.model.taste.posterior import Space
    from photoaes.model.taste.readout import Readout

COIN = 0.5
SAMPLE = 1000  # photos on which parts of a taste are weighed


@dataclass(frozen=True)
class MeasuredAlbum:
    """The features of an album's N photos, and what is prepared from them once.

    Behind their rows of `table` [N + M, 1 + D + d] stand M photos of earlier albums, which teach
    as well: `stars` [M].
    """

    bank: Bank
    basis: Basis
    paths: tuple[Path, ...]
    table: Features
    stars: tuple[float, ...] = ()

    @property
    def features(self) -> Features:
        """The features of the album's own photos, [N, 1 + D + d]."""
        return self.table[: len(self.paths)]

    @cached_property
    def space(self) -> Space:
        """The album as taste sees it; takes about two seconds for 100,000 photos, once."""
        from photoaes.model.taste.posterior import taste_space
        from photoaes.model.taste.prior import plain_prior, read_prior

        prior = read_prior(self.bank, self.basis) or plain_prior(self.basis, self.table)
        return taste_space(self.basis, self.table, prior)

    @cached_property
    def general_readout(self) -> Readout:
        """The general score as weights of the features."""
        from photoaes.model.taste.readout import general_readout

        return general_readout(self.basis, self.space.prior)

    @cached_property
    def start(self) -> NDArray[np.float32]:
        """The general score's coefficients [n, L], where a taste begins."""
        return self.general_readout.merged(self.basis).alpha

    @property
    def taught(self) -> dict[int, float]:
        """The stars of the photos of earlier albums, by their rows."""
        return dict(enumerate(self.stars, start=len(self.paths)))

    @cached_property
    def rows(self) -> dict[Path, int]:
        """The row of each photo in the table."""
        return {path: row for row, path in enumerate(self.paths)}


@dataclass(frozen=True)
class Personalization:
    """The album in a person's eyes. All arrays [N] follow `paths`; scores are the person's stars.

    `scores` rank the album: those of the merged model where it `is_exact`, else of its linear
    model; `alike` is how well the two orders agree (SROCC), where both are known. Of them `blend`
    parts are personal, the rest general. `uncertainty` is one standard deviation of the personal
    score, `noise` one of a rating around what the person thinks of the photo. `agreement` is None
    with too few ratings. `readout` is the taste written out, `coefficients` are alpha[task][layer]
    of its merged model, which began at `start` [n, L], those of the general score. `leanings` tell
    by how many stars (root mean square over photos) each part of it moves scores. `rated` photos,
    `compared` pairs and `earlier` photos of other albums taught.
    """

    paths: tuple[Path, ...]
    scores: NDArray[np.float32]
    personal: NDArray[np.float32]
    general: NDArray[np.float32]
    uncertainty: NDArray[np.float32]
    noise: float
    blend: float
    agreement: Agreement | None
    coefficients: dict[str, dict[str, float]]
    start: NDArray[np.float32]
    readout: Readout
    leanings: dict[str, float]
    rated: int
    compared: int
    earlier: int = 0
    is_exact: bool = False
    alike: float = float("nan")

    @property
    def is_known(self) -> bool:
        """Whether held-out ratings say that this is a taste; until then the order leans on it.

        An order that a coin would match is none, however bad the general one is; and nothing is
        known of somebody whose stars could have been given without looking.
        """
        agreement = self.agreement
        if agreement is None or not agreement.is_told:
            return False
        return agreement.pairs_personal > COIN


def measured_album(
    bank: Bank,
    features: Mapping[Path, Features],
    earlier: Earlier | None = None,
    basis: Basis | None = None,
) -> MeasuredAlbum:
    """An album from rows by photo, in their order; the bank's basis is read unless it is given."""
    if not features:
        raise InputInvalid("Not one photo of this album could be read.")
    from photoaes.model.taste.basis import read_basis

    basis, paths = basis or read_basis(bank), tuple(features)
    if earlier is None:
        return MeasuredAlbum(bank, basis, paths, _table(list(features.values())))
    table = np.stack([*features.values(), *earlier.features])
    return MeasuredAlbum(bank, basis, paths, table, tuple(earlier.stars.tolist()))


def _table(rows: Sequence[Features]) -> Features:
    """The rows as one table [N, *]: the very one whose rows they are, in order, where there is one.
    Of a large album a second one would be the largest thing in memory."""
    whole = rows[0].base
    if isinstance(whole, np.ndarray) and whole.ndim == 2 and whole.dtype == rows[0].dtype:
        begin, step = whole.ctypes.data, whole.strides[0]
        if len(whole) >= len(rows) and all(
            row.base is whole and row.ctypes.data == begin + number * step
            for number, row in enumerate(rows)
        ):
            return whole[: len(rows)]
    return np.stack(rows)


def personalize(
    album: MeasuredAlbum,
    ratings: Mapping[Path, int],
    pairs: Sequence[tuple[Path, Path]] = (),
    *,
    anyway: bool = False,
) -> Personalization:
    """Learn from stars and from pairs (better, worse), and score the whole album.

    The evidence decides how much of the personal score ranks, unless `anyway` all of it does.

    Photos that the album has no features of teach nothing, those of its earlier albums do. Without
    ratings the order is general.
    """
    from photoaes.model.taste.agreement import estimate_agreement
    from photoaes.model.taste.posterior import fit_taste
    from photoaes.model.taste.readout import readout_of

    rows, space = album.rows, album.space
    rated = [path for path in ratings if path in rows]
    compared = [(rows[a], rows[b]) for a, b in pairs if a in rows and b in rows]
    stars = {rows[path]: float(ratings[path]) for path in rated} | album.taught
    taste = fit_taste(space, list(stars), list(stars.values()), compared)
    count = len(album.paths)
    agreement = estimate_agreement(taste, space.general, space.likeness)
    blend = agreement.blend if agreement else float(bool(compared))
    blend = 1.0 if anyway and (stars or compared) else blend
    readout = readout_of(space, taste, blend)
    return Personalization(
        album.paths,
        (space.general + np.float32(blend) * (taste.scores - space.general))[:count],
        taste.scores[:count],
        space.general[:count],
        taste.uncertainty[:count],
        taste.noise,
        blend,
        agreement,
        by_name(space.basis.tasks, space.basis.layers, readout.merged(space.basis).alpha),
        album.start,
        readout,
        _leanings(album, readout),
        len(rated),
        len(compared),
        len(album.taught),
    )


def suggest_photos(album: MeasuredAlbum, judged: Collection[Path], count: int) -> list[Path]:
    """The photos whose stars would teach the most beside those `judged`, most telling first."""
    from photoaes.model.taste.suggest import suggest

    rows = [album.rows[path] for path in judged if path in album.rows] + list(album.taught)
    return [album.paths[row] for row in suggest(album.space, rows, count)]


def ranked_exactly(taste: Personalization, scores: NDArray[np.float32]) -> Personalization:
    """The same, ranked by the merged model's own scores [N]; where there is none, as before."""
    from photoaes.model.metrics import srocc

    known = ~np.isnan(scores)
    alike = srocc(scores[known], taste.scores[known]) if known.any() else float("nan")
    exact = np.where(known, scores, taste.scores)
    return replace(taste, scores=exact, is_exact=True, alike=alike)


def why(album: MeasuredAlbum, taste: Personalization, path: Path) -> dict[str, float]:
    """By how many stars each part of the taste moves this photo's score from the general one."""
    from photoaes.model.taste.why import parts_of, split

    row = album.rows[path]
    parts = split(album.basis, taste.readout, album.general_readout, album.table[row : row + 1])[0]
    return dict(zip(parts_of(album.basis), parts.tolist(), strict=True))


def _leanings(album: MeasuredAlbum, readout: Readout) -> dict[str, float]:
    """How far each part moves scores apart, over a sample of the album."""
    from photoaes.model.taste.why import parts_of, split

    sample = album.features[:: -(-len(album.paths) // SAMPLE)]
    parts = split(album.basis, readout, album.general_readout, sample)
    return dict(zip(parts_of(album.basis), parts.std(axis=0).tolist(), strict=True))
