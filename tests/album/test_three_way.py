"""Marks changed here, in a sidecar, in both: which of them count, and what is told."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from photoaes.album.marks import Flag, Marks
from photoaes.album.sidecars.xmp_marks import statement
from photoaes.album.store.conflicts import OpenConflict, open_conflicts, settle_conflict
from photoaes.album.store.lessons import ratings_for_fit
from photoaes.album.store.marks_import import set_machine_stars
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.rating_log import StepKind, Wish, history, set_marks, set_stars
from photoaes.album.store.undo import redo, undo
from photoaes.jobs.open_album import known_photos, open_album
from photoaes.jobs.read_album import Found, read_album
from photoaes.jobs.sidecars import sidecar_plan
from photoaes.jobs.write_back import plan_again, write_back
from photoaes.running import finished
from tests.album.pictures import shot, with_xmp
from tests.album.stores import marks
from tests.album.xmp_files import rated

AGO = datetime.now(UTC) - timedelta(days=9)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    (tmp_path / "album").mkdir()
    return shot(tmp_path / "album" / "a.jpg", 0)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(None) as store:
        yield store


def opened(store: Store, photo: Path) -> Found:
    return finished(read_album(store, finished(open_album(store, photo.parent))))


def outside(photo: Path, stars: int | str, extra: str = "", dated: datetime | None = None) -> Path:
    """Another program writes the sidecar; its file's time is now, or that of the date."""
    path = photo.with_name(photo.name + ".xmp")
    if dated is not None:
        extra += f' xmp:MetadataDate="{dated.isoformat()}"'
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_bytes(rated(stars, extra))
    if path.stat().st_mtime_ns == before:  # written within one tick of the disk's clock
        os.utime(path, ns=(before + 10**7,) * 2)
    return path


def write(store: Store, photo: Path, given: Marks) -> None:
    """As a person does here, with sidecars."""
    paired = known_photos(store, [photo])
    set_marks(store, [Wish(photo, given)])
    assert finished(write_back(store, sidecar_plan(paired, {photo: given}))).problems == []


def test_a_sidecar_that_comes_later(store: Store, photo: Path) -> None:
    assert opened(store, photo) == Found()
    outside(photo, 5)
    assert opened(store, photo).stars == 1
    assert marks(store, photo).stars == 5
    assert opened(store, photo) == Found()


def test_changed_outside_only(store: Store, photo: Path) -> None:
    sidecar = outside(photo, 3, ' xmp:Label="Rot"')
    opened(store, photo)
    outside(photo, 5, ' xmp:Label="Rot"')
    found = opened(store, photo)
    assert [(one.field, one.ours, one.theirs) for one in found.changed] == [("stars", 3, 5)]
    assert found.changed[0].source == str(sidecar)
    assert marks(store, photo) == Marks(5, None, "Rot")
    assert history(store, photo)[-1].kind is StepKind.IMPORT


def test_taken_away_outside(store: Store, photo: Path) -> None:
    outside(photo, 3)
    opened(store, photo)
    outside(photo, 0)
    opened(store, photo)
    assert marks(store, photo).stars is None
    assert ratings_for_fit(store) == {}


def test_a_sidecar_that_is_gone_takes_nothing(store: Store, photo: Path) -> None:
    sidecar = outside(photo, 3)
    opened(store, photo)
    sidecar.unlink()
    assert opened(store, photo) == Found()
    assert marks(store, photo).stars == 3
    outside(photo, 3)
    assert opened(store, photo) == Found()


def test_changed_here_only(store: Store, photo: Path) -> None:
    outside(photo, 3)
    opened(store, photo)
    set_stars(store, [photo], 5)
    outside(photo, 3, ' xmp:CreatorTool="x"')
    assert opened(store, photo) == Found()
    assert marks(store, photo).stars == 5


def test_changed_on_both_sides_is_for_a_person(store: Store, photo: Path) -> None:
    outside(photo, 3)
    opened(store, photo)
    set_stars(store, [photo], 5)
    sidecar = outside(photo, 1)
    assert opened(store, photo).open == 1
    assert marks(store, photo).stars == 5
    expected = [OpenConflict(photo, "stars", 5, 1, str(sidecar))]
    assert open_conflicts(store) == open_conflicts(store, photo.parent) == expected
    assert opened(store, photo) == Found()  # told once, and listed until it is settled
    assert open_conflicts(store) == expected


@pytest.mark.parametrize("take_theirs", [True, False])
def test_settled(store: Store, photo: Path, take_theirs: bool) -> None:
    test_changed_on_both_sides_is_for_a_person(store, photo)
    assert settle_conflict(store, photo, take_theirs=take_theirs) == 1
    assert marks(store, photo).stars == (1 if take_theirs else 5)
    assert open_conflicts(store) == []
    assert settle_conflict(store, photo, take_theirs=take_theirs) == 0
    outside(photo, 1, ' xmp:CreatorTool="x"')
    assert opened(store, photo).open == 0
    if take_theirs:
        undo(store)
        assert marks(store, photo).stars == 5


def test_both_sides_came_to_the_same(store: Store, photo: Path) -> None:
    test_changed_on_both_sides_is_for_a_person(store, photo)
    outside(photo, 5)
    assert opened(store, photo) == Found()
    assert open_conflicts(store) == []


def test_of_both_sides_ours_is_clearly_newer(store: Store, photo: Path) -> None:
    opened(store, photo)
    set_stars(store, [photo], 5)
    outside(photo, 2, dated=AGO)
    found = opened(store, photo)
    assert (found.open, [one.theirs for one in found.conflicts]) == (0, [2])
    assert marks(store, photo).stars == 5
    assert open_conflicts(store) == []


def test_a_machines_stars_give_way(store: Store, photo: Path) -> None:
    opened(store, photo)
    set_machine_stars(store, {photo: 4}, "Ann")
    outside(photo, 0)
    opened(store, photo)
    assert marks(store, photo).stars == 4
    outside(photo, 2)
    opened(store, photo)
    assert ratings_for_fit(store) == {photo: 2}


def test_embedded_stars_are_looked_at_again(store: Store, photo: Path) -> None:
    with_xmp(photo, rated(2))
    opened(store, photo)
    assert marks(store, photo).stars == 2
    with_xmp(photo, rated(4))  # in front of the older packet
    opened(store, photo)
    assert marks(store, photo).stars == 4


def test_written_here_and_changed_there(store: Store, photo: Path) -> None:
    """The person's own star, passed on, and then changed in the other program."""
    opened(store, photo)
    write(store, photo, Marks(stars=5))
    assert opened(store, photo) == Found()
    outside(photo, 2)
    found = opened(store, photo)
    assert [(one.ours, one.theirs) for one in found.changed] == [(5, 2)]
    assert marks(store, photo).stars == 2
    undo(store)
    assert marks(store, photo).stars == 5


def test_written_here_and_taken_away_there_is_asked(store: Store, photo: Path) -> None:
    opened(store, photo)
    write(store, photo, Marks(stars=5))
    outside(photo, 0)
    assert opened(store, photo).open == 1
    assert marks(store, photo).stars == 5


def test_writing_replaces_nothing_that_was_not_read(store: Store, photo: Path) -> None:
    opened(store, photo)
    paired = known_photos(store, [photo])
    sidecar = outside(photo, 2)
    set_stars(store, [photo], 5)
    written = finished(write_back(store, sidecar_plan(paired, {photo: Marks(stars=5)})))
    assert written.count == 0
    assert "another program has changed it" in written.problems[0]
    assert statement(sidecar.read_bytes()).marks.stars == 2
    assert opened(store, photo).open == 1
    again = finished(write_back(store, sidecar_plan(paired, {photo: Marks(stars=5)})))
    assert again.count == 0  # it is open
    settle_conflict(store, photo, take_theirs=False)
    assert finished(write_back(store, sidecar_plan(paired, {photo: Marks(stars=5)}))).count == 1
    assert statement(sidecar.read_bytes()).marks.stars == 5


def test_undo_offers_to_write_again(store: Store, photo: Path) -> None:
    sidecar = outside(photo, 3, ' xmp:Label="Rot"')
    opened(store, photo)
    write(store, photo, Marks(stars=5, label="Red"))
    paired = known_photos(store, [photo])
    assert plan_again(store, paired, [photo]) == []
    undo(store)
    [again] = plan_again(store, paired, [photo])
    assert (again.marks.stars, again.marks.label) == (3, "Rot")
    finished(write_back(store, [again]))
    assert statement(sidecar.read_bytes()).marks == Marks(3, Flag.NONE, "Rot")
    redo(store)
    [again] = plan_again(store, paired, [photo])
    assert again.marks.stars == 5


def test_undo_of_the_first_mark_clears_the_sidecar(store: Store, photo: Path) -> None:
    opened(store, photo)
    write(store, photo, Marks(4, Flag.PICK, "Red"))
    undo(store)
    paired = known_photos(store, [photo])
    finished(write_back(store, plan_again(store, paired, [photo])))
    said = statement(photo.with_name("a.jpg.xmp").read_bytes()).marks
    assert (said.stars, said.label) == (0, None)
    assert opened(store, photo) == Found()


def test_a_photo_rated_before_it_was_ever_scanned(store: Store, photo: Path) -> None:
    """What is said outside is read first: a star of one's own then stands above it."""
    sidecar = outside(photo, 3)
    write(store, photo, Marks(stars=5))
    assert [one.new for one in history(store, photo) if one.field == "stars"] == [3, 5]
    assert statement(sidecar.read_bytes()).marks.stars == 5


def test_a_raw_changes_with_its_jpeg(store: Store, photo: Path) -> None:
    raw = photo.with_suffix(".cr2")
    raw.write_bytes(b"raw")
    outside(photo, 3)
    opened(store, photo)
    assert marks(store, raw).stars == 3
    outside(photo, 5)
    opened(store, photo)
    assert (marks(store, photo).stars, marks(store, raw).stars) == (5, 5)


def test_what_was_changed_outside_twice_is_undone_step_by_step(store: Store, photo: Path) -> None:
    write(store, photo, Marks(2))
    for stars in (4, 5):
        outside(photo, stars)
        assert len(opened(store, photo).changed) == 1
    for stars in (4, 2):
        undo(store)
        assert marks(store, photo).stars == stars
        assert opened(store, photo) == Found()
    for stars in (4, 5):
        redo(store)
        assert marks(store, photo).stars == stars
    assert opened(store, photo) == Found()
