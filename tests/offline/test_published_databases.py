"""The published databases in their own layouts: scores, votes, splits, raters, what is missing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from photoaes.errors import InputInvalid
from photoaes.offline.databases import ScoreDatabase
from photoaes.offline.databases.catalogue import DATABASES, published
from photoaes.offline.databases.flickr_people import TEST_WORKERS
from photoaes.offline.databases.gaps import Limit, check_gaps
from photoaes.offline.databases.tad66k import read_tad66k
from photoaes.offline.experts.decoding import absent
from tests.offline.published_databases import MAKERS, put

PHOTOS = {
    "ava": 2, "tad66k": 4, "flickr-aes": 2, "para": 2, "koniq": 5, "spaq": 5, "aadb": 3,
    "real-cur": 3, "lapis": 2, "eva": 5, "kadid": 10, "live-fb": 5,
}  # fmt: skip


def _read(name: str, folder: Path) -> ScoreDatabase:
    MAKERS[name](folder / name)
    return published(name).scores(folder / name)


def _held_out(database: ScoreDatabase) -> list[str]:
    assert database.held_out is not None
    return [path.name for path, out in zip(database.paths, database.held_out, strict=True) if out]


def _raters(name: str, folder: Path) -> dict[str, dict[str, float]]:
    MAKERS[name](folder / name)
    read = published(name).raters
    assert read is not None
    return read(folder / name).ratings


@pytest.mark.parametrize("name", list(DATABASES))
def test_each_gives_photos_scores_and_a_split(name: str, tmp_path: Path) -> None:
    database = _read(name, tmp_path)
    assert len(database.paths) == PHOTOS[name] == len(database.scores)
    assert all(path.is_file() for path in database.paths)
    assert database.held_out is not None
    assert database.held_out.shape == (PHOTOS[name],)
    assert ((database.targets() >= 1) & (database.targets() <= 10)).all()


@pytest.mark.parametrize("name", ["ava", "para", "koniq"])
def test_votes_have_the_mean_that_was_published(name: str, tmp_path: Path) -> None:
    database = _read(name, tmp_path)
    assert database.levels is not None
    np.testing.assert_allclose(database.levels.sum(axis=1), 1)
    np.testing.assert_allclose(database.levels @ np.arange(1, 11), database.targets())


@pytest.mark.parametrize("name", list(DATABASES))
def test_a_missing_file_is_named_with_where_it_is_published(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputInvalid, match="has no .*Get it from http"):
        published(name).scores(tmp_path)


@pytest.mark.parametrize("name", sorted(set(DATABASES) - {"real-cur"}))
def test_missing_photos_are_counted_and_named(name: str, tmp_path: Path) -> None:
    lost = _read(name, tmp_path).paths[-1]
    lost.unlink()
    gaps = absent(published(name).scores(tmp_path / name).paths)
    assert [gap.path.name for gap in gaps] == [lost.name]
    with pytest.raises(InputInvalid, match=f"1 of 7 photos are missing .*{lost.name}"):
        check_gaps(gaps, 7, Limit(share=0.1))
    check_gaps(gaps, 7, Limit(share=0.2))


@pytest.mark.parametrize("name", sorted(set(DATABASES) - {"real-cur"}))
def test_a_folder_without_a_single_photo_is_refused(name: str, tmp_path: Path) -> None:
    for path in _read(name, tmp_path).paths:
        path.unlink()
    with pytest.raises(InputInvalid, match="has none of its .* photos, first .*Get it from http"):
        published(name).scores(tmp_path / name)


def test_broken_photos_of_ava_are_left_out(tmp_path: Path) -> None:
    assert "2113.jpg" not in [path.name for path in _read("ava", tmp_path).paths]


def test_a_theme_of_tad66k_never_trains_on_the_merged_test_photos(tmp_path: Path) -> None:
    assert _held_out(_read("tad66k", tmp_path)) == ["c.jpg", "d.jpg"]
    theme = read_tad66k(tmp_path / "tad66k", "sky")
    assert [path.name for path in theme.paths] == ["a.jpg", "d.jpg"]
    assert _held_out(theme) == ["d.jpg"]


def test_photos_of_the_flickr_aes_test_people_are_held_out(tmp_path: Path) -> None:
    database = _read("flickr-aes", tmp_path)
    assert database.scores.tolist() == [0.75, 0.25]
    assert _held_out(database) == ["y.jpg"]
    assert len(set(TEST_WORKERS)) == 37


def test_splits_that_are_published_are_kept(tmp_path: Path) -> None:
    para = _read("para", tmp_path)
    assert para.held_out is not None
    assert [p.parent.name for p in para.paths] == ["session1", "session2"]
    assert para.held_out.tolist() == [False, True]
    assert _held_out(_read("aadb", tmp_path)) == ["farm9_8_c.jpg"]
    assert _held_out(_read("lapis", tmp_path)) == ["Test.jpg"]


def test_splits_that_are_drawn_are_the_same_each_time(tmp_path: Path) -> None:
    assert len(_held_out(_read("koniq", tmp_path))) == 1
    assert len(_held_out(_read("spaq", tmp_path))) == 1
    again = published("spaq").scores(tmp_path / "spaq")
    assert _held_out(again) == _held_out(published("spaq").scores(tmp_path / "spaq"))
    assert again.scores.tolist() == [20, 40, 60, 80, 100]


def test_an_album_of_real_cur_is_a_person(tmp_path: Path) -> None:
    assert _raters("real-cur", tmp_path) == {
        "ann": {"ann/1/a.jpg": 1, "ann/5/b.jpg": 5},
        "ben": {"ben/3/a.jpg": 3},
    }


@pytest.mark.parametrize("name", ["Thumbs.db", "desktop.ini", "Picasa.ini", "._a.jpg"])
def test_what_systems_leave_in_an_album_is_no_photo(tmp_path: Path, name: str) -> None:
    MAKERS["real-cur"](tmp_path / "real-cur")
    put(tmp_path / "real-cur/images/ann/1" / name, "x")
    assert len(published("real-cur").scores(tmp_path / "real-cur").paths) == 3


def test_raters_are_read_with_blanks_and_names_with_folders(tmp_path: Path) -> None:
    flickr = _raters("flickr-aes", tmp_path)
    assert flickr == {"A9": {"x.jpg": 4, "y.jpg": 2}, "AGXT2OHMTWBRS": {"y.jpg": 5}}
    para = _raters("para", tmp_path)
    assert para == {"A1": {"session1/iaa_pub1_.jpg": 3, "session2/iaa_pub1_.jpg": 4}}
    assert _raters("lapis", tmp_path) == {"p1": {"Train.jpg": 61}}


def test_answers_of_aadb_meet_their_photos_by_number(tmp_path: Path) -> None:
    given = _raters("aadb", tmp_path)["W1"]
    assert given == {f"farm{n}_80{n}_{n}.jpg": n % 5 + 1 for n in range(1, 10)}


def test_an_unknown_database_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputInvalid, match=r"no database 'avva'; known are: ava, tad66k"):
        published("avva")


def test_a_table_that_is_no_xlsx_is_refused(tmp_path: Path) -> None:
    MAKERS["spaq"](tmp_path / "spaq")
    table = tmp_path / "spaq/Annotations/MOS and Image attribute scores.xlsx"
    table.write_bytes(b"not a zip")
    with pytest.raises(InputInvalid, match="cannot be read: File is not a zip file"):
        published("spaq").scores(tmp_path / "spaq")
