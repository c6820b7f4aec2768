"""The pages of `photoaes help`: they are there, and what they tell people to type works."""

from __future__ import annotations

import shlex
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoaes.cli import main
from photoaes.cli.help import TOPICS
from tests.tiny import tiny_bank

PEOPLE, PHOTOS = "abcdef", 30


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_has_its_page(topic: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", topic]) == 0
    said = capsys.readouterr().out
    assert said.startswith("# ")
    assert len(said) > 500


def test_without_a_topic_all_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help"]) == 0
    said = capsys.readouterr().out
    for topic, (_, what) in TOPICS.items():
        assert topic in said
        assert what in said


def test_the_sums_of_the_page_on_clusters_are_right() -> None:
    """Of a billion images: core hours, days on 400 and on 1,000 cores, and what they cost."""
    text = files("photoaes").joinpath("bulk/CLUSTER.md").read_text("utf-8")
    table = text.partition("| a billion")[2].partition("\n\n")[0].splitlines()[2:]
    assert len(table) == 4
    for row in table:
        ms, hours, days, fewer, price = (
            float(cell.replace(",", "")) for cell in row.split("|")[2:-1]
        )
        assert hours == round(1e9 * ms / 3_600_000)
        assert (days, fewer) == (round(hours / 400 / 24, 2), round(hours / 1000 / 24, 2))
        assert price == round(hours * 0.04)
        assert f" {ms} " in text.partition("| a billion")[0], "a rate that was not measured"


def _commands(page: str) -> list[list[str]]:
    text = files("photoaes").joinpath(page).read_text("utf-8")
    blocks = [block.partition("\n")[2] for block in text.split("```sh")[1:]]
    lines = [line for block in blocks for line in block.partition("```")[0].splitlines()]
    return [shlex.split(line, comments=True) for line in lines if line.strip()]


def _prepare(folder: Path) -> None:
    tiny_bank(folder / "resources" / "starter-bank")
    (folder / "photos").mkdir()
    rng = np.random.default_rng(0)
    names = [f"{number:02}.jpg" for number in range(PHOTOS)]
    for number, name in enumerate(names):
        noise = rng.integers(0, 60, (48, 64, 3)) + number * 6
        Image.fromarray(noise.astype(np.uint8)).save(folder / "photos" / name)
    scores = [f"{name},{1 + number % 10}" for number, name in enumerate(names)]
    (folder / "scores.csv").write_text("\n".join(["image,score", *scores]))
    given = [
        f"{who},{name},{1 + (number + int(rng.integers(0, 2))) % 5}"
        for who in PEOPLE
        for number, name in enumerate(names)
    ]
    (folder / "raters.csv").write_text("\n".join(["rater,image,score", *given]))


def test_the_commands_of_the_page_on_extending_do_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    commands = _commands(TOPICS["extending"][0])
    assert len(commands) == 7
    for program, *arguments in commands:
        assert program == "photoaes"
        assert main(arguments) == 0, arguments
    said = capsys.readouterr().out
    assert "| 5 | ours |" in said
    assert (tmp_path / "results.csv").is_file()
