"""Very many images: every row once, whatever breaks, and the same from every engine."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import photoaes
from photoaes.cli import main
from tests.patience import PATIENCE_S
from tests.scored_rows import Rows, mixed_folder, rows_of, score

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("pyarrow") is None, reason="the extra cluster is not installed"
)
needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="the extra cluster is not installed"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mixed_folder(tmp_path_factory.mktemp("source"))


def _same(found: Rows, wanted: Rows) -> None:
    assert [row[::2] for row in found] == [row[::2] for row in wanted]
    stars = [np.nan if row[1] is None else row[1] for row in found]
    others = [np.nan if row[1] is None else row[1] for row in wanted]
    assert stars == pytest.approx(others, abs=1e-4, nan_ok=True)


@pytest.fixture(scope="module")
def plain(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    out = tmp_path_factory.mktemp("plain") / "out"
    assert score(folder, out) == 0
    return rows_of(out)


def test_every_image_has_one_row_with_stars_or_a_reason(folder: Path, plain: Rows) -> None:
    keys = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.[jJ]*"))
    assert [row[0] for row in plain] == keys
    found = photoaes.score([folder / key for key in keys], photoaes.open_bank(device="cpu"))
    for (key, stars, problem), wanted in zip(plain, found.stars.tolist(), strict=True):
        if key == "0/broken.jpg":
            assert stars is None
            assert problem is not None
            assert "broken.jpg" in problem
        else:
            assert stars == pytest.approx(wanted, abs=1e-4)
            assert problem is None


def test_what_is_written_tells_by_which_bank(folder: Path, tmp_path: Path) -> None:
    from pyarrow import parquet

    assert score(folder, tmp_path / "out", "--part", "20") == 0
    said = parquet.read_schema(tmp_path / "out/part-000000.parquet").metadata
    assert said[b"bank_digest"].decode() == photoaes.open_bank().digest
    assert said[b"profile_sha256"] == b""


def test_half_precision_is_near_and_its_rows_say_so(
    folder: Path, plain: Rows, tmp_path: Path
) -> None:
    from pyarrow import parquet

    assert score(folder, tmp_path / "out", "--half") == 0
    for (key, stars, problem), (wanted_key, wanted, reason) in zip(
        rows_of(tmp_path / "out"), plain, strict=True
    ):
        assert (key, problem) == (wanted_key, reason)
        assert stars == pytest.approx(wanted, abs=0.15)
    said = parquet.read_schema(tmp_path / "out/part-000000.parquet").metadata
    assert said[b"precision"] == b"half"
    score(folder, tmp_path / "full")
    said = parquet.read_schema(tmp_path / "full/part-000000.parquet").metadata
    assert said[b"precision"] == b"full"


def test_a_plan_of_before_there_was_half_precision_goes_on(
    folder: Path, plain: Rows, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert score(folder, out, "--part", "7") == 0
    plan = json.loads((out / "plan.json").read_bytes())
    del plan["half"]
    (out / "plan.json").write_text(json.dumps(plan))
    (out / "part-000001.parquet").unlink()
    assert score(folder, out, "--part", "7") == 0
    _same(rows_of(out), plain)


def test_parts_and_processes_change_no_row(folder: Path, plain: Rows, tmp_path: Path) -> None:
    assert score(folder, tmp_path / "out", "--part", "5", "--workers", "2") == 0
    assert len(list((tmp_path / "out").glob("*.parquet"))) == 3
    _same(rows_of(tmp_path / "out"), plain)


def test_a_csv_tar_shards_and_parquet_give_the_same_stars(
    folder: Path, plain: Rows, tmp_path: Path
) -> None:
    import pyarrow
    from pyarrow import parquet

    keys = [row[0] for row in plain]
    (tmp_path / "list.csv").write_text("path\n" + "\n".join(str(folder / key) for key in keys))
    with tarfile.open(tmp_path / "shard.tar", "w") as shard:
        for key in keys:
            shard.add(folder / key, key)
            text = tarfile.TarInfo(f"{key}.json")
            shard.addfile(text, io.BytesIO())
    data = [(folder / key).read_bytes() for key in keys]
    parquet.write_table(pyarrow.table({"key": keys, "image": data}), tmp_path / "rows.parquet")
    nested = pyarrow.table({"image": [{"bytes": one, "path": "x"} for one in data]})
    parquet.write_table(nested, tmp_path / "nested.parquet")
    for source in ("list.csv", "shard.tar", "rows.parquet", "nested.parquet"):
        out = tmp_path / f"out {source}"
        assert score(tmp_path / source, out) == 0
        found = rows_of(out)
        assert [stars for _, stars, _ in found] == pytest.approx(
            [stars for _, stars, _ in plain], abs=1e-4
        ), source
        assert [bool(row[2]) for row in found] == [bool(row[2]) for row in plain]


def test_a_shard_that_is_cut_short_has_its_rows_and_a_reason(folder: Path, tmp_path: Path) -> None:
    shards = tmp_path / "shards"
    shards.mkdir()
    with tarfile.open(shards / "a.tar", "w") as shard:
        for photo in sorted((folder / "1").iterdir()):
            shard.add(photo, photo.name)
    data = (shards / "a.tar").read_bytes()
    (shards / "a.tar").write_bytes(data[: len(data) // 2])
    (shards / "b.parquet").write_bytes(b"PAR1 no table")
    assert score(shards, tmp_path / "out") == 0
    found = rows_of(tmp_path / "out")
    assert 0 < sum(row[1] is not None for row in found) < 6
    reasons = {row[0]: row[2] for row in found if row[2]}
    assert "the shard cannot be read on" in str(reasons["a.tar"])
    assert "the shard cannot be read on" in str(reasons["b.parquet"])


def _command(source: Path, out: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "photoaes", "score", str(source), "--out", str(out),
            "--device", "cpu", "--part", "2", *options]  # fmt: skip


_KILLED = """
import os, signal, sys
from photoaes.__main__ import main
from photoaes.bulk import engines
score, left = engines.score_part, 2
def scored(*part):
    global left
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return score(*part)
engines.score_part = scored
main(sys.argv[1:])
"""


def _killed_amid(command: list[str], out: Path, parts: int) -> None:
    """The command, killed with all its processes once so many parts are there."""
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    end = time.monotonic() + PATIENCE_S
    while len(list(out.glob("*.parquet"))) < parts and process.poll() is None:
        assert time.monotonic() < end
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_begun_again_after_a_kill_it_goes_on_and_doubles_nothing(
    folder: Path, plain: Rows, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    command = _command(folder, out)
    killed = subprocess.run([sys.executable, "-c", _KILLED, *command[3:]], check=False)
    assert killed.returncode == -signal.SIGKILL
    first = {file: file.stat().st_mtime_ns for file in out.glob("*.parquet")}
    assert len(first) == 2
    new = folder / "0" / "later.jpg"  # the plan is of what was there when it began
    Image.new("RGB", (64, 48)).save(new)
    try:
        assert main(command[3:]) == 0
    finally:
        new.unlink()
    assert f"{len(first)} of 7 parts were scored before." in capsys.readouterr().err
    _same(rows_of(out), plain)
    assert {file: file.stat().st_mtime_ns for file in first} == first
    assert sorted(p.name for p in out.iterdir() if p.name.startswith(".")) == []


@needs_ray
def test_ray_loses_and_doubles_nothing_when_a_worker_and_the_driver_are_killed(
    folder: Path, plain: Rows, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = _command(folder, out, "--engine", "ray", "--workers", "2")
    _killed_amid(command, out, 1)  # the driver
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + PATIENCE_S
    victim = None
    while victim is None and process.poll() is None and time.monotonic() < end:
        found = subprocess.run(
            ["pgrep", "-f", "ray::Worker"], capture_output=True, text=True, check=False
        ).stdout.split()
        ours = [pid for pid in map(int, found) if _session(pid) == process.pid]
        victim = ours[0] if ours else None
        time.sleep(0.05)
    if victim is not None:
        os.kill(victim, signal.SIGKILL)
    _, said = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, said
    _same(rows_of(out), plain)


def _session(pid: int) -> int:
    """Of whose children it is: the nearest ancestor that is a photoaes, else 0."""
    while pid > 1:
        try:
            status = Path(f"/proc/{pid}/stat").read_text()
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return 0
        if b"photoaes" in words:
            return pid
        pid = int(status.rpartition(")")[2].split()[1])
    return 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--part", "0"], "must be at least 1"),
        (["--bank", "none"], "There is no bank 'none'"),
        (["--profile", "/nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_is_told(
    options: list[str],
    sentence: str,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert score(folder, tmp_path / "out", *options) == 1
    assert sentence in capsys.readouterr().err


def test_a_folder_takes_no_scores_of_something_else(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert score(folder / "0", tmp_path / "out") == 0
    assert score(folder / "1", tmp_path / "out") == 1
    assert "of another source, bank, profile or precision" in capsys.readouterr().err
    assert score(folder / "0", tmp_path / "out", "--half") == 1
    assert "of another source, bank, profile or precision" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert score(tmp_path / "empty", tmp_path / "other") == 1
    assert "There are neither photos nor shards" in capsys.readouterr().err
    (tmp_path / "list.csv").write_text("name\na.jpg\n")
    assert score(tmp_path / "list.csv", tmp_path / "third") == 1
    assert "has no column named path" in capsys.readouterr().err
