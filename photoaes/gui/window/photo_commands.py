"""What the window's actions around files do: show, copy, open elsewhere, find similar, export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from photoaes.album.columns import REJECTED
from photoaes.gui.kit.elsewhere import open_elsewhere
from photoaes.gui.kit.file_manager import show_files
from photoaes.gui.kit.habits import Habits
from photoaes.gui.state.marking import Indices
from photoaes.gui.views.dialogs.problem import problem_box
from photoaes.gui.views.dragging import as_files, files_of
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.meant import photos_meant
from photoaes.gui.window.parts import Parts

MOST_OPENED = 10  # by one press, in another program


class PhotoCommands(QObject):
    """Commands on single photos; a method bears the name of its action in `actions.SPECS`."""

    def __init__(self, window: MainWindow, parts: Parts, habits: Habits) -> None:
        super().__init__(window)
        self._window, self._parts, self._session = window, parts, parts.session

    def _meant(self) -> Indices:
        if self._session.columns is None:
            return np.zeros(0, dtype=np.int64)
        return photos_meant(self._window, self._session)

    def _paths(self) -> list[Path]:
        columns = self._session.columns
        return [] if columns is None else [columns.paths[i] for i in self._meant().tolist()]

    def show_in_folder(self) -> None:
        """Show the photos in the desktop's file manager."""
        if paths := self._paths():
            show_files(paths, self._window)

    def open_with(self) -> None:
        """Each photo in the program that the desktop opens such files with."""
        open_elsewhere(self._paths()[:MOST_OPENED], self._window)

    def copy_path(self) -> None:
        """Put the photos' paths onto the clipboard, a line each."""
        if paths := self._paths():
            QGuiApplication.clipboard().setText("\n".join(map(str, paths)))
            self._session.told.emit(self.tr("%Ln paths copied.", "", len(paths)), False)

    def copy_photo(self) -> None:
        """As files for file managers; one photo as a picture too, as sharp as it is at hand."""
        photos = self._meant().tolist()
        if not photos:
            return
        data = as_files(files_of(self._session, photos))
        if len(photos) == 1:
            path = self._paths()[0]
            large = self._parts.images.best(path)
            pixmap = large.pixmap if large else self._parts.thumbnails.pixmap(path, 1024)
            if pixmap is not None:
                data.setImageData(pixmap.toImage())
        QGuiApplication.clipboard().setMimeData(data)
        self._session.told.emit(self.tr("%Ln photos copied.", "", len(photos)), False)

    def find_similar(self) -> None:
        """Show what looks like the current photo, and nothing else."""
        current = self._session.selection.current
        if current is not None and self._session.columns is not None:
            self._parts.worker.add(
                self._parts.opening.similar_to(current), done=self._show_similar, failed=self._fail
            )

    def _show_similar(self, indices: NDArray[np.int64]) -> None:
        if len(indices) < 2:
            text = self.tr("What photos look like is not known yet: press Personalize first.")
            self._session.told.emit(text, False)
            return
        self._window.best_shots.leave()
        choice = replace(self._window.filters.choice, similar=frozenset(indices.tolist()))
        self._window.filters.set(choice)
        self._window.show_page(self._window.grid)

    def export_these(self) -> None:
        """The photos that are meant, whatever their scores."""
        photos = self._meant()
        if len(photos):
            self._window.show_page(self._window.grid)
            self._window.best_shots.start(photos.tolist())

    def export_rejected(self) -> None:
        """Copies of what was rejected, in a folder of their own; the originals stay."""
        columns = self._session.columns
        rejected = [] if columns is None else np.flatnonzero(columns.flag == REJECTED).tolist()
        if rejected:
            self._window.show_page(self._window.grid)
            self._window.best_shots.start(rejected, are_rejected=True)
        elif columns is not None:
            self._session.told.emit(self.tr("No photo is rejected."), False)

    def take_out(self) -> None:
        """Take the selected photos out of the best shots."""
        self._window.best_shots.take_out_selected()

    def _fail(self, error: Exception) -> None:
        problem_box(self._window, error).open()
