"""Ratings from a table."""

import unicodedata
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
    ratings = read_ratings(_table(folder, text), folder).stars
    assert ratings == {folder / "a.jpg": 5, folder / "b, c.jpg": 1, folder / "d.jpg": 3}


def test_a_spreadsheets_mark_blanks_and_other_columns_do_no_harm(folder: Path) -> None:
    text = "\ufeffpath , stars, note\r\na.jpg, 5 ,x\r\nd.jpg,2,\r\n"
    assert list(read_ratings(_table(folder, text), folder).stars.values()) == [5, 2]


def test_nothing_and_zero_are_unrated(folder: Path) -> None:
    text = 'path,stars\na.jpg,0\nd.jpg,\nb.jpg,\n"b, c.jpg",4\n'
    assert read_ratings(_table(folder, text), folder).stars == {folder / "b, c.jpg": 4}


@pytest.mark.parametrize("value", ["6", "-2", "4.5", "good", "nan", "80%"])
def test_what_is_no_number_of_stars_is_told_with_its_line(folder: Path, value: str) -> None:
    found = read_ratings(_table(folder, f"path,stars\na.jpg,5\nd.jpg,{value}\n"), folder)
    assert found.stars == {folder / "a.jpg": 5}
    assert found.problems == (f"ratings.csv, line 3: '{value}' is not a number of stars.",)


def test_a_photo_that_is_not_there_is_told_with_its_line(folder: Path) -> None:
    text = "path,stars\ngone.jpg,5\na.jpg,3\n"
    found = read_ratings(_table(folder, text), folder)
    assert found.stars == {folder / "a.jpg": 3}
    assert "line 2: there is no photo" in found.problems[0]
    with pytest.raises(InputInvalid, match=r"no rating from 1 to 5.*gone\.jpg"):
        read_ratings(_table(folder, "path,stars\ngone.jpg,5\n"), folder)


def test_a_line_without_a_path_is_told_by_its_number(folder: Path) -> None:
    found = read_ratings(_table(folder, "stars,path\n5,a.jpg\n4\n"), folder)
    assert found.problems == ("ratings.csv, line 3: it names no photo.",)


DIALECTS = {
    "semicolons": b"path;stars\r\nIMG_1.JPG;4\r\n",
    "tabs in UTF-16": "path\tstars\r\nIMG_1.JPG\t4\r\n".encode("utf-16"),
    "UTF-16 without its mark": "path,stars\nIMG_1.JPG,4\n".encode("utf-16-le"),
    "UTF-8 with its mark": "path,stars\nIMG_1.JPG,4\n".encode("utf-8-sig"),
    "bars": b"path|stars\nIMG_1.JPG|4\n",
    "heads in capitals": b"PATH,Stars\nIMG_1.JPG,4\n",
    "a point": b"path,stars\nIMG_1.JPG,4.0\n",
    "a comma": b"path;stars\nIMG_1.JPG;4,0\n",
    "a comma in quotes": b'path,stars\nIMG_1.JPG,"4,0"\n',
    "other case": b"path,stars\nimg_1.jpg,4\n",
    "exiftool": b"SourceFile,XMP:Rating\n./IMG_1.JPG,4\n",
    "exiftool with its groups": b"SourceFile,XMP-xmp:Rating\n/elsewhere/IMG_1.JPG,4\n",
    "Windows": b"path,stars\r\nC:\\Users\\Ann\\album\\IMG_1.JPG,4\r\n",
    "Photo Mechanic": b"Filename\tRating\nIMG_1.JPG\t4\n",
    "a folder of its own": b"Directory,FileName,Rating\n/home/ann/album,IMG_1.JPG,4\n",
    "Excel's word": b"sep=;\r\npath;stars\r\nIMG_1.JPG;4\r\n",
    "German": "Dateiname;Bewertung\nIMG_1.JPG;4\n".encode("cp1252"),
    "no heads": b"IMG_1.JPG,4\n",
    "columns turned round": b"stars,path\n4,IMG_1.JPG\n",
    "drawn": "path,stars\nIMG_1.JPG,\u2605\u2605\u2605\u2605\u2606\n".encode(),
    "no extension": b"name,rating\nIMG_1,4\n",
    "French": "Nom de fichier;\xc9valuation\nIMG_1.JPG;4\n".encode("cp1252"),
    "Spanish": "Nombre de archivo,Calificaci\xf3n\nIMG_1.JPG,4\n".encode(),
    "Russian": "Файл;Рейтинг\nIMG_1.JPG;4\n".encode(),
    "Japanese": "ファイル名,評価\nIMG_1.JPG,4\n".encode(),
    "two columns of stars": b"SourceFile,XMP:Rating,EXIF:Rating\nIMG_1.JPG,,4\n",
    "words above": b"Exported on 1 May, 2024\n\npath;stars\nIMG_1.JPG;4\n",
    "a comment above": b"# my stars\npath,stars\nIMG_1.JPG,4\n",
    "percent": b"SourceFile,RatingPercent\nIMG_1.JPG,75\n",
    "no heads and a label": b"IMG_1.JPG,4,Red\n",
    "an address": b"path,stars\nfile:///elsewhere/IMG%5f1.JPG,4\n",
    "exiftool's JSON": b'[{"SourceFile": "./IMG_1.JPG", "Rating": 4}, {"SourceFile": "x.jpg"}]',
    "quotes that are not closed": b'note,path,stars\n"my 24" frame,IMG_1.JPG,4\n',
    "a long cell": b"path,note,stars\nIMG_1.JPG," + b"x" * 200_000 + b",4\n",
    "words behind": b"photo,rating (1-5)\nIMG_1.JPG,4 stars\n",
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_dialects(tmp_path: Path, dialect: str) -> None:
    album = tmp_path / "album"
    album.mkdir()
    photo = album / "IMG_1.JPG"
    photo.write_bytes(b"x")
    table = tmp_path / "ratings.csv"
    table.write_bytes(DIALECTS[dialect])
    found = read_ratings(table, album, [photo])
    assert (found.stars, found.problems) == ({photo: 4}, ())


def test_folders_tell_photos_of_one_name_apart(tmp_path: Path) -> None:
    photos = [tmp_path / "a" / "day 2" / "x.JPG", tmp_path / "b" / "day 2" / "x.JPG"]
    for photo in photos:
        photo.parent.mkdir(parents=True)
        photo.write_bytes(b"x")
    text = "path,stars\nD:\\b\\day 2\\x.jpg,4\nx.jpg,3\n"
    found = read_ratings(_table(tmp_path, text), tmp_path, photos)
    assert found.stars == {photos[1]: 4}
    assert "x.jpg may be" in found.problems[0]


def test_umlauts_in_two_signs_or_one(tmp_path: Path) -> None:
    photo = tmp_path / unicodedata.normalize("NFD", "K\u00f6ln.jpg")
    photo.write_bytes(b"x")
    found = read_ratings(_table(tmp_path, "path,stars\nK\u00f6ln.jpg,4\n"), tmp_path, [photo])
    assert [path.name for path in found.stars] in ([photo.name], ["K\u00f6ln.jpg"])


def test_names_that_begin_or_end_with_blanks(folder: Path) -> None:
    (folder / " e.jpg").write_bytes(b"x")
    found = read_ratings(_table(folder, "path,stars\n e.jpg,5\n a.jpg ,3\n"), folder)
    assert (found.stars, found.problems) == ({folder / " e.jpg": 5, folder / "a.jpg": 3}, ())


def test_rejected(folder: Path) -> None:
    found = read_ratings(_table(folder, "path,stars\na.jpg,-1\nd.jpg,3\n"), folder)
    assert (found.stars, found.rejected) == ({folder / "d.jpg": 3}, (folder / "a.jpg",))


@pytest.mark.parametrize(
    "text",
    [
        "path,stars,flag\na.jpg,,Reject\nd.jpg,3,Pick\n",
        "path,pick,stars\na.jpg,-1,\nd.jpg,1,3\n",
        "path,rejected,stars\na.jpg,yes,0\nd.jpg,no,3\n",
        'File Name,Rating,Flag\na.jpg,0,"rejected"\nd.jpg,3,\n',
    ],
)
def test_flags_of_tables_reject(folder: Path, text: str) -> None:
    found = read_ratings(_table(folder, text), folder)
    assert (found.stars, found.rejected) == ({folder / "d.jpg": 3}, (folder / "a.jpg",))


def test_a_quote_that_is_not_closed_swallows_no_lines(folder: Path) -> None:
    found = read_ratings(_table(folder, 'path,stars\n"a.jpg,5\nd.jpg,3\ngone.jpg,1\n'), folder)
    assert found.stars == {folder / "a.jpg": 5, folder / "d.jpg": 3}
    assert "line 4" in found.problems[0]


def test_lines_that_contradict_each_other_are_told(folder: Path) -> None:
    text = "path,stars\na.jpg,5\nd.jpg,3\na.jpg,2\nd.jpg,3\n"
    found = read_ratings(_table(folder, text), folder)
    assert found.stars == {folder / "a.jpg": 2, folder / "d.jpg": 3}
    assert found.problems == (
        "ratings.csv, line 2: a.jpg has other stars in line 4, and the later line counts.",
    )


def test_five_empty_stars_are_none(folder: Path) -> None:
    text = "path,stars\na.jpg,\u2606\u2606\u2606\u2606\u2606\nd.jpg,\u2605\n"
    found = read_ratings(_table(folder, text), folder)
    assert (found.stars, found.problems) == ({folder / "d.jpg": 1}, ())


@pytest.mark.parametrize("data", [b"PK\x03\x04" + bytes(50), b"\xd0\xcf\x11\xe0" + bytes(50)])
def test_a_spreadsheets_own_file_is_named(folder: Path, data: bytes) -> None:
    (folder / "ratings.xlsx").write_bytes(data)
    with pytest.raises(InputInvalid, match="Save it as CSV"):
        read_ratings(folder / "ratings.xlsx", folder)


@pytest.mark.parametrize("text", ["[1, 2]", "[" * 100_000, '{"a": ', '[{"path": 1, "path": 2}]'])
def test_json_that_is_no_table(folder: Path, text: str) -> None:
    with pytest.raises(InputInvalid):
        read_ratings(_table(folder, text), folder)


@pytest.mark.parametrize("text", ["", "photo,colour\na.jpg,red\n", "path,stars\n"])
def test_a_table_without_what_is_needed_is_refused(folder: Path, text: str) -> None:
    with pytest.raises(InputInvalid):
        read_ratings(_table(folder, text), folder)


def test_a_table_that_is_no_text_is_refused(folder: Path) -> None:
    path = folder / "ratings.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    with pytest.raises(InputInvalid, match="cannot be read"):
        read_ratings(path, folder)
