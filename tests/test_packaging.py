"""The scripts people start with, and what the documents promise about them."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from photoaes.cli import _parser, doctor
from photoaes.gui.views.dialogs import about

ROOT = Path(__file__).parents[1]
SCRIPTS = (
    "packaging/run",
    "packaging/setup",
    "packaging/test",
    "packaging/bundle",
    "packaging/fuzz",
    ".ci/run",
)
DOCUMENTS = ("README.md", "CONTRIBUTING.md")


def _commands(document: str) -> list[list[str]]:
    """Each command in the document's `sh` blocks, in words and without comments."""
    text = (ROOT / document).read_text("utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [words for line in lines if (words := shlex.split(line, comments=True))]


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_are_executable_and_parse(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    subprocess.run(["bash", "-n", ROOT / script], check=True)


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
def test_scripts_satisfy_shellcheck() -> None:
    subprocess.run(["shellcheck", *SCRIPTS], cwd=ROOT, check=True)


def test_ci_runs_the_tests_as_people_do() -> None:
    lines = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    steps = [line for line in lines if line.startswith("step ")]
    # The last runner's closing line is the one that tells how many tests ran.
    assert steps[-1] == "step tests packaging/test"
    for tool in ("ruff check", "ruff format --check", "lint-imports", "mypy"):
        assert any(step.endswith(f".venv/bin/{tool}") for step in steps), tool


@pytest.mark.parametrize("script", ["setup", "run", "bundle"])
def test_scripts_import_nothing_from_the_folder_one_is_in(script: str, tmp_path: Path) -> None:
    """By their first lines, up to where they look for themselves."""
    begun, _, _ = (ROOT / "packaging" / script).read_text().partition("\nroot=")
    (tmp_path / "csv.py").write_text("print('a stranger')")
    code = f"{begun}\n{sys.executable} -c 'import csv; print(csv.__name__)'"
    said = subprocess.run(["bash", "-c", code], cwd=tmp_path, capture_output=True, check=True)
    assert said.stdout == b"csv\n"


def test_setup_wants_to_know_for_what() -> None:
    finished = subprocess.run(
        [ROOT / "packaging/setup", "sideways"], capture_output=True, text=True, check=False
    )
    assert (finished.returncode, finished.stdout) == (1, "")
    assert "packaging/setup run|test" in finished.stderr


def test_run_names_a_missing_folder_before_it_installs_anything(tmp_path: Path) -> None:
    link = tmp_path / "a link"
    link.symlink_to(ROOT / "packaging/run")
    finished = subprocess.run(
        [link, "no such folder"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (finished.returncode, finished.stdout) == (1, "")
    assert "There is no folder no such folder" in finished.stderr


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_scripts_in_documents_exist(document: str) -> None:
    named = {word for words in _commands(document) for word in words if word.startswith("pack")}
    assert named
    for script in named:
        assert os.access(ROOT / script, os.X_OK), script


def test_the_commands_in_the_readme_parse() -> None:
    commands = [words[1:] for words in _commands("README.md") if words[0] == "photoaes"]
    assert {words[0] for words in commands} >= {"rank", "sample", "doctor"}
    for words in commands:
        if "--help" not in words:
            _parser().parse_args(words)


def _names(requirements: list[str]) -> set[str]:
    found = (re.match(r"[\w-]+", wanted) for wanted in requirements)
    return {name[0].lower() for name in found if name is not None} - {"photoaes"}


def test_doctor_names_every_package_and_about_those_that_always_come_along() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    always = _names(project["dependencies"])
    extras = project["optional-dependencies"]
    sometimes = [_names(extras[name]) for name in ("fast", "cluster", "heic", "raw", "jxl")]
    assert always.union(*sometimes) <= {name.lower() for name in doctor.PACKAGES}
    assert always <= {name.lower() for name in about.PACKAGES}


@pytest.mark.parametrize("command", [["rank", "--help"], ["--help"]])
def test_help_loads_neither_torch_nor_qt(command: list[str]) -> None:
    code = (
        "import sys\n"
        "from photoaes.cli import main\n"
        "try:\n"
        f"    main({command})\n"
        "except SystemExit as end:\n"
        "    assert end.code == 0\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "print(loaded & {'torch', 'torchvision', 'open_clip', 'scipy', 'PySide6'})\n"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert finished.stdout.decode().splitlines()[-1] == "set()"


def test_the_window_opens_before_torch_is_loaded() -> None:
    code = (
        "import sys\n"
        "import photoaes.app\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "print(loaded & {'torch', 'torchvision', 'open_clip', 'scipy'})\n"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert finished.stdout.decode().splitlines()[-1] == "set()"


def test_without_a_display_it_says_so() -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    quiet = {name: value for name, value in os.environ.items() if name not in hidden}
    finished = subprocess.run(
        [sys.executable, "-m", "photoaes"],
        cwd=ROOT, env=quiet, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert finished.returncode == 1
    assert "no display" in finished.stdout + finished.stderr


@pytest.mark.parametrize("language", ["de", "en"])
def test_translations_are_complete_and_compiled(language: str, tmp_path: Path) -> None:
    tools = Path(sys.executable).parent
    known = ROOT / f"resources/translations/photoaes_{language}.ts"
    fresh = tmp_path / known.name
    shutil.copy(known, fresh)
    sources = [str(path) for path in (ROOT / "photoaes").rglob("*.py")]
    plural = ["-pluralonly"] if language == "en" else []
    subprocess.run(
        [tools / "pyside6-lupdate", "-silent", "-no-obsolete", "-locations", "none", *plural,
         *sources, "-ts", fresh],
        check=True, capture_output=True,
    )  # fmt: skip
    assert 'type="unfinished"' not in fresh.read_text("utf-8")
    compiled = tmp_path / "fresh.qm"
    subprocess.run(
        [tools / "pyside6-lrelease", "-silent", known, "-qm", compiled],
        check=True, capture_output=True,
    )  # fmt: skip
    assert compiled.read_bytes() == known.with_suffix(".qm").read_bytes()
