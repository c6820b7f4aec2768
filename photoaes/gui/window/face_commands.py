"""Looks for faces in the album, for closed eyes and focus, a second's work at a time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMessageBox

from photoaes.album.columns import NOTHING
from photoaes.gui.kit.habits import Habits
from photoaes.gui.kit.worker import Run
from photoaes.gui.views.dialogs.problem import problem_box
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.parts import Parts
from photoaes.jobs.events import Progress
from photoaes.jobs.find_faces import STAGE, FaceSearch, how_to_install

CHUNK_S, WAIT_MS = 1.0, 250


class FaceCommands(QObject):
    """Commands on faces; a method bears the name of its action in `actions.SPECS`."""

    def __init__(self, window: MainWindow, parts: Parts, habits: Habits) -> None:
        super().__init__(window)
        self._window, self._parts, self._session = window, parts, parts.session
        self._habits = habits
        self._search: FaceSearch | None = None
        self._folder: Path | None = None  # that is searched
        self._run: Run | None = None
        self._has_told = False  # how to install what finds them
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._turn)
        parts.session.album_changed.connect(self._album_changed)
        window.status.cancel_wanted.connect(self._cancel)
        window.closing.connect(self._let_go)
        window.filters.changed.connect(self._filtered)

    @property
    def is_looking(self) -> bool:
        """Whether photos are looked at, now or in a moment."""
        return self._search is not None

    def find_faces(self) -> None:
        """On all photos on which nobody has looked for them."""
        session = self._session
        if session.columns is None or session.is_early or self.is_looking:
            return
        if (command := how_to_install()) is not None:
            self._tell_how(command)
            return
        self._search = FaceSearch(session.store, session.photos)
        self._folder = session.folder
        self._turn()

    def close_ups(self) -> None:
        """Over the photos of the comparison, else over the loupe's."""
        window = self._window
        if self._session.columns is None:
            return
        if (command := how_to_install()) is not None:
            self._tell_how(command)
        elif window.pages.currentWidget() is window.compare:
            window.compare.toggle_faces()
        else:
            window.actions_by_name["loupe"].trigger()
            window.loupe.toggle_faces()
            if window.loupe.aids.with_faces:
                text = self.tr("Small faces are shown large; large ones are as they are.")
                self._session.told.emit(text, False)

    def _filtered(self) -> None:
        """Who filters by faces wants them looked for, if nobody has."""
        choice, columns = self._window.filters.choice, self._session.columns
        is_wanted = bool(choice.faces) and not self._has_told
        if is_wanted and columns is not None and bool((columns.faces == NOTHING).all()):
            self.find_faces()

    def _turn(self) -> None:
        if self._search is None:
            return
        if self._parts.opening.is_busy or self._parts.learning.is_working:
            self._timer.start(WAIT_MS)
            return
        self._run = self._parts.worker.add(
            self._search.look_on(CHUNK_S), done=self._done, failed=self._fail
        )

    def _done(self, is_more: bool) -> None:
        search = self._search
        if search is None:
            return
        if is_more:
            progress = Progress(STAGE, search.done, search.total)
            self._window.status.progress(progress, self.tr("Looking for faces"))
            self._turn()
        else:
            self._end(search)

    def _end(self, search: FaceSearch) -> None:
        """Show what was found by then."""
        self._let_go()
        folder = self._session.folder
        if folder is None:
            return
        if search.done:
            self._parts.opening.open(folder, split_pairs=self._habits.now.split_pairs)
        text = self.tr("Looked for faces on %Ln photos: see Filter.", "", search.done)
        self._session.told.emit(text, False)

    def _cancel(self) -> None:
        if self._search is not None:
            self._end(self._search)

    def _album_changed(self) -> None:
        """The same album, read anew, is searched on; another one is not."""
        session, search = self._session, self._search
        if search is None or search.photos is session.photos:
            return
        self._let_go()
        if session.folder == self._folder:
            self.find_faces()

    def _let_go(self) -> None:
        self._timer.stop()
        if self._run is not None:
            self._run.cancel()
        self._search = self._run = None
        self._window.status.progress(None)

    def _tell_how(self, command: str) -> None:
        self._has_told = True
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Faces"))
        box.setIcon(QMessageBox.Icon.Information)
        box.setText(self.tr("Finding faces and closed eyes needs an addition of 7 MB."))
        box.setInformativeText(self.tr("Install it, then start photoaes again:") + f"\n\n{command}")
        box.open()

    def _fail(self, error: Exception) -> None:
        self._let_go()
        problem_box(self._window, error).open()
