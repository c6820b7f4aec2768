"""What the window's actions do. Each action of `actions.SPECS` is a method of its name here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from photoaes.errors import PhotoaesError
from photoaes.gui.compare import MOST
from photoaes.gui.dialogs.about import about_dialog
from photoaes.gui.dialogs.details import details_dialog
from photoaes.gui.dialogs.problem import problem_box
from photoaes.gui.dialogs.shortcuts import shortcuts_dialog
from photoaes.gui.keys import LABEL_KEYS, Mark
from photoaes.gui.main_window import MainWindow
from photoaes.gui.parts import Parts
from photoaes.gui.session import Indices
from photoaes.gui.taste_commands import TasteCommands
from photoaes.jobs.events import Progress
from photoaes.jobs.sample import make_sample
from photoaes.preferences import Preferences, save_preferences
from photoaes.settings import cache_folder, data_folder, log_file
from photoaes.steps import Found, OpenedAlbum


class Commands(QObject):
    """Binds a window to its parts."""

    def __init__(self, window: MainWindow, parts: Parts, preferences: Preferences) -> None:
        super().__init__(window)
        self._window, self._parts, self._session = window, parts, parts.session
        self.preferences = preferences
        self._taste = TasteCommands(window, parts, self.prefer)
        self._came_from = window.grid
        self._connect()
        self._apply_preferences()
        self._album_changed()

    def _connect(self) -> None:
        window, parts = self._window, self._parts
        window.commanded.connect(self.run)
        window.marked.connect(self.mark)
        window.dropped.connect(self.open_path)
        window.closing.connect(self._closing)
        window.welcome.open_wanted.connect(self.open_folder)
        window.welcome.sample_wanted.connect(self.open_sample)
        window.welcome.folder_wanted.connect(self.open_path)
        window.message.pressed.connect(self._message_pressed)
        window.grid.opened.connect(self.loupe)
        window.compare.preferred.connect(self._preferred)
        window.taste.suggest_wanted.connect(self._taste.suggest)
        window.taste.best_shots_wanted.connect(self.best_shots)
        window.taste.details_wanted.connect(self._details)
        window.taste.profiles_wanted.connect(self._taste.profiles)
        window.status.show_all_wanted.connect(window.filters.clear)
        window.status.undo_wanted.connect(self._session.undo)
        window.status.cancel_wanted.connect(self._cancel)
        window.best_shots.closed.connect(self.grid)
        parts.opening.progressed.connect(self._opening_progress)
        parts.opening.opened.connect(self._opened)
        parts.opening.read.connect(self._read)
        parts.opening.failed.connect(self._opening_failed)
        parts.learning.failed.connect(self.explain)
        parts.learning.changed.connect(self._learning_changed)
        self._session.album_changed.connect(self._album_changed)
        self._session.shown_changed.connect(self._shown_changed)

    def _apply_preferences(self) -> None:
        known = self.preferences
        self._window.restore(known.geometry)
        self._window.grid.set_edge(known.edge)
        self._window.edge.setValue(known.edge)
        self._window.grid.show_names(known.with_names)
        self._window.show_panels(known.left_panel, known.right_panel)
        for name in ("auto_advance", "left_panel", "right_panel"):
            action = self._window.actions_by_name[name]
            action.setCheckable(True)
            action.setChecked(getattr(known, name))

    def run(self, name: str) -> None:
        """The action of this name."""
        handler: Callable[[], None] | None = getattr(self, name, None) or getattr(
            self._taste, name, None
        )
        assert handler is not None, name
        handler()

    def prefer(self, **changes: object) -> None:
        """Remember a habit."""
        self.preferences = replace(self.preferences, **changes)  # type: ignore[arg-type]
        save_preferences(data_folder(), self.preferences)

    def explain(self, error: Exception) -> None:
        """An error as a box in the user's words."""
        problem_box(self._window, error).open()

    # -- albums ---------------------------------------------------------------------------------

    def open_folder(self) -> None:
        """Ask for a folder and open it."""
        start = self.preferences.recent[0] if self.preferences.recent else str(Path.home())
        folder = QFileDialog.getExistingDirectory(
            self._window, self.tr("Open a folder of photos"), start
        )
        if folder:
            self.open_path(Path(folder))

    def open_path(self, path: Path) -> None:
        """A folder, or the folder of a photo."""
        self._window.best_shots.finish()
        folder = path if path.is_dir() else path.parent
        self._parts.opening.open(folder, split_pairs=self.preferences.split_pairs)

    def open_sample(self) -> None:
        """Render the sample album if need be, and open it."""
        folder = cache_folder() / "sample album"
        self._parts.worker.start(
            make_sample(folder),
            done=lambda _: self.open_path(folder),
            failed=self.explain,
            progress=lambda events: self._opening_progress(events[-1]),
        )

    def rescan(self) -> None:
        """Look for new, changed and missing photos of this album."""
        if self._session.folder is not None:
            self._parts.opening.open(self._session.folder, split_pairs=self.preferences.split_pairs)

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
            "Rendering the sample album": self.tr("Rendering the sample album"),
        }
        self._window.status.progress(progress, texts.get(progress.stage, progress.stage))

    def _opened(self, album: OpenedAlbum) -> None:
        self.preferences = self.preferences.opened(album.folder)
        save_preferences(data_folder(), self.preferences)
        if album.summary.missing:
            text = self.tr(
                "%n photos are missing; their stars are kept.", "", album.summary.missing
            )
            self._session.told.emit(text, False)

    def _read(self, found: Found) -> None:
        if found.stars:
            text = self.tr("%n stars found in the photos and their sidecars.", "", found.stars)
            self._session.told.emit(text, False)

    def _opening_failed(self, folder: Path | None, error: Exception) -> None:
        if isinstance(error, PhotoaesError):
            self._session.close_album()
            self._window.message.say(str(error), self.tr("Open another folder"))
            self._window.show_page(self._window.message)
        else:
            self.explain(error)

    def _album_changed(self) -> None:
        session, window = self._session, self._window
        name = session.folder.name if session.folder else ""
        window.show_title(name, session.count)
        window.taste.setVisible(session.columns is not None and self.preferences.right_panel)
        window.facets.setVisible(session.columns is not None and self.preferences.left_panel)
        if session.columns is None:
            window.welcome.show_recent(
                [one for one in self.preferences.recent if Path(one).is_dir()]
            )
            window.show_page(window.welcome)
        elif window.pages.currentWidget() in (window.welcome, window.message):
            window.show_page(window.grid)

    def _shown_changed(self) -> None:
        """An empty grid says why it is empty."""
        session, window = self._session, self._window
        if session.columns is None:
            return
        is_empty = not len(session.shown.rows)
        if is_empty:
            window.message.say(
                self.tr("All %n photos are hidden by filters.", "", session.count),
                self.tr("Show all"),
            )
            window.show_page(window.message)
        elif window.pages.currentWidget() is window.message:
            window.show_page(window.grid)

    def _message_pressed(self) -> None:
        if self._session.columns is None:
            self.open_folder()
        else:
            self._window.filters.clear()
            self._session.filter(self._window.filters.choice.conditions())

    def _cancel(self) -> None:
        self._parts.opening.cancel()
        self._parts.learning.cancel()
        self._parts.worker.cancel()
        self._window.status.progress(None)

    def _learning_changed(self) -> None:
        learning = self._parts.learning
        self._window.status.device(learning.device)
        if learning.result is not None and learning.result.photos_per_second > 1:
            pace = learning.result.photos_per_second
            if learning.settings.pace != pace:
                learning.settings = replace(learning.settings, pace=pace)
                self.prefer(pace=pace)

    def _closing(self) -> None:
        self.prefer(geometry=self._window.geometry_text(), edge=self._window.grid.edge)

    # -- views ----------------------------------------------------------------------------------

    def grid(self) -> None:
        """Many photos."""
        if self._session.columns is not None and len(self._session.shown.rows):
            self._window.show_page(self._window.grid)

    def loupe(self) -> None:
        """The current photo, large."""
        if self._session.current is not None and len(self._session.shown.rows):
            self._window.show_page(self._window.loupe)

    def toggle_loupe(self) -> None:
        """Grid to loupe and back."""
        in_grid = self._window.pages.currentWidget() is self._window.grid
        self.loupe() if in_grid else self.grid()

    def compare(self) -> None:
        """The selected photos side by side, or the current one and the next."""
        chosen = self._session.selection().tolist()[:MOST]
        if len(chosen) < 2:
            row = self._session.shown.row_of(self._session.current)
            if row is None or len(self._session.shown.rows) < 2:
                return
            row = min(row, len(self._session.shown.rows) - 2)
            chosen = self._session.shown.rows[row : row + 2].tolist()
        self._window.compare.show_photos(chosen)
        self._window.show_page(self._window.compare)

    def next_pane(self) -> None:
        """The next photo of the comparison."""
        self._window.compare.next_pane()

    def next(self) -> None:
        """The next photo, in loupe."""
        self._go(1)

    def previous(self) -> None:
        """The photo before, in loupe."""
        self._go(-1)

    def _go(self, by: int) -> None:
        page = self._window.pages.currentWidget()
        if page is self._window.compare:
            self._window.compare.next_pane(by)
        elif page is not self._window.message and not self._session.step(by):
            end = (
                self.tr("This is the last photo.")
                if by > 0
                else self.tr("This is the first photo.")
            )
            self._session.told.emit(end, False)

    def better(self) -> None:
        """ "This one is better", in compare."""
        if self._window.pages.currentWidget() is self._window.compare:
            self._window.compare.prefer_current()

    def _preferred(self, better: int, others: list[int]) -> None:
        for worse in others:
            self._session.prefer(better, worse)
        assert self._session.columns is not None
        name = self._session.columns.paths[better].name
        self._session.told.emit(self.tr("{0} is better: remembered.").format(name), True)

    def full_size(self) -> None:
        """100 % at the pointer, and back."""
        page = self._window.pages.currentWidget()
        if page is self._window.loupe:
            self._window.loupe.pane.toggle_full()
        elif page is self._window.compare:
            self._window.compare.toggle_full()

    def overlay(self) -> None:
        """Names in the grid, facts in the loupe."""
        if self._window.pages.currentWidget() is self._window.loupe:
            self._window.loupe.toggle_facts()
        else:
            self.prefer(with_names=not self.preferences.with_names)
            self._window.grid.show_names(self.preferences.with_names)

    def left_panel(self) -> None:
        """Fold the filters away, or bring them back."""
        self.prefer(left_panel=not self.preferences.left_panel)
        self._album_changed()

    def right_panel(self) -> None:
        """Fold the taste away, or bring it back."""
        self.prefer(right_panel=not self.preferences.right_panel)
        self._album_changed()

    def full_screen(self) -> None:
        """The whole screen, and back."""
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def find(self) -> None:
        """Type a part of a name."""
        self._window.bar.search.setFocus()
        self._window.bar.search.selectAll()

    def clear_filter(self) -> None:
        """Show all photos."""
        self._window.filters.clear()

    def sort_again(self) -> None:
        """Apply order and filters to the marks as they are now."""
        self._session.refresh()

    def back(self) -> None:
        """One step back: full screen, drawer, loupe or compare, selection."""
        window = self._window
        if window.isFullScreen():
            window.showNormal()
        elif window.best_shots.isVisible():
            window.best_shots.finish()
        elif window.pages.currentWidget() in (window.loupe, window.compare):
            self.grid()
        else:
            self.select_none()

    # -- marks ----------------------------------------------------------------------------------

    def mark(self, mark: Mark) -> None:
        """A key's mark: in the grid for the whole selection, elsewhere for the current photo."""
        if self._session.columns is None:
            return
        photos = self._marked_photos()
        match mark.kind:
            case "stars":
                self._session.set_stars(photos, mark.value)
            case "flag":
                self._session.set_flag(photos, mark.value)
            case "label":
                self._session.set_label(photos, LABEL_KEYS[mark.value])
        if (mark.goes_on or self.preferences.auto_advance) and len(photos) == 1:
            if self._window.pages.currentWidget() is self._window.compare:
                self._window.compare.next_pane()
            else:
                self._session.step(1)

    def _marked_photos(self) -> Indices:
        current = self._session.current
        single = np.array([] if current is None else [current], dtype=np.int64)
        if self._window.pages.currentWidget() is not self._window.grid:
            return single
        selection = self._session.selection()
        return selection if len(selection) else single

    def label_purple(self) -> None:
        """The label without a key."""
        if self._session.columns is not None:
            self._session.set_label(self._marked_photos(), "Purple")

    def auto_advance(self) -> None:
        """Go on after each rating, or stay."""
        self.prefer(auto_advance=not self.preferences.auto_advance)
        on = self.preferences.auto_advance
        self._window.actions_by_name["auto_advance"].setChecked(on)
        text = self.tr("Goes on after each rating.") if on else self.tr("Stays after each rating.")
        self._session.told.emit(text, False)

    def select_all(self) -> None:
        """All photos shown."""
        self._window.grid.selectAll()

    def select_none(self) -> None:
        """No photo."""
        self._window.grid.clearSelection()

    def undo(self) -> None:
        """Take back the last step."""
        if self._session.columns is not None:
            self._session.undo()

    def redo(self) -> None:
        """Do it again."""
        if self._session.columns is not None:
            self._session.redo()

    # -- the rest -------------------------------------------------------------------------------

    def best_shots(self) -> None:
        """Choose and export."""
        self.grid()
        self._window.best_shots.start()

    def take_out(self) -> None:
        """Not among the best shots."""
        self._window.best_shots.take_out_selected()

    def _details(self) -> None:
        taste = self._parts.learning.taste
        if taste is not None:
            details_dialog(self._window, taste).open()

    def shortcuts(self) -> None:
        """The sheet of keys."""
        shortcuts_dialog(self._window).open()

    def about(self) -> None:
        """Versions and licences."""
        about_dialog(self._window).open()

    def log(self) -> None:
        """The log file in the system's viewer."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file())))
