"""The walk over a folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from photoaes.album.export.exporting import export, plan_export
from photoaes.album.export.receipt import Receipt
from photoaes.album.photo import Walked, scan, walk
from photoaes.album.ranking import RankedPhoto
from photoaes.album.store.opening import open_store
from photoaes.errors import InputInvalid
from photoaes.jobs.open_album import open_album
from photoaes.running import finished


def _touch(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _names(folder: Path) -> list[str]:
    return [str(photo.path.relative_to(folder)) for photo in scan(folder)]


def test_photos_of_all_folders_in_natural_order(tmp_path: Path) -> None:
    for name in ("b/IMG_10.jpg", "b/IMG_9.JPG", "a/x.heic", "c.NEF", "b/notes.txt", "d.webp"):
        _touch(tmp_path / name)
    assert _names(tmp_path) == ["a/x.heic", "b/IMG_9.JPG", "b/IMG_10.jpg", "c.NEF", "d.webp"]


def test_a_photo_carries_size_and_time(tmp_path: Path) -> None:
    path = _touch(tmp_path / "a.jpg", b"12345")
    os.utime(path, ns=(1, 1_700_000_000_123_456_789))
    (photo,) = scan(tmp_path)
    assert (photo.size, photo.mtime_ns) == (5, 1_700_000_000_123_456_789)


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    for name in (".thumbs/a.jpg", "._b.jpg", "c.jpg"):
        _touch(tmp_path / name)
    assert _names(tmp_path) == ["c.jpg"]


def test_links_to_photos_count_and_loops_of_folders_end(tmp_path: Path) -> None:
    _touch(tmp_path / "real" / "a.jpg")
    (tmp_path / "real" / "loop").symlink_to(tmp_path)
    (tmp_path / "b.jpg").symlink_to(tmp_path / "real" / "a.jpg")
    (tmp_path / "broken.jpg").symlink_to(tmp_path / "nowhere.jpg")
    assert _names(tmp_path) == ["b.jpg", "real/a.jpg"]


@pytest.mark.parametrize("name", ["new\nline.jpg", "q'\"uote.jpg", "🏔.jpg", "bad\udcff.jpg"])
def test_odd_names_are_photos(tmp_path: Path, name: str) -> None:
    _touch(tmp_path / name)
    assert [photo.path.name for photo in scan(tmp_path)] == [name]


def test_a_folder_named_like_a_photo_is_a_folder(tmp_path: Path) -> None:
    _touch(tmp_path / "trip.jpg" / "a.jpg")
    assert _names(tmp_path) == ["trip.jpg/a.jpg"]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputInvalid, match="no folder"):
        scan(tmp_path / "gone")
    with pytest.raises(InputInvalid, match="no folder"):
        scan(_touch(tmp_path / "file.jpg"))


def _met(folder: Path, exclude: tuple[str, ...] = ()) -> tuple[list[str], dict[str, int]]:
    met = Walked()
    found = [photo for part in walk(folder, met, exclude) for photo in part]
    counts = {str(reason): count for reason, count in met.left_out.counts.items()}
    return [str(one.path.relative_to(folder)) for one in found], counts


def test_folders_of_systems_and_catalogues_are_not_entered(tmp_path: Path) -> None:
    for name in ("@eaDir/a.jpg/SYNO_THUMB_XL.jpg", "#recycle/a.jpg", "$RECYCLE.BIN/$R1.jpg",
                 "__MACOSX/a.jpg", "Trip Previews.lrdata/0/a.jpg", "Fotos.photoslibrary/o/a.jpg",
                 "System Volume Information/a.jpg", "x/lost+found/a.jpg", ".Trashes/a.jpg",
                 "[Originals]/a.jpg", "@__thumb/a.jpg", "trashbox/a.jpg", "FOUND.012/a.jpg",
                 "iPod Photo Cache/a.jpg", "found.jpg", "a.jpg"):  # fmt: skip
        _touch(tmp_path / name)
    assert _met(tmp_path) == (["a.jpg", "found.jpg"], {"system": 13})
    assert _names(tmp_path / "#recycle") == ["a.jpg"]  # who opens it wants to see it


def test_an_opened_library_of_apples(tmp_path: Path) -> None:
    library = tmp_path / "Fotos.photoslibrary"
    for name in ("originals/0/a.jpg", "resources/derivatives/a.jpg", "private/b.jpg"):
        _touch(library / name)
    assert _met(library) == (["originals/0/a.jpg"], {"system": 2})


def test_folders_and_files_that_a_person_excludes(tmp_path: Path) -> None:
    for name in ("a.jpg", "b/c.jpg", "b/d.jpg", "e/f.jpg", "g/h/i.jpg", "g/j.jpg", "k/RAW/l.jpg"):
        _touch(tmp_path / name)
    _touch(tmp_path / ".nomedia")  # it is the opened folder's: not meant
    _touch(tmp_path / "e" / ".nomedia")
    _touch(tmp_path / "b" / ".photoaesignore", b"# not these\nD.*\n")
    _touch(tmp_path / "g" / ".photoaesignore", b"")
    assert _met(tmp_path, ("raw/",)) == (["a.jpg", "b/c.jpg"], {"excluded": 5})
    assert _met(tmp_path, ("k/raw",))[0] == ["a.jpg", "b/c.jpg"]
    assert _met(tmp_path, ("*.jpg",))[0] == []


def test_exported_copies_are_not_photos_beside_their_originals(tmp_path: Path) -> None:
    original = _touch(tmp_path / "a.jpg")
    best = tmp_path / "best"
    plan = plan_export([RankedPhoto(original, 1, 5.0, 3.0, None)], best)
    for _ in export(plan, Receipt("Bank", "digest", 0)):
        pass
    _touch(best / "own.jpg")
    assert _met(tmp_path) == (["a.jpg", "best/own.jpg"], {"exported": 1})
    assert len(_names(best)) == 2
    _touch(best / "photoaes-export-2.json", b"{")
    assert len(_names(best)) == 2


def test_exported_copies_that_were_renamed_are_known(tmp_path: Path) -> None:
    originals = [_touch(tmp_path / name, name.encode()) for name in ("a.jpg", "bb.jpg")]
    best = tmp_path / "best"
    ranked = [RankedPhoto(one, place, 5.0, 3.0, None) for place, one in enumerate(originals, 1)]
    for _ in export(plan_export(ranked, best), Receipt("Bank", "digest", 0)):
        pass
    (best / "0001_a.jpg").rename(best / "Anna.jpg")
    _touch(best / "own.jpg", b"c.jpg")
    assert _met(tmp_path) == (["a.jpg", "bb.jpg", "best/own.jpg"], {"exported": 2})
    assert len(_names(best)) == 3  # who opens it wants to see them
    originals[0].unlink()
    assert _met(tmp_path)[0] == ["bb.jpg", "best/Anna.jpg", "best/own.jpg"]  # there is no other


def test_links_to_folders_are_followed_once(tmp_path: Path) -> None:
    album, away = tmp_path / "album", tmp_path / "away"
    for path in (album / "a.jpg", away / "b.jpg", album / "sub" / "c.jpg"):
        _touch(path)
    (away / "back").symlink_to(album)
    (album / "one").symlink_to(away)
    (album / "two").symlink_to(away)
    (album / "inside").symlink_to(album / "sub")
    (album / "up").symlink_to(tmp_path)
    found, counts = _met(album)
    assert found == ["a.jpg", "sub/c.jpg", "one/b.jpg"]
    assert counts == {"link": 4}


@pytest.mark.parametrize(
    ("mark", "made"),
    [(".ppstorage", "storage"), (".immich", "thumbs"), (".immich", "encoded-video")],
)
def test_what_a_photo_server_has_made_is_left_out(tmp_path: Path, mark: str, made: str) -> None:
    for name in ("library", made, f"{made}/aa"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.jpg").touch()
    (tmp_path / made / mark).touch()
    if mark == ".immich":
        (tmp_path / "library" / mark).touch()
    assert [one.path for one in scan(tmp_path)] == [tmp_path / "library" / "one.jpg"]
    assert len(scan(tmp_path / made)) == 2, "who opens it wants to see it"


def test_lost_files_of_a_card_are_left_out_and_folders_of_thumbnails_are_not(
    tmp_path: Path,
) -> None:
    for name in ("LOST.DIR", "thumbnails", "thumbs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.jpg").touch()
    assert {one.path.parent.name for one in scan(tmp_path)} == {"thumbnails", "thumbs"}


@pytest.mark.skipif(os.name != "posix", reason="paths of POSIX")
def test_folders_in_folders_without_end(tmp_path: Path) -> None:
    """More of them than Python calls functions in functions; removed here, since pytest cannot."""
    depth = 1500
    inside = os.open(tmp_path, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=inside)
        before, inside = inside, os.open("d", os.O_RDONLY, dir_fd=inside)
        os.close(before)
    os.close(os.open("a.jpg", os.O_CREAT, dir_fd=inside))
    os.close(inside)
    try:
        assert [len(path.parts) for path in map(Path, _names(tmp_path))] == [depth + 1]
    finally:
        subprocess.run(["rm", "-r", str(tmp_path / "d")], check=True)


def test_an_album_that_is_all_left_out_says_so(tmp_path: Path) -> None:
    _touch(tmp_path / "a.jpg")
    _touch(tmp_path / ".photoaesignore", b"*\n")
    with open_store(None) as store, pytest.raises(InputInvalid, match=r"1 files and .*a\.jpg"):
        finished(open_album(store, tmp_path))
