"""What a Linux desktop and its shells are given: the files are those of this version, and valid."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import manual
from photoaes.cli import names

ROOT = Path(__file__).parents[1]
LINUX = ROOT / "packaging/linux"
ID = "io.github.photoaes.photoaes"


@pytest.mark.parametrize("kind", ["1", "bash", "fish"])
def test_manual_and_completions_are_those_of_the_commands(kind: str) -> None:
    made = {"1": manual.manual, "bash": manual.bash, "fish": manual.fish}[kind]()
    kept = (LINUX / f"photoaes.{kind}").read_text("utf-8")
    assert kept == made, "options have changed: run python packaging/manual.py"


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_the_manual_page_has_nothing_that_man_warns_of() -> None:
    command = ["groff", "-man", "-ww", "-Tutf8", "-P-cbou", str(LINUX / "photoaes.1")]
    finished = subprocess.run(command, capture_output=True, text=True, check=True)
    assert finished.stderr == ""
    for name in names():
        assert f"photoaes {name}" in finished.stdout
    assert "--ratings CSV" in finished.stdout.replace("\u2212", "-").replace("\u2010", "-")


def _completed(*words: str) -> set[str]:
    """What bash offers for the last of the words."""
    script = (
        f'source "{LINUX}/photoaes.bash"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _photoaes; '
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    command = ["bash", "-c", script, "bash", "photoaes", *words]
    finished = subprocess.run(command, cwd=LINUX, capture_output=True, text=True, check=True)
    return set(finished.stdout.split())


def test_bash_completes_commands_options_and_files() -> None:
    assert _completed("ra") == {"rank", "rate", "ratings"}
    assert _completed("rank", "--one") == {"--one-per-group"}
    assert "train" in _completed("bank", "tr")
    assert _completed("rank", "photoaes.b") == {"photoaes.bash"}
    assert _completed("bank", "train", "--pretr") == {"--pretrained"}


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
def test_fish_reads_its_completions() -> None:
    subprocess.run(["fish", "--no-execute", LINUX / "photoaes.fish"], check=True)


@pytest.mark.skipif(not shutil.which("appstreamcli"), reason="appstreamcli is not installed")
def test_the_metainfo_is_valid() -> None:
    command = ["appstreamcli", "validate", "--no-net", str(LINUX / f"{ID}.metainfo.xml")]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout


def test_the_desktop_entry_starts_what_is_installed_under_the_id_of_the_metainfo() -> None:
    entry = configparser.ConfigParser(interpolation=None, delimiters="=")
    entry.optionxform = str  # type: ignore[assignment]
    entry.read(LINUX / f"{ID}.desktop", "utf-8")
    said = entry["Desktop Entry"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert said["Exec"].split()[0] in project["project"]["scripts"]
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    for source in shared:
        assert (ROOT / source).is_file(), source
    assert f"share/icons/hicolor/scalable/apps/{said['Icon']}.svg" in shared.values()
    component = ET.parse(LINUX / f"{ID}.metainfo.xml").getroot()
    assert component.findtext("id") == said["Icon"] == ID
    assert component.findtext("launchable") == f"{ID}.desktop"
