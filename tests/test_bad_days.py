"""Days on which the computer does not do as it should: each ends in a sentence, and goes on after.

A full disk has tests of its own, and so have hanging files, broken drives in the window, and
damaged stores.
"""

import errno
import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
import torch

from photoaes.__main__ import main
from photoaes.album.store.backups import backups
from photoaes.album.store.opening import FILE_NAME, open_store
from photoaes.album.store.rating_log import said_by_people
from photoaes.images import opened
from photoaes.model.taste.tangent import Tangent
from photoaes.settings import data_folder
from tests.patience import PATIENCE_S
from tests.photo_files import smooth
from tests.tiny import tiny_bank

posix = pytest.mark.skipif(os.name != "posix", reason="what POSIX has")


@pytest.fixture
def album(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PHOTOAES_HOME", str(tmp_path / "home"))
    folder = tmp_path / "album"
    folder.mkdir()
    for number in range(6):
        smooth((64 + number, 48)).save(folder / f"{number}.jpg")
    return folder


@pytest.fixture
def bank(tmp_path: Path) -> str:
    folder = tmp_path / "bank"
    folder.mkdir()
    tiny_bank(folder)
    return str(folder)


def ranked(album: Path, bank: str, *more: str) -> int:
    return main(["rank", str(album), "--bank", bank, *more])


def rated(album: Path) -> None:
    for number, stars in enumerate("5142"):
        assert main(["rate", str(album / f"{number}.jpg"), "--stars", stars]) == 0


Said = pytest.CaptureFixture[str]


# --- the GPU


def test_a_driver_that_is_too_old_is_told_and_the_cpu_ranks(
    album: Path, bank: str, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def too_old() -> bool:
        warnings.warn(
            "CUDA initialization: The NVIDIA driver on your system is too old (version 9).",
            stacklevel=1,
        )
        return False

    monkeypatch.setattr(torch.cuda, "is_available", too_old)
    assert ranked(album, bank) == 0
    assert "driver is too old" in capsys.readouterr().err
    assert ranked(album, bank, "--device", "cuda") == 1
    assert "Renew the driver" in capsys.readouterr().err


def test_memory_of_the_gpu_that_others_have_taken(
    album: Path, bank: str, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def taken(*_: Any, **__: Any) -> Any:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 MiB.")

    with monkeypatch.context() as patch:
        patch.setattr(torch.nn.Module, "to", taken)
        assert ranked(album, bank) == 1
    said = capsys.readouterr().err
    assert "taken by other programs" in said
    assert ranked(album, bank) == 0


def _lost() -> RuntimeError:
    kind: type[RuntimeError] = getattr(torch, "AcceleratorError", RuntimeError)
    return kind("CUDA error: unspecified launch failure\nCUDA kernel errors might be ...")


def test_a_gpu_that_is_lost_while_photos_are_looked_at(
    album: Path, bank: str, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    rated(album)
    real, looks = Tangent.look, 0

    def lost(self: Tangent, pixels: Any) -> Any:
        nonlocal looks
        looks += 1
        if looks > 1:
            raise _lost()
        return real(self, pixels)

    monkeypatch.setattr("photoaes.model.taste.tangent.BATCHES", {"cpu": 2, "cuda": 2, "mps": 2})
    with monkeypatch.context() as patch:
        patch.setattr(Tangent, "look", lost)
        assert ranked(album, bank) == 1
    said = capsys.readouterr().err
    assert "The GPU stopped working (CUDA error: unspecified launch failure)" in said
    assert ranked(album, bank) == 0
    assert "2 of them were looked at before" in capsys.readouterr().err


def test_a_gpu_that_is_lost_while_fitting(
    album: Path, bank: str, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    rated(album)

    def lost(*_: Any, **__: Any) -> None:
        raise _lost()

    with monkeypatch.context() as patch:
        patch.setattr(torch.autograd, "backward", lost)
        patch.setattr(torch.autograd, "grad", lost)
        assert ranked(album, bank, "--method", "paper") == 1
    assert "The GPU stopped working" in capsys.readouterr().err
    assert ranked(album, bank, "--method", "paper", "--quiet") == 0


def test_a_bug_of_ours_is_not_taken_for_the_gpu(
    album: Path, bank: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(self: Tangent, pixels: Any) -> Any:
        raise RuntimeError("The size of tensor a (3) must match the size of tensor b (4)")

    monkeypatch.setattr(Tangent, "look", wrong)
    with pytest.raises(RuntimeError, match="must match"):
        ranked(album, bank)


# --- the home, the clock, another photoaes


@posix
@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EIO])
def test_a_home_that_cannot_be_written(
    album: Path, number: int, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    rated(album)
    real = os.open

    def refused(path: Any, flags: int, *more: Any, **others: Any) -> int:
        # Root may write anywhere: the system's refusal is put in its mouth.
        if flags & (os.O_WRONLY | os.O_RDWR) and str(path).startswith(str(data_folder())):
            raise OSError(number, os.strerror(number), str(path))
        return real(path, flags, *more, **others)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refused)
        assert main(["rate", str(album / "0.jpg"), "--stars", "1"]) == 1
    said = capsys.readouterr().err
    assert "cannot be written" in said
    assert os.strerror(number) in said
    assert main(["scan", str(album)]) == 0


def test_a_clock_that_was_set_back(album: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import UTC, datetime, timedelta

    from photoaes.album.store import opening as store_opening

    photo = str(album / "0.jpg")
    later = datetime.now(UTC) + timedelta(days=4000)

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return later

    with monkeypatch.context() as patch:
        patch.setattr(store_opening, "datetime", Ahead)
        assert main(["rate", photo, "--stars", "2"]) == 0
        assert main(["scan", str(album)]) == 0
    assert main(["rate", photo, "--stars", "5"]) == 0
    assert main(["scan", str(album)]) == 0
    made = backups(data_folder() / FILE_NAME)
    assert len(made) == 2  # the one from the future does not stand for a fresh one
    assert made[0].made < made[1].made
    assert main(["rate", "--undo"]) == 0
    with open_store(data_folder() / FILE_NAME) as store:
        assert said_by_people(store, [album / "0.jpg"])[album / "0.jpg"].stars == 2


def test_a_second_photoaes_is_told_who_has_the_ratings(album: Path) -> None:
    rated(album)
    with open_store(data_folder() / FILE_NAME):
        other = subprocess.run(
            [sys.executable, "-m", "photoaes", "rate", str(album / "0.jpg"), "--stars", "1"],
            capture_output=True, text=True, check=False, timeout=PATIENCE_S,
        )  # fmt: skip
    assert other.returncode == 1
    assert f"process {os.getpid()}" in other.stderr
    assert "Traceback" not in other.stderr


# --- the drive


@posix
def test_a_drive_that_vanishes_while_it_is_ranked(
    album: Path, bank: str, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    assert main(["scan", str(album)]) == 0
    real, count = opened._OwnFile, 0

    class Vanishing(real):  # type: ignore[misc, valid-type]
        def __init__(self, *given: Any) -> None:
            nonlocal count
            count += 1
            if count > 2:
                raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
            super().__init__(*given)

    with monkeypatch.context() as patch:
        patch.setattr(opened, "_OwnFile", Vanishing)
        assert ranked(album, bank) == 0
    said = capsys.readouterr().err
    assert said.count("unreadable: ") == 4
    assert os.strerror(errno.ESTALE) in said
    assert ranked(album, bank) == 0
    assert "unreadable" not in capsys.readouterr().err


# --- memory

_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]) << 20,) * 2)
from photoaes.__main__ import main
sys.exit(main(sys.argv[2:]))
"""


@posix
@pytest.mark.parametrize("mebibytes", [400, 1500, 3000])
def test_a_limit_on_memory(album: Path, bank: str, mebibytes: int) -> None:
    limited = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(mebibytes), "rank", str(album), "--bank", bank],
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True, text=True, check=False, timeout=PATIENCE_S,
    )  # fmt: skip
    assert "Traceback" not in limited.stderr
    if limited.returncode:
        assert limited.returncode == 1
        assert "not enough free memory" in limited.stderr
