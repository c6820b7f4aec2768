"""Opening and exporting are killed at random moments: no rating lost, no half file, it goes on."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from photoaes.album.export.exporting import export, plan_export
from photoaes.album.export.receipt import Receipt
from photoaes.album.marks import Marks
from photoaes.album.photo import scan
from photoaes.album.ranking import RankedPhoto
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.rating_log import known_all
from photoaes.cli.opened import finished
from photoaes.cli.progress import Meter
from photoaes.jobs.mark import rate_photos
from photoaes.jobs.open_album import known_photos, open_album
from photoaes.jobs.read_album import read_album
from tests.album.xmp_files import rated
from tests.kills import Moments

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no kill -9 on this system")
PHOTOS = 30


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Photos with four stars each in a sidecar."""
    folder = tmp_path / "album"
    folder.mkdir()
    noise = random.Random(1).randbytes(300 * 200 * 3)
    for number in range(PHOTOS):
        image = Image.frombytes("RGB", (300, 200), noise[number:] + noise[:number])
        image.save(folder / f"{number}.jpg", quality=95)
        (folder / f"{number}.jpg.xmp").write_bytes(rated(4))
    return folder


@contextmanager
def _killer(*folders: Path) -> Iterator[Callable[[str], list[str]]]:
    """Sends a command to `tests.killed_albums` and returns the lines before "killed"."""
    command = [sys.executable, "-m", "tests.killed_albums", *map(str, folders)]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[1], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    ) as process:  # fmt: skip

        def ask(command: str) -> list[str]:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(f"{command}\n")
            process.stdin.flush()
            return [line.strip() for line in iter(process.stdout.readline, "killed\n")]

        yield ask


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _opened(store: Store, album: Path) -> None:
    meter = Meter(quiet=True)
    finished(read_album(store, finished(open_album(store, album), meter)), meter)


def _exported(album: Path, target: Path) -> None:
    photos = [RankedPhoto(p.path, n, 5.0, 3.0, None) for n, p in enumerate(scan(album), start=1)]
    for _ in export(plan_export(photos, target), Receipt("Bank", "digest", 0)):
        pass


def _seconds(work: Callable[[], object]) -> float:
    """So that the kills fall into the work on any computer."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def test_killed_while_opening_an_album(
    tmp_path: Path, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The own star stays, and the next opening brings all that is in the sidecars."""
    before = _contents(album)
    paths = [album / f"{number}.jpg" for number in range(PHOTOS)]
    file = tmp_path / "data" / "album.db"
    monkeypatch.setattr("photoaes.jobs.read_album.READ_AT_ONCE", 5)  # as in the killed process

    def whole() -> None:
        with open_store(tmp_path / "first" / "album.db") as store:
            _opened(store, album)

    moments = Moments(5, 1.5 * _seconds(whole))
    with _killer(file, album, tmp_path) as ask:
        for seconds in moments:
            shutil.rmtree(file.parent, ignore_errors=True)
            with open_store(file) as store:
                mine = known_photos(store, paths[7:8])
                rate_photos(store, mine, paths[7:8], Marks(2))
            ask(f"open {seconds}")
            with open_store(file) as store:
                assert store.opening.recovery is None
                found = known_all(store, paths)
                assert found[paths[7]].marks.stars == 2
                others = sum(one.marks.stars == 4 for one in found.values())
                moments.met(is_begun=others > 0, is_done=others == PHOTOS - 1)
                _opened(store, album)
                stars = {path: one.marks.stars for path, one in known_all(store, paths).items()}
                assert stars == {path: 2 if path is paths[7] else 4 for path in paths}
                assert store.rows("SELECT count(*) FROM facts") == [(PHOTOS,)]
    assert _contents(album) == before


def test_killed_while_exporting(tmp_path: Path, album: Path) -> None:
    """What was told is there, what is there is whole, and a second export takes nothing away."""
    before = _contents(album)
    target = tmp_path / "best"
    originals = {f"{n + 1:04}_{photo.path.name}": photo.path for n, photo in enumerate(scan(album))}
    moments = Moments(6, 1.2 * _seconds(lambda: _exported(album, tmp_path / "first")))
    with _killer(tmp_path / "none", album, target) as ask:
        for seconds in moments:
            shutil.rmtree(target, ignore_errors=True)
            told = ask(f"export {seconds}")
            there = {path.name for path in target.glob("[!.]*.jpg")}
            assert set(told) <= there <= originals.keys()
            for name in there:
                assert (target / name).read_bytes() == originals[name].read_bytes()
            moments.met(is_begun=bool(there), is_done=len(there) == PHOTOS)
            _exported(album, target)
            assert len(scan(target)) == PHOTOS + len(there)
            assert not list(target.glob(".*"))
    assert _contents(album) == before
