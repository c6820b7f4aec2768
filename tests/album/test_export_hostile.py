"""An export into a folder where something was planted, or where a killed export left something."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from photoaes.album.export.exporting import Mode, export, plan_export
from photoaes.album.ranking import RankedPhoto
from photoaes.errors import ExportFailed
from photoaes.running import finished
from tests.album.exports import RECEIPT, RECEIPTS, names_in, ranked_photos


@pytest.fixture
def photos(tmp_path: Path) -> list[RankedPhoto]:
    return ranked_photos(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
@pytest.mark.parametrize("kind", ["link", "hard link", "pipe", "folder"])
def test_nothing_planted_in_the_folder_is_written_through(
    photos: list[RankedPhoto], tmp_path: Path, kind: str
) -> None:
    """Under names that earlier versions wrote to before a copy got its own, and under its own."""
    target, victim = tmp_path / "best", tmp_path / "one" / "a.jpg"
    target.mkdir()
    before = victim.read_bytes()
    digest = hashlib.sha256(b"0002_a.jpg").hexdigest()[:16]
    for name in (f".{digest}.partial", f".photoaes-{digest}.partial", "0002_a.jpg"):
        planted = target / name
        match kind:
            case "link":
                planted.symlink_to(victim)
            case "hard link":
                planted.hardlink_to(victim)
            case "pipe":
                os.mkfifo(planted)
            case "folder":
                planted.mkdir()
    finished(export(plan_export(photos, target), RECEIPT))
    assert victim.read_bytes() == before
    assert (target / "0002_a-2.jpg").read_bytes() == photos[1].path.read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="hard links of POSIX")
def test_a_copy_that_was_renamed_after_a_kill_keeps_its_content(
    photos: list[RankedPhoto], tmp_path: Path
) -> None:
    target = tmp_path / "best"
    target.mkdir()
    keeper = target / "keeper.jpg"
    keeper.write_bytes(b"kept")
    digest = hashlib.sha256(b"0001_a.jpg").hexdigest()[:16]
    (target / f".{digest}.partial").hardlink_to(keeper)
    (target / f".photoaes-{'ab' * 16}.partial").hardlink_to(keeper)
    finished(export(plan_export(photos[:1], target), RECEIPT))
    assert keeper.read_bytes() == b"kept"
    assert names_in(target) == ["0001_a.jpg", "keeper.jpg", *RECEIPTS]
    assert not list(target.glob(".*"))


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_a_hard_link_of_a_relative_link_is_one_of_the_file(
    photos: list[RankedPhoto], tmp_path: Path
) -> None:
    link = tmp_path / "link.jpg"
    link.symlink_to(Path("one", "a.jpg"))
    chosen = [replace(photos[0], path=link)]
    finished(export(plan_export(chosen, tmp_path / "best", mode=Mode.HARD_LINK), RECEIPT))
    made = tmp_path / "best" / "0001_link.jpg"
    assert not made.is_symlink()
    assert made.samefile(photos[0].path)


def test_a_receipt_is_never_taken_for_another(photos: list[RankedPhoto], tmp_path: Path) -> None:
    """Where one half of an earlier receipt is there, both halves get the next number."""
    target = tmp_path / "best"
    target.mkdir()
    (target / "photoaes-export.csv").write_bytes(b"old")
    path = finished(export(plan_export(photos[:1], target), RECEIPT))
    names = names_in(target)
    assert (target / "photoaes-export.csv").read_bytes() == b"old"
    assert "photoaes-export-2.csv" in names
    assert "photoaes-export-2.json" in names
    assert path.name == "photoaes-export-2.json"


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_folder_that_is_swapped_for_a_link_meanwhile(
    photos: list[RankedPhoto], tmp_path: Path, after: int
) -> None:
    """What is exported then shall not land among the originals."""
    album = photos[0].path.parent
    before = sorted(path.name for path in album.iterdir())
    target = tmp_path / "out" / "best"
    job = export(plan_export(photos, target), RECEIPT)
    for _ in range(after):
        next(job)
    target.parent.rename(tmp_path / "away")
    (tmp_path / "out").mkdir()
    target.symlink_to(album)
    with pytest.raises(ExportFailed, match="moved, or replaced by another"):
        finished(job)
    assert sorted(path.name for path in album.iterdir()) == before
    assert len(list((tmp_path / "away" / "best").iterdir())) == after
