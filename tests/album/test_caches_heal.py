"""A damaged cache is thrown away and made anew; a folder or a link in its place harms nobody."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoaes.album.store.database import transaction
from photoaes.album.store.feature_cache import TANGENT, FeatureCache
from photoaes.images.thumbnail_cache import ThumbnailCache

ROWS = [(bytes([number]) * 24, np.full(8, number, np.float16)) for number in range(200)]


def _made(path: Path) -> None:
    with FeatureCache(path) as cache:
        cache.save("bank", TANGENT, ROWS)


@pytest.mark.parametrize("seed", range(12))
def test_damage_costs_measuring_again_and_nothing_else(tmp_path: Path, seed: int) -> None:
    path, dice = tmp_path / "features.db", random.Random(seed)
    _made(path)
    content = bytearray(path.read_bytes())
    match seed % 4:
        case 0:
            del content[dice.randrange(len(content)) :]
        case 1:
            at = dice.randrange(len(content))
            content[at : at + 4096] = dice.randbytes(4096)
        case 2:
            for _ in range(200):
                content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        case 3:
            content[:] = dice.randbytes(len(content))
    path.write_bytes(content)
    with FeatureCache(path) as cache:
        cache.load("bank", TANGENT, [key for key, _ in ROWS])
        cache.save("bank", TANGENT, ROWS)
        found, arrays = cache.load("bank", TANGENT, [key for key, _ in ROWS])
    assert found.all()
    assert arrays.shape == (200, 8)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_damaged_is_never_loaded(tmp_path: Path, seed: int) -> None:
    """SQLite sees nothing of a flipped bit inside an array."""
    path, dice = tmp_path / "features.db", random.Random(seed)
    _made(path)
    content = bytearray(path.read_bytes())
    at = content.index(ROWS[150][1].tobytes())
    content[at + dice.randrange(16)] ^= 1 << dice.randrange(8)
    path.write_bytes(content)
    with FeatureCache(path) as cache:
        found, arrays = cache.load("bank", TANGENT, [key for key, _ in ROWS])
        assert found.sum() == 199
        assert not found[150]
        assert (arrays == [array for number, (_, array) in enumerate(ROWS) if number != 150]).all()
        cache.save("bank", TANGENT, [ROWS[150]])
        assert cache.load("bank", TANGENT, [ROWS[150][0]])[0].all()


def test_arrays_of_an_older_photoaes_are_taken_if_they_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "features.db"
    _made(path)
    with FeatureCache(path) as cache, transaction(cache._connection, path):
        cache._connection.execute("UPDATE arrays SET data = substr(data, 1, 16)")
        broken = np.full(8, np.nan, np.float16).tobytes()
        cache._connection.execute(
            "UPDATE arrays SET data = ? WHERE photo = ?", (broken, ROWS[3][0])
        )
    with FeatureCache(path) as cache:
        found, _ = cache.load("bank", TANGENT, [key for key, _ in ROWS])
    assert found.sum() == 199
    assert not found[3]


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
@pytest.mark.parametrize("ending", ["", "-wal", "-journal"])
@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_another_programs_file_is_not_written_through_a_link(
    tmp_path: Path, link: Callable[[Path, Path], None], ending: str
) -> None:
    other = tmp_path / "catalogue.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE songs (x)")
    before = other.read_bytes()
    path = tmp_path / "features.db"
    _made(path)
    path.with_name(path.name + ending).unlink(missing_ok=True)
    link(other, path.with_name(path.name + ending))
    _made(path)
    assert other.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "locked folder", "file for folder"])
def test_what_is_no_cache_file_is_done_without(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "cache" / "features.db"
    if kind == "file for folder":
        path.parent.write_text("")
    else:
        path.parent.mkdir()
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "folder":
            path.mkdir()
    with FeatureCache(path) as cache:
        cache.save("bank", TANGENT, ROWS)
        assert cache.load("bank", TANGENT, [ROWS[0][0]])[0].all()


def test_damaged_thumbnails_are_made_anew(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    Image.new("RGB", (300, 200), "red").save(photo)
    cache, dice = ThumbnailCache(tmp_path / "thumbnails"), random.Random(1)
    cache.thumbnail(photo, 128)
    [file] = (tmp_path / "thumbnails").rglob("*.png")
    whole = file.read_bytes()
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(dice.randint(1, 20)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        file.write_bytes(content[: dice.randrange(1, len(content) + 1)])
        assert cache.thumbnail(photo, 128).size == (128, 85)
