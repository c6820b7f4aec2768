"""What the window's actions around albums do: open, look again, show, choose the best."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from photoaes.errors import PhotoaesError
from photoaes.gui.kit.habits import Habits
from photoaes.gui.kit.sentences import said
from photoaes.gui.views.dialogs.missing import missing_box
from photoaes.gui.views.dialogs.problem import problem_box
from photoaes.gui.window.empty_states import EmptyStates
from photoaes.gui.window.geometry import window_text
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.parts import Parts
from photoaes.jobs.events import Progress
from photoaes.jobs.missing import find_missing, forget_missing
from photoaes.jobs.read_album import OpenedAlbum
from photoaes.jobs.sample import copy_sample
from photoaes.settings import cache_folder, sample_album_folder


class AlbumCommands(QObject):
    """Commands on albums; a method bears the name of its action in `actions.SPECS`."""

    def __init__(self, window: MainWindow, parts: Parts, habits: Habits) -> None:
        super().__init__(window)
        self._window, self._parts, self._session = window, parts, parts.session
        self._habits = habits
        window.dropped.connect(self.open_path)
        window.closing.connect(self._closing)
        window.welcome.open_wanted.connect(self.open_folder)
        window.welcome.sample_wanted.connect(self.open_sample)
        window.welcome.folder_wanted.connect(self.open_path)
        self._empty = EmptyStates(window, parts)
        window.status.cancel_wanted.connect(self._cancel)
        opening, session = parts.opening, parts.session
        opening.progressed.connect(self._opening_progress)
        opening.opened.connect(self._opened)
        opening.failed.connect(self._opening_failed)
        session.album_changed.connect(self.show_album)
        session.away_changed.connect(self._away_changed)
        parts.absence.came_back.connect(self._came_back)
        self._there: set[str] = set()
        parts.asking.answered.connect(self._is_there)
        for pictures in (parts.thumbnails, parts.images):
            pictures.missed.connect(parts.absence.miss)
            parts.absence.found_again.connect(pictures.forgive)
        self.show_album()

    def open_folder(self) -> None:
        """Ask for a folder and open it."""
        start = self._habits.now.recent[0] if self._habits.now.recent else str(Path.home())
        folder = QFileDialog.getExistingDirectory(
            self._window, self.tr("Open a folder of photos"), start
        )
        if folder:
            self.open_path(Path(folder))

    def open_path(self, path: Path) -> None:
        """Open a folder, or the folder of a photo."""
        self._window.leaving.emit()
        self._window.best_shots.finish()
        self._parts.opening.open(path, split_pairs=self._habits.now.split_pairs)

    def open_sample(self) -> None:
        """Copy the sample album if need be, and open it."""
        folder = cache_folder() / "sample album"
        self._parts.worker.start(
            copy_sample(sample_album_folder(), folder),
            done=lambda _: self.open_path(folder),
            failed=self._explain,
            progress=lambda events: self._opening_progress(events[-1]),
        )

    def rescan(self) -> None:
        """Look for new, changed and missing photos of this album."""
        if self._session.folder is not None:
            self._parts.opening.open(self._session.folder, split_pairs=self._habits.now.split_pairs)

    def forget_missing(self) -> None:
        """Ask whether photos of this album that are gone shall be forgotten."""
        if self._session.folder is not None:
            job = find_missing(self._session.store, self._session.folder)
            self._parts.worker.add(job, done=self._ask_to_forget, failed=self._explain)

    def _ask_to_forget(self, gone: list[Path]) -> None:
        if not gone:
            self._session.told.emit(self.tr("No photo of this album is missing."), False)
            return
        question = self.tr("%Ln photos of this album are no longer where they were.", "", len(gone))
        missing_box(self._window, question, gone, lambda: self._forget(gone)).open()

    def _forget(self, gone: list[Path]) -> None:
        job = forget_missing(self._session.store, gone)
        self._parts.worker.add(job, done=self._forgotten, failed=self._explain)

    def _forgotten(self, count: int) -> None:
        self._session.told.emit(self.tr("%Ln missing photos forgotten.", "", count), False)

    def quit(self) -> None:
        """Close the window, and with it the program."""
        self._window.close()

    def _opening_progress(self, progress: Progress | None) -> None:
        if progress is None:
            self._window.status.progress(None)
            return
        texts = {
            "Looking for photos": self.tr("Looking for photos"),
            "Looking at new files": self.tr("Looking at new files"),
            "Reading dates, cameras and stars": self.tr("Reading dates, cameras and stars"),
            "Copying the sample album": self.tr("Copying the sample album"),
        }
        self._window.status.progress(progress, texts.get(progress.stage, progress.stage))

    def _opened(self, album: OpenedAlbum) -> None:
        self._habits.opened(album.folder)
        recent = [Path(one) for one in self._habits.now.recent]
        self._window.menus.show_recent(recent, self.open_path)
        if album.summary.missing:
            text = self.tr(
                "%Ln photos are missing; their stars are kept.", "", album.summary.missing
            )
            self._session.told.emit(text, False)

    def _opening_failed(self, folder: Path | None, error: Exception, is_there: bool) -> None:
        if not isinstance(error, PhotoaesError):
            problem_box(self._window, error).open()
            return
        is_moved = folder is not None and self._parts.moving.has_moved(folder)
        # Where a drive was, an empty folder may be left.
        if folder is not None and folder == self._session.folder and not is_moved:
            if self._session.is_away:
                self._away_changed(True)  # somebody has looked again, and wants to be answered
            self._session.set_away(True)  # what is known of the album stays on show
            return
        self._session.close_album()
        self._empty.not_opened(folder, said(error), is_away=folder is not None and not is_there)

    def _away_changed(self, is_away: bool) -> None:
        folder = self._session.folder
        if is_away and folder is not None:
            text = self.tr("{0} is not there now, or empty. All that is known of it stays on show.")
            self._session.told.emit(text.format(folder), False)

    def _came_back(self, folder: Path) -> None:
        """The same album, with its place; or the one that was waited for."""
        self._parts.thumbnails.forgive()
        self._parts.images.forgive()
        if not self._parts.learning.is_working:
            self._parts.opening.open(folder, split_pairs=self._habits.now.split_pairs)
        self._session.told.emit(self.tr("{0} is back.").format(folder), False)

    def show_album(self) -> None:
        session, window = self._session, self._window
        name = session.folder.name if session.folder else ""
        window.show_title(name, session.count)
        recent = [Path(one) for one in self._habits.now.recent]
        window.menus.show_recent(recent, self.open_path)
        if session.columns is None:
            window.show_panels(left=False, right=False)
            self._there.clear()
            for folder in self._habits.now.recent:
                question = partial(os.path.isdir, folder)  # noqa: PTH112 - raises nothing
                self._parts.asking.ask((self, folder), question)
            window.welcome.show_recent([])
            window.show_page(window.welcome)
            return
        window.show_panels(self._habits.now.left_panel, self._habits.now.right_panel)
        page = window.pages.currentWidget()
        is_over = page is window.compare and not window.compare.photos
        if is_over or page in (window.welcome, window.message):
            window.show_page(window.grid)

    def _is_there(self, question: object, answer: object) -> None:
        """Folders that were open lately come to the welcome page as they are found."""
        for folder in self._habits.now.recent:
            if question == (self, folder) and answer:
                self._there.add(folder)
                recent = [one for one in self._habits.now.recent if one in self._there]
                self._window.welcome.show_recent(recent)

    def _cancel(self) -> None:
        self._parts.opening.cancel()
        self._parts.learning.cancel()
        self._parts.worker.cancel()
        self._window.status.progress(None)

    def _closing(self) -> None:
        window = self._window
        self._habits.change(
            geometry=window_text(window), panels=window.panels_text(), edge=window.grid.edge
        )

    def best_shots(self) -> None:
        """Open the drawer in which the best shots are chosen and exported."""
        if self._session.standing.stars is not None:
            self._window.show_page(self._window.grid)
            self._window.best_shots.start()
        elif self._session.columns is not None:
            text = self.tr("There are no scores yet: press Personalize first.")
            self._session.told.emit(text, False)

    def _explain(self, error: Exception) -> None:
        self._window.status.progress(None)
        problem_box(self._window, error).open()
