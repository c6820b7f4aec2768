"""Windows' and macOS' branches, with the systems' own parts replaced: nobody has run them there."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from photoaes import new_files, system
from photoaes.local_urls import local_path


class Locking:
    """msvcrt, as far as it is used: a byte is free or somebody's."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        self.held: set[tuple[int, int]] = set()

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        assert (mode, count) == (self.LK_NBLCK, 1)
        where = (os.fstat(descriptor).st_ino, os.lseek(descriptor, 0, os.SEEK_CUR))
        if where in self.held:
            raise PermissionError(errno.EACCES, "Permission denied")
        self.held.add(where)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Locking:
    found = Locking()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", found)
    return found


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT)


def test_a_lock_keeps_others_out_until_its_file_is_closed(tmp_path: Path) -> None:
    first, second = _opened(tmp_path / "a"), _opened(tmp_path / "a")
    system.lock_file(first)
    with pytest.raises(BlockingIOError) as refused:
        system.lock_file(second)
    assert refused.value.errno in system.HELD
    os.close(first)
    system.lock_file(second)
    os.close(second)


def test_on_windows_a_byte_far_behind_the_text_is_locked(windows: Locking, tmp_path: Path) -> None:
    first, second = _opened(tmp_path / "a"), _opened(tmp_path / "a")
    system.lock_file(first)
    os.write(first, b"who")  # from the file's start
    assert (tmp_path / "a").read_bytes() == b"who"
    [(_, byte)] = windows.held
    assert byte > 1 << 20
    with pytest.raises(PermissionError) as refused:
        system.lock_file(second)
    assert refused.value.errno in system.HELD
    os.close(first)
    os.close(second)


def test_on_windows_a_file_is_closed_before_it_gets_its_name(
    windows: Locking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows renames nothing that is open, and has no folders to open."""
    opened: list[Path] = []
    rename = Path.replace

    def replace(partial: Path, path: Path) -> Path:
        opened.extend(f for f in Path("/proc/self/fd").iterdir() if _is(f, partial))
        return rename(partial, path)

    def _is(descriptor: Path, path: Path) -> bool:
        return descriptor.is_symlink() and descriptor.readlink() == path

    monkeypatch.setattr(Path, "replace", replace)
    for text in (b"one", b"two"):
        new_files.write_file(tmp_path / "a", text, over=True)
    assert (tmp_path / "a").read_bytes() == b"two"
    assert not opened
    with new_files.new_folder(tmp_path / "folder") as folder:
        (folder / "b").write_bytes(b"b")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "folder"]
    assert not windows.held


def test_on_windows_leftovers_are_removed(windows: Locking, tmp_path: Path) -> None:
    left = tmp_path / f".photoaes-{'0' * 32}.partial"
    left.write_bytes(b"left")
    new_files.remove_leftovers(tmp_path, at_once=True)
    assert not left.exists()


def test_another_users_files_are_not_ours() -> None:
    status = Path(__file__).stat()
    assert system.is_ours(status) == (status.st_uid == os.geteuid())
    other = SimpleNamespace(st_uid=os.geteuid() + 1)
    assert not system.is_ours(other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("platform", "command"),
    [
        ("linux", None),
        ("darwin", ["open", "-R", "/a b/c.jpg", "/a b/d.jpg"]),
        ("win32", ["explorer", "/select,/a b/c.jpg"]),
    ],
)
def test_each_systems_file_manager_shows_files(
    monkeypatch: pytest.MonkeyPatch, platform: str, command: list[str] | None
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert system.revealing(["/a b/c.jpg", "/a b/d.jpg"]) == command


@pytest.mark.parametrize(
    ("platform", "path"), [("linux", "/C:/My photos"), ("win32", "C:/My photos")]
)
def test_a_drives_letter_has_no_slash_before_it_on_windows(
    monkeypatch: pytest.MonkeyPatch, platform: str, path: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert local_path("file:///C:/My%20photos") == path
