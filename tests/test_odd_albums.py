"""Albums that are hard to have: read-only, on a full disk, gone meanwhile, with names of all kinds.

Each goes the whole way: opened, read, rated, exported; and is afterwards what it was.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from photoaes.album.export.exporting import export, plan_export
from photoaes.album.export.receipt import Receipt
from photoaes.album.marks import Marks
from photoaes.album.ordering import SortKey, ordered
from photoaes.album.photo import walk
from photoaes.album.ranking import RankedPhoto
from photoaes.album.store.lessons import ratings_for_fit
from photoaes.album.store.opening import FILE_NAME, Store, open_store
from photoaes.album.store.scores import load_columns
from photoaes.cli import main
from photoaes.cli.opened import finished
from photoaes.cli.progress import Meter
from photoaes.errors import ExportFailed, InputInvalid
from photoaes.jobs.export import export_photos
from photoaes.jobs.mark import rate_photos
from photoaes.jobs.open_album import open_album
from photoaes.jobs.read_album import Found, Job, OpenedAlbum, read_album
from photoaes.settings import data_folder
from tests.album.xmp_files import rated
from tests.originals import contents

only_linux_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root may mount a disk"
)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(None) as store:
        yield store


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MiB with an album of two photos."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    _make(disk / "album", ["a.jpg", "b.jpg"])
    yield disk
    subprocess.run(["umount", disk], check=True)


def _make(folder: Path, names: list[str]) -> None:
    folder.mkdir()
    for number, name in enumerate(names):
        with (folder / name).open("wb") as file:
            Image.new("RGB", (40, 60), (number * 40, 80, 90)).save(file, "JPEG")


def _opened(store: Store, folder: Path) -> OpenedAlbum:
    meter = Meter(quiet=True)
    album = finished(open_album(store, folder), meter)
    finished(read_album(store, album), meter)
    return album


def _ranked(album: OpenedAlbum) -> list[RankedPhoto]:
    return [RankedPhoto(p.path, n, 5.0, 3.0, 4) for n, p in enumerate(album.photos, start=1)]


def _whole_way(store: Store, folder: Path, target: Path) -> None:
    """Open, rate all, export all with stars, and open again."""
    before = contents(folder)
    album = _opened(store, folder)
    paths = [photo.path for photo in album.photos]
    assert rate_photos(store, album.paired, paths, Marks(4)) == len(paths)
    plan = plan_export(_ranked(album), target)
    for _ in export_photos(plan, Receipt("Bank", "digest", 0), dict.fromkeys(paths, Marks(4))):
        pass
    assert len(list(target.glob("*.xmp"))) == len(paths)
    assert _opened(store, folder).summary.unchanged == len(paths)
    assert ratings_for_fit(store, paths) == dict.fromkeys(paths, 4)
    assert contents(folder) == before


def test_names_of_all_kinds(store: Store, tmp_path: Path) -> None:
    names = ["new\nline.jpg", 'it\'s "q".jpg', "\u2764\ufe0f.jpg", "a, b;\tc.jpg"]
    if sys.platform == "linux":
        names.append("latin-\udce9.jpg")
    _make(tmp_path / "al'b\num \u2764", names)
    _whole_way(store, tmp_path / "al'b\num \u2764", tmp_path / "best")


@only_linux_root
def test_a_read_only_album(store: Store, small_disk: Path, tmp_path: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(OSError, match="Read-only"):
        (small_disk / "album" / "x").write_bytes(b"")
    _whole_way(store, small_disk / "album", tmp_path / "best")


@only_linux_root
def test_an_album_on_a_full_disk(store: Store, small_disk: Path, tmp_path: Path) -> None:
    filler = (small_disk / "filler").open("wb", buffering=0)
    with filler, contextlib.suppress(OSError):
        while filler.write(b"x" * 4096):
            pass
    assert shutil.disk_usage(small_disk).free == 0
    _whole_way(store, small_disk / "album", tmp_path / "best")


@only_linux_root
def test_a_disk_that_becomes_full_while_exporting(
    store: Store, small_disk: Path, tmp_path: Path
) -> None:
    """Another program fills it after the plan: what is there is whole, the rest is not there."""
    folder = tmp_path / "large"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.jpg").write_bytes(os.urandom(600_000))
    photos = _ranked(_opened(store, folder))
    target = small_disk / "best"
    # Planned for a disk with room, as this one had.
    plan = replace(plan_export(photos, tmp_path / "elsewhere"), target=target)
    with pytest.raises(ExportFailed, match="No space left"):
        for _ in export(plan, Receipt("Bank", "digest", 0)):
            pass
    there = [path for path in target.iterdir() if path.suffix == ".jpg"]
    assert 0 < len(there) < 4
    for path in there:
        assert path.read_bytes() == (folder / path.name[5:]).read_bytes()
    assert not list(target.glob(".*"))


def _whole_opening(store: Store, folder: Path) -> Job[Found]:
    album = yield from open_album(store, folder)
    return (yield from read_album(store, album))


@pytest.mark.parametrize("moment", range(8))
def test_an_album_that_is_removed_while_it_is_opened(
    store: Store, tmp_path: Path, moment: int
) -> None:
    """At each step: nothing breaks, and once the folder is back nothing is lost."""
    folder = tmp_path / "album"
    _make(folder, ["a.jpg", "b.jpg", "c.jpg"])
    (folder / "c.jpg.xmp").write_bytes(rated(3))
    rate_photos(store, _opened(store, folder).paired, [folder / "a.jpg"], Marks(5))
    os.utime(folder / "b.jpg", ns=(7, 7))  # so that there is something to read
    opening = _whole_opening(store, folder)
    said = ""
    try:
        for _ in range(moment):
            next(opening)
        folder.rename(tmp_path / "away")
        finished(opening, Meter(quiet=True))
    except InputInvalid as error:
        said = str(error)
    except StopIteration:
        folder.rename(tmp_path / "away")
    assert ("There is no folder" in said) is (moment == 0)
    (tmp_path / "away").rename(folder)
    again = _opened(store, folder)
    paths = [photo.path for photo in again.photos]
    assert ratings_for_fit(store, paths) == {folder / "a.jpg": 5, folder / "c.jpg": 3}
    assert _opened(store, folder).summary.unchanged == 3
    # A file that was gone when it was to be read is read later.
    assert store.rows("SELECT count(*) FROM facts WHERE is_upright = 1") == [(3,)]


def test_a_folder_that_vanishes_during_the_walk(tmp_path: Path) -> None:
    for name in ("1", "2", "3"):
        _make(tmp_path / name, ["a.jpg", "b.jpg"])
    pieces = walk(tmp_path)
    assert len(next(pieces)) == 2
    shutil.rmtree(tmp_path / "2")
    assert [one.path.parent.name for part in pieces for one in part] == ["3", "3"]


def test_two_instances_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _make(tmp_path / "album", ["a.jpg"])
    with open_store(data_folder() / FILE_NAME):
        assert main(["scan", str(tmp_path / "album")]) == 1
    assert "are open in another photoaes" in capsys.readouterr().err
    assert main(["scan", str(tmp_path / "album")]) == 0


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be set here")
def test_hours_that_daylight_saving_skips_and_repeats(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Photos are sorted by what the camera showed, whatever the zone of this computer."""
    wall = ["2026:03:29 01:59:59", "2026:03:29 02:30:00", "2026:03:29 03:00:00",
            "2026:10:25 02:15:00", "2026:10:25 02:45:00"]  # fmt: skip
    (tmp_path / "album").mkdir()
    for number, shown in enumerate(wall):
        exif = Image.Exif()
        exif[0x0132] = shown
        Image.new("RGB", (60, 40)).save(tmp_path / "album" / f"{9 - number}.jpg", exif=exif)
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        album = _opened(store, tmp_path / "album")
        columns = load_columns(store, album.photos, "bank", None)
    finally:
        monkeypatch.undo()
        time.tzset()
    taken = [columns.taken[index] for index in ordered(columns, SortKey.DATE)]
    assert [time.strftime("%Y:%m:%d %H:%M:%S", time.gmtime(one)) for one in taken] == wall


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode there")
def test_a_name_that_is_no_text_is_printed(tmp_path: Path) -> None:
    _make(tmp_path / "album", ["latin-\udce9.jpg"])
    environment = os.environ | {"PYTHONIOENCODING": "utf-8:strict"}
    command = [sys.executable, "-m", "photoaes", "rate"]
    command.append(str(tmp_path / "album" / "latin-\udce9.jpg"))
    found = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (found.returncode, found.stderr) == (0, b"")
    assert found.stdout.strip().endswith(b"latin-\xe9.jpg")
