"""A taste from album to album: it goes on learning, and nobody else's profile is replaced."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoaes.album.marks import Flag, Marks
from photoaes.album.ranking import rank
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.lessons import ratings_for_fit
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.profiles import (
    Profile,
    load_profile,
    profiles,
    rename_profile,
    save_profile,
)
from photoaes.album.store.rating_log import prefer, set_flag, set_stars
from photoaes.cli import main
from photoaes.cli.opened import opened_memory
from photoaes.cli.progress import Meter
from photoaes.jobs.apply_profile import apply_taste
from photoaes.jobs.learn_taste import LearnedAlbum, learn_taste
from photoaes.jobs.mark import rate_photos
from photoaes.jobs.open_album import open_view
from photoaes.running import finished
from tests.tiny import tiny_bank

NAME = "My taste"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return tiny_bank(tmp_path / "bank").folder


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(None) as store:
        yield store


@pytest.fixture
def cache() -> Iterator[FeatureCache]:
    with FeatureCache(None) as cache:
        yield cache


def _album(folder: Path, seed: int, count: int = 16) -> Path:
    folder.mkdir()
    rng = np.random.default_rng(seed)
    for number in range(count):
        colour = tuple(int(c) for c in rng.integers(0, 256, 3))
        Image.new("RGB", (48, 64), colour).save(folder / f"{number:02}.png")
    return folder


def _redness(path: Path) -> int:
    with Image.open(path) as image:
        return 1 + int(np.asarray(image)[0, 0, 0]) // 52


class Desk:
    """Somebody who opens albums, gives stars, and lets the program learn."""

    def __init__(self, store: Store, cache: FeatureCache, bank: Path) -> None:
        self.store, self.cache, self.bank = store, cache, bank

    def learn(self, folder: Path, rated: int, name: str = NAME) -> LearnedAlbum:
        view = finished(open_view(self.store, self.cache, folder, ""))
        for photo in view.album.photos[:rated]:
            stars = Marks(min(_redness(photo.path), 5))
            rate_photos(self.store, view.album.paired, [photo.path], stars)
        job = learn_taste(
            self.store, self.cache, view.album.photos, view.columns, self.bank, "cpu", name
        )
        return finished(job)


@pytest.fixture
def desk(store: Store, cache: FeatureCache, bank: Path) -> Desk:
    return Desk(store, cache, bank)


def _support(profile: Profile) -> int:
    return len({one.hash for one in profile.support})


def test_a_second_album_goes_on_where_the_first_ended(desk: Desk, tmp_path: Path) -> None:
    first = desk.learn(_album(tmp_path / "one", 1), rated=14)
    assert first.learned.taste.is_known, first.learned.taste.agreement
    second = desk.learn(_album(tmp_path / "two", 2), rated=8)
    taste = second.learned.taste
    assert (taste.rated, taste.earlier) == (8, 14)
    assert taste.agreement is not None
    assert taste.agreement.rated == 22
    assert len(taste.scores) == len(taste.paths) == 16
    assert _support(load_profile(desk.store, NAME)) == 22
    # Back in the first album nothing is counted twice.
    again = desk.learn(tmp_path / "one", rated=14).learned.taste
    assert (again.rated, again.earlier) == (14, 8)


def test_stars_taken_back_teach_no_longer(desk: Desk, tmp_path: Path) -> None:
    folder = _album(tmp_path / "one", 1)
    desk.learn(folder, rated=14)
    set_stars(desk.store, sorted(folder.iterdir())[:4], 0)
    taste = desk.learn(_album(tmp_path / "two", 2), rated=8).learned.taste
    assert taste.earlier == 10


def test_rejects_of_an_earlier_album_are_no_good_examples(desk: Desk, tmp_path: Path) -> None:
    folder = _album(tmp_path / "one", 1)
    desk.learn(folder, rated=14)
    good = [path for path, stars in ratings_for_fit(desk.store).items() if stars >= 3]
    set_flag(desk.store, good[:3], Flag.REJECT)
    taste = desk.learn(_album(tmp_path / "two", 2), rated=8).learned.taste
    assert taste.earlier == 11


def test_another_persons_profile_is_not_replaced(desk: Desk, tmp_path: Path) -> None:
    folder = _album(tmp_path / "one", 1)
    mine = load_profile(desk.store, desk.learn(folder, rated=14).profile)
    strangers = tuple(replace(one, hash="ab" * 16) for one in mine.support)
    ann = replace(mine, name="Ann", support=strangers)
    save_profile(desk.store, ann)
    learned = desk.learn(folder, rated=14, name="Ann")
    assert learned.learned.taste.earlier == 0
    assert learned.profile == "Ann (2)"
    assert load_profile(desk.store, "Ann") == ann
    assert [one.name for one in profiles(desk.store)] == [NAME, "Ann", "Ann (2)"]


def test_a_profile_ranks_another_album_as_the_taste_itself_would(
    desk: Desk, tmp_path: Path
) -> None:
    first = desk.learn(_album(tmp_path / "one", 1), rated=14)
    other = finished(open_view(desk.store, desk.cache, _album(tmp_path / "two", 2), "")).album
    profile = load_profile(desk.store, NAME)
    job = apply_taste(desk.store, desk.cache, other.photos, profile, desk.bank, "cpu")
    scores = finished(job).scores
    readout = first.learned.taste.readout
    assert readout.as_json() == profile.readout
    redness = [_redness(photo.path) for photo in other.photos]
    assert np.isfinite(scores).all()
    assert np.corrcoef(scores, redness)[0, 1] > 0.3


def test_window_and_command_line_learn_alike(
    tmp_path: Path, bank: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Stars, pairs and an earlier album teach in both: the same order and the same profile."""
    folders = _album(tmp_path / "one", 1), _album(tmp_path / "two", 2)
    with opened_memory(Meter(quiet=True)) as memory:
        desk = Desk(*memory, bank)
        desk.learn(folders[0], rated=14)
        view = finished(open_view(desk.store, desk.cache, folders[1], ""))
        a, b, c = (photo.path for photo in view.album.photos[10:13])
        prefer(desk.store, a, b)
        prefer(desk.store, c, b)
        windows = desk.learn(folders[1], rated=10)
        taste = windows.learned.taste
        assert (taste.rated, taste.compared, taste.earlier) == (10, 2, 14)
        profile = load_profile(desk.store, NAME)
        ratings = ratings_for_fit(desk.store, list(taste.paths))
    command = [
        "rank",
        str(folders[1]),
        "--bank",
        str(bank),
        "--save",
        "Other",
        "--json",
    ]
    with opened_memory(Meter(quiet=True)) as memory:
        rename_profile(memory.store, NAME, "Other")
    # Under the profile's own name the line goes on from it, and replaces it.
    assert main(command) == 0
    ranked = json.loads(capsys.readouterr().out)
    order = [Path(one["path"]).name for one in ranked["photos"]]
    scores = dict(zip(taste.paths, taste.scores.tolist(), strict=True))
    assert order == [one.path.name for one in rank(scores, ratings)]
    with opened_memory(Meter(quiet=True)) as memory:
        again = load_profile(memory.store, "Other")
    assert again.readout == profile.readout
    assert again.coefficients == profile.coefficients
    assert set(again.support) == set(profile.support)
