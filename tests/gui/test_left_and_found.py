"""An album is found as it was left: in the same session, and by the next one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photoaes import app
from photoaes.album.columns import UNRATED
from photoaes.album.filter_choice import FilterChoice
from photoaes.album.last_view import LastView, load_view, save_view
from photoaes.album.ordering import SortKey
from photoaes.album.shown import Grouping
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.opening import Store
from photoaes.preferences import load_preferences
from photoaes.settings import data_folder, views_folder
from tests.gui.conftest import Person
from tests.gui.test_stacks import burst_album


@contextmanager
def started(qtbot: QtBot, store: Store, size: tuple[int, int] = (1280, 720)) -> Iterator[Person]:
    """The program from start to end, with the habits that it remembers."""
    with FeatureCache(None) as cache:
        window, parts = app.build(store, cache, load_preferences(data_folder()))
        window.show()
        window.resize(*size)
        QApplication.processEvents()
        qtbot.addWidget(window)
        try:
            yield Person(qtbot, window, parts)
        finally:
            window.close()
            parts.stop()


def _choose(person: Person, rows: tuple[int, ...]) -> set[str]:
    grid = person.window.grid
    person.act("select_none")
    photos = [int(person.session.shown.rows[row]) for row in rows]
    person.session.selection.select(photos)
    person.session.refresh()
    grid.setCurrentIndex(grid.index(rows[-1]))
    person.session.selection.select(photos)
    names = person.shown()
    return {names[row] for row in rows}


def _selected(person: Person) -> set[str]:
    columns = person.session.columns
    assert columns is not None
    return {columns.paths[i].name for i in person.session.selection.photos().tolist()}


def test_everything_is_where_it_was(
    qtbot: QtBot, qapp: QApplication, store: Store, album: Path
) -> None:
    with started(qtbot, store) as person:
        person.open(album)
        person.window.edge.setValue(384)
        person.session.sort(SortKey.NAME, True)
        person.session.group(Grouping.DAY)
        person.window.filters.set(FilterChoice(upright=False, stars=frozenset({UNRATED})))
        person.act("left_panel")
        is_folded = person.window.facets.isHidden()
        QApplication.processEvents()
        selected = _choose(person, (3, 5, 6))
        bar = person.window.grid.verticalScrollBar()
        bar.setValue(bar.maximum() // 2 + 7)
        place, shown = bar.value(), person.shown()
        current = person.session.selection.current
        assert 0 < place < bar.maximum()
    with started(qtbot, store) as person:
        person.open(album)
        session = person.session
        assert (session.key, session.descending) == (SortKey.NAME, True)
        assert session.grouping is Grouping.DAY
        assert person.window.filters.choice.upright is False
        assert person.shown() == shown
        assert _selected(person) == selected
        assert session.selection.current == current
        assert person.window.grid.edge == 384
        assert person.window.facets.isHidden() == is_folded
        person.wait(lambda: person.window.grid.verticalScrollBar().value() == place)
        group = next(a for a in person.window.bar._group.menu().actions() if a.isChecked())
        assert group.text() == "By day"


@pytest.mark.parametrize("grouping", [Grouping.BURST, Grouping.TIMELINE])
def test_an_open_stack_is_found_open(
    qtbot: QtBot, qapp: QApplication, store: Store, tmp_path: Path, grouping: Grouping
) -> None:
    folder = burst_album(tmp_path / "Bursts")
    with started(qtbot, store) as person:
        person.open(folder)
        person.session.group(grouping)
        closed = person.shown()
        person.session.toggle_stack(2)
        shown = person.shown()
        assert len(shown) > len(closed)
    with started(qtbot, store) as person:
        person.open(folder)
        assert person.shown() == shown


def test_the_loupe_is_found_open_at_the_same_zoom(
    qtbot: QtBot, qapp: QApplication, store: Store, album: Path
) -> None:
    with started(qtbot, store) as person:
        person.open(album)
        grid = person.window.grid
        grid.setCurrentIndex(grid.index(4))
        person.act("loupe")
        pane = person.window.loupe.pane
        person.wait(lambda: pane._full() is not None)
        person.act("full_size")
        person.act("larger")
        person.act("overlay")
        zoom, photo = pane.zoom, pane.path
        assert zoom.scale is not None
    with started(qtbot, store) as person:
        person.open(album)
        person.wait(lambda: person.window.pages.currentWidget() is person.window.loupe)
        pane = person.window.loupe.pane
        assert (pane.path, pane.zoom) == (photo, zoom)
        assert person.window.loupe.has_facts


def test_each_album_has_its_own_view(
    qtbot: QtBot, qapp: QApplication, store: Store, album: Path
) -> None:
    with started(qtbot, store) as person:
        person.open(album / "day 1")
        person.session.sort(SortKey.SIZE, True)
        person.window.filters.set(FilterChoice(text="IMG_0"))
        person.open(album / "day 2")
        assert person.session.key is SortKey.DATE
        assert person.window.filters.choice == FilterChoice()
        person.open(album / "day 1")
        assert (person.session.key, person.session.descending) == (SortKey.SIZE, True)
        assert person.window.filters.choice.text == "IMG_0"
        assert person.window.bar.search.text() == "IMG_0"


def test_a_drawer_or_a_kill_leaves_the_view_of_before(
    qtbot: QtBot, qapp: QApplication, store: Store, album: Path
) -> None:
    with started(qtbot, store) as person:
        person.open(album)
        person.session.sort(SortKey.NAME, True)
        person.wait(lambda: (load_view(views_folder(), album) or LastView()).descending)
        person.act("select_all")
        person.act("export_these")
    view = load_view(views_folder(), album)
    assert view is not None
    assert (view.key, view.descending) == (SortKey.NAME, True)
    assert view.choice == FilterChoice()


def test_photos_that_are_gone_are_no_longer_selected(
    qtbot: QtBot, qapp: QApplication, store: Store, album: Path
) -> None:
    with started(qtbot, store) as person:
        person.open(album)
        _choose(person, (3, 5))
        gone = album / "day 1" / person.shown()[5]
    gone.unlink()
    with started(qtbot, store) as person:
        person.open(album)
        assert len(_selected(person)) == 1
        assert len(person.shown()) == 15


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"key": "no such key"}', json.dumps({"choice": {"labels": 3}}), "\ud800"],
)
def test_a_file_that_cannot_be_read_is_no_view(tmp_path: Path, content: str) -> None:
    save_view(tmp_path, Path("/album"), LastView())
    [file] = tmp_path.glob("*.json")
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    assert load_view(tmp_path, Path("/album")) is None


def test_a_view_comes_back_whole(tmp_path: Path) -> None:
    choice = FilterChoice(
        least=3, relation="<=", stars=frozenset({5, UNRATED}), labels=frozenset({"Red", ""}),
        dates=frozenset({"2025-06"}), score=(1.5, 3.25), best_only=True,
        inverted=frozenset({"labels"}),
    )  # fmt: skip
    view = LastView(
        SortKey.CHANGE, True, Grouping.BURST, choice, {"similar": ("a\udcff.jpg",)},
        ("ü/b.jpg",), "ü/b.jpg", "c.jpg", -4, "loupe", (2.0, 0.25, 0.75), True,
        ("c.jpg", "d.jpg"),
    )  # fmt: skip
    for album in (Path("/one"), Path("/other")):
        save_view(tmp_path, album, replace(view, top=album.name))
    for album in (Path("/one"), Path("/other")):
        assert load_view(tmp_path, album) == replace(view, top=album.name)
    assert load_view(tmp_path, Path("/third")) is None
