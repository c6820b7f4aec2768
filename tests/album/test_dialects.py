"""Stars, flags and labels in the words of each program."""

from pathlib import Path

import pytest
from PIL import Image

import photoaes.album.sidecars.dialects as dialects
from photoaes.album.marks import Flag, Marks, stars_of_percent
from photoaes.album.sidecars.beside import find_beside
from photoaes.album.sidecars.dialects import DIALECTS, table
from photoaes.album.sidecars.reading import read_marks
from photoaes.album.sidecars.takeout import takeout_marks
from photoaes.album.sidecars.writing import write_marks
from photoaes.album.sidecars.xmp_marks import statement
from photoaes.album.store.lessons import ratings_for_fit
from photoaes.album.store.opening import open_store
from photoaes.album.store.rating_log import set_flag
from photoaes.jobs.open_album import open_album
from photoaes.jobs.read_album import read_album
from photoaes.jobs.sidecars import sidecar_plan
from photoaes.jobs.write_back import write_back
from photoaes.running import finished
from tests.album.pictures import scene, shot
from tests.album.stores import marks
from tests.album.test_dates import iptc
from tests.album.xmp_files import packet

REJECT = Marks(flag=Flag.REJECT)
PICK = Marks(flag=Flag.PICK)
SEQ = '<darktable:colorlabels xmlns:darktable="{}"><rdf:Seq>{}</rdf:Seq></darktable:colorlabels>'


def xmp(field: str, value: str) -> bytes:
    """As exiftool writes it."""
    one = next(one for one in DIALECTS if one.field == field)
    assert one.name is not None
    prefix = field.partition(":")[0]
    return packet(f' xmlns:{prefix}="{one.name[0]}" {field}="{value}"')


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("xmpDM:pick", "1", PICK),
        ("xmpDM:pick", "-1", REJECT),
        ("xmpDM:good", "False", REJECT),
        ("xmpDM:good", "true", PICK),
        ("digiKam:PickLabel", "1", REJECT),
        ("digiKam:PickLabel", "3", PICK),
        ("digiKam:PickLabel", "2", Marks(flag=Flag.NONE)),
        ("digiKam:ColorLabel", "1", Marks(label="Red")),
        ("digiKam:ColorLabel", "0", Marks()),
        ("photomechanic:Tagged", "True", PICK),
        ("photomechanic:Tagged", "False", Marks()),
        ("photomechanic:ColorClass", "8", REJECT),
        ("acdsee:rating", "4", Marks(stars=4)),
        ("acdsee:tagged", "True", PICK),
        ("MicrosoftPhoto:Rating", "75", Marks(stars=4)),
        ("MicrosoftPhoto:Rating", "1", Marks(stars=1)),
    ],
)
def test_words_of_their_own(field: str, value: str, expected: Marks) -> None:
    assert statement(xmp(field, value)).marks == expected
    assert statement(xmp(field, value)).unread == ()


def test_darktables_labels() -> None:
    lists = SEQ.format("http://darktable.sf.net/", "<rdf:li>3</rdf:li><rdf:li>0</rdf:li>")
    assert statement(packet(inside=lists)).marks == Marks(label="Blue")
    empty = SEQ.format("http://darktable.sf.net/", "")
    assert statement(packet(inside=empty)).marks == Marks()


@pytest.mark.parametrize(
    ("field", "value"),
    [("photomechanic:ColorClass", "3"), ("digiKam:PickLabel", "9"), ("photoshop:Urgency", "2")],
)
def test_what_is_not_read_is_named(field: str, value: str) -> None:
    said = statement(xmp(field, value))
    assert said.marks == Marks()
    assert said.unread[0].endswith(f"({field})")


def test_the_common_words_go_first() -> None:
    both = xmp("acdsee:rating", "4").replace(b" acdsee:rating", b' xmp:Rating="2" acdsee:rating')
    assert statement(both).marks.stars == 2
    reject = xmp("digiKam:PickLabel", "1").replace(b" digiKam:", b' xmp:Rating="5" digiKam:', 1)
    assert statement(reject).marks == Marks(5, Flag.REJECT)


def test_percent() -> None:
    assert [stars_of_percent(n) for n in (0, 1, 25, 50, 75, 99, 100, 101, -1)] == [
        0, 1, 2, 3, 4, 5, 5, None, None,
    ]  # fmt: skip


def test_percent_in_exif(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x4749] = 50
    scene(1).save(path, exif=exif)
    assert read_marks([path], {}).marks == Marks(stars=3)
    exif[0x4746] = 5
    scene(1).save(path, exif=exif)
    assert read_marks([path], {}).marks == Marks(stars=5)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.jpg.json", '{"photoTakenTime": {}, "favorited": true}', PICK),
        ("a.jpg.supplemental-metadata.json", '{"photoTakenTime": {}, "trashed": true}', REJECT),
        ("a.jpg.supplemental-me.json", '{"photoTakenTime": {}}', None),
        ("a.jpg.json", '{"something": "else", "trashed": true}', None),
        ("a.jpg.json", "[", None),
    ],
)
def test_google_takeout(tmp_path: Path, name: str, content: str, expected: Marks | None) -> None:
    photo = shot(tmp_path / "a.jpg", 0)
    (tmp_path / "b.jpg.json").write_text("{}")
    path = tmp_path / name
    path.write_text(content)
    assert find_beside([photo]) == {photo: [path]}
    assert takeout_marks(path) == expected


def test_a_reject_of_another_program_is_no_good_example(tmp_path: Path) -> None:
    photo = shot(tmp_path / "a.jpg", 0)
    said = xmp("digiKam:PickLabel", "1").replace(b" digiKam:", b' xmp:Rating="5" digiKam:', 1)
    (tmp_path / "a.jpg.xmp").write_bytes(said)
    urgent = iptc((10, b"2"))
    segment = b"\xff\xed" + (len(urgent) + 2).to_bytes(2, "big") + urgent
    data = photo.read_bytes()
    photo.write_bytes(data[:2] + segment + data[2:])
    with open_store(None) as store:
        album = finished(open_album(store, tmp_path))
        found = finished(read_album(store, album))
        assert found.noticed == ("news desks (IPTC Urgency)",)
        assert marks(store, photo) == Marks(5, Flag.REJECT)
        assert ratings_for_fit(store) == {}
        # Taken back here and written: the other program's word stays, and does not come back.
        set_flag(store, [photo], Flag.NONE)
        plan = sidecar_plan(album.paired, {photo: Marks(flag=Flag.NONE)})
        assert finished(write_back(store, plan)).problems == []
        album = finished(open_album(store, tmp_path))
        assert finished(read_album(store, album)).changed == ()
        assert marks(store, photo).flag is Flag.NONE


def test_digikams_own_example(shared_data: Path, tmp_path: Path) -> None:
    data = (shared_data / "odd" / "sidecars" / "digikam-example.xmp").read_bytes()
    assert statement(data).unread == ()
    photo = shot(tmp_path / "a.jpg", 0)
    (tmp_path / "a.jpg.xmp").write_bytes(data)
    write_marks(photo, Marks(stars=2))
    assert statement((tmp_path / "a.jpg.xmp").read_bytes()).marks.stars == 2


def test_the_documents_have_the_table() -> None:
    assert table() in Path(dialects.__file__).with_name("PROGRAMS.md").read_text("utf-8")


def _nksc(rating: str, label: str) -> bytes:
    return packet(
        ' xmlns:nine="http://ns.nikon.com/nine/1.0/" xmlns:sdc="http://ns.nikon.com/sdc/1.0/" '
        f'sdc:appname="NX Studio" nine:Rating="{rating}" nine:Label="{label}"'
    )


def test_marks_of_picasa_and_nikon_are_taken_over(tmp_path: Path) -> None:
    paths = [shot(tmp_path / f"{name}.jpg", number) for number, name in enumerate("abcd")]
    (tmp_path / ".picasa.ini").write_text(
        "[Picasa]\nname=Trip\n[A.JPG]\nstar=yes\nrotate=rotate(1)\n[b.jpg]\nstar=no\n"
        "[gone.jpg]\nstar=yes\n"
    )
    (tmp_path / "NKSC_PARAM").mkdir()
    (tmp_path / "NKSC_PARAM" / "B.JPG.nksc").write_bytes(_nksc("4", "0"))
    (tmp_path / "NKSC_PARAM" / "c.jpg.nksc").write_bytes(_nksc("2", "7"))
    (tmp_path / "NKSC_PARAM" / "d.jpg.nksc").write_bytes(b"<broken")
    with open_store(None) as store:
        album = finished(open_album(store, tmp_path))
        assert [photo.path for photo in album.photos] == paths
        found = finished(read_album(store, album))
        assert [marks(store, path) for path in paths] == [
            PICK, Marks(stars=4), Marks(stars=2), Marks()
        ]  # fmt: skip
    assert found.noticed == ("Nikon NX Studio, ViewNX (nine:Label)",)
    assert len(found.unread) == 1
    assert "d.jpg.nksc" in found.unread[0]
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["NKSC_PARAM"]


def test_an_odd_picasa_file_says_nothing(tmp_path: Path) -> None:
    photo = shot(tmp_path / "a.jpg", 0)
    for data in (b"\xff\xfe\0", b"[a.jpg", b"star=yes\n", b"[a.jpg]\nstar\n", b"[" * 10_000):
        (tmp_path / "Picasa.ini").write_bytes(data)
        said = read_marks([photo], {}, None, [tmp_path / "Picasa.ini"])
        assert said.marks == Marks()
