"""What was measured of an album once, here or in the window, is not measured again."""

from __future__ import annotations

import csv
import os
from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoaes.album.store.feature_cache import FILE_NAME as CACHE_NAME
from photoaes.cli import main
from photoaes.cli.opened import opened_memory, opened_store
from photoaes.cli.progress import Meter
from photoaes.jobs.events import Events, Progress
from photoaes.jobs.learn_taste import learn_taste
from photoaes.jobs.measure import keeping, known_features, measure_album, versions_of
from photoaes.jobs.open_album import open_album, open_view
from photoaes.model.bank.manifest import read_bank
from photoaes.model.device import choose_device
from photoaes.running import finished
from photoaes.settings import cache_folder

NOT_AGAIN = "12 of them were looked at before and are not opened again"


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for number in range(12):
        pixels = rng.normal(rng.integers(0, 256, 3), 20, (48, 64, 3)).clip(0, 255)
        Image.fromarray(pixels.astype(np.uint8)).save(folder / f"{number:02}.jpg")
    for number in range(6):
        stars = str(1 + number % 5)
        assert main(["rate", str(folder / f"{number:02}.jpg"), "--stars", stars]) == 0
    return folder


def _ranked(
    capsys: pytest.CaptureFixture[str], album: Path, bank: str, *options: str
) -> tuple[list[dict[str, str]], str]:
    """The table, and what was said."""
    out = album.parent / "ranking.csv"
    assert main(["rank", str(album), "--bank", bank, "--out", str(out), *options]) == 0
    with out.open(newline="") as file:
        return list(csv.DictReader(file)), capsys.readouterr().err


def _spoil(album: Path) -> None:
    """Nothing of the photos is left, but their files look untouched: who opens one will notice."""
    for path in album.iterdir():
        status = path.stat()
        path.write_bytes(b"\0" * status.st_size)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    # The system knows that they were changed; to a store that does not know of such times they look
    # as they were.
    with opened_store(Meter(quiet=True)) as store, store.transaction():
        store.connection.execute("UPDATE photos SET changed_ns = NULL")


def test_ranked_again_the_table_is_the_same_and_no_photo_is_opened(
    album: Path, bank: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first, said = _ranked(capsys, album, bank, "--save", "Me", "--anyway", "--one-per-group")
    assert "Looking at photos: 12 of 12" in said
    assert NOT_AGAIN not in said
    _spoil(album)
    again, said = _ranked(capsys, album, bank, "--anyway", "--one-per-group")
    assert again == first
    assert NOT_AGAIN in said
    assert "Looking at photos" not in said
    by_profile, said = _ranked(capsys, album, bank, "--profile", "Me", "--one-per-group")
    assert [row["path"] for row in by_profile] == [row["path"] for row in first]
    assert "Looking at photos" not in said

    (cache_folder() / CACHE_NAME).unlink()
    assert main(["rank", str(album), "--bank", bank]) == 1
    assert "Not one photo of this album could be read" in capsys.readouterr().err


def test_new_and_changed_photos_are_measured_and_broken_ones_told_each_time(
    album: Path, bank: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (album / "broken.jpg").write_bytes(b"no photo")
    first, said = _ranked(capsys, album, bank)
    assert "Looking at photos: 13 of 13" in said
    Image.new("RGB", (64, 48), "red").save(album / "new.jpg")
    Image.new("RGB", (64, 48), "blue").save(album / "07.jpg")
    second, said = _ranked(capsys, album, bank)
    assert "11 of them were looked at before" in said
    assert "Looking at photos: 3 of 3" in said
    assert "unreadable: broken.jpg" in said
    assert len(second) == len(first) + 1 == 13


def test_a_table_of_stars_alone_leaves_nothing_behind(
    album: Path, bank: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "stars.csv"
    table.write_text("path,stars\n01.jpg,1\n02.jpg,5\n")
    for _ in range(2):
        _, said = _ranked(capsys, album, bank, "--ratings", str(table))
        assert "Looking at photos: 12 of 12" in said
    assert not cache_folder().exists()


def test_an_album_learned_in_the_window_is_ranked_at_once(
    album: Path, bank: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened_memory(Meter(quiet=True)) as memory:
        view = finished(open_view(*memory, album, ""))
        job = learn_taste(*memory, view.album.photos, view.columns, Path(bank), "cpu", "My taste")
        learned = finished(job).learned.taste
    _spoil(album)
    table, said = _ranked(capsys, album, bank)
    assert NOT_AGAIN in said
    scores = dict(zip(learned.paths, learned.scores.tolist(), strict=True))
    for row in table:
        assert float(row["score"]) == pytest.approx(scores[Path(row["path"])], abs=1e-4)


def test_what_was_measured_until_a_break_is_kept(album: Path, bank: str) -> None:
    made, device = read_bank(Path(bank)), choose_device("cpu")
    with opened_memory(Meter(quiet=True)) as memory:
        photos = finished(open_album(memory.store, album)).photos
        paths = [photo.path for photo in photos]
        measure, versions = measure_album(paths, made, device), versions_of(memory.store, photos)
        job: Generator[Events, None, object] = keeping(
            measure, *memory, photos, made.digest(), versions
        )
        while not (isinstance(event := next(job), Progress) and event.done):
            pass
        job.close()
        known = known_features(memory.cache, made.digest(), versions)
    assert sorted(known) == paths[: event.done]
    assert event.done < len(paths)
