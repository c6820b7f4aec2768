"""An album from the shell: scan, rate, rank, export, share the taste; nothing of it is lost."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from photoaes.album.sidecars.xmp_marks import statement
from photoaes.cli import main
from tests.tiny import tiny_bank

XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="{stars}"/></rdf:RDF></x:xmpmeta>'
)


_BURSTS = (("IMG_0", "IMG_1", "IMG_2"), ("IMG_3",), ("IMG_4", "IMG_5"))


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "Lofoten"
    folder.mkdir()
    for number in range(6):
        colour = (number * 40, 90, 250 - number * 40)
        Image.new("RGB", (90, 60), colour).save(folder / f"IMG_{number}.jpg")
    return folder


def _say(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def _err(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().err


def _fail(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main([str(argument) for argument in arguments]) == 1
    return capsys.readouterr().err


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.jpg")
    }


def test_a_data_folder_that_cannot_be_made_is_told(
    album: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PHOTOAES_HOME", str(album / "IMG_0.jpg"))
    assert "where ratings are kept, cannot be written" in _fail(capsys, "scan", album)
    assert "sample album cannot be made" in _fail(capsys, "sample")


def test_rate_rank_save_export_and_share(
    album: Path, bank: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _hashes(album)
    assert "6 photos: 6 new" in _say(capsys, "scan", album)
    for number, stars in ((0, 1), (1, 2), (4, 5), (5, 5)):
        _say(capsys, "rate", album / f"IMG_{number}.jpg", "--stars", stars)
    learn = ("rank", album, "--bank", bank, "--method", "paper", "--save", "Me", "--json")
    ranked = json.loads(_say(capsys, *learn))
    assert ranked["rated"] == 4
    assert "Me: 4 ratings" in _say(capsys, "profile", "list")

    plan = _say(capsys, "export", album, tmp_path / "best", "--profile", "Me", "--top", 2, "--plan")
    assert "2 files, 0 MB, no name collides" in plan
    assert not (tmp_path / "best").exists()
    options = (
        "--profile",
        "Me",
        "--top",
        2,
        "--contact-sheet",
        "--web-page",
        "--names",
        "{rank} {stem}",
    )
    _say(capsys, "export", album, tmp_path / "best", *options)
    names = [Path(photo["path"]).stem for photo in ranked["photos"][:2]]
    assert sorted(path.name for path in (tmp_path / "best").glob("*.jpg")) == [
        f"1 {names[0]}.jpg",
        f"2 {names[1]}.jpg",
    ]
    receipt = json.loads((tmp_path / "best" / "photoaes-export.json").read_text())
    assert receipt["profile"] == "Me"
    assert receipt["bank_digest"] == ranked["bank"]["digest"]
    assert (tmp_path / "best" / "contact-sheet.html").exists()
    assert (tmp_path / "best" / "web-page" / "small-0002.jpg").exists()

    shared = tmp_path / "me.json"
    _say(capsys, "profile", "export", "Me", shared)
    _say(capsys, "profile", "remove", "Me")
    assert "'Me'" in _say(capsys, "profile", "import", shared)
    again = json.loads(_say(capsys, "rank", album, "--bank", bank, "--profile", "Me", "--json"))
    # The same photos by the same numbers, without learning anything.
    assert again["photos"] == ranked["photos"]
    assert again["seconds"]["fit"] < ranked["seconds"]["fit"]
    assert _hashes(album) == before


def test_a_taste_of_our_method_goes_from_album_to_album_unchanged(
    album: Path, bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _say(capsys, "scan", album)
    for number, stars in ((0, 1), (1, 2), (4, 5), (5, 5)):
        _say(capsys, "rate", album / f"IMG_{number}.jpg", "--stars", stars)
    learned = json.loads(
        _say(capsys, "rank", album, "--bank", bank, "--save", "Me", "--anyway", "--json")
    )
    _say(capsys, "profile", "export", "Me", tmp_path / "me.json")
    _say(capsys, "profile", "remove", "Me")
    _say(capsys, "profile", "import", tmp_path / "me.json")
    part = tmp_path / "part"
    part.mkdir()
    for number in (1, 3, 5):
        shutil.copy2(album / f"IMG_{number}.jpg", part)
    ranked = json.loads(_say(capsys, "rank", part, "--bank", bank, "--profile", "Me", "--json"))
    scores = {Path(one["path"]).name: one["score"] for one in learned["photos"]}
    for one in ranked["photos"]:
        assert one["score"] == pytest.approx(scores[Path(one["path"]).name], abs=1e-3)


def test_missing_photos_are_forgotten_on_demand_only(
    album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _say(capsys, "scan", album)
    photo = album / "IMG_0.jpg"
    _say(capsys, "rate", photo, "--stars", 4)
    data = photo.read_bytes()
    photo.unlink()
    assert f"1 missing in all, first {photo}" in _say(capsys, "scan", album)
    photo.write_bytes(data)
    assert "missing" not in _say(capsys, "scan", album, "--forget-missing")
    assert "stars: none -> 4" in _say(capsys, "rate", photo)
    photo.unlink()
    assert "1 missing photos forgotten" in _say(capsys, "scan", album, "--forget-missing")
    photo.write_bytes(data)
    assert "1 new" in _say(capsys, "scan", album)
    assert "-> 4" not in _say(capsys, "rate", photo)


def test_ratings_follow_a_renamed_photo_and_can_be_taken_back(
    album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _say(capsys, "scan", album)
    _say(capsys, "rate", album / "IMG_0.jpg", album / "IMG_1.jpg", "--stars", 4)
    (album / "IMG_0.jpg").rename(album / "best of all.jpg")
    assert "1 moved" in _say(capsys, "scan", album)
    assert "stars: none -> 4" in _say(capsys, "rate", album / "best of all.jpg")
    told = _say(capsys, "rate", "--undo")
    assert "taken back" in told
    assert str(album / "best of all.jpg") in told
    assert "4 -> none" in _say(capsys, "rate", album / "best of all.jpg")
    assert "done again" in _say(capsys, "rate", "--redo")
    assert "nothing to do again" in _fail(capsys, "rate", "--redo")


def test_stars_of_other_programs_are_found_and_ours_win(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (album / "IMG_2.jpg.xmp").write_text(XMP.format(stars=3))
    (album / "IMG_3.xmp").write_text(XMP.format(stars=5))
    (album / "IMG_4.jpg.xmp").write_text("<broken")
    told = _say(capsys, "scan", album)
    assert "found 2 stars" in told
    assert "not understood" in told
    _say(capsys, "rate", album / "IMG_2.jpg", "--stars", 1)
    table = tmp_path / "table.csv"
    table.write_text("path,stars\nIMG_2.jpg,5\nIMG_5.jpg,2\n")
    told = _say(capsys, "ratings", "import", album, table)
    assert "1 photos rated" in told
    assert "already" not in told
    again = _say(capsys, "ratings", "import", album, table)
    assert "0 photos rated, 1 had these stars already" in again
    assert "your 1 stars are kept, not 5" in told

    out = tmp_path / "out.csv"
    _say(capsys, "ratings", "export", album, "--csv", out)
    with out.open(newline="") as file:
        rows = {row["path"]: row["stars"] for row in csv.DictReader(file)}
    assert rows == {"IMG_2.jpg": "1", "IMG_3.jpg": "5", "IMG_5.jpg": "2"}
    assert "already" in _fail(capsys, "ratings", "export", album, "--csv", out)


def test_sidecars_are_written_only_when_asked_for(
    album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _say(capsys, "rate", album / "IMG_0.jpg", "--stars", 4)
    assert not list(album.glob("*.xmp"))
    _say(capsys, "rate", album / "IMG_0.jpg", "--stars", 3, "--label", "Red", "--xmp")
    text = (album / "IMG_0.jpg.xmp").read_text()
    assert "Rating" in text
    assert "Red" in text
    assert "1 sidecars written" in _say(capsys, "rate", album / "IMG_0.jpg", "--stars", 5, "--xmp")
    assert "0 sidecars written" in _say(capsys, "ratings", "export", album, "--xmp")


def test_new_sidecars_are_named_as_lightroom_does_on_demand(
    album: Path, bank: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def names(folder: Path) -> set[str]:
        return {path.name for path in folder.glob("*.xmp")}

    _say(capsys, "rate", album / "IMG_0.jpg", "--stars", 4, "--xmp", "--adobe-names")
    assert names(album) == {"IMG_0.xmp"}
    _say(capsys, "rate", album / "IMG_5.jpg", "--stars", 1)
    _say(capsys, "ratings", "export", album, "--xmp", "--adobe-names")
    assert names(album) == {"IMG_0.xmp", "IMG_5.xmp"}
    _say(capsys, "rank", album, "--bank", bank, "--save", "Me", "--anyway")
    options = ("--profile", "Me", "--xmp", "--adobe-names", "--names", "{stem}", "--top", 3)
    _say(capsys, "export", album, tmp_path / "best", *options)
    copies = {path.stem for path in (tmp_path / "best").glob("*.jpg")}
    assert {Path(name).stem for name in names(tmp_path / "best")} == copies


def test_a_raw_and_its_jpeg_are_one_photo(
    album: Path, bank: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (0, 5):
        (album / f"img_{number}.CR2").write_bytes(b"raw %d" % number)
    assert "6 photos and 2 RAW files beside them: 8 new" in _say(capsys, "scan", album)
    assert "8 photos: 8 unchanged" in _say(capsys, "scan", album, "--split-pairs")
    assert "2 of 2 files" in _say(capsys, "rate", album / "img_0.CR2", "--stars", 1, "--xmp")
    assert sorted(path.name for path in album.glob("*.xmp")) == ["IMG_0.jpg.xmp", "img_0.CR2.xmp"]
    _say(capsys, "rate", album / "IMG_5.jpg", "--stars", 5)
    learn = ("rank", album, "--bank", bank, "--method", "paper", "--save", "Me", "--json")
    ranked = json.loads(_say(capsys, *learn))
    assert (ranked["rated"], len(ranked["photos"]), ranked["unreadable"]) == (2, 6, [])

    table = tmp_path / "table.csv"
    table.write_text("path,stars\nimg_0.CR2,2\nIMG_3.jpg,4\n")
    command = ("rank", album, "--bank", bank, "--ratings", table, "--json")
    again = json.loads(_say(capsys, *command))
    assert {Path(one["path"]).name for one in again["photos"] if one["rating"]} == {
        "IMG_0.jpg",
        "IMG_3.jpg",
    }
    for which, endings in (
        ("both", {"IMG_0.CR2", "IMG_0.jpg", "IMG_5.CR2", "IMG_5.jpg"}),
        ("jpeg", {"IMG_0.jpg", "IMG_5.jpg"}),
        ("raw", {"IMG_0.CR2", "IMG_5.CR2"}),
    ):
        target = tmp_path / which
        options = ("--profile", "Me", "--files", which, "--names", "{stem}", "--sidecars")
        _say(capsys, "export", album, target, *options)
        others = {f"IMG_{number}.jpg" for number in (1, 2, 3, 4)}
        names = {path.name for path in target.iterdir() if path.suffix in (".jpg", ".CR2")}
        assert names == endings | others
    assert {path.name for path in target.glob("*.xmp")} == {"IMG_0.CR2.xmp"}


def test_of_a_burst_only_the_best_is_kept(
    album: Path, bank: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, second in enumerate((0, 1, 2, 500, 900, 901)):
        exif = Image.Exif()
        exif[0x0132] = f"2026:05:01 12:{second // 60:02}:{second % 60:02}"
        path = album / f"IMG_{number}.jpg"
        with Image.open(path) as image:
            image.load()
        image.save(path, exif=exif)
    for number, stars in ((0, 1), (5, 5)):
        _say(capsys, "rate", album / f"IMG_{number}.jpg", "--stars", stars)
    command = ("rank", album, "--bank", bank, "--one-per-group", "--json")
    photos = json.loads(_say(capsys, *command, "--save", "Me", "--anyway"))["photos"]
    kept = [Path(photo["path"]).stem for photo in photos if photo["kept"]]
    assert [sum(name in part for name in kept) for part in _BURSTS] == [1, 1, 1]
    table = tmp_path / "table.csv"
    table.write_text("path,stars\nIMG_0.jpg,1\nIMG_5.jpg,5\n")
    again = json.loads(_say(capsys, *command, "--anyway", "--ratings", table))["photos"]
    assert [photo["kept"] for photo in again] == [photo["kept"] for photo in photos]
    _say(capsys, "export", album, tmp_path / "best", "--profile", "Me", "--one-per-group",
         "--names", "{stem}")  # fmt: skip
    assert sorted(path.stem for path in (tmp_path / "best").glob("*.jpg")) == sorted(kept)


@pytest.mark.parametrize("mode", ["copy", "hardlink", "symlink"])
def test_stars_beside_the_copies_and_never_beside_the_originals(
    album: Path, bank: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], mode: str
) -> None:
    (album / "IMG_1.xmp").write_text(XMP.format(stars=1))
    for number, stars in ((0, 2), (1, 4), (5, 5)):
        _say(capsys, "rate", album / f"IMG_{number}.jpg", "--stars", stars, "--label", "Red")
    _say(capsys, "rank", album, "--bank", bank, "--save", "Me", "--anyway")
    before = {path: path.read_bytes() for path in album.iterdir()}
    best = tmp_path / "best"
    options = ("--profile", "Me", "--mode", mode, "--sidecars", "--xmp", "--names", "{stem}")
    _say(capsys, "export", album, best, *options)
    assert {path: path.read_bytes() for path in album.iterdir()} == before
    marks = {path.name: statement(path.read_bytes()).marks for path in best.glob("*.xmp")}
    found = {name: (said.stars, said.label) for name, said in marks.items()}
    assert found.pop("IMG_1.xmp") == (4, "Red")  # the one that went along
    assert found.pop("IMG_0.jpg.xmp") == (2, "Red")
    assert found.pop("IMG_5.jpg.xmp") == (5, "Red")
    assert set(found.values()) == {(None, None)}
    text = (best / "IMG_3.jpg.xmp").read_text()
    assert "Me" in text  # unrated: a score, by whose taste, and no stars
    assert "xmp:Rating" not in text


def test_scores_become_stars_that_teach_nothing_and_can_be_taken_back(
    album: Path, bank: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (album / "IMG_3.CR2").write_bytes(b"raw")
    for number, stars in ((0, 1), (5, 5)):
        _say(capsys, "rate", album / f"IMG_{number}.jpg", "--stars", stars)
    _say(capsys, "rank", album, "--bank", bank, "--save", "Me", "--anyway")
    fill = ("ratings", "fill", album, "--profile", "Me")
    plan = _say(capsys, *fill, "--plan")
    assert sum(int(line.split()[2]) for line in plan.splitlines()) == 4
    assert "0 files lost" in _say(capsys, "ratings", "unfill", album)
    assert "5 files got stars" in _say(capsys, *fill)
    history = _say(capsys, "rate", album / "IMG_3.jpg")
    assert "machine" in history
    assert "2 rated" in _err(capsys, "rank", album, "--bank", bank, "--profile", "Me")
    _say(capsys, "ratings", "export", album, "--xmp", "--csv", tmp_path / "stars.csv")
    assert len((tmp_path / "stars.csv").read_text().splitlines()) == 3
    assert len(list(album.glob("*.xmp"))) == 2
    assert "5 files lost" in _say(capsys, "ratings", "unfill", album)
    _say(capsys, "rate", "--undo")
    _say(capsys, "rate", "--undo")
    assert "0 files lost" in _say(capsys, "ratings", "unfill", album)


def test_a_profile_means_nothing_with_another_bank(
    album: Path, bank: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, stars in ((0, 1), (5, 5)):
        _say(capsys, "rate", album / f"IMG_{number}.jpg", "--stars", stars)
    _say(capsys, "rank", album, "--bank", bank, "--save", "Me", "--anyway")
    tiny_bank(tmp_path / "other", tasks=("light",))
    said = _fail(capsys, "rank", album, "--bank", tmp_path / "other", "--profile", "Me")
    assert "was learned with the bank" in said


def test_what_cannot_be_done_is_said(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "There is no photo" in _fail(capsys, "rate", album / "gone.jpg", "--stars", 3)
    assert "Name the photos" in _fail(capsys, "rate", "--stars", 3)
    assert "nothing to undo" in _fail(capsys, "rate", "--undo")
    assert "Say where to" in _fail(capsys, "ratings", "export", album)
    assert (
        "no taste profile" in _fail(capsys, "export", album, album / "x", "--profile", "X").lower()
    )
    assert "nothing is learned" in _fail(capsys, "rank", album, "--profile", "X", "--save", "Y")
