"""Which photo a file is: edited, moved, renamed, swapped, copied, missing, back."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from photoaes.album.marks import Flag, Marks
from photoaes.album.photo import scan
from photoaes.album.store.identity import (
    HEAD,
    TAIL,
    Fingerprint,
    content_hash,
    path_key,
    path_of,
)
from photoaes.album.store.lessons import ratings_for_fit
from photoaes.album.store.marks_import import set_machine_stars
from photoaes.album.store.missing import missing, purge
from photoaes.album.store.opening import Store
from photoaes.album.store.rating_log import StepKind, history, known, set_flag, set_stars
from photoaes.album.store.sync import Looked, SyncSummary, sync, unknown_photos
from photoaes.album.store.undo import undo
from tests.album.stores import album, marks, memory_store, photo, rescan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    album(tmp_path / "album")
    return tmp_path / "album"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """a, b and c have 1, 2 and 3 stars."""
    with memory_store(folder) as store:
        for stars, name in enumerate("abc", start=1):
            set_stars(store, [folder / f"{name}.jpg"], stars)
        yield store


def stars(store: Store, folder: Path) -> dict[str, int | None]:
    return {one.path.name: marks(store, one.path).stars for one in scan(folder)}


def test_second_scan_changes_nothing(store: Store, folder: Path) -> None:
    assert unknown_photos(store, scan(folder)).photos == ()
    assert rescan(store, folder) == SyncSummary(unchanged=3)


def test_edited_in_place_keeps_stars(store: Store, folder: Path) -> None:
    (folder / "a.jpg").write_bytes(b"edited")
    assert rescan(store, folder) == SyncSummary(unchanged=2, edited=1)
    assert stars(store, folder) == {"a.jpg": 1, "b.jpg": 2, "c.jpg": 3}


def test_moved_and_renamed_keep_stars_and_history(store: Store, folder: Path) -> None:
    (folder / "trip").mkdir()
    (folder / "a.jpg").rename(folder / "trip" / "a.jpg")
    (folder / "b.jpg").rename(folder / "x.jpg")
    assert rescan(store, folder) == SyncSummary(unchanged=1, moved=2)
    assert stars(store, folder) == {"c.jpg": 3, "x.jpg": 2, "a.jpg": 1}
    assert [one.new for one in history(store, folder / "x.jpg")] == [2]
    assert missing(store) == []


def test_moved_to_another_album(store: Store, folder: Path, tmp_path: Path) -> None:
    """A scan that does not cover the old place looks whether the old file is gone."""
    other = tmp_path / "other"
    other.mkdir()
    (folder / "a.jpg").rename(other / "a.jpg")
    assert rescan(store, other) == SyncSummary(moved=1)
    assert stars(store, other) == {"a.jpg": 1}


def test_names_swapped_and_shifted(store: Store, folder: Path) -> None:
    (folder / "a.jpg").rename(folder / "t")
    (folder / "b.jpg").rename(folder / "a.jpg")
    (folder / "t").rename(folder / "b.jpg")
    assert rescan(store, folder).moved == 2
    assert stars(store, folder) == {"a.jpg": 2, "b.jpg": 1, "c.jpg": 3}
    for old, new in (("c", "d"), ("b", "c"), ("a", "b")):
        (folder / f"{old}.jpg").rename(folder / f"{new}.jpg")
    assert rescan(store, folder).moved == 3
    assert stars(store, folder) == {"b.jpg": 2, "c.jpg": 1, "d.jpg": 3}
    assert missing(store) == []


def test_copied_then_edited_keeps_both(store: Store, folder: Path) -> None:
    """Keeping the original beside an edited photo: both have its stars."""
    shutil.copy2(folder / "a.jpg", folder / "a original.jpg")
    (folder / "a.jpg").write_bytes(b"edited")
    assert rescan(store, folder) == SyncSummary(unchanged=2, edited=1, copied=1)
    assert stars(store, folder)["a.jpg"] == 1
    assert stars(store, folder)["a original.jpg"] == 1


def test_overwritten_by_another_photo(store: Store, folder: Path) -> None:
    """The picture counts, not the path: b is a.jpg now, and a, which is gone, keeps its stars."""
    (folder / "b.jpg").replace(folder / "a.jpg")
    assert rescan(store, folder) == SyncSummary(unchanged=1, moved=1, missing=1)
    assert stars(store, folder) == {"a.jpg": 2, "c.jpg": 3}
    assert missing(store) == [folder / "a.jpg"]


def test_tangled_renames_fit_into_the_store(store: Store, folder: Path) -> None:
    """a's picture is at c, b's at a: nobody may end up on two paths, or two on one."""
    data = {name: (folder / f"{name}.jpg").read_bytes() for name in "abc"}
    (folder / "a.jpg").write_bytes(data["b"] + b"")
    (folder / "b.jpg").unlink()
    (folder / "c.jpg").write_bytes(data["a"])
    for one in ("a", "c"):
        os.utime(folder / f"{one}.jpg", ns=(1, 1))
    rescan(store, folder)
    assert stars(store, folder) == {"a.jpg": 2, "c.jpg": 1}
    rows = store.rows(
        "SELECT count(*), count(DISTINCT path) FROM photos WHERE missing_since IS NULL"
    )
    assert rows == [(2, 2)]
    assert sorted(one for (one,) in store.rows("SELECT stars FROM photos")) == [1, 2, 3]


def test_copies_begin_with_the_originals_marks(store: Store, folder: Path) -> None:
    set_flag(store, [folder / "a.jpg"], Flag.PICK)
    shutil.copy(folder / "a.jpg", folder / "copy.jpg")
    assert rescan(store, folder) == SyncSummary(unchanged=3, copied=1)
    assert marks(store, folder / "copy.jpg") == Marks(1, Flag.PICK)
    lines = [(one.kind, one.field, one.new) for one in history(store, folder / "copy.jpg")]
    assert lines == [(StepKind.COPIED, "flag", "pick"), (StepKind.COPIED, "stars", 1)]
    assert history(store, folder / "copy.jpg")[0].source == str(folder / "a.jpg")
    assert len(ratings_for_fit(store)) == 3  # the same picture once
    set_stars(store, [folder / "copy.jpg"], 5)
    assert marks(store, folder / "a.jpg").stars == 1
    assert ratings_for_fit(store)[folder / "copy.jpg"] == 5
    undo(store)
    undo(store)  # the flag of a: the copy's is its own
    assert marks(store, folder / "a.jpg").flag is None
    assert marks(store, folder / "copy.jpg") == Marks(1, Flag.PICK)


def test_copied_machine_stars_stay_a_machines(store: Store, folder: Path) -> None:
    (folder / "d.jpg").write_bytes(b"d")
    rescan(store, folder)
    set_machine_stars(store, {folder / "d.jpg": 4}, "Ann")
    shutil.copy(folder / "d.jpg", folder / "e.jpg")
    rescan(store, folder)
    assert marks(store, folder / "e.jpg").stars == 4
    assert folder / "e.jpg" not in ratings_for_fit(store)


def test_moved_and_copied_at_once(store: Store, folder: Path) -> None:
    shutil.copy(folder / "a.jpg", folder / "x.jpg")
    (folder / "a.jpg").rename(folder / "y.jpg")
    assert rescan(store, folder) == SyncSummary(unchanged=2, moved=1, copied=1)
    assert stars(store, folder) == {"b.jpg": 2, "c.jpg": 3, "x.jpg": 1, "y.jpg": 1}


def test_missing_keeps_stars_until_purged(store: Store, folder: Path) -> None:
    away = folder / "a.jpg"
    data = away.read_bytes()
    away.unlink()
    assert rescan(store, folder) == SyncSummary(unchanged=2, missing=1)
    assert known(store, away) is None
    assert away not in ratings_for_fit(store)
    away.write_bytes(data)
    assert rescan(store, folder) == SyncSummary(unchanged=2, returned=1)
    assert marks(store, away).stars == 1
    away.unlink()
    rescan(store, folder)
    assert purge(store, [away]) == 1
    away.write_bytes(data)
    assert rescan(store, folder).new == 1
    assert marks(store, away) == Marks()


def test_missing_below_a_folder_and_gone_for_sure(store: Store, folder: Path) -> None:
    """A file that is back, though known as missing, is not for forgetting."""
    beside = folder.with_name(folder.name + " 2")
    beside.mkdir()
    (folder / "c.jpg").rename(beside / "d.jpg")
    rescan(store, folder)
    rescan(store, beside)
    data = (folder / "a.jpg").read_bytes()
    for path in (folder / "a.jpg", folder / "b.jpg", beside / "d.jpg"):
        path.unlink()
    rescan(store, folder)
    rescan(store, beside)
    assert missing(store) == [beside / "d.jpg", folder / "a.jpg", folder / "b.jpg"]
    assert missing(store, folder) == [folder / "a.jpg", folder / "b.jpg"]
    (folder / "a.jpg").write_bytes(data)
    assert missing(store, folder) == [folder / "b.jpg"]


def test_back_and_edited_while_it_was_away(store: Store, folder: Path) -> None:
    (folder / "a.jpg").unlink()
    rescan(store, folder)
    (folder / "a.jpg").write_bytes(b"edited elsewhere")
    assert rescan(store, folder).returned == 1
    assert marks(store, folder / "a.jpg").stars == 1


def test_unmounted_drive_takes_nothing(store: Store, folder: Path, tmp_path: Path) -> None:
    """The drive is away: an empty folder in its place. Then it is back."""
    folder.rename(tmp_path / "unplugged")
    folder.mkdir()
    assert rescan(store, folder) == SyncSummary(missing=3)
    folder.rmdir()
    assert sync(store, []) == SyncSummary()
    (tmp_path / "unplugged").rename(folder)
    assert rescan(store, folder) == SyncSummary(returned=3)
    assert stars(store, folder) == {"a.jpg": 1, "b.jpg": 2, "c.jpg": 3}


def test_a_scan_does_not_speak_for_other_folders(store: Store, tmp_path: Path) -> None:
    """`album-2` begins like `album`, but is not in it; what was not scanned is not missing."""
    album(tmp_path / "album-2", ["z.jpg"])
    rescan(store, tmp_path / "album-2")
    (tmp_path / "album-2" / "z.jpg").unlink()
    assert rescan(store, tmp_path / "album") == SyncSummary(unchanged=3)
    assert sync(store, scan(tmp_path / "album")[:1]) == SyncSummary(unchanged=1)
    assert missing(store) == []


def test_hashes_made_elsewhere_are_used(folder: Path) -> None:
    with memory_store(folder) as store:
        (folder / "d.jpg").write_bytes(b"x")
        wanted = unknown_photos(store, scan(folder))
        assert wanted.photos == (photo(folder / "d.jpg"),)
        looked = Looked({folder / "d.jpg": Fingerprint(b"h" * 16)}, {})
        sync(store, scan(folder), looked=looked)
        assert store.rows("SELECT hash FROM photos WHERE size = 1") == [(b"h" * 16,)]


def test_odd_names(tmp_path: Path) -> None:
    names = [b"new\nline.jpg", b'it\'s "q".jpg', "\u2764\ufe0f.jpg".encode(), b"100%_[a]*?.jpg"]
    if sys.platform == "linux":
        names.append(b"latin-\xe9.jpg")
    odd = tmp_path / "al'b\num\\"
    paths = album(odd, [os.fsdecode(name) for name in names])
    with memory_store(odd) as store:
        for path in paths:
            assert set_stars(store, [path], 4) == 1
            assert path_of(path_key(path)) == path
        assert set(ratings_for_fit(store)) == set(paths)
        shutil.copy(paths[-1], paths[-1].with_name("copy.jpg"))
        paths[0].rename(paths[0].with_name("moved.jpg"))
        assert rescan(store, odd) == SyncSummary(unchanged=len(paths) - 1, moved=1, copied=1)
        for one in scan(odd):
            assert history(store, one.path)
        paths[1].unlink()
        assert rescan(store, odd).missing == 1


def test_empty_files_are_not_copies(folder: Path) -> None:
    (folder / "0.jpg").write_bytes(b"")
    with memory_store(folder) as store:
        set_stars(store, [folder / "0.jpg"], 1)
        (folder / "00.jpg").write_bytes(b"")
        assert rescan(store, folder).new == 1
        assert rescan(store, folder).unchanged == 5


def test_hash_sees_size_head_and_tail(tmp_path: Path) -> None:
    data = bytearray(os.urandom(HEAD + 3 * TAIL))
    path = tmp_path / "a"
    seen = set()
    for at in (None, 0, HEAD - 1, HEAD + 2 * TAIL, len(data) - 1):
        if at is not None:
            data[at] ^= 1
        path.write_bytes(data)
        seen.add(content_hash(path))
    path.write_bytes(data[:HEAD])
    seen.add(content_hash(path))
    assert len(seen) == 6
    assert None not in seen
    assert content_hash(tmp_path / "none") is None
    assert content_hash(tmp_path) is None
