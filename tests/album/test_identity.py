"""Whose stars these are: the picture's, wherever it goes, and nobody else's."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from photoaes.album.marks import Marks
from photoaes.album.photo import scan
from photoaes.album.store.doubts import Doubt, doubts, settle
from photoaes.album.store.identity import content_hash, path_key
from photoaes.album.store.migrations import MIGRATIONS
from photoaes.album.store.missing import missing, purge
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.rating_log import StepKind, history, set_stars
from photoaes.album.store.undo import undo
from photoaes.jobs.open_album import open_album
from photoaes.jobs.read_album import read_album
from photoaes.running import finished
from tests.album.pictures import START, scene, shot, with_xmp, write_photo
from tests.album.stores import marks
from tests.album.xmp_files import rated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "card").mkdir()
    return tmp_path / "card"


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(None) as store:
        yield store


def opened(store: Store, folder: Path) -> dict[str, int]:
    """The album, opened and read to its end: what the scan says it was."""
    album = finished(open_album(store, folder))
    finished(read_album(store, album))
    return {kind: count for kind, count in vars(album.summary).items() if count}


def stars(store: Store, folder: Path) -> dict[str, int | None]:
    return {one.path.name: marks(store, one.path).stars for one in scan(folder)}


def rated_shot(store: Store, path: Path, number: int = 0, given: int = 5) -> Path:
    shot(path, number)
    opened(store, path.parent)
    set_stars(store, [path], given)
    return path


def test_card_reused(store: Store, folder: Path) -> None:
    """The camera counts from 1 again: another picture under the old name."""
    path = rated_shot(store, folder / "IMG_0001.JPG")
    shot(path, 1)
    assert opened(store, folder) == {"new": 1, "missing": 1}
    assert marks(store, path) == Marks()
    assert missing(store) == [path]
    shot(path, 0)
    assert opened(store, folder) == {"returned": 1, "missing": 1}
    assert marks(store, path).stars == 5


def test_card_formatted_in_between(store: Store, folder: Path) -> None:
    path = rated_shot(store, folder / "IMG_0001.JPG")
    shot(folder / "other.jpg", 7)
    path.unlink()
    opened(store, folder)
    shot(path, 1)
    assert opened(store, folder) == {"unchanged": 1, "new": 1}
    assert marks(store, path) == Marks()


def test_keyword_written_and_renamed_between_two_scans(store: Store, folder: Path) -> None:
    path = rated_shot(store, folder / "a.jpg")
    with_xmp(path).rename(folder / "Anna.jpg")
    assert opened(store, folder) == {"moved": 1}
    assert stars(store, folder) == {"Anna.jpg": 5}
    assert [one.new for one in history(store, folder / "Anna.jpg")] == [5]


def test_turned_and_its_time_corrected(store: Store, folder: Path) -> None:
    path = rated_shot(store, folder / "a.jpg")
    write_photo(path, scene(0), START.replace(year=2024), orientation=6)
    assert opened(store, folder) == {"edited": 1}
    assert marks(store, path).stars == 5


def test_edited_pixels_of_the_same_moment(store: Store, folder: Path) -> None:
    path = rated_shot(store, folder / "a.jpg")
    write_photo(path, scene(0).convert("L"), START)
    assert opened(store, folder) == {"edited": 1}
    assert marks(store, path).stars == 5


def test_rated_copy_deleted(store: Store, folder: Path) -> None:
    """The copy that stays has the stars of the one that a doublet finder has thrown away."""
    shot(folder / "a.jpg", 0)
    shutil.copy(folder / "a.jpg", folder / "b.jpg")
    with_xmp(folder / "b.jpg")
    opened(store, folder)
    set_stars(store, [folder / "a.jpg"], 5)
    (folder / "a.jpg").unlink()
    assert opened(store, folder) == {"unchanged": 1, "missing": 1, "inherited": 1}
    assert stars(store, folder) == {"b.jpg": 5}
    assert [one.kind for one in history(store, folder / "b.jpg")] == [StepKind.COPIED]
    assert opened(store, folder) == {"unchanged": 1}


def test_a_twin_keeps_what_a_person_said_of_it(store: Store, folder: Path) -> None:
    shot(folder / "a.jpg", 0)
    shutil.copy(folder / "a.jpg", folder / "b.jpg")
    opened(store, folder)
    set_stars(store, [folder / "a.jpg"], 5)
    set_stars(store, [folder / "b.jpg"], 2)
    (folder / "a.jpg").unlink()
    opened(store, folder)
    assert stars(store, folder) == {"b.jpg": 2}


def test_a_twin_takes_a_persons_word_for_what_was_read(store: Store, folder: Path) -> None:
    with_xmp(shot(folder / "a.jpg", 0), rated(3))
    shutil.copy(folder / "a.jpg", folder / "b.jpg")
    opened(store, folder)
    assert stars(store, folder) == {"a.jpg": 3, "b.jpg": 3}
    set_stars(store, [folder / "a.jpg"], 5)
    (folder / "a.jpg").unlink()
    opened(store, folder)
    assert stars(store, folder) == {"b.jpg": 5}


def test_without_a_time_the_look_decides(store: Store, folder: Path) -> None:
    """A forward that was brightened is the same photo; another one under its name is asked."""
    path = write_photo(folder / "IMG-WA0001.jpg", scene(1, (300, 200)))
    opened(store, folder)
    set_stars(store, [path], 4)
    assert opened(store, folder) == {"unchanged": 1}
    write_photo(path, scene(1, (300, 200)).point(lambda grey: min(255, grey + 30)))
    assert opened(store, folder) == {"edited": 1}
    assert marks(store, path).stars == 4
    write_photo(path, scene(2, (300, 200)))
    assert opened(store, folder) == {"new": 1, "missing": 1, "doubtful": 1}
    assert marks(store, path) == Marks()
    assert doubts(store, folder) == [Doubt(path, path, Marks(stars=4))]


def in_doubt(store: Store, folder: Path) -> Path:
    """A photo that was developed anew without its time: nobody can tell."""
    path = rated_shot(store, folder / "a.jpg")
    write_photo(path, scene(9))
    assert opened(store, folder)["doubtful"] == 1
    return path


def test_what_is_doubtful_is_not_forgotten(store: Store, folder: Path) -> None:
    path = in_doubt(store, folder)
    assert purge(store, [path]) == 0
    assert settle(store, path, is_same=False)
    assert doubts(store) == []
    assert marks(store, path) == Marks()
    assert purge(store, [path]) == 1
    assert not settle(store, path, is_same=True)


def test_settled_as_the_same(store: Store, folder: Path) -> None:
    path = in_doubt(store, folder)
    assert settle(store, path, is_same=True)
    assert marks(store, path).stars == 5
    assert [one.new for one in history(store, path)] == [5]
    assert missing(store) == []
    undo(store)
    assert marks(store, path) == Marks()


def test_settled_as_the_same_after_it_was_rated(store: Store, folder: Path) -> None:
    path = in_doubt(store, folder)
    set_stars(store, [path], 2)
    settle(store, path, is_same=True)
    assert marks(store, path).stars == 2


def test_the_missing_photo_is_back(store: Store, folder: Path) -> None:
    in_doubt(store, folder)
    shot(folder / "b.jpg", 0)
    assert opened(store, folder) == {"unchanged": 1, "moved": 1}
    assert doubts(store) == []


def test_edited_and_renamed_is_offered(store: Store, folder: Path) -> None:
    path = rated_shot(store, folder / "a.jpg")
    path.unlink()
    new = write_photo(folder / "a-edit.jpg", scene(0).convert("L"), START)
    assert opened(store, folder) == {"new": 1, "missing": 1}
    assert doubts(store, folder) == [Doubt(new, path, Marks(stars=5))]
    settle(store, new, is_same=False)
    opened(store, folder)
    assert doubts(store, folder) == []


def test_an_edited_copy_put_over_the_original_is_asked(store: Store, folder: Path) -> None:
    path = rated_shot(store, folder / "a.jpg")
    edit = write_photo(folder / "a-edit.jpg", scene(0).convert("L"), START)
    opened(store, folder)
    edit.replace(path)
    assert opened(store, folder) == {"moved": 1, "missing": 1, "doubtful": 1}
    assert doubts(store) == [Doubt(path, path, Marks(stars=5))]


def test_names_of_one_moment_swapped(store: Store, folder: Path) -> None:
    """Two frames of a second: the pictures tell them apart, not the times."""
    for name, number in (("a", 1), ("b", 2)):
        write_photo(folder / f"{name}.jpg", scene(number), START)
    opened(store, folder)
    set_stars(store, [folder / "a.jpg"], 5)
    (folder / "a.jpg").rename(folder / "t")
    (folder / "b.jpg").rename(folder / "a.jpg")
    (folder / "t").rename(folder / "b.jpg")
    assert opened(store, folder) == {"moved": 2}
    assert stars(store, folder) == {"a.jpg": None, "b.jpg": 5}


def test_half_copied_says_nothing(store: Store, folder: Path) -> None:
    path = rated_shot(store, folder / "a.jpg")
    whole = path.read_bytes()
    path.write_bytes(bytes(len(whole)))
    assert opened(store, folder) == {"edited": 1}
    assert marks(store, path).stars == 5
    path.write_bytes(whole)
    opened(store, folder)
    assert marks(store, path).stars == 5


def test_a_store_of_the_second_version_learns_the_pictures(tmp_path: Path, folder: Path) -> None:
    """What it knew of files by their bytes, it knows by their pictures after one opening."""
    paths = [shot(folder / f"{name}.jpg", number) for number, name in enumerate("abc")]
    file = tmp_path / "album.db"
    with open_store(file, migrations=MIGRATIONS[:2]) as store, store.transaction():
        old_rows(store, paths)
    with open_store(file) as store:
        paths[0].rename(folder / "moved.jpg")  # before it has been read again
        assert opened(store, folder) == {"unchanged": 2, "moved": 1}
        assert stars(store, folder) == {"moved.jpg": 1, "b.jpg": 2, "c.jpg": 3}
        assert store.rows("SELECT count(*) FROM photos WHERE picture IS NULL") == [(0,)]
        assert store.rows("SELECT count(*) FROM facts WHERE sharpness = 9") == [(3,)]
        with_xmp(paths[1]).rename(folder / "tagged.jpg")
        shot(paths[2], 5)
        assert opened(store, folder) == {"unchanged": 1, "moved": 1, "new": 1, "missing": 1}
        assert stars(store, folder) == {"moved.jpg": 1, "tagged.jpg": 2, "c.jpg": None}


def old_rows(store: Store, paths: list[Path]) -> None:
    """Photos with 1, 2 and 3 stars, as the version before pictures kept them."""
    run = store.connection.execute
    run("INSERT INTO steps (done_at, kind, source, is_undoable) VALUES ('', 'person', '', 1)")
    for number, path in enumerate(paths, start=1):
        status = path.stat()
        run(
            "INSERT INTO photos (path, size, mtime_ns, hash, stars, stars_step) "
            "VALUES (?, ?, ?, ?, ?, 1)",
            (path_key(path), status.st_size, status.st_mtime_ns, content_hash(path), number),
        )
        run("INSERT INTO facts VALUES (?, ?, 'K1', 0, 9)", (number, START.timestamp()))
