"""The writer of sidecars is killed, at random moments and before each of its lines."""

import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from photoaes.album.marks import Marks
from photoaes.album.photo import scan
from photoaes.album.sidecars.names import find_sidecars
from photoaes.album.sidecars.writing import write_marks
from photoaes.album.sidecars.xmp import properties
from photoaes.album.sidecars.xmp_marks import DATED, RATING, statement
from tests.album.xmp_files import rated
from tests.kills import KILLS

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no kill -9 on this system")


@contextmanager
def killed_writers(photo: Path, sidecar: Path) -> Iterator[Callable[[str], int]]:
    """Sends a command to `tests.album.killed_writers` and returns its answer."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.album.killed_writers", photo, sidecar],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        text=True,
    )

    def ask(command: str) -> int:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{command}\n")
        process.stdin.flush()
        return int(process.stdout.readline())

    with process:
        yield ask


@needs_fork
def test_killed_at_random_moments(tmp_path: Path) -> None:
    """The sidecar is whole, and no older than what was reported as written."""
    photo, sidecar = tmp_path / "a.jpg", tmp_path / "a.jpg.xmp"
    photo.write_bytes(b"")
    padding = f"<!-- {'x' * 100_000} -->".encode()
    sidecar.write_bytes(rated(5).replace(b"<x:", padding + b"<x:", 1))
    with killed_writers(photo, sidecar) as ask:
        for _ in range(KILLS):
            last = ask("soon")
            data = sidecar.read_bytes()
            assert padding in data
            found = properties(data, (RATING, DATED))
            assert found[RATING][0] in (str(last), str(1 + last % 5))  # that, or the one after
            assert found[DATED]
            assert find_sidecars([photo]) == {photo: [sidecar]}
            assert [one.path for one in scan(tmp_path)] == [photo]
    write_marks(photo, Marks(0))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.jpg", "a.jpg.xmp"]


@needs_fork
@pytest.mark.parametrize("old", [None, rated(1)])
def test_killed_at_every_line(tmp_path: Path, old: bytes | None) -> None:
    photo, sidecar = tmp_path / "a.jpg", tmp_path / "a.jpg.xmp"
    with killed_writers(photo, sidecar) as ask:
        for line in itertools.count():
            sidecar.unlink(missing_ok=True)
            if old is not None:
                sidecar.write_bytes(old)
            was_killed = ask(f"at {line}")
            now = sidecar.read_bytes() if sidecar.exists() else None
            if now != old:
                assert now is not None
                assert statement(now).marks.stars == 5
            assert set(find_sidecars([photo]).get(photo, [])) <= {sidecar}
            if not was_killed:
                break
    assert line > 20
    assert now != old
    assert list(tmp_path.iterdir()) == [sidecar]
