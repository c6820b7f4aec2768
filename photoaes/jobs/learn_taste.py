"""Learning a taste with the store at hand: what was measured and learned is kept."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import Columns
from photoaes.album.ordering import best_by_word
from photoaes.album.photo import Photo
from photoaes.album.standing import Belief, Standing, standing
from photoaes.album.store.embeddings import save_embeddings
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.opening import Store
from photoaes.album.store.profiles import profiles
from photoaes.album.store.scores import load_scores, photo_ids
from photoaes.jobs.banks import bank_facts
from photoaes.jobs.choose import best_by_scores
from photoaes.jobs.compare import compare_similar
from photoaes.jobs.events import Events, Notice, Progress
from photoaes.jobs.keep import keep_taste, profile_of
from photoaes.jobs.learn import Learned, learn_album
from photoaes.jobs.lesson import Lesson, check_lesson, lesson_of, whole_lesson
from photoaes.jobs.measure import keeping, known_features, versions_of
from photoaes.jobs.personalize import (
    MeasuredAlbum,
    Personalization,
    measured_album,
    personalize,
    ranked_exactly,
)
from photoaes.jobs.recall import recalled, remember_scores
from photoaes.running import retold


@dataclass(frozen=True)
class Ranking:
    """Scores [N] of an album's photos in their order, nan where there is none yet.

    `standing` is what follows from them, for the marks that the columns had.
    """

    taste: Personalization
    score: NDArray[np.float64]
    general: NDArray[np.float64]
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


@dataclass(frozen=True)
class KeptTaste:
    """What was learned, from which lesson, and the name of the profile that it is kept under;
    "" where it is not kept, since nothing teaches or nobody asked for it."""

    learned: Learned
    lesson: Lesson
    bank_digest: str
    profile: str


def learn_and_keep(
    store: Store,
    cache: FeatureCache,
    photos: Sequence[Photo],
    bank_folder: Path,
    device: str,
    name: str,
    *,
    lesson: Lesson | None = None,
    anyway: bool = False,
    must_teach: bool = False,
) -> Generator[Events | Personalization, None, KeptTaste]:
    """The one learning line of window and command line: lesson, learn, keep.

    Learns from the stars and pairs of this album, or from another `lesson`, and from the earlier
    albums of the profile `name`. What is measured is kept in the cache as it comes, the general
    scores at the end, and the taste's profile with its scores, unless the name is "". Raises as
    `learn_album`, and InputInvalid for a lesson that teaches nothing where it `must_teach`.
    """
    digest = bank_facts(bank_folder).digest
    versions = versions_of(store, photos)
    own = lesson or lesson_of(store, photos)
    lesson, remembered = whole_lesson(store, cache, digest, versions, name, own)
    if must_teach:
        check_lesson(lesson)
    known = known_features(cache, digest, versions)
    from photoaes.model.bank.manifest import read_bank
    from photoaes.model.device import device_when_needed

    bank, chosen = read_bank(bank_folder), device_when_needed(device)
    if known:
        yield Notice(f"{len(known)} of them were looked at before and are not opened again")
    recall = partial(recalled, cache, digest, versions)
    paths = [photo.path for photo in photos]
    job = learn_album(paths, lesson, bank, chosen, known, recall, anyway=anyway)
    kept: Generator[Events | Personalization, None, Learned] = keeping(
        job, store, cache, photos, digest, versions
    )
    learned = yield from kept
    if learned.taste.is_exact:
        remember_scores(cache, digest, versions, learned.taste)
    fresh = profile_of(name, digest, learned, lesson, versions, remembered)
    profile = keep_taste(store, photos, fresh, learned, remembered)
    seen = [photo for photo in photos if photo.path in learned.album.rows]
    rows = [learned.album.rows[photo.path] for photo in seen]
    save_embeddings(store, cache, digest, zip(seen, learned.embeddings[rows], strict=True))
    return KeptTaste(learned, lesson, digest, profile)


def learn_taste(
    store: Store,
    cache: FeatureCache,
    photos: Sequence[Photo],
    columns: Columns,
    bank_folder: Path,
    device: str,
    profile: str,
) -> Generator[Events | Ranking, None, LearnedAlbum]:
    """Learn from the stars so far and rank the album on show; yields better and better rankings.

    `columns` are those on show of these photos. Raises InputInvalid if nothing can be learned, and
    as `learn_and_keep`.
    """
    job = learn_and_keep(store, cache, photos, bank_folder, device, profile, must_teach=True)

    def ranked(event: Events | Personalization) -> Iterator[Events | Ranking]:
        if isinstance(event, Personalization):
            yield ranking_of(event, photos, columns)
        else:
            yield event

    kept = yield from retold(job, ranked)
    return (yield from _ranked(store, photos, columns, kept, profile))


def recall_taste(
    store: Store,
    cache: FeatureCache,
    photos: Sequence[Photo],
    columns: Columns,
    bank_folder: Path,
    name: str,
) -> Generator[Events, None, LearnedAlbum | None]:
    """What was learned the last time, from what is kept: no photo is opened, nothing is saved.

    None where no profile of that name and bank has scored any of these photos: a taste learned of
    another album is for this one only once somebody asks. None too where photos that it has scored
    were not measured. Raises BankInvalid.
    """
    yield from ()
    digest = bank_facts(bank_folder).digest
    if all(one.name != name or one.bank_digest != digest for one in profiles(store)):
        return None
    scored = ~np.isnan(load_scores(store, digest, name, photo_ids(store, photos)))
    if not scored.any():
        return None
    versions = versions_of(store, photos)
    known = known_features(cache, digest, versions)
    if not known or any(
        is_scored and photo.path not in known
        for photo, is_scored in zip(photos, scored, strict=True)
    ):
        return None
    from photoaes.model.bank.manifest import read_bank

    own = lesson_of(store, photos)
    lesson, _ = whole_lesson(store, cache, digest, versions, name, own)
    album = measured_album(read_bank(bank_folder), known, lesson.earlier)
    taste = personalize(album, lesson.ratings, lesson.pairs)
    if not taste.blend:
        return None
    exact = recalled(cache, digest, versions, taste.readout)
    if exact:
        kept_scores = [exact.get(path, np.nan) for path in taste.paths]
        taste = ranked_exactly(taste, np.array(kept_scores, dtype=np.float32))
    learned = Learned(album, taste, (), "", 0.0, {}, {})
    kept = KeptTaste(learned, lesson, digest, name)
    return (yield from _ranked(store, photos, columns, kept, name))


def _ranked(
    store: Store, photos: Sequence[Photo], columns: Columns, kept: KeptTaste, profile: str
) -> Generator[Events, None, LearnedAlbum]:
    learned = kept.learned
    ranking = ranking_of(learned.taste, photos, columns)
    group, best = yield from _groups(store, photos, kept, ranking)
    now = replace(columns, score=ranking.score, general=ranking.general, group=group, best=best)
    best = best_by_word(now)  # whom a person gave stars comes first, as in all other orders
    now = replace(now, best=best)
    placed = standing(now, _belief(learned.taste, _rows(learned.taste, photos)))
    name = kept.profile or profile
    return LearnedAlbum(learned, ranking, group, best, placed, kept.bank_digest, name)


def learn_again(
    store: Store, photos: Sequence[Photo], columns: Columns, album: MeasuredAlbum
) -> Generator[Events, None, Ranking | None]:
    """The same album in the light of the stars as they are now; None if they teach nothing."""
    yield from ()
    lesson = lesson_of(store, photos)
    if not lesson.pairs and len({*lesson.ratings.values(), *album.stars}) < 2:
        return None
    return ranking_of(personalize(album, lesson.ratings, lesson.pairs), photos, columns)


def ranking_of(taste: Personalization, photos: Sequence[Photo], columns: Columns) -> Ranking:
    """The same in the order of the photos, whose columns these are."""
    rows = _rows(taste, photos)
    score, general = _spread(taste.scores, rows), _spread(taste.general, rows)
    known = replace(columns, score=score, general=general)
    return Ranking(taste, score, general, standing(known, _belief(taste, rows)))


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
    store: Store, photos: Sequence[Photo], kept: KeptTaste, ranking: Ranking
) -> Generator[Progress, None, tuple[NDArray[np.int32], NDArray[np.bool_]]]:
    """Now that it is known what the photos look like, near-duplicates are groups too."""
    learned = kept.learned
    looks = dict(zip(learned.album.paths, learned.embeddings, strict=True))
    nothing = np.zeros(learned.embeddings.shape[1], dtype=np.float16)
    table = np.stack([looks.get(photo.path, nothing) for photo in photos]).astype(np.float32)
    digest = kept.bank_digest
    yield from compare_similar(store, photos, digest, table, ranking.score)
    return best_by_scores(store, photos, digest, table, ranking.score)
