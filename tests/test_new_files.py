"""New files are never written through a name that is there, and nothing else writes files."""

import ast
import contextlib
import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from photoaes.album import atomic
from photoaes.new_files import (
    appended,
    appended_table,
    copy_file,
    new_file,
    new_folder,
    new_text_file,
    remove_leftovers,
    write_file,
)
from photoaes.plain_files import NotPlain, read_plain

ROOT = Path(__file__).parents[1]
LEFT = f".photoaes-{'0' * 32}.partial"
# What may write into a file that is there, and why.
ALLOWED = {
    "photoaes/new_files.py": "the one way to make files, and to append to them",
    "photoaes/album/store/lock.py": "a lock is a file that stays",
    "photoaes/noise.py": "the terminal, by its descriptor",
    "photoaes/cli/border.py": "the null device",
}
WRITERS = {
    "write_text", "write_bytes", "copyfile", "copy", "copy2", "copytree", "copyfileobj", "move",
    "save_file", "mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryFile", "open_memmap",
    "touch", "tofile", "savetxt", "memmap",
}  # fmt: skip
# These are harmless into a file that is open already.
INTO = {"save", "savez", "savez_compressed"}
posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")


def _calls() -> Iterator[tuple[str, int, ast.Call]]:
    for top in ("photoaes", "packaging"):
        for path in (ROOT / top).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield name, node.lineno, node


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _owner(call: ast.Call) -> str:
    is_named = isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)
    return call.func.value.id if is_named else ""  # type: ignore[attr-defined]


def _modes(call: ast.Call) -> str:
    """What stands where a mode may stand."""
    values = [*call.args[:2], *(k.value for k in call.keywords if k.arg == "mode")]
    texts = [v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)]
    return "".join(text for text in texts if set(text) <= set("rwxabt+"))


def _writes(call: ast.Call) -> bool:
    name = _name(call)
    if name in ("open", "fdopen", "TarFile", "ZipFile") and set(_modes(call)) & set("wxa+"):
        return True
    if name == "open" and _owner(call) == "os":
        return any("O_CREAT" in ast.dump(one) or "O_WRONLY" in ast.dump(one) for one in call.args)
    if name in ("copy", "move"):
        return _owner(call) == "shutil"
    return name in WRITERS


def test_nothing_else_writes_files() -> None:
    found = {f"{file}:{line} {_name(c)}" for file, line, c in _calls() if _writes(c)}
    assert {one for one in found if one.partition(":")[0] not in ALLOWED} == set()
    assert {one.partition(":")[0] for one in found} == set(ALLOWED)


def test_savers_are_given_open_files() -> None:
    """`image.save(path)` and `np.savez(path)` would write through whatever is there."""
    into: dict[str, set[str]] = {}
    for file, line, call in _calls():
        if _name(call) in INTO and call.args:
            target = call.args[1] if _owner(call) == "torch" else call.args[0]
            into.setdefault(ast.unparse(target), set()).add(f"{file}:{line}")
    paths = {"path", "partial", "target.name"}
    assert not [one for name in paths for one in into.get(name, ())]
    assert not [places for name, places in into.items() if " / " in name]


@pytest.mark.parametrize("over", [True, False])
@posix
def test_what_has_the_name_is_never_written_through(tmp_path: Path, over: bool) -> None:
    stranger = tmp_path / "stranger"
    stranger.write_bytes(b"mine")
    plant: dict[str, Callable[[Path], None]] = {
        "link": lambda path: path.symlink_to(stranger),
        "dangling": lambda path: path.symlink_to(tmp_path / "nowhere"),
        "hard": lambda path: path.hardlink_to(stranger),
        "pipe": lambda path: os.mkfifo(path),
        "folder": lambda path: path.mkdir(),
    }
    for name, make in plant.items():
        path = tmp_path / name
        make(path)
        was = path.lstat().st_mode
        if over and name != "folder":
            write_file(path, b"new", over=True)
            assert path.read_bytes() == b"new"
            assert not path.is_symlink()
        else:
            with pytest.raises(OSError, match="there is a file of that name|directory"):
                write_file(path, b"new", over=over)
            assert path.lstat().st_mode == was
    assert stranger.read_bytes() == b"mine"
    assert not (tmp_path / "nowhere").exists()
    assert not list(tmp_path.glob(".*"))


def test_nothing_is_there_if_the_block_raises(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with contextlib.suppress(KeyboardInterrupt), new_file(path, over=True) as file:
        file.write(b"new")
        raise KeyboardInterrupt
    with contextlib.suppress(ZeroDivisionError), new_folder(tmp_path / "b") as folder:
        (folder / "c").write_bytes(b"c")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"old"


def test_text_and_copies(tmp_path: Path) -> None:
    with new_text_file(tmp_path / "a", over=False) as file:
        file.write("ä\udcff\n")
    assert (tmp_path / "a").read_bytes() == b"\xc3\xa4\xff\n"
    copy_file(tmp_path / "a", tmp_path / "b", over=False)
    assert (tmp_path / "b").read_bytes() == b"\xc3\xa4\xff\n"
    with new_folder(tmp_path / "c") as folder:
        write_file(folder / "d", b"d", over=False)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b", "c", "d"]


@posix
def test_leftovers_go_and_strangers_stay(tmp_path: Path) -> None:
    """Only regular files and folders of exactly our names, that nobody holds."""
    keeper = tmp_path / "keeper.jpg"
    keeper.write_bytes(b"a photo")
    (tmp_path / LEFT).hardlink_to(keeper)  # killed between link and unlink; then renamed
    folder = tmp_path / LEFT.replace("0", "1")
    folder.mkdir()
    (folder / "bank.json").write_bytes(b"{}")
    staying = [".photoaes-notes.partial", f"{LEFT}.bak", ".0123456789abcdef.partial"]
    for name in staying:
        (tmp_path / name).write_bytes(b"")
    link, pipe = (tmp_path / LEFT.replace("0", digit) for digit in "23")
    link.symlink_to(keeper)
    os.mkfifo(pipe)
    with new_file(tmp_path / "other", over=False) as file:
        remove_leftovers(tmp_path, at_once=True)
        assert Path(file.name).exists()
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {*staying, link.name, pipe.name, "keeper.jpg", "other"}
    assert keeper.read_bytes() == b"a photo"
    assert keeper.stat().st_nlink == 1


@posix
def test_a_killed_writers_file_goes_with_the_next_one(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from photoaes.new_files import new_file\n"
        "with new_file(Path(sys.argv[1]), over=True) as file:\n"
        "    print('writing', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "a")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        remove_leftovers(tmp_path, at_once=True)
        assert len(list(tmp_path.iterdir())) == 1  # it is being written
        process.send_signal(signal.SIGKILL)
    remove_leftovers(tmp_path, at_once=True)
    assert not list(tmp_path.iterdir())


@posix
def test_replacing_never_waits_for_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "a.xmp"
    os.mkfifo(path)
    assert not atomic.replace(path, b"new", b"old")
    assert not atomic.replace(path, b"new", None)


@posix
def test_plain_files_alone_are_read(tmp_path: Path) -> None:
    path, pipe = tmp_path / "a", tmp_path / "pipe"
    path.write_bytes(b"123")
    os.mkfifo(pipe)
    assert read_plain(path, 3) == b"123"
    with pytest.raises(NotPlain, match="larger than 2 bytes"):
        read_plain(path, 2)
    for odd in (pipe, tmp_path, Path("/dev/zero")):
        with pytest.raises(OSError, match=r"it is not a file|Is a directory"):
            read_plain(odd, 3)
    with pytest.raises(OSError, match="cannot be a file's"):
        read_plain(Path("a\0b"), 3)


@posix
@pytest.mark.parametrize("kind", ["link", "hard link", "pipe", "folder", "nowhere"])
def test_nothing_is_appended_through_a_name(tmp_path: Path, kind: str) -> None:
    victim, path = tmp_path / "photo.jpg", tmp_path / "log.csv"
    victim.write_bytes(b"a photo")
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "hard link":
        os.link(victim, path)
    else:
        path.symlink_to(victim if kind == "link" else tmp_path / "nowhere")
    with pytest.raises(OSError, match="log.csv"), appended(path) as file:
        file.write(b"a line")
    with pytest.raises(OSError, match="log.csv"), appended_table(path) as log:
        log.writerow(("a", "line"))
    assert victim.read_bytes() == b"a photo"
    assert not (tmp_path / "nowhere").exists()


def test_what_is_appended_is_there_at_once(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    for number in range(2):
        with appended_table(path) as log:
            log.writerow((number, "x"))
            assert path.read_bytes().endswith(f"{number},x\r\n".encode())
    with appended(path) as file:
        assert file.seek(0, os.SEEK_END) == 10
        file.truncate(5)
        file.write(b"9" * 1_000_000)
    assert path.stat().st_size == 1_000_005


def test_what_cannot_be_written_is_told_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    full = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(OSError, match="No space") as caught, new_file(path, over=True):
        raise full
    assert caught.value.filename == str(path)
    with (
        pytest.raises(OSError, match="No space") as caught,
        new_folder(tmp_path / "bank") as folder,
    ):
        raise OSError(errno.ENOSPC, "No space left on device", str(folder / "inner.bin"))
    assert caught.value.filename == str(tmp_path / "bank" / "inner.bin")
    with (
        pytest.raises(OSError, match="No such") as caught,
        new_file(tmp_path / "no" / "b", over=True),
    ):
        pass
    assert caught.value.filename == str(tmp_path / "no" / "b")
    with pytest.raises(OSError, match="other") as caught, new_file(path, over=True):
        raise OSError(errno.EIO, "other")
    assert caught.value.filename is None
