"""Sentences from below the window, in the person's language."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from photoaes import errors
from photoaes.album.export.exporting import plan_export
from photoaes.album.export.names import check_template
from photoaes.album.marks import Marks
from photoaes.album.photo import scan
from photoaes.album.sidecars.writing import write_marks
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.profile_file import read_profile
from photoaes.errors import PhotoaesError, PhotoUnreadable, Sentence
from photoaes.gui.kit.sentences import FORMS, said
from photoaes.gui.views.dialogs.problem import problem_box
from photoaes.images import open_image
from photoaes.jobs.banks import bank_facts
from tests.gui.conftest import Person

SOURCES = Path(errors.__file__).parent


def test_every_form_is_said_somewhere() -> None:
    """A sentence that was reworded and not in the list would silently be English again."""
    spoken: set[str] = set()
    for path in SOURCES.rglob("*.py"):
        if "gui" not in path.parts:
            tree = ast.parse(path.read_text("utf-8"))
            spoken |= {
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    assert [form for form in FORMS if form not in spoken] == []


def test_a_sentence_is_a_text() -> None:
    text = Sentence("{0} of {1:.1f}", "a {brace}", 2)
    assert (text, str(text), text.form) == (
        "a {brace} of 2.0",
        "a {brace} of 2.0",
        "{0} of {1:.1f}",
    )
    assert said(text) == text, "English is what it is"
    error = PhotoUnreadable(Path("a.jpg"), "the file is empty")
    assert str(error) == said(error) == "a.jpg: the file is empty."


def _raised(path: Path) -> list[PhotoaesError]:
    """What a person meets: real ones, raised where they are raised."""
    broken = path / "broken.jpg"
    broken.write_bytes(b"")
    huge = path / "huge.png"
    Image.new("1", (40_000, 40_000)).save(huge)
    read_only = path / "blocked.jpg"
    (path / "blocked.jpg.xmp").mkdir()
    attempts: list[Callable[[], object]] = [
        lambda: scan(path / "gone"),
        lambda: scan(broken),
        lambda: open_image(path / "gone.jpg"),
        lambda: open_image(broken),
        lambda: open_image(huge),
        lambda: plan_export([], broken),
        lambda: bank_facts(path),
        lambda: check_template("{place}"),
        lambda: write_marks(read_only, Marks(3)),
        lambda: read_profile(broken),
        lambda: open_store(path / "ratings.db"),
    ]
    found: list[PhotoaesError] = []
    with open_store(path / "ratings.db"):
        for attempt in attempts:
            with pytest.raises(PhotoaesError) as told:
                attempt()
            found.append(told.value)
    return found


def test_what_people_meet_is_german(german: None, tmp_path: Path) -> None:
    gone, file, missing, empty, huge, target, bank, name, sidecar, profile, locked = map(
        said, _raised(tmp_path)
    )
    assert name.startswith("Der Name '{place}' hat ein Feld {place}; es gibt {rank}, ")
    assert (
        sidecar == "blocked.jpg.xmp: es ist ein Ordner, keine Datei. Die Datei blieb, wie sie ist."
    )
    assert profile.startswith("broken.jpg ist kein brauchbares Geschmacksprofil: es ist kein JSON ")
    assert gone == f"Den Ordner {tmp_path / 'gone'} gibt es nicht."
    assert "ist eine Datei, kein Ordner" in file
    assert missing == "gone.jpg: die Datei ist nicht mehr da."
    assert empty == "broken.jpg: die Datei ist leer."
    assert "40000 x 40000 Pixel" in huge
    assert "wählen Sie einen Ordner" in target
    assert "ist keine Bank: bank.json fehlt." in bank
    assert "sind in einem anderen photoaes (" in locked
    assert ", Prozess " in locked


def test_a_full_disk_is_german(german: None, person: Person, store: Store, album: Path) -> None:
    person.open(album)
    store.connection.execute("PRAGMA max_page_count = 1")  # as many as there are
    with pytest.raises(PhotoaesError) as told, store.transaction():
        store.connection.execute("CREATE TABLE big AS SELECT zeroblob(10000000)")
    box = problem_box(person.window, told.value)
    assert box.text().startswith("Der Datenträger mit ")


def test_the_window_says_them(german: None, person: Person, album: Path) -> None:
    (album / "day 1" / "IMG_00.jpg").write_bytes(b"")
    person.open(album)
    path = album / "day 1" / "IMG_00.jpg"
    person.wait(lambda: person.parts.thumbnails.problem(path) is not None)
    person.window.grid.setFocus()
    person.tap(Qt.Key.Key_Home)
    person.act("loupe")
    pane = person.window.loupe.pane
    person.wait(lambda: (problem := pane._problem()) is not None and bool(problem.reason))
    assert (problem := pane._problem()) is not None
    assert said(problem.reason) == "die Datei ist leer"
    person.window.dropped.emit(album / "gone" / "too")
    person.wait(lambda: "gibt es nicht" in person.window.message._text.text())
