"""Which sidecar is whose, and who is believed where they differ."""

import io
import os
import time
from pathlib import Path

import pytest
from PIL import Image

from photoaes.album.marks import Flag, Marks
from photoaes.album.sidecars.names import find_sidecars, match_sidecars
from photoaes.album.sidecars.reading import Reading, SourceKind, read_marks
from tests.album.xmp_files import packet, rated
from tests.photo_files import quarters

OLD, NEW = (f' xmp:MetadataDate="{year}-01-01T00:00:00Z"' for year in (2020, 2024))


def photo(path: Path, xmp: bytes = b"", exif_rating: int | None = None) -> Path:
    exif = Image.Exif()
    if exif_rating is not None:
        exif[0x4746] = exif_rating
    buffer = io.BytesIO()
    quarters((8, 8)).save(buffer, "JPEG", exif=exif, xmp=xmp or None)
    path.write_bytes(buffer.getvalue())
    return path


def reading(*members: Path) -> Reading:
    return read_marks(members, find_sidecars(members))


def test_names() -> None:
    names = ["A.CR2.xmp", "a.xmp", "A.XMP", "b.jpg.XMP", "A_01.CR2.xmp", "A.jpg.xmp.bak", "c.txt"]
    assert match_sidecars(["A.CR2", "A.JPG", "B.JPG", "c.png"], names) == {
        "A.CR2": ["A.CR2.xmp", "A.XMP", "a.xmp"],
        "A.JPG": ["A.XMP", "a.xmp"],
        "B.JPG": ["b.jpg.XMP"],
    }
    # On Linux A.jpg and a.jpg are two photos, and each sidecar is that of its namesake.
    assert match_sidecars(["A.jpg", "a.jpg"], ["A.xmp", "a.jpg.xmp"]) == {
        "A.jpg": ["A.xmp"],
        "a.jpg": ["a.jpg.xmp"],
    }
    assert match_sidecars(["a.jpg", "a.jpg.png"], ["a.jpg.xmp"]) == {"a.jpg": ["a.jpg.xmp"]}


def test_many_photos_are_matched_quickly() -> None:
    photos = [f"IMG_{n:06}.CR2" for n in range(100_000)]
    names = [f"IMG_{n:06}{'.CR2' * (n % 2)}.xmp" for n in range(100_000)]
    start = time.process_time()
    assert len(match_sidecars(photos, names)) == 100_000
    assert time.process_time() - start < 5  # 1.4 s on a busy machine; room for slower ones


def test_folders_are_listed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.jpg", "b.jpg", "b.xmp"):
        (tmp_path / name).touch()
    listed: list[str] = []
    listdir = os.listdir

    def watched(folder: Path) -> list[str]:
        listed.append(str(folder))
        return listdir(folder)

    monkeypatch.setattr(os, "listdir", watched)
    photos = [tmp_path / "a.jpg", tmp_path / "b.jpg", tmp_path / "gone" / "c.jpg"]
    assert find_sidecars(photos) == {tmp_path / "b.jpg": [tmp_path / "b.xmp"]}
    assert listed == [str(tmp_path), str(tmp_path / "gone")]


def test_each_source_alone(tmp_path: Path) -> None:
    assert reading(photo(tmp_path / "none.jpg")) == Reading()
    found = {}
    for kind, path in (
        (SourceKind.EMBEDDED, photo(tmp_path / "a.jpg", rated(2, ' xmp:Label="Select"'))),
        (SourceKind.EXIF, photo(tmp_path / "b.jpg", exif_rating=3)),
        (SourceKind.FULL_NAME, photo(tmp_path / "c.jpg")),
        (SourceKind.ADOBE_NAME, photo(tmp_path / "d.jpg")),
    ):
        (tmp_path / "c.JPG.XMP").write_bytes(rated(4))
        (tmp_path / "D.xmp").write_bytes(rated(-1))
        result = reading(path)
        assert {source.kind for source in result.said_by.values()} == {kind}
        found[path.name] = result.marks
    assert found == {
        "a.jpg": Marks(2, Flag.NONE, "Select"),
        "b.jpg": Marks(3),
        "c.jpg": Marks(4, Flag.NONE),
        "d.jpg": Marks(None, Flag.REJECT),
    }


@pytest.mark.parametrize(
    ("full", "adobe", "embedded", "stars"),
    [
        (rated(1), rated(2), rated(3), 1),
        (None, rated(2), rated(3), 2),
        (rated(1, OLD), rated(2, NEW), rated(3, OLD), 2),
        (rated(1, OLD), rated(2), rated(3, NEW), 3),
        (rated(1), rated(2, OLD), rated(3, NEW), 1),  # nothing to compare the first's date with
        (rated("x", NEW), rated(2, OLD), rated(3), 2),
        (packet(NEW), rated(2, OLD), rated(3), 2),  # who says nothing does not win
        (rated(0), rated(2), None, 0),
    ],
)
def test_the_newer_wins_else_the_sidecar(
    tmp_path: Path, full: bytes | None, adobe: bytes | None, embedded: bytes | None, stars: int
) -> None:
    path = photo(tmp_path / "a.jpg", embedded or b"", exif_rating=5)
    for name, data in (("a.jpg.xmp", full), ("a.xmp", adobe)):
        if data is not None:
            (tmp_path / name).write_bytes(data)
    result = reading(path)
    assert result.marks.stars == stars
    others = {source.marks.stars for source in result.conflicts}
    assert others == {1, 2, 3, 5} & {
        n for n, data in ((1, full), (2, adobe), (3, embedded), (5, b"5")) if data
        and (n == 5 or f'Rating="{n}"'.encode() in data)
    } - {stars}  # fmt: skip


def test_conflicts_and_unread_are_listed(tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg", rated(4, ' xmp:Label="Red"'), exif_rating=99)
    (tmp_path / "a.jpg.xmp").write_bytes(rated(-1))
    (tmp_path / "a.xmp").write_bytes(rated(3)[:100])
    result = reading(path)
    assert result.marks == Marks(4, Flag.REJECT, "Red")
    assert [source.kind for source in result.conflicts] == [SourceKind.EMBEDDED]
    reasons = {(one.path.name, one.reason.split(" (")[0]) for one in result.unread}
    assert reasons == {
        ("a.xmp", "it is not whole XML"),
        ("a.jpg", "its EXIF rating is 99, which is not from 0 to 5"),
    }


def test_a_cameras_zero_is_no_conflict(tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg", rated(0), exif_rating=0)
    assert reading(path).marks == Marks(0, Flag.NONE)
    (tmp_path / "a.xmp").write_bytes(rated(4))
    assert reading(path) == Reading(
        Marks(4, Flag.NONE), said_by=reading(path).said_by, conflicts=(), unread=()
    )


def test_owner_of_a_shared_name(tmp_path: Path) -> None:
    jpeg, raw = photo(tmp_path / "a.jpg"), photo(tmp_path / "a.CR2")
    owner = ' xmlns:p="http://ns.adobe.com/photoshop/1.0/" p:SidecarForExtension="CR2"'
    (tmp_path / "a.xmp").write_bytes(rated(3, owner))
    assert reading(raw).marks.stars == 3
    assert reading(jpeg).marks.stars is None
    assert reading(jpeg, raw).marks.stars == 3
    (tmp_path / "a.xmp").write_bytes(rated(3))
    assert reading(raw).marks.stars == reading(jpeg).marks.stars == 3
    pair = reading(jpeg, raw)
    assert pair.conflicts == ()


def test_odd_files_as_sidecars(tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg")
    (tmp_path / "a.jpg.xmp").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "a.xmp")
        (tmp_path / "a.XMP").symlink_to("a.XMP")
    result = reading(path)
    assert result.marks == Marks()
    assert {one.reason for one in result.unread} <= {
        "it is a folder, not a file",
        "it is not a file",
        "it is a link that leads nowhere",
    }
    assert result.unread


def test_everything_odd_is_read_without_a_raise(shared_data: Path) -> None:
    for path in sorted((shared_data / "odd").rglob("*")):
        if path.is_file():
            result = read_marks([path], {path: [path]})
            assert result.unread or path.suffix == ".xmp"
