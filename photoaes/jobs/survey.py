"""General scores of an album some photos at a time, before anybody asks for a taste.

What is measured is kept as `measure` keeps it: learning a taste later opens none of these again.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photoaes.album.columns import Columns
from photoaes.album.photo import Photo
from photoaes.album.standing import Standing, standing
from photoaes.album.store.embeddings import save_embeddings
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.opening import Store
from photoaes.album.store.scores import save_scores
from photoaes.errors import PhotoUnreadable
from photoaes.jobs.banks import bank_facts
from photoaes.jobs.events import Events, Progress
from photoaes.jobs.measure import (
    Features,
    Measured,
    keeping,
    known_features,
    measured,
    versions_of,
)

if TYPE_CHECKING:
    from photoaes.model.bank.manifest import Bank
    from photoaes.model.looking import Looker, Picture
    from photoaes.model.taste.basis import Basis
    from photoaes.model.taste.prior import Prior
    from photoaes.model.taste.tangent import Tangent

STAGE = "Scoring photos"
# A photo so that its shorter side has at least so many pixels. Raises PhotoUnreadable.
Opened = Callable[[Path, int], Image.Image]


@dataclass(frozen=True)
class Surveyed:
    """The general scores [N] of an album's photos in their order, nan where there is none yet.

    `standing` follows from them, for the marks that the columns had. `unreadable` photos were asked
    for and have none; `opened` photos were not known before.
    """

    general: NDArray[np.float64]
    standing: Standing
    unreadable: tuple[Path, ...]
    opened: int


class Survey:
    """A bank that is loaded once, on the worker's thread, when the first photos are looked at.

    `opened` opens photos, if it has to be done in another way than by `open_image`.
    """

    def __init__(self, bank_folder: Path, device: str, opened: Opened | None = None) -> None:
        self.bank_folder, self.device, self._opened = bank_folder, device, opened
        self._features: dict[Path, Features] = {}  # where the scores depend on the whole album
        self._of: Sequence[Photo] = ()
        self._versions: dict[Path, bytes] = {}

    @cached_property
    def digest(self) -> str:
        """The digest of the bank."""
        return bank_facts(self.bank_folder).digest

    @cached_property
    def _bank(self) -> Bank:
        from photoaes.model.bank.manifest import read_bank

        return read_bank(self.bank_folder)

    @cached_property
    def _basis(self) -> Basis:
        from photoaes.model.taste.basis import read_basis

        return read_basis(self._bank)

    @cached_property
    def _prior(self) -> Prior | None:
        from photoaes.model.taste.prior import read_prior

        return read_prior(self._bank, self._basis)

    @cached_property
    def _looker(self) -> Looker[Features]:
        from photoaes.model.device import choose_device
        from photoaes.model.looking import Later, Looker

        def made() -> Tangent:
            from photoaes.model.taste.tangent import tangent_of

            return tangent_of(self._bank, choose_device(self.device).torch)

        return Looker(Later(made, self._bank.backbone.preprocessing))

    def look(
        self,
        store: Store,
        cache: FeatureCache,
        photos: Sequence[Photo],
        columns: Columns,
        wanted: Sequence[int],
        most: int,
    ) -> Generator[Events, None, Surveyed]:
        """Look at the `wanted` photos (indices) of an album, and open at `most` so many; `columns`
        are those on show of it.

        Closing it keeps what was measured. Raises BankInvalid.
        """
        yield Progress(STAGE, 0, len(wanted))  # before what takes a while, the first time
        some = [photos[one] for one in wanted]
        if photos is not self._of:  # once an album: the store may know very many photos
            self._of, self._versions = photos, versions_of(store, photos)
        versions = {p.path: self._versions[p.path] for p in some if p.path in self._versions}
        known = known_features(cache, self.digest, versions)
        missing = [photo.path for photo in some if photo.path not in known][:most]
        job: Generator[Events, None, tuple[dict[Path, Features], list[Path]]] = keeping(
            self._measure(missing), store, cache, some, self.digest, versions
        )
        fresh, problems = yield from job
        known |= fresh
        seen = [photo for photo in some if photo.path in known]
        if seen:
            self._keep(store, cache, seen, known)
        general = columns.general.copy()
        self._fill(general, columns, known, wanted)
        is_general = np.array_equal(columns.score, columns.general, equal_nan=True)
        score = general if is_general else columns.score
        placed = standing(replace(columns, score=score, general=general))
        return Surveyed(general, placed, tuple(problems), len(missing))

    def _measure(
        self, paths: Sequence[Path]
    ) -> Generator[Events | Measured, None, tuple[dict[Path, Features], list[Path]]]:
        fresh: dict[Path, Features] = {}
        problems: list[Path] = []
        if not paths:
            return fresh, problems
        yield Progress(STAGE, 0, len(paths))
        looker = self._looker
        yield Progress(STAGE, 0, len(paths))  # whoever cancelled meanwhile is heard
        seen = measured(looker, self._pictures(paths))
        try:
            for event in seen:
                if isinstance(event, PhotoUnreadable):
                    assert event.path is not None
                    problems.append(event.path)
                elif isinstance(event, Measured) and not np.isfinite(event.features).all():
                    problems.append(event.path)
                else:
                    if isinstance(event, Measured):
                        fresh[event.path] = event.features
                    yield event
        finally:
            seen.close()
        return fresh, problems

    def _pictures(self, paths: Sequence[Path]) -> Sequence[Path | Picture]:
        from photoaes.model.looking import Picture

        if self._opened is None:
            return paths
        return [Picture(path, partial(self._opened, path)) for path in paths]

    def _keep(
        self,
        store: Store,
        cache: FeatureCache,
        seen: Sequence[Photo],
        known: dict[Path, Features],
    ) -> None:
        table = np.stack([known[photo.path] for photo in seen])
        looks = self._basis.embeddings(table)
        save_embeddings(store, cache, self.digest, zip(seen, looks, strict=True))
        if self._prior is not None:
            scores = self._prior.general_scores(self._basis, table).tolist()
            save_scores(store, self.digest, None, zip(seen, scores, strict=True))

    def _fill(
        self,
        general: NDArray[np.float64],
        columns: Columns,
        known: dict[Path, Features],
        wanted: Sequence[int],
    ) -> None:
        """Without a prior the scores depend on all that was measured: see `plain_prior`."""
        from photoaes.model.taste.prior import plain_prior

        places: Sequence[int] = wanted
        if self._prior is None:
            self._features |= known
            known, places = self._features, range(len(columns))
        if not known:
            return
        table = np.stack(list(known.values()))
        prior = self._prior or plain_prior(self._basis, table)
        scores = dict(zip(known, prior.general_scores(self._basis, table).tolist(), strict=True))
        for place in places:
            general[place] = scores.get(columns.paths[place], general[place])


def wanted_next(
    columns: Columns, rows: NDArray[np.int64], first: int, tried: NDArray[np.bool_], count: int
) -> list[int]:
    """The next photos without a general score: those on show from row `first` on, then those
    before it, then those that are hidden; not those that were `tried` [N] in vain."""
    lacks = np.isnan(columns.general) & ~tried
    order = np.concatenate([rows[first:], rows[:first][::-1]])
    shown = order[lacks[order]]
    if len(shown) >= count:
        return [int(one) for one in shown[:count]]
    lacks[order] = False
    return [int(one) for one in (*shown, *np.flatnonzero(lacks)[: count - len(shown)])]
