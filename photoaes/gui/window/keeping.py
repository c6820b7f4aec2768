"""Keeps how each album was left, and puts it so again when the album is opened; and the place in
it while the drawer of the best shots shows others."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from photoaes.album.filter_choice import FilterChoice
from photoaes.album.last_view import BY_PHOTOS, MOST_OPENED, LastView, load_view, save_view
from photoaes.album.shown import Grouping, one_of_each, stack_of
from photoaes.gui.views.photo_pane import Zoom
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.parts import Parts

QUIET_MS = 1500  # after the last change
MANY = 5000  # selected photos: kept when the album is left, and not each time


class Keeping(QObject):
    """Saves a moment after each change, and when the album or the window is closed."""

    def __init__(self, window: MainWindow, parts: Parts, folder: Path) -> None:
        super().__init__(window)
        self._window, self._parts, self._session = window, parts, parts.session
        self._folder = folder
        self._album: Path | None = None  # whose view is on show
        self._last: LastView | None = None
        self._left: dict[Path, LastView] = {}  # which may be on their way to the disk
        self._place: tuple[int, int] | None = None  # before the drawer
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MS)
        self._timer.timeout.connect(self._save_if_few)
        session = parts.session
        session.album_changed.connect(self._album_changed)
        for signal in (session.shown_changed, session.selection.changed,
                       session.selection.current_changed, window.pages.currentChanged,
                       window.grid.verticalScrollBar().valueChanged,
                       window.loupe.pane.zoom_changed):  # fmt: skip
            signal.connect(self._start)
        window.best_shots.opening.connect(self._keep_place)
        window.best_shots.returned.connect(self._go_back)
        window.leaving.connect(self.save)
        window.closing.connect(self.save)

    def _start(self) -> None:
        self._timer.start()

    def _keep_place(self) -> None:
        self._place = self._window.grid.place()

    def _go_back(self) -> None:
        if self._place is not None:
            self._window.grid.go_to(*self._place)

    # -- saving ---------------------------------------------------------------------------------

    def _save_if_few(self) -> None:
        if len(self._session.selection.photos()) <= MANY:
            self.save()

    def save(self) -> None:
        """Save how the album is left, if that has changed."""
        self._timer.stop()
        if self._album is None or self._album != self._session.folder:
            return
        if len(self._session.blind) or self._parts.checking.is_under_way:
            return  # what is on show is not what the person has chosen
        view = self._now(self._album)
        if view != self._last:
            self._parts.saver.save(partial(save_view, self._folder, self._album, view))
            self._last = self._left[self._album] = view

    def _now(self, album: Path) -> LastView:
        session, window = self._session, self._window
        key, descending, grouping = window.best_shots.order_before or (
            session.key,
            session.descending,
            session.grouping,
        )
        choice, zoom = window.filters.choice, window.loupe.pane.zoom
        current, place = session.selection.current, window.grid.place()
        page = window.pages.currentWidget()
        return LastView(
            key,
            descending,
            grouping,
            choice,
            {name: self._names(getattr(choice, name), album) for name in BY_PHOTOS},
            self._names(session.selection.photos().tolist(), album),
            "".join(self._names([] if current is None else [current], album)),
            "".join(self._names(place[:1] if place else (), album)),
            place[1] if place else 0,
            "loupe" if page is window.loupe else "grid",
            None if zoom.scale is None else (zoom.scale, *zoom.centre),
            window.loupe.has_facts,
            self._names(self._opened(grouping), album),
        )

    def _opened(self, grouping: Grouping) -> list[int]:
        session = self._session
        if session.columns is None or not session.opened or grouping is not session.grouping:
            return []  # as mostly, and it takes a look at each photo
        photos: list[int] = one_of_each(session.columns, grouping, session.opened).tolist()
        return photos[:MOST_OPENED]

    def _names(self, indices: Iterable[int], album: Path) -> tuple[str, ...]:
        assert self._session.columns is not None
        paths, start = self._session.columns.paths, len(str(album).rstrip(os.sep)) + 1
        return tuple(str(paths[index])[start:] for index in indices)

    # -- restoring ------------------------------------------------------------------------------

    def _album_changed(self) -> None:
        """Before another album is sorted for the first time: as it was left, or as it comes."""
        session = self._session
        if session.folder == self._album:
            return
        self._album, self._last = session.folder, None
        if session.folder is None or session.columns is None:
            return
        view = self._left.get(session.folder) or load_view(self._folder, session.folder)
        view = view or LastView()
        places = self._places(view, session.folder)
        session.key, session.descending = view.key, view.descending
        session.grouping = view.grouping
        session.opened = frozenset(
            stack[0]
            for one in view.opened
            if one in places
            and (stack := stack_of(session.columns, view.grouping, places[one])) is not None
        )
        self._window.filters.restore(self._choice(view, places))
        session.selection.is_selected[[places[one] for one in view.selected if one in places]] = (
            True
        )
        session.selection.current = places.get(view.current)
        if view.facts != self._window.loupe.has_facts:  # now: a quick key may come before the rest
            self._window.loupe.toggle_facts()
        # Once all is laid out, panels too.
        QTimer.singleShot(0, self, lambda: self._go(view, places))

    def _places(self, view: LastView, album: Path) -> dict[str, int]:
        """Where the photos that the view names are in the columns; those that are gone are left
        out."""
        named = [one for names in view.named.values() for one in names]
        wanted = {*view.selected, *view.opened, view.current, view.top, *named} - {""}
        if not wanted or self._session.columns is None:
            return {}
        top, place_of = str(album).rstrip(os.sep) + os.sep, self._session.place_of
        return {one: place_of[top + one] for one in wanted if top + one in place_of}

    def _choice(self, view: LastView, places: dict[str, int]) -> FilterChoice:
        found = {
            name: frozenset(places[one] for one in names if one in places)
            for name, names in view.named.items()
            if name in BY_PHOTOS
        }
        return replace(view.choice, **found)  # type: ignore[arg-type]

    def _go(self, view: LastView, places: dict[str, int]) -> None:
        window = self._window
        if self._session.folder != self._album:
            return
        if view.top in places:
            window.grid.go_to(places[view.top], view.offset)
        if view.zoom is not None:
            window.loupe.pane.set_zoom(Zoom(view.zoom[0], (view.zoom[1], view.zoom[2])))
        if view.page == "loupe" and view.current in places:
            window.show_page(window.loupe)
