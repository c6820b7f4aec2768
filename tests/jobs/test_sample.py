"""The shipped sample album is copied whole, once, and into no folder that is not its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from photoaes.errors import InputInvalid
from photoaes.jobs.sample import MARKER, copy_sample, photos_of
from photoaes.running import finished
from photoaes.settings import sample_album_folder

SHIPPED = sample_album_folder()
FILES = photos_of(SHIPPED)


def _copied(folder: Path) -> Path:
    return finished(copy_sample(SHIPPED, folder))


def test_the_copy_is_the_album(tmp_path: Path) -> None:
    folder = _copied(tmp_path / "new" / "album")
    assert photos_of(folder) == FILES
    assert all((folder / f).read_bytes() == (SHIPPED / f).read_bytes() for f in FILES)
    assert not list(folder.rglob("*.part"))


def test_progress_counts_to_the_total(tmp_path: Path) -> None:
    told = [(event.done, event.total) for event in copy_sample(SHIPPED, tmp_path / "new")]
    assert told == [(done, len(FILES)) for done in range(len(FILES) + 1)]


def test_a_copy_that_was_broken_off_is_completed(tmp_path: Path) -> None:
    job = copy_sample(SHIPPED, tmp_path / "half")
    for _ in range(5):
        next(job)
    job.close()
    made = photos_of(tmp_path / "half")
    assert made == FILES[:4]
    times = [(tmp_path / "half" / file).stat().st_mtime_ns for file in made]
    folder = _copied(tmp_path / "half")
    assert photos_of(folder) == FILES
    assert [(folder / file).stat().st_mtime_ns for file in made] == times


def test_another_version_is_replaced_and_what_lies_beside_it_stays(tmp_path: Path) -> None:
    folder = _copied(tmp_path / "album")
    (folder / MARKER).write_text(json.dumps({"version": 0}))
    (folder / FILES[0]).write_bytes(b"an older picture")
    (folder / FILES[0]).with_suffix(".xmp").write_text("mine")
    _copied(folder)
    assert (folder / FILES[0]).read_bytes() == (SHIPPED / FILES[0]).read_bytes()
    assert (folder / FILES[0]).with_suffix(".xmp").read_text() == "mine"
    assert (folder / MARKER).read_bytes() == (SHIPPED / MARKER).read_bytes()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(InputInvalid, match="already holds something else"):
        _copied(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
