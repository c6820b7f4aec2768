"""Ratings from a table."""

from pathlib import Path

import pytest

from photoaes.album.ratings import read_ratings
from photoaes.errors import InputInvalid


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.jpg", "b, c.jpg", "d.jpg"):
        (tmp_path / name).write_bytes(b"x")
    return tmp_path


def _table(folder: Path, text: str) -> Path:
    path = folder / "ratings.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_paths_are_relative_to_the_folder_or_absolute(folder: Path) -> None:
    text = f'path,stars\na.jpg,5\n"b, c.jpg",1\n{folder / "d.jpg"},3\n'
    ratings = read_ratings(_table(folder, text), folder)
    assert ratings == {folder / "a.jpg": 5, folder / "b, c.jpg": 1, folder / "d.jpg": 3}


def test_a_spreadsheets_mark_blanks_and_other_columns_do_no_harm(folder: Path) -> None:
    text = "\ufeffpath , stars, note\r\na.jpg, 5 ,x\r\nd.jpg,2,\r\n"
    assert list(read_ratings(_table(folder, text), folder).values()) == [5, 2]


def test_nothing_and_zero_are_unrated(folder: Path) -> None:
    text = 'path,stars\na.jpg,0\nd.jpg,\nb.jpg,\n"b, c.jpg",4\n'
    assert read_ratings(_table(folder, text), folder) == {folder / "b, c.jpg": 4}


@pytest.mark.parametrize("value", ["6", "-1", "4.5", "good", "nan"])
def test_what_is_no_number_of_stars_is_refused_with_its_line(folder: Path, value: str) -> None:
    text = f"path,stars\na.jpg,5\nd.jpg,{value}\n"
    with pytest.raises(InputInvalid, match=f"line 3: '{value}' is not a number of stars"):
        read_ratings(_table(folder, text), folder)


def test_a_photo_that_is_not_there_is_named_with_its_line(folder: Path) -> None:
    with pytest.raises(InputInvalid, match=r"line 2: there is no photo .*gone\.jpg"):
        read_ratings(_table(folder, "path,stars\ngone.jpg,5\n"), folder)


def test_a_line_without_a_path_is_told_by_its_number(folder: Path) -> None:
    with pytest.raises(InputInvalid, match="line 3: there is no photo"):
        read_ratings(_table(folder, "stars,path\n5,a.jpg\n4\n"), folder)


@pytest.mark.parametrize("text", ["", "photo,stars\na.jpg,5\n", "path,stars\n"])
def test_a_table_without_what_is_needed_is_refused(folder: Path, text: str) -> None:
    with pytest.raises(InputInvalid):
        read_ratings(_table(folder, text), folder)


def test_a_table_that_is_no_text_is_refused(folder: Path) -> None:
    path = folder / "ratings.csv"
    path.write_bytes(b"\xff\xfe\x00\x01path,stars")
    with pytest.raises(InputInvalid, match="cannot be read"):
        read_ratings(path, folder)
