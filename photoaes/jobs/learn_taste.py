"""Learning a taste with the store at hand: what was measured and learned is kept."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import Columns
from photoaes.album.photo import Photo
from photoaes.album.standing import Belief, Standing, standing
from photoaes.album.store.embeddings import save_embeddings
from photoaes.album.store.feature_cache import FeatureCache, content_of
from photoaes.album.store.opening import Store
from photoaes.jobs.banks import bank_facts
from photoaes.jobs.choose import best_by_scores
from photoaes.jobs.compare import compare_similar
from photoaes.jobs.events import Events, Progress, retold
from photoaes.jobs.keep import keep_taste, profile_of
from photoaes.jobs.learn import Learned, learn_album
from photoaes.jobs.lesson import lesson_of, remember
from photoaes.jobs.measure import keeping, known_features, versions_of
from photoaes.jobs.personalize import MeasuredAlbum, Personalization, personalize


@dataclass(frozen=True)
class Ranking:
    """Scores [N] of an album's photos in their order, nan where there is none yet.

    `standing` is what follows from them, for the marks that the columns had.
    """

    taste: Personalization
    score: NDArray[np.float64]
    generic: NDArray[np.float64]
    standing: Standing


@dataclass(frozen=True)
class LearnedAlbum:
    """The whole album ranked. `group` and `best` [N] are as in `Columns`, now with near-duplicates;
    `standing` knows these groups; `bank_digest` says with which bank's numbers, `profile` under
    which name the taste is kept."""

    learned: Learned
    ranking: Ranking
    group: NDArray[np.int32]
    best: NDArray[np.bool_]
    standing: Standing
    bank_digest: str
    profile: str


def learn_taste(
    store: Store,
    cache: FeatureCache,
    photos: Sequence[Photo],
    columns: Columns,
    bank_folder: Path,
    device: str,
    profile: str,
) -> Generator[Events | Ranking, None, LearnedAlbum]:
    """Learn from the stars so far and rank the album; yields better and better rankings.

    `columns` are those on show of these photos. What is measured is kept in the cache as it comes.
    The general scores are kept, and, if the taste is better, the profile under its name with its
    scores. Raises as `learn_album`.
    """
    digest = bank_facts(bank_folder).digest
    versions = versions_of(store, photos)
    here = {content_of(version) for version in versions.values()}
    remembered = remember(store, cache, digest, profile, here)
    lesson = replace(lesson_of(store, photos), earlier=remembered.lesson)
    known = known_features(cache, digest, versions)
    job = learn_album([photo.path for photo in photos], lesson, bank_folder, device, known)
    kept: Generator[Events | Personalization, None, Learned] = keeping(
        job, store, cache, photos, digest, versions
    )

    def ranked(event: Events | Personalization) -> Iterator[Events | Ranking]:
        if isinstance(event, Personalization):
            yield ranking_of(event, photos, columns)
        else:
            yield event

    learned = yield from retold(kept, ranked)
    ranking = ranking_of(learned.taste, photos, columns)
    fresh = profile_of(profile, digest, learned, lesson, versions, remembered)
    name = keep_taste(store, photos, fresh, learned, remembered)
    group, best = yield from _groups(store, cache, photos, digest, learned, ranking)
    now = replace(columns, score=ranking.score, generic=ranking.generic, group=group, best=best)
    placed = standing(now, _belief(learned.taste, _rows(learned.taste, photos)))
    return LearnedAlbum(learned, ranking, group, best, placed, digest, name)


def learn_again(
    store: Store, photos: Sequence[Photo], columns: Columns, album: MeasuredAlbum
) -> Generator[Events, None, Ranking | None]:
    """The same album in the light of the stars as they are now; None if they teach nothing."""
    yield from ()
    lesson = lesson_of(store, photos)
    if len({*lesson.ratings.values(), *album.stars}) < 2:
        return None
    return ranking_of(personalize(album, lesson.ratings, lesson.better), photos, columns)


def ranking_of(taste: Personalization, photos: Sequence[Photo], columns: Columns) -> Ranking:
    """The same in the order of the photos, whose columns these are."""
    rows = _rows(taste, photos)
    score, generic = _spread(taste.scores, rows), _spread(taste.generic, rows)
    known = replace(columns, score=score, generic=generic)
    return Ranking(taste, score, generic, standing(known, _belief(taste, rows)))


def _belief(taste: Personalization, rows: NDArray[np.int64]) -> Belief:
    """What the taste expects the person to give: a rating is made with some noise."""
    deviation = np.hypot(taste.uncertainty, taste.noise)
    return Belief(_spread(taste.personal, rows), _spread(deviation, rows))


def _rows(taste: Personalization, photos: Sequence[Photo]) -> NDArray[np.int64]:
    """Where each photo [N] stands in the taste, -1 for one that is not there."""
    if len(taste.paths) == len(photos) and all(
        path == photo.path for path, photo in zip(taste.paths, photos, strict=True)
    ):
        return np.arange(len(photos))
    place = {path: row for row, path in enumerate(taste.paths)}
    return np.array([place.get(photo.path, -1) for photo in photos], dtype=np.int64)


def _spread(values: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Of the photos [N] that have such rows; nan for the others."""
    spread = np.full(len(rows), np.nan)
    spread[rows >= 0] = values[rows[rows >= 0]]
    return spread


def _groups(
    store: Store,
    cache: FeatureCache,
    photos: Sequence[Photo],
    digest: str,
    learned: Learned,
    ranking: Ranking,
) -> Generator[Progress, None, tuple[NDArray[np.int32], NDArray[np.bool_]]]:
    """Now that it is known what the photos look like, near-duplicates are groups too."""
    looks = dict(zip(learned.album.paths, learned.embeddings, strict=True))
    seen = [photo for photo in photos if photo.path in looks]
    save_embeddings(store, cache, digest, ((photo, looks[photo.path]) for photo in seen))
    nothing = np.zeros(learned.embeddings.shape[1], dtype=np.float16)
    table = np.stack([looks.get(photo.path, nothing) for photo in photos]).astype(np.float32)
    yield from compare_similar(store, photos, digest, table, ranking.score)
    return best_by_scores(store, photos, digest, table, ranking.score)
