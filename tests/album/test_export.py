"""Export: whole files, never over another, originals untouched, a receipt that tells."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

from photoaes.album.export.exporting import Mode, export, plan_export
from photoaes.album.export.names import file_name, free_name
from photoaes.album.ranking import RankedPhoto
from photoaes.errors import ExportFailed, InputInvalid
from photoaes.running import finished
from tests.album.exports import RECEIPT, RECEIPTS, names_in, ranked_photos


@pytest.fixture
def photos(tmp_path: Path) -> list[RankedPhoto]:
    return ranked_photos(tmp_path)


def test_copies_carry_rank_content_and_time(photos: list[RankedPhoto], tmp_path: Path) -> None:
    target = tmp_path / "best" / "of"
    finished(export(plan_export(photos, target), RECEIPT))
    assert names_in(target) == ["0001_a.jpg", "0002_a.jpg", "0003_a.jpg", *RECEIPTS]
    for photo in photos:
        copy = target / f"{photo.rank:04}_a.jpg"
        assert copy.read_bytes() == photo.path.read_bytes()
        assert copy.stat().st_mtime_ns == photo.path.stat().st_mtime_ns


def test_links_are_links(photos: list[RankedPhoto], tmp_path: Path) -> None:
    finished(export(plan_export(photos, tmp_path / "hard", mode=Mode.HARD_LINK), RECEIPT))
    assert (tmp_path / "hard" / "0002_a.jpg").samefile(photos[1].path)
    finished(export(plan_export(photos, tmp_path / "soft", mode=Mode.SYMLINK), RECEIPT))
    assert (tmp_path / "soft" / "0002_a.jpg").readlink() == photos[1].path


def test_the_receipt_tells_what_it_takes_to_rank_again(
    photos: list[RankedPhoto], tmp_path: Path
) -> None:
    path = finished(export(plan_export(photos, tmp_path / "best"), RECEIPT))
    found: dict[str, Any] = json.loads(path.read_text())
    assert (found["bank_digest"], found["seed"], found["profile"]) == ("abc", 7, "Me")
    assert found["complete"] is True
    assert found["program"].startswith("photoaes ")
    with path.with_suffix(".csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["file"] for row in rows] == ["0001_a.jpg", "0002_a.jpg", "0003_a.jpg"]
    assert [row["original"] for row in rows] == [str(photo.path) for photo in photos]
    assert [row["rating"] for row in rows] == ["5", "", ""]


def test_a_killed_exports_leftover_goes_with_the_next(
    photos: list[RankedPhoto], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(self: Path, missing_ok: bool = False) -> None:
        raise KeyboardInterrupt

    target = tmp_path / "best"
    plan = plan_export(photos[:1], target)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            finished(export(plan, RECEIPT))
    assert len(list(target.glob(".*.partial"))) == 1
    finished(export(plan_export(photos[:1], target), RECEIPT))
    assert names_in(target) == ["0001_a-2.jpg", "0001_a.jpg", *RECEIPTS]
    assert (target / "0001_a.jpg").read_bytes() == photos[0].path.read_bytes()


def test_a_taken_name_gets_a_number_and_the_plan_says_so(
    photos: list[RankedPhoto], tmp_path: Path
) -> None:
    (tmp_path / "best").mkdir()
    (tmp_path / "best" / "0001_A.JPG").write_bytes(b"mine")
    plan = plan_export(photos[:1], tmp_path / "best")
    assert plan.renamed == 1
    finished(export(plan, RECEIPT))
    finished(export(plan_export(photos[:1], tmp_path / "best"), RECEIPT))
    assert (tmp_path / "best" / "0001_A.JPG").read_bytes() == b"mine"
    assert (tmp_path / "best" / "0001_a-2.jpg").read_bytes() == b"photo 1"
    assert (tmp_path / "best" / "0001_a-3.jpg").read_bytes() == b"photo 1"
    assert (tmp_path / "best" / "photoaes-export-2.json").exists()


def test_a_name_taken_after_the_plan_is_not_overwritten(
    photos: list[RankedPhoto], tmp_path: Path
) -> None:
    for mode in Mode:
        target = tmp_path / mode.value
        plan = plan_export(photos[:1], target, mode=mode)
        target.mkdir()
        (target / "0001_a.jpg").write_bytes(b"late")
        finished(export(plan, RECEIPT))
        assert (target / "0001_a.jpg").read_bytes() == b"late"
        assert (target / "0001_a-2.jpg").read_bytes() == b"photo 1"


def test_without_hard_links_a_broken_link_in_the_way_is_not_overwritten_either(
    photos: list[RankedPhoto], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError("no hard links here")

    monkeypatch.setattr(os, "link", no_links)
    plan = plan_export(photos[:1], tmp_path / "best")
    (tmp_path / "best").mkdir()
    (tmp_path / "best" / "0001_a.jpg").symlink_to("nowhere")
    finished(export(plan, RECEIPT))
    assert (tmp_path / "best" / "0001_a.jpg").is_symlink()
    assert (tmp_path / "best" / "0001_a-2.jpg").read_bytes() == b"photo 1"


def test_companions_go_along_under_the_photos_name(
    photos: list[RankedPhoto], tmp_path: Path
) -> None:
    raw, sidecar = tmp_path / "one" / "a.CR2", tmp_path / "one" / "a.jpg.xmp"
    raw.write_bytes(b"raw")
    sidecar.write_bytes(b"<x/>")
    plan = plan_export(
        photos[:1], tmp_path / "best", files={photos[0].path: [photos[0].path, raw, sidecar]}
    )
    finished(export(plan, RECEIPT))
    assert names_in(tmp_path / "best")[:3] == ["0001_a.CR2", "0001_a.jpg", "0001_a.jpg.xmp"]


def test_the_files_of_a_photo_get_the_same_number(
    photos: list[RankedPhoto], tmp_path: Path
) -> None:
    files = {}
    for photo in photos[:2]:
        sidecar = photo.path.with_name("a.jpg.xmp")
        sidecar.write_bytes(b"<x/>")
        files[photo.path] = [photo.path, sidecar]
    raw = tmp_path / "two" / "a.CR2"
    raw.write_bytes(b"raw")
    files[photos[1].path].append(raw)
    plan = plan_export(photos[:2], tmp_path / "best", template="{name}", files=files)
    assert [file.name for file in plan.files] == [
        "a.jpg", "a.jpg.xmp", "a-2.jpg", "a-2.jpg.xmp", "a-2.CR2",
    ]  # fmt: skip
    assert plan.renamed == 3


def test_a_raw_alone_whose_name_differs_in_case(photos: list[RankedPhoto], tmp_path: Path) -> None:
    raw = tmp_path / "one" / "A.CR2"
    raw.write_bytes(b"raw")
    finished(
        export(plan_export(photos[:1], tmp_path / "best", files={photos[0].path: [raw]}), RECEIPT)
    )
    assert names_in(tmp_path / "best") == ["0001_a.CR2", *RECEIPTS]


def test_a_cancel_leaves_whole_files_and_a_receipt_of_them(
    photos: list[RankedPhoto], tmp_path: Path
) -> None:
    steps = export(plan_export(photos, tmp_path / "best"), RECEIPT)
    next(steps)
    steps.close()
    assert names_in(tmp_path / "best") == ["0001_a.jpg", *RECEIPTS]
    found = json.loads((tmp_path / "best" / RECEIPTS[1]).read_text())
    assert found["complete"] is False
    assert len(found["files"]) == 1


def test_a_photo_that_vanishes_before_is_in_the_plan_as_missing(
    photos: list[RankedPhoto], tmp_path: Path
) -> None:
    photos[1].path.unlink()
    plan = plan_export(photos, tmp_path / "best")
    assert plan.missing == (photos[1].path,)
    assert len(plan.files) == 2


def test_a_photo_that_vanishes_meanwhile_is_named_and_leaves_no_half_file(
    photos: list[RankedPhoto], tmp_path: Path
) -> None:
    steps = export(plan_export(photos, tmp_path / "best"), RECEIPT)
    next(steps)
    photos[1].path.unlink()
    with pytest.raises(ExportFailed, match=r"two/a\.jpg.*1 of 3 files are in"):
        next(steps)
    assert names_in(tmp_path / "best") == ["0001_a.jpg", *RECEIPTS]


def test_a_copy_that_differs_is_no_copy(
    photos: list[RankedPhoto], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As when a bad stick writes other bytes than it was given.
    def spoilt(descriptor: int) -> None:
        os.pwrite(descriptor, b"X", 0)

    monkeypatch.setattr(os, "fsync", spoilt)
    with pytest.raises(ExportFailed, match="differs from the original"):
        finished(export(plan_export(photos, tmp_path / "best"), RECEIPT))
    assert names_in(tmp_path / "best") == []


def test_a_disk_that_is_too_full_is_said_before_anything_is_written(
    photos: list[RankedPhoto], tmp_path: Path
) -> None:
    with photos[0].path.open("r+b") as file:
        file.truncate(1 << 43)  # eight sparse terabytes: real to everything but the disk
    with pytest.raises(InputInvalid, match=r"need 8796093 MB, and .* has"):
        plan_export(photos, tmp_path / "best")
    assert not (tmp_path / "best").exists()
    assert plan_export(photos, tmp_path / "best", mode=Mode.SYMLINK).size == 0


def test_a_file_in_the_way_of_the_folder_is_said(photos: list[RankedPhoto], tmp_path: Path) -> None:
    (tmp_path / "best").write_bytes(b"")
    with pytest.raises(InputInvalid, match="is a file; choose a folder"):
        plan_export(photos, tmp_path / "best")


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{rank:04}_{name}", "0003_a b.jpg"),
        ("{stars:.1f} {folder} {stem}", "4.2 trip a b.jpg"),
        ("{score:.3f}", "3.000.jpg"),
        ("../../{name}", "_.._a b.jpg"),
        ("a/b\\c:{rating}\n", "a_b_c_0_.jpg"),
        ("...", "photo.jpg"),
    ],
)
def test_names_are_filled_in_and_made_valid(template: str, name: str) -> None:
    photo = RankedPhoto(Path("/x/trip/a b.jpg"), 3, 3.0, 4.2, None)
    assert file_name(template, photo, ".jpg") == name


@pytest.mark.parametrize("template", ["{camera}", "{name.__class__}", "{rank", "{rank:x%}", "{}"])
def test_a_template_that_cannot_be_filled_in_is_refused(
    template: str, photos: list[RankedPhoto], tmp_path: Path
) -> None:
    with pytest.raises(InputInvalid):
        plan_export(photos, tmp_path / "best", template=template)


def test_long_names_are_cut_within_the_limit() -> None:
    photo = RankedPhoto(Path("/x/" + "ü" * 120 + ".jpg"), 3, 3.0, 4.2, None)
    name = file_name("{rank:04}_{name}_{name}", photo, ".jpg")
    assert len(name.encode()) <= 255
    numbered = free_name(name, {name.casefold()})
    assert numbered.endswith("-2.jpg")
    assert len(numbered.encode()) <= 255
