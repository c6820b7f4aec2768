"""A server that answers late, or never: the window's thread asks no drive anything."""

from __future__ import annotations

import io
import os
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.gui.conftest import Person


@pytest.fixture
def asked(album: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Where the window's thread asked for something in the album's folder: it would hang there."""
    found: list[str] = []
    top = str(album)

    def watched(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *rest: Any, **more: Any) -> Any:
            is_ours = not isinstance(path, int) and str(os.fsdecode(path)).startswith(top)
            if is_ours and threading.current_thread() is threading.main_thread():
                stack = traceback.extract_stack()[:-1]
                if any("/photoaes/" in one.filename for one in stack):
                    found.append("".join(traceback.format_list(stack[-6:])))
            return function(path, *rest, **more)

        return call

    for module, names in ((os, ("stat", "lstat", "scandir", "listdir", "open")), (io, ("open",))):
        for name in names:
            monkeypatch.setattr(module, name, watched(getattr(module, name)))
    yield found
    monkeypatch.undo()


def test_no_photo_is_asked_for_by_the_windows_thread(
    person: Person, album: Path, asked: list[str]
) -> None:
    person.open(album)
    person.rate("12345")
    person.act("loupe")
    person.act("overlay")
    assert person.window.loupe.has_facts
    person.wait(lambda: "KB" in person.window.loupe._facts.text().upper())
    person.tap(Qt.Key.Key_Right)
    person.wait(lambda: person.window.loupe._asked is None)
    person.act("grid")
    person.act("rescan")
    person.wait(lambda: not person.parts.opening.is_busy)
    person.act("undo")
    person.window.dropped.emit(next(album.rglob("*.jpg")))  # a photo stands for its folder
    person.wait(lambda: not person.parts.opening.is_busy and person.session.count > 0)
    assert person.session.count < 16
    assert not asked, asked[0]


def test_nor_where_the_drive_is_away_and_comes_back(
    person: Person, album: Path, asked: list[str]
) -> None:
    person.open(album)
    away = album.with_name("away")
    album.rename(away)
    person.wait(lambda: person.session.is_away)
    person.act("rescan")
    person.wait(lambda: not person.parts.opening.is_busy)
    person.session.close_album()
    person.window.dropped.emit(album)
    person.wait(lambda: person.window.pages.currentWidget() is person.window.message)
    away.rename(album)
    person.wait(lambda: person.session.count > 0 and not person.parts.opening.is_busy)
    person.session.close_album()  # recent folders are listed
    welcome = person.window.welcome
    person.wait(lambda: welcome._recent.count() > 0)
    assert not asked, asked[0]
