"""Taste profiles, in the store and as files; scores, columns and the feature cache."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from photoaes.album.columns import UNRATED
from photoaes.album.marks import Flag
from photoaes.album.photo import Photo, scan
from photoaes.album.store.feature_cache import FeatureCache, photo_versions
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.profile_file import read_profile, write_profile
from photoaes.album.store.profiles import (
    check_bank,
    load_profile,
    profiles,
    remove_profile,
    rename_profile,
    save_profile,
    with_free_name,
)
from photoaes.album.store.rating_log import set_flag, set_label, set_stars
from photoaes.album.store.scores import (
    Facts,
    load_columns,
    load_scores,
    photo_ids,
    save_facts,
    save_scores,
    without_facts,
)
from photoaes.errors import BankInvalid, InputInvalid
from tests.album.people import ANN
from tests.album.stores import album, memory_store, photo, rescan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    album(tmp_path / "album")
    return tmp_path / "album"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with memory_store(folder) as store:
        yield store


def test_profiles_come_back_to_the_bit(store: Store) -> None:
    save_profile(store, ANN)
    assert load_profile(store, ANN.name) == ANN
    with pytest.raises(InputInvalid, match="already. Choose another name"):
        save_profile(store, ANN)
    assert with_free_name(store, ANN).name == "Ann \u2764 (2)"
    with pytest.raises(InputInvalid, match="no taste profile 'Bob'"):
        load_profile(store, "Bob")
    with pytest.raises(InputInvalid, match="needs a name"):
        save_profile(store, replace(ANN, name=" "))


def test_rename_and_remove(store: Store, folder: Path) -> None:
    save_profile(store, ANN)
    save_profile(store, replace(ANN, name="Bob"))
    save_scores(store, "d", "Bob", [(one, 1.5) for one in scan(folder)])
    ids = photo_ids(store, scan(folder))
    with pytest.raises(InputInvalid, match="already"):
        rename_profile(store, "Bob", ANN.name)
    rename_profile(store, "Bob", "Bob")
    rename_profile(store, "Bob", "Rob")
    assert load_scores(store, "d", "Rob", ids).tolist() == [1.5] * 3
    remove_profile(store, "Rob")
    assert [one.name for one in profiles(store)] == [ANN.name]
    assert store.rows("SELECT count(*) FROM scores") == [(0,)]
    with pytest.raises(InputInvalid, match="'Rob'"):
        remove_profile(store, "Rob")
    with pytest.raises(InputInvalid, match="'Rob'"):
        rename_profile(store, "Rob", "Tom")


def test_only_with_its_bank() -> None:
    check_bank(ANN, "d" * 64)
    with pytest.raises(BankInvalid, match="learned with the bank 'starter'"):
        check_bank(ANN, "e" * 64)


def test_file_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "ann.json"
    write_profile(ANN, path)
    assert read_profile(path) == ANN
    assert path.stat().st_size < 2000
    with pytest.raises(InputInvalid, match="There is a file"):
        write_profile(ANN, path)
    with pytest.raises(InputInvalid, match="cannot be written"):
        write_profile(ANN, tmp_path / "none" / "ann.json")
    assert list(tmp_path.iterdir()) == [path]


def changed(**fields: object) -> bytes:
    said: dict[str, Any] = {"format": "photoaes taste profile", "version": 1, **asdict(ANN)}
    return json.dumps({**said, **fields}).encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not JSON, or cut short"),
        (changed()[:-9], "not JSON, or cut short"),
        (b"[" * 100_000, "not JSON, or cut short"),
        (b"\xff\xd8\xff", "not JSON, or cut short"),
        (b"[]", "not written by photoaes"),
        (b'{"format": "recipe"}', "not written by photoaes"),
        (changed(version=2), "a newer photoaes wrote it; install that"),
        (changed(version="x"), "no version"),
        (changed(name=""), "name is missing"),
        (changed(name="\ud800"), "name holds halves"),
        (changed(coefficients={"a": {"x": 10**400}}), "'x' is no number"),
        (changed(coefficients={"a": {"x": float("-inf")}}), "'x' is no number"),
        (changed(bank_digest=None), "bank_digest is missing"),
        (changed(seed=1.5), "the seed is no whole number"),
        (changed(seed=1 << 70), "the seed is no whole number"),
        (changed(coefficients={}), "the coefficients are missing"),
        (changed(coefficients={"a": [1]}), "it lacks the coefficients of 'a'"),
        (changed(coefficients={"a": {"x": float("nan")}}), "'x' is no number"),
        (changed(coefficients={"a": {"x": True}}), "'x' is no number"),
        (changed(coefficients={"a": {"x": 1}, "b": {"y": 1}}), "same layers"),
        (changed(coefficients={"a": {}}), "same layers"),
        (changed(support=None), "support set is missing"),
        (changed(support=[{"hash": "ab" * 16, "stars": 9}]), "no rated photo"),
        (changed(support=[{"hash": "no hash", "stars": 5}]), "no rated photo"),
        (changed(agreement={"pairs": "many"}), "'pairs' is no number"),
        (changed(readout={"constant": 1}), "its readout is incomplete"),
        (changed(readout={"embedding": [1], "experts": {}}), "'constant' is no number"),
        (changed(readout={"constant": 1, "embedding": [1]}), "the readout's experts"),
        (
            changed(readout={"constant": 1, "embedding": ["x"], "experts": {}}),
            "the readout's embedding, 0 is no number",
        ),
    ],
)
def test_wrong_files_are_told(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "ann.json"
    path.write_bytes(data)
    with pytest.raises(InputInvalid, match=reason) as told:
        read_profile(path)
    assert told.value.path == path


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputInvalid, match="cannot be read"):
        read_profile(tmp_path / "none.json")


def test_scores_by_bank_and_profile(store: Store, folder: Path) -> None:
    save_profile(store, ANN)
    photos = scan(folder)
    ids = photo_ids(store, [*photos, Photo(Path("/nowhere.jpg"), 1, 1)])
    assert ids[-1] == 0
    assert save_scores(store, "d", None, [(one, n + 0.5) for n, one in enumerate(photos)]) == 3
    assert save_scores(store, "d", ANN.name, [(photos[1], 9.0)]) == 1
    assert save_scores(store, "d", ANN.name, [(photos[1], 8.0)]) == 1
    nan = float("nan")
    np.testing.assert_equal(load_scores(store, "d", None, ids), [0.5, 1.5, 2.5, nan])
    np.testing.assert_equal(load_scores(store, "d", ANN.name, ids), [nan, 8.0, nan, nan])
    np.testing.assert_equal(load_scores(store, "other", None, ids), [nan] * 4)
    np.testing.assert_equal(load_scores(store, "d", None, ids[::-1]), [nan, 2.5, 1.5, 0.5])
    with pytest.raises(InputInvalid, match="'Bob'"):
        save_scores(store, "d", "Bob", [(photos[0], 1.0)])


def test_scores_of_a_changed_photo_are_gone(store: Store, folder: Path) -> None:
    photos = scan(folder)
    save_scores(store, "d", None, [(one, 1.0) for one in photos])
    save_facts(store, [(one, Facts(1.0, "Nikon", True, 3.0)) for one in photos])
    (folder / "a.jpg").write_bytes(b"edited")
    (folder / "b.jpg").rename(folder / "z.jpg")
    assert save_scores(store, "d", None, [(photo(folder / "a.jpg"), 2.0)]) == 0  # not synced yet
    rescan(store, folder)
    ids = photo_ids(store, scan(folder))
    np.testing.assert_equal(load_scores(store, "d", None, ids), [float("nan"), 1.0, 1.0])
    assert without_facts(store, scan(folder)) == [photo(folder / "a.jpg")]
    assert save_scores(store, "d", None, [(photos[0], 2.0)]) == 0  # of the file as it was
    assert save_scores(store, "d", None, [(photo(folder / "a.jpg"), 2.0)]) == 1
    assert load_scores(store, "d", None, ids).tolist() == [2.0, 1.0, 1.0]


def test_columns(store: Store, folder: Path) -> None:
    a, b, c = scan(folder)
    set_stars(store, [a.path], 4)
    set_stars(store, [b.path], 0)
    set_flag(store, [b.path], Flag.REJECT)
    set_label(store, [c.path], "Red")
    save_facts(store, [(a, Facts(12.5, "Nikon D70", True, 7.0)), (b, Facts(None, None, False))])
    save_profile(store, ANN)
    save_scores(store, "d", None, [(b, 5.0)])
    save_scores(store, "d", ANN.name, [(c, 6.0)])
    nan = float("nan")
    columns = load_columns(store, [c, b, a], "d", ANN.name)
    assert tuple(columns.paths) == (c.path, b.path, a.path)
    assert columns.stars.tolist() == [UNRATED, UNRATED, 4]
    assert columns.flag.tolist() == [0, -1, 0]
    assert columns.label.words == ("Red",)
    assert columns.label.values.tolist() == [0, -1, -1]
    assert columns.camera.values.tolist() == [-1, -1, 0]
    assert columns.upright.tolist() == [False, False, True]
    assert columns.name.tolist() == [2, 1, 0]
    np.testing.assert_equal(columns.taken, [nan, nan, 12.5])
    np.testing.assert_equal(columns.score, [6.0, nan, nan])
    np.testing.assert_equal(columns.general, [nan, 5.0, nan])
    assert store.rows("SELECT sharpness FROM facts WHERE sharpness IS NOT NULL") == [(7.0,)]
    assert len(load_columns(store, [], "d", None)) == 0


def test_feature_cache(store: Store, folder: Path, tmp_path: Path) -> None:
    versions = list(photo_versions(store).values())
    file = tmp_path / "cache" / "features.db"
    rows = np.arange(6, dtype=np.float16).reshape(2, 3)
    with FeatureCache(file) as cache:
        cache.save("d", "tangent", zip(versions[:2], rows, strict=True))
        cache.save("e", "tangent", [(versions[2], np.ones(9, dtype=np.float32))])
        cache.save("d", "feature", [])
    with FeatureCache(file) as cache:
        found, loaded = cache.load("d", "tangent", versions[::-1])
        assert found.tolist() == [False, True, True]
        assert loaded.dtype == np.float16
        np.testing.assert_array_equal(loaded, rows[::-1])
        assert cache.load("d", "feature", versions)[0].tolist() == [False] * 3
        assert cache.load("e", "tangent", versions)[0].tolist() == [False, False, True]
        # Another model under the same name: what was there is of no use.
        cache.save("e", "tangent", [(versions[0], np.ones(5, dtype=np.float32))])
        assert cache.load("e", "tangent", versions)[0].tolist() == [True, False, False]
        with pytest.raises(ValueError, match="one type and length"):
            cache.save("e", "x", [(b"1", np.ones(2)), (b"2", np.ones(3))])


def test_features_follow_moved_files_but_not_edits(store: Store, folder: Path) -> None:
    before = sorted(photo_versions(store).values())
    (folder / "a.jpg").rename(folder / "x.jpg")
    rescan(store, folder)
    assert sorted(photo_versions(store).values()) == before
    os.utime(folder / "x.jpg", ns=(5, 5))  # perhaps an edit that the quick hash does not see
    rescan(store, folder)
    assert len(set(photo_versions(store).values()) & set(before)) == 2


@pytest.mark.parametrize("data", [b"garbage" * 999, None])
def test_damaged_or_foreign_cache_is_made_again(tmp_path: Path, data: bytes | None) -> None:
    file = tmp_path / "features.db"
    if data is None:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA user_version = 99")
            connection.execute("CREATE TABLE arrays (x)")
    else:
        file.write_bytes(data)
    with FeatureCache(file) as cache:
        cache.save("d", "feature", [(b"1", np.ones(2))])
        assert cache.load("d", "feature", [b"1"])[0].all()


def test_ratings_do_not_need_the_cache(tmp_path: Path, folder: Path) -> None:
    with open_store(tmp_path / "data" / "album.db") as store:
        rescan(store, folder)
        with FeatureCache(tmp_path / "cache" / "features.db") as cache:
            cache.save("d", "feature", [(b"1", np.ones(2))])
        for one in (tmp_path / "cache").iterdir():
            one.unlink()
        assert set_stars(store, [folder / "a.jpg"], 4) == 1
