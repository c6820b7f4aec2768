"""The paper's fit for window and command line: learned, kept as a profile, and ranked by."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from photoaes.album.photo import Photo
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.identity import content_hash
from photoaes.album.store.lessons import ratings_for_fit
from photoaes.album.store.opening import Store
from photoaes.album.store.profiles import Profile, SupportPhoto, save_profile, with_free_name
from photoaes.jobs.events import Events, Notice, ScoredPhoto
from photoaes.jobs.keep import keep_scored
from photoaes.jobs.rank import RankResult, check_ratings
from photoaes.jobs.rank_paper import rank_album
from photoaes.running import retold


@dataclass(frozen=True)
class LearnedByPaper:
    """The ranking, and the new profile that it is kept under."""

    result: RankResult
    profile: Profile


def learn_by_paper(
    store: Store,
    cache: FeatureCache,
    photos: Sequence[Photo],
    bank_folder: Path,
    device: str,
    name: str,
) -> Generator[Events, None, LearnedByPaper]:
    """Fit coefficients to this album's stars as the paper does, rank by the merged model, keep it.

    The profile is a new one: nobody's is replaced. Raises InputInvalid if the stars cannot teach,
    and as `rank_album`.
    """
    ratings = check_ratings(photos, ratings_for_fit(store, [photo.path for photo in photos]))
    from photoaes.model.bank.manifest import read_bank
    from photoaes.model.device import choose_device
    from photoaes.model.paper.fit_settings import FitSettings

    bank, chosen, scored = read_bank(bank_folder), choose_device(device), list[ScoredPhoto]()
    yield Notice(chosen.description)

    def noted(event: Events) -> Iterator[Events]:
        if isinstance(event, ScoredPhoto):
            scored.append(event)
        yield event

    job = rank_album(photos, ratings, bank, chosen, FitSettings())
    result = yield from retold(job, noted)
    profile = with_free_name(store, paper_profile(name, 0, ratings, result))
    save_profile(store, profile)
    keep_scored(store, cache, result.bank_digest, profile.name, scored)
    return LearnedByPaper(result, profile)


def paper_profile(name: str, seed: int, ratings: Mapping[Path, int], result: RankResult) -> Profile:
    """A profile of coefficients alone, with which the merged model scores."""
    hashes = ((content_hash(path), stars) for path, stars in ratings.items())
    return Profile(
        name,
        result.bank,
        result.bank_digest,
        seed,
        result.coefficients,
        tuple(SupportPhoto(digest.hex(), stars) for digest, stars in hashes if digest),
        {},
        datetime.now(UTC).isoformat(timespec="seconds"),
        result.readout,
    )
