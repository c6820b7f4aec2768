"""Contents and looks as pseudo-databases: clusters come out, and what is dark is told so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoaes.cli import main
from photoaes.offline.experts.contents import (
    LOOKS,
    TILE,
    cluster_distances,
    cluster_sheet,
    content_scores,
    content_space,
    looks_of,
)
from photoaes.offline.experts.pseudo_labels import as_scores


@pytest.fixture
def levels() -> dict[str, np.ndarray[tuple[int, int], np.dtype[np.float16]]]:
    """Of 90 photos that show three things, 30 each."""
    rng = np.random.default_rng(0)
    shown = np.repeat(np.arange(3), 30)
    made = {}
    for name, width in (("teacher", 80), ("companion mean", 120)):
        middles = rng.normal(size=(3, width))
        values = middles[shown] + 0.3 * rng.normal(size=(90, width))
        made[name] = values.astype(np.float16)
    return made


def test_photos_that_show_the_same_are_told_from_others(
    levels: dict[str, np.ndarray[tuple[int, int], np.dtype[np.float16]]],
) -> None:
    distances = cluster_distances(content_space(levels), 3)
    member = distances.argmin(axis=1)
    first = member[0]
    scores = as_scores(content_scores(distances, [first]))
    assert scores[member == first].min() > scores[member != first].max()
    assert (member[:30] == first).all()
    assert scores.min() >= 1
    assert scores.max() <= 10
    both = content_scores(distances, [0, 1])
    assert both[member == 2].max() < both[member != 2].min()


def test_looks_are_what_they_are_called(tmp_path: Path) -> None:
    made = {
        "dark": (20, 20, 20),
        "light": (230, 230, 230),
        "warm": (220, 140, 60),
        "cold": (60, 140, 220),
    }
    found = {}
    for name, colour in made.items():
        Image.new("RGB", (300, 200), colour).save(tmp_path / f"{name}.png")
        found[name] = dict(zip(LOOKS, looks_of(tmp_path / f"{name}.png"), strict=True))
    noise = np.random.default_rng(0).integers(0, 255, (200, 300, 3), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "noise.png")
    busy = dict(zip(LOOKS, looks_of(tmp_path / "noise.png"), strict=True))
    assert found["dark"]["dark"] > found["light"]["dark"]
    assert found["warm"]["warm"] > 0 > found["cold"]["warm"]
    assert busy["busy"] > found["dark"]["busy"]


def test_the_sheet_has_a_line_a_cluster(tmp_path: Path) -> None:
    photos = []
    for number, colour in enumerate(((250, 0, 0), (0, 0, 250))):
        photos.append(tmp_path / f"{number}.png")
        Image.new("RGB", (200, 200), colour).save(photos[-1])
    sheet = cluster_sheet(np.array([[0.0, 1.0], [1.0, 0.0]]), photos)
    assert sheet.height == 2 * TILE
    assert sheet.getpixel((100, TILE // 2)) == (250, 0, 0)
    assert sheet.getpixel((100, TILE + TILE // 2)) == (0, 0, 250)


def test_a_cluster_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["bank", "contents", str(tmp_path), str(tmp_path / "out"), "--work", str(tmp_path)]
    command += ["--teacher", str(tmp_path / "none"), "--name"]
    assert main([*command, "animals=2,24"]) == 1
    assert "numbered 0 to 23" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([*command, "animals"])
    assert "as in animals=2,3" in capsys.readouterr().err
