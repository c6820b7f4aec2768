"""The process that rates is killed at random moments: what it has told is in the store."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from photoaes.album.store.backups import back_up
from photoaes.album.store.opening import open_store
from photoaes.album.store.rating_log import set_stars
from photoaes.album.store.recovery import problem
from tests.album.stores import album, marks, rescan
from tests.kills import KILLS, Moments


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no kill -9 on this system")
def test_killed_while_rating(tmp_path: Path) -> None:
    """The last star told for a photo, or the one being set, is what it has."""
    folder, file = tmp_path / "album", tmp_path / "data" / "album.db"
    paths = album(folder)
    moments = Moments(3, 0.1, wanted=KILLS // 4)
    rated: dict[str, int] = {}
    command = [sys.executable, "-m", "tests.album.killed_raters", str(file), str(folder)]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        for seconds in moments:
            process.stdin.write(f"{seconds}\n")
            process.stdin.flush()
            told = list(iter(process.stdout.readline, "killed\n"))
            for line in told:
                name, stars = line.split()
                rated[name] = int(stars)
            moments.met(is_begun=bool(told), is_done=False)
            # Killed before the first rating, the store may be a file that is still empty.
            assert not rated or problem(file) is None
            with open_store(file) as store:
                assert store.opening.recovery is None
                rescan(store, folder)
                now = {path.name: marks(store, path).stars for path in paths}
            # One star may have been set and not yet told.
            others = [name for name, stars in now.items() if stars != rated.get(name)]
            assert len(others) <= 1
            rated = {name: stars for name, stars in now.items() if stars is not None}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no kill -9 on this system")
@pytest.mark.parametrize(("case", "step"), [("new", 13), ("older", 11), ("damaged", 17)])
def test_killed_while_opening(tmp_path: Path, case: str, step: int) -> None:
    """At every so many lines of making, migrating and restoring a store: no star is lost."""
    data = tmp_path / "before" / "data"
    data.mkdir(parents=True)
    stars: list[tuple[int, int]] = []
    if case != "new":
        paths = album(tmp_path / "album")
        with open_store(data / "album.db") as store:
            rescan(store, tmp_path / "album")
            set_stars(store, paths[:2], 4)
            stars = store.rows("SELECT id, stars FROM photos WHERE stars IS NOT NULL")
            back_up(store.connection, data / "album.db", datetime.now(UTC))
    if case == "damaged":
        (data / "album.db").write_bytes((data / "album.db").read_bytes()[:5000])
    (tmp_path / "stars").write_text(json.dumps(stars))
    command = [sys.executable, "-m", "tests.album.killed_openers", str(tmp_path), str(step)]
    run = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    assert run.stdout.split()[-1] == "done"
    assert int(run.stdout.split()[0]) > 10
