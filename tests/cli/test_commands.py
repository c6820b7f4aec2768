"""The smaller commands: sample, doctor, evaluate, and what the shell sees."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoaes import __version__
from photoaes.cli import main
from photoaes.cli.wording import local_time
from tests.tiny import tiny_bank


def test_doctor_names_versions_device_banks_folders_and_network_calls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PHOTOAES_HOME", str(tmp_path))
    tiny_bank(tmp_path / "data" / "banks" / "mine")
    assert main(["doctor", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["photoaes"] == __version__
    assert found["packages"]["torch"][0].isdigit()
    assert "CPU" in found["device"]["cpu"]
    assert "2 tasks" in found["banks"]["mine"]
    assert found["folders"]["data"].startswith(str(tmp_path))
    assert "none on its own" in found["network calls"][0]
    assert main(["doctor"]) == 0
    assert "installed banks" in capsys.readouterr().out


def test_evaluate_prints_a_row_for_each_method_and_k(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny_bank(tmp_path / "bank")
    rng = np.random.default_rng(0)
    for number in range(26):
        colour = tuple(int(c) for c in rng.integers(0, 256, 3))
        Image.new("RGB", (40, 40), colour).save(tmp_path / f"{number}.png")
    table = tmp_path / "ratings.csv"
    with table.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("rater", "image", "score"))
        for person in ("ann", "bob", "cleo"):
            writer.writerows((person, f"{n}.png", int(rng.integers(1, 8))) for n in range(26))
    results = tmp_path / "results.csv"
    command = ["evaluate", "--images", str(tmp_path), "--ratings", str(table), "--shots", "5"]
    command += ["--trials", "1", "--steps", "3", "--bank", str(tmp_path / "bank")]
    command += ["--results", str(results), "--people", "2", "--methods", "K=0", "paper", "ours"]
    assert main(command) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("|")[2].strip() for line in lines[2:5]] == ["K=0", "paper", "ours"]
    assert all(line.split("|")[3].strip() == "2" for line in lines[2:5])
    assert [line.split("|")[3].strip() for line in lines[8:]] == ["K=0", "paper"]
    assert main([*command, "--summary"]) == 0
    assert capsys.readouterr().out.splitlines() == lines
    told = tmp_path / "told.csv"
    assert main([*command, "--agreement", str(told)]) == 0
    assert capsys.readouterr().out.startswith("| K | draws | pairs told")
    assert told.read_text().count("\n") == 3
    assert main([*command, "--agreement", str(told), "--shots", "0"]) == 1
    assert "give more --shots" in capsys.readouterr().err


def test_evaluate_judges_the_people_of_a_published_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny_bank(tmp_path / "bank")
    rng = np.random.default_rng(0)
    for album in ("ann", "bob"):
        for number in range(22):
            folder = tmp_path / "real-cur" / album / str(1 + number % 5)
            folder.mkdir(parents=True, exist_ok=True)
            colour = tuple(int(c) for c in rng.integers(0, 256, 3))
            Image.new("RGB", (40, 40), colour).save(folder / f"{number}.png")
    results = tmp_path / "results.csv"
    command = ["evaluate", "--database", "real-cur", str(tmp_path / "real-cur"), "--trials", "2"]
    command += ["--shots", "5", "--bank", str(tmp_path / "bank"), "--results", str(results)]
    assert main([*command, "--methods", "K=0", "linear:steps=5,loss=mse"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("|")[2].strip() for line in lines[2:4]] == ["K=0", "linear:steps=5,loss=mse"]
    assert [line.split("|")[4].strip() for line in lines[2:4]] == ["4", "4"]
    run = json.loads((tmp_path / "results.json").read_text())
    assert (run["people"], run["photos"], run["scale"]) == (["ann", "bob"], 44, [1, 5])
    assert main([*command, "--methods", "K=0", "--seed", "1"]) == 1
    assert "begun with another seed" in capsys.readouterr().err
    assert main(["evaluate", "--database", "koniq", "x", "--results", str(results)]) == 1
    assert "these have: flickr-aes" in capsys.readouterr().err


def test_a_bank_learns_its_prior_from_ratings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny_bank(tmp_path / "bank")
    rng = np.random.default_rng(0)
    for number in range(30):
        colour = tuple(int(c) for c in rng.integers(0, 256, 3))
        Image.new("RGB", (40, 40), colour).save(tmp_path / f"{number}.png")
    table = tmp_path / "ratings.csv"
    rows = [(p, f"{n}.png", rng.integers(1, 8)) for p in ("ann", "bob") for n in range(30)]
    table.write_text("\n".join(["rater,image,score", *(f"{p},{n},{s}" for p, n, s in rows)]))
    command = ["bank", "prior", str(tmp_path / "bank"), "--images", str(tmp_path)]
    assert main([*command, "--ratings", str(table), "--scale", "1", "7"]) == 0
    assert capsys.readouterr().out.startswith("2 people, 30 photos.")
    assert (tmp_path / "bank" / "prior.safetensors").is_file()


def test_shares_of_the_people_are_disjoint_and_whole(tmp_path: Path) -> None:
    import argparse

    from photoaes.cli.evaluate import _chosen

    people = [str(n) for n in range(31)]

    def share(text: str) -> list[str]:
        return _chosen(people, argparse.Namespace(seed=3, people=20, share=text))

    parts = share("1/3") + share("2/3") + share("3/3")
    assert sorted(parts) == sorted(share("1/1"))
    assert len(parts) == len(set(parts)) == 20


@pytest.mark.parametrize("arguments", [["nonsense"], ["rank"]])
def test_a_wrong_command_exits_with_2(arguments: list[str]) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "photoaes", *arguments], capture_output=True, text=True, check=False
    )
    assert found.returncode == 2
    assert "usage: photoaes" in found.stderr


def test_times_are_those_of_the_clock_and_other_texts_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "UTC-2")
    time.tzset()
    try:
        assert local_time("2026-11-26T22:30:05.006+00:00") == "2026-11-27 00:30:05"
    finally:
        monkeypatch.undo()
        time.tzset()
    assert local_time("once upon a time") == "once upon a time"


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.strip() == f"photoaes {__version__}"
