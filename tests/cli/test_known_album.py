"""What answers from the cache needs no model: none of the large libraries is loaded for it."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from photoaes.album.store.scores import load_scores, photo_ids
from photoaes.cli import main
from photoaes.cli.opened import opened_memory
from photoaes.cli.progress import Meter
from photoaes.jobs.measure import known_features, versions_of
from photoaes.jobs.open_album import open_album
from photoaes.model.bank.manifest import read_bank
from photoaes.running import finished
from photoaes.settings import starter_bank_folder

LARGE = ("torch", "torchvision", "open_clip", "timm", "scipy", "huggingface_hub", "PySide6")
WATCHED = (
    "import sys; from photoaes.cli import main; code = main(sys.argv[1:]); "
    "print('loaded', *[n for n in {0} if n in sys.modules], file=sys.stderr); sys.exit(code)"
)
WAYS = (
    (),
    ("--anyway",),
    ("--anyway", "--one-per-group", "--json"),
    ("--anyway", "--save", "Me", "--top", "3"),
    ("--profile", "Me"),
    ("--device", "cpu"),
)


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    folder.mkdir()
    for number in range(8):
        Image.linear_gradient("L").rotate(45 * number).resize((64, 48)).save(
            folder / f"{number}.jpg"
        )
    # It is tried again each time: nobody knows whether it has been mended.
    (folder / "broken.jpg").write_bytes(b"no photo")
    return folder


def _again(*arguments: str, large: Sequence[str] = LARGE) -> str:
    """In a process of its own, what it said; which of the `large` are loaded comes last."""
    command = [sys.executable, "-c", WATCHED.format(tuple(large)), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stderr


def _scores(table: Path) -> list[tuple[str, float]]:
    with table.open(newline="") as file:
        return [(row["path"], float(row["score"])) for row in csv.DictReader(file)]


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_a_known_album_is_ranked_again_without_torch(
    way: tuple[str, ...], album: Path, bank: str, tmp_path: Path
) -> None:
    if "--anyway" in way or "--profile" in way:
        for number in range(6):
            stars = str(1 + number % 5)
            assert main(["rate", str(album / f"{number}.jpg"), "--stars", stars]) == 0
    if "--profile" in way:
        assert main(["rank", str(album), "--bank", bank, "--anyway", "--save", "Me"]) == 0
    tables = [tmp_path / "first.csv", tmp_path / "again.csv"]
    common = ["rank", str(album), "--bank", bank, *way, "--out"]
    assert main([*common, str(tables[0])]) == 0
    said = _again(*common, str(tables[1]))
    assert said.splitlines()[-1] == "loaded"
    first, again = map(_scores, tables)
    assert len(first) == 8
    assert [path for path, _ in again] == [path for path, _ in first]
    assert [score for _, score in again] == pytest.approx([s for _, s in first], abs=1e-4)


def test_a_new_photo_is_looked_at_with_the_banks_own_tower_and_torch_alone(
    album: Path, bank: str, tmp_path: Path
) -> None:
    said = _again("rank", str(album), "--bank", bank, "--out", str(tmp_path / "first.csv"))
    assert said.splitlines()[-1] == "loaded torch"


def test_one_forward_a_photo_does_without_torchs_compiler(album: Path, tmp_path: Path) -> None:
    """Which reads sympy, and takes a third of the whole start."""
    command = ["rank", str(album), "--bank", str(starter_bank_folder())]
    said = _again(*command, "--out", str(tmp_path / "first.csv"), large=(*LARGE, "sympy"))
    assert said.splitlines()[-1] == "loaded torch"


def test_what_nothing_teaches_costs_one_forward_and_ranks_as_features_would(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Features are for learning: without stars none is measured, and the order is the same."""
    bank = str(starter_bank_folder())  # which has a prior
    first, again = tmp_path / "first.csv", tmp_path / "again.csv"
    assert main(["rank", str(album), "--bank", bank, "--out", str(first)]) == 0
    assert "unreadable: " in (said := capsys.readouterr().err)
    assert "broken.jpg" in said
    with opened_memory(Meter(quiet=True)) as memory:
        photos = finished(open_album(memory.store, album)).photos
        versions = versions_of(memory.store, photos)
        digest = read_bank(starter_bank_folder()).digest()
        assert not known_features(memory.cache, digest, versions)
    # With a name to keep what is learned under, there is something to measure for.
    assert main(["rate", str(album / "0.jpg"), "--stars", "1"]) == 0
    assert main(["rate", str(album / "1.jpg"), "--stars", "5"]) == 0
    command = ["rank", str(album), "--bank", bank, "--out", str(tmp_path / "taught.csv")]
    assert main(command) == 0
    with opened_memory(Meter(quiet=True)) as memory:
        known = known_features(memory.cache, digest, versions)
        assert len(known) == 8
        general = load_scores(memory.store, digest, None, photo_ids(memory.store, photos))
    by_features = dict(zip((photo.path.name for photo in photos), general, strict=True))
    for path, score in _scores(first):
        assert by_features[Path(path).name] == pytest.approx(score, abs=0.1)
    for number in (0, 1):
        assert main(["rate", str(album / f"{number}.jpg"), "--stars", "0"]) == 0
    capsys.readouterr()
    assert main(["rank", str(album), "--bank", bank, "--out", str(again)]) == 0
    found = {Path(path).name: score for path, score in _scores(again)}
    del by_features["broken.jpg"]
    assert found == pytest.approx(by_features, abs=1e-3)  # no photo was opened for them
