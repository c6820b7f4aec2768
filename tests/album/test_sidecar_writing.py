"""Writing sidecars: only what changed, whole or not at all, and never the photo."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import pytest

from photoaes.album import atomic
from photoaes.album.marks import Flag, Marks
from photoaes.album.sidecars import writing as sidecar_writing
from photoaes.album.sidecars.names import find_sidecars
from photoaes.album.sidecars.reading import read_marks
from photoaes.album.sidecars.writing import write_marks
from photoaes.album.sidecars.xmp import OWNER, properties
from photoaes.album.sidecars.xmp_marks import WrittenScore, statement
from photoaes.errors import SidecarInvalid
from tests.album.xmp_files import rated

NOW = datetime(2025, 6, 7, 8, 9, 10, tzinfo=UTC)
only_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("mount"),
    reason="only root can mount a disk",
)


@pytest.fixture
def photo(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "IMG_1.CR2"
    path.write_bytes(b"the photo")
    os.utime(path, (1, 1))
    yield path
    assert path.read_bytes() == b"the photo"
    assert path.stat().st_mtime == 1
    assert not list(tmp_path.glob(".*.partial"))


def stars(photo: Path) -> int | None:
    return read_marks([photo], find_sidecars([photo])).marks.stars


def test_a_new_sidecar(photo: Path) -> None:
    assert write_marks(photo, Marks()) == []
    assert write_marks(photo, Marks(flag=Flag.NONE)) == []
    [path] = write_marks(
        photo, Marks(3, Flag.PICK, "Red"), WrittenScore(7.5, "Anna", "ab"), now=NOW
    )
    assert path.name == "IMG_1.CR2.xmp"
    assert statement(path.read_bytes()).dated == NOW
    assert statement(path.read_bytes()).marks == Marks(3, Flag.PICK, "Red")
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask


def test_adobe_name_names_its_photo(photo: Path) -> None:
    [path] = write_marks(photo, Marks(3), use_adobe_name=True)
    assert path.name == "IMG_1.xmp"
    assert properties(path.read_bytes(), (OWNER,)) == {OWNER: ["CR2"]}
    # The JPEG beside it must not overwrite what is the RAW's alone.
    jpeg = photo.with_suffix(".JPG")
    assert write_marks(jpeg, Marks(5), use_adobe_name=True) == [photo.with_name("IMG_1.JPG.xmp")]
    assert stars(photo) == 3


def test_all_that_exist_are_updated(photo: Path) -> None:
    both = [photo.with_name(name) for name in ("img_1.cr2.XMP", "IMG_1.xmp")]
    for path in both:
        path.write_bytes(rated(1))
    assert write_marks(photo, Marks(4)) == both
    assert all(b'Rating="4"' in path.read_bytes() for path in both)


def test_no_change_no_write(photo: Path) -> None:
    [path] = write_marks(photo, Marks(3), now=NOW)
    before = path.stat()
    assert write_marks(photo, Marks(3)) == []
    assert write_marks(photo, Marks()) == []
    after = path.stat()
    assert (after.st_ino, after.st_ctime_ns) == (before.st_ino, before.st_ctime_ns)


def test_the_date_never_goes_back(photo: Path) -> None:
    [path] = write_marks(photo, Marks(3), now=NOW)
    write_marks(photo, Marks(4), now=NOW.replace(year=1999))
    assert statement(path.read_bytes()).dated == NOW
    assert stars(photo) == 4


def test_a_broken_sidecar_is_left_and_said(photo: Path) -> None:
    broken, good = photo.with_name("IMG_1.CR2.xmp"), photo.with_name("IMG_1.xmp")
    broken.write_bytes(rated(1)[:150])
    good.write_bytes(rated(1))
    with pytest.raises(SidecarInvalid, match="not whole XML.*left as it is") as caught:
        write_marks(photo, Marks(4))
    assert caught.value.path == broken
    assert broken.read_bytes() == rated(1)[:150]
    assert statement(good.read_bytes()).marks.stars == 4
    good.write_bytes(b"")
    with pytest.raises(SidecarInvalid, match="empty"):
        write_marks(photo, Marks(4), sidecars=[good])
    assert good.read_bytes() == b""


def test_a_photo_under_a_sidecars_name(photo: Path) -> None:
    photo.with_suffix(".xmp").symlink_to(photo)
    with pytest.raises(SidecarInvalid):
        write_marks(photo, Marks(4))


@pytest.mark.skipif(os.name != "posix", reason="file modes and links of POSIX")
def test_mode_and_link_stay(photo: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    target = elsewhere / "real.xmp"
    target.write_bytes(rated(1))
    target.chmod(0o640)
    link = photo.with_suffix(".xmp")
    link.symlink_to(Path("elsewhere", "real.xmp"))
    assert write_marks(photo, Marks(5)) == [link]
    assert link.is_symlink()
    assert statement(target.read_bytes()).marks.stars == 5
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    target.unlink()
    with pytest.raises(SidecarInvalid, match="leads nowhere"):
        write_marks(photo, Marks(4))
    assert not target.exists()


def test_a_change_meanwhile_is_merged(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = photo.with_name("IMG_1.CR2.xmp")
    path.write_bytes(rated(1))
    edits = iter([rated(1, ' xmp:Label="Red"'), rated(2, ' xmp:Label="Blue"')])
    write = atomic._write

    def interrupted(file: BinaryIO, data: bytes) -> None:
        other = next(edits, None)
        if other is not None:
            path.write_bytes(other)
        write(file, data)

    monkeypatch.setattr(atomic, "_write", interrupted)
    write_marks(photo, Marks(4))
    assert statement(path.read_bytes()).marks == Marks(4, Flag.NONE, "Blue")


def test_a_sidecar_made_meanwhile_is_merged(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = photo.with_name("IMG_1.CR2.xmp")
    write = atomic._write

    def interrupted(file: BinaryIO, data: bytes) -> None:
        if not path.exists():
            path.write_bytes(rated(1, ' xmp:Label="Red"'))
        write(file, data)

    monkeypatch.setattr(atomic, "_write", interrupted)
    write_marks(photo, Marks(4))
    assert statement(path.read_bytes()).marks == Marks(4, Flag.NONE, "Red")


def test_a_restless_sidecar_is_given_up(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = photo.with_name("IMG_1.CR2.xmp")
    path.write_bytes(rated(1))
    monkeypatch.setattr(sidecar_writing, "replace", lambda *_: False)
    with pytest.raises(SidecarInvalid, match="another program keeps changing it"):
        write_marks(photo, Marks(4))


def test_write_protected(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = photo.with_name("IMG_1.CR2.xmp")
    path.write_bytes(rated(1))
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everything
    with pytest.raises(SidecarInvalid, match="write-protected"):
        write_marks(photo, Marks(4))
    assert path.read_bytes() == rated(1)


def test_the_folder_is_gone_or_the_name_too_long(tmp_path: Path) -> None:
    with pytest.raises(SidecarInvalid, match="no longer there"):
        write_marks(tmp_path / "gone" / "a.jpg", Marks(4))
    with pytest.raises(SidecarInvalid, match="longer than the disk allows"):
        write_marks(tmp_path / ("x" * 251 + ".jpg"), Marks(4))
    long = tmp_path / ("x" * 247 + ".jpg")  # the longest with a sidecar
    assert write_marks(long, Marks(4))
    assert len(list(tmp_path.iterdir())) == 1


NAMES = ["line\nbreak.jpg", "quo\"te's.jpg", "sun 🌄.jpg", "-rf *.jpg", "a.b.c.jpg", "no_suffix"]


@pytest.mark.parametrize("name", NAMES)
def test_any_name(tmp_path: Path, name: str) -> None:
    photo = tmp_path / name
    photo.write_bytes(b"")
    assert write_marks(photo, Marks(4)) == [tmp_path / f"{name}.xmp"]
    assert stars(photo) == 4


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode on this system")
def test_a_name_that_is_not_unicode(tmp_path: Path) -> None:
    photo = tmp_path / os.fsdecode(b"caf\xe9.jpg")
    photo.write_bytes(b"")
    assert write_marks(photo, Marks(4))
    assert stars(photo) == 4
    photo.with_name(photo.name + ".xmp").write_bytes(b"")
    with pytest.raises(SidecarInvalid):
        write_marks(photo, Marks(5))


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write in every folder"
)
def test_no_permission(photo: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(SidecarInvalid, match="no permission"):
        write_marks(photo, Marks(4))
    tmp_path.chmod(0o700)


@only_root
@pytest.mark.parametrize("user", [65534])
def test_no_permission_for_another_user(tmp_path: Path, user: int) -> None:
    """As root: a child of another user tries, in folders and on files that are not its own."""
    code = f"""
import os, sys
from pathlib import Path
from typing import BinaryIO
from photoaes.album.marks import Marks
from photoaes.album.sidecars.writing import write_marks
from photoaes.errors import SidecarInvalid
os.setuid({user})
for name in sys.argv[1:]:
    try:
        write_marks(Path(name), Marks(4), sidecars=list(Path(name).parent.glob("*.xmp")))
    except SidecarInvalid as error:
        print(error.reason)
"""
    for place in (tmp_path, *tmp_path.parents[:2]):
        place.chmod(0o755)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.xmp").write_bytes(rated(1))
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.jpg"), str(tmp_path / "sub" / "b.jpg")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert run.stdout.splitlines() == [
        "you have no permission to write there",
        "it is write-protected",
    ]
    assert (tmp_path / "sub" / "b.xmp").read_bytes() == rated(1)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


@only_root
def test_full_and_read_only_disk(small_disk: Path) -> None:
    photo = small_disk / "a.jpg"
    [path] = write_marks(photo, Marks(3))
    before = path.read_bytes()
    with (small_disk / "filler").open("wb", buffering=0) as filler:
        try:
            while filler.write(b"x" * 1024):
                pass
        except OSError:
            pass
    with pytest.raises(SidecarInvalid, match="the disk is full"):
        write_marks(photo, Marks(4))
    with pytest.raises(SidecarInvalid, match="the disk is full"):
        write_marks(small_disk / "b.jpg", Marks(4))
    (small_disk / "filler").unlink()
    assert sorted(one.name for one in small_disk.iterdir()) == ["a.jpg.xmp"]
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(SidecarInvalid, match="only be read|write-protected"):
        write_marks(photo, Marks(4))
    with pytest.raises(SidecarInvalid, match="only be read"):
        write_marks(small_disk / "b.jpg", Marks(4))
    assert path.read_bytes() == before
