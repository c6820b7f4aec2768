"""Each option that the page of differences names exists, and means what a command takes."""

from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path

import pytest

from photoaes.cli import bank, evaluate, reproduce
from photoaes.offline.evaluation.methods import method_of

PAGE = Path(__file__).parents[2] / "photoaes/offline/PAPER.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| the paper or its code")
]
OPTIONS = sorted({text for row in ROWS for text in re.findall(r"`(--[^`]+)`", row[-1])})
METHODS = sorted(
    {text for row in ROWS for text in re.findall(r"`((?:paper|released)[^`]*)`", row[-1])}
)
REST = {
    "evaluate": ["evaluate", "--results", "r.csv"],
    "train": ["bank", "train", "bank"],
    "reproduce": ["reproduce", "out", "--data", "x"],
}


def _accepted(words: list[str]) -> bool:
    parser = argparse.ArgumentParser(exit_on_error=False)
    commands = parser.add_subparsers()
    for module in (bank, evaluate, reproduce):
        module.add_command(commands)
    try:
        return not parser.parse_known_args(words)[1]
    except SystemExit:
        return False


def test_every_line_says_how_to_restore_the_papers_way_or_why_not() -> None:
    assert len(ROWS) > 20
    for row in ROWS:
        assert len(row) == 4, row
        assert "`" in row[3] or row[3].startswith("none"), row


@pytest.mark.parametrize("text", OPTIONS)
def test_an_option_that_is_named_exists(text: str) -> None:
    words = shlex.split(text)
    assert any(_accepted([*start, *words]) for start in REST.values()), text
    methods = words[words.index("--methods") + 1 :] if "--methods" in words else []
    for method in methods:
        method_of(method)


@pytest.mark.parametrize("text", METHODS)
def test_a_method_that_is_named_exists(text: str) -> None:
    method_of(text)


def test_an_option_that_does_not_exist_would_be_noticed() -> None:
    assert not any(_accepted([*start, "--best-of-six"]) for start in REST.values())
