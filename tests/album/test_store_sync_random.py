"""Files are renamed, swapped, copied, edited, deleted and brought back at random, and rescanned."""

import random
import shutil
from pathlib import Path

import pytest

from photoaes.album.photo import scan
from photoaes.album.store.opening import Store
from photoaes.album.store.rating_log import set_stars
from tests.album.stores import album, marks, memory_store, rescan


def shuffle_names(folder: Path, moves: random.Random) -> None:
    """Each file gets the name of another, or a new one."""
    paths = [one.path for one in scan(folder)]
    names = [path.name for path in paths] + [f"n{moves.randrange(99)}.jpg" for _ in range(3)]
    names = moves.sample(sorted(set(names)), len(paths))
    for n, path in enumerate(paths):
        path.rename(folder / f"{n}.moving")
    for n, name in enumerate(names):
        (folder / f"{n}.moving").rename(folder / name)


def disturb(folder: Path, away: Path, moves: random.Random) -> None:
    paths = [one.path for one in scan(folder)]
    if not paths:
        return
    one, other = moves.choice(paths), moves.choice(paths)
    match moves.randrange(6):
        case 0:
            one.rename(folder / f"r{moves.randrange(20)}.jpg")  # perhaps over another one
        case 1:
            copy = folder / f"c{moves.randrange(20)}.jpg"
            if copy != one:
                shutil.copy2(one, copy)
        case 2:
            one.write_bytes(b"edited %d" % moves.randrange(10**6))
        case 3:
            one.rename(away / one.name)
        case 4 if one != other:
            one.replace(other)
        case _:
            for back in list(away.iterdir())[:2]:
                back.replace(folder / back.name)


def check(store: Store, folder: Path) -> None:
    present = store.rows(
        "SELECT count(*), count(DISTINCT path) FROM photos WHERE missing_since IS NULL"
    )
    assert present == [(len(scan(folder)),) * 2]
    for one in scan(folder):
        marks(store, one.path)  # each file is a photo of the store


@pytest.mark.parametrize("seed", range(6))
def test_no_rating_is_ever_lost(tmp_path: Path, seed: int) -> None:
    """Whatever happens to the files, each of the stars once given is still at some photo."""
    moves = random.Random(seed)
    folder, away = tmp_path / "album", tmp_path / "away"
    away.mkdir()
    album(folder, [f"{n}.jpg" for n in range(8)])
    with memory_store(folder) as store:
        for n in range(8):
            set_stars(store, [folder / f"{n}.jpg"], 1 + n % 5)
        before = dict(store.rows("SELECT id, stars FROM photos"))
        for _ in range(40):
            for _ in range(moves.randrange(4)):
                disturb(folder, away, moves)
            rescan(store, folder)
            check(store, folder)
            now = dict(store.rows("SELECT id, stars FROM photos"))
            assert before.items() <= now.items()
            before = now
            assert rescan(store, folder).unchanged == len(scan(folder))


@pytest.mark.parametrize("seed", range(6))
def test_stars_follow_the_content_through_renaming(tmp_path: Path, seed: int) -> None:
    moves = random.Random(seed)
    folder = tmp_path / "album"
    album(folder, [f"{n}.jpg" for n in range(9)])
    with memory_store(folder) as store:
        given = {}
        for n in range(9):
            set_stars(store, [folder / f"{n}.jpg"], 1 + n % 5)
            given[(folder / f"{n}.jpg").read_bytes()] = 1 + n % 5
        for _ in range(10):
            shuffle_names(folder, moves)
            summary = rescan(store, folder)
            assert (summary.new, summary.copied, summary.missing) == (0, 0, 0)
            found = {one.path.read_bytes(): marks(store, one.path).stars for one in scan(folder)}
            assert found == given
            check(store, folder)
