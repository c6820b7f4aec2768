"""What the window's actions around views do: grid, loupe, compare, panels, help."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from photoaes.album.shown import STACKING, Grouping
from photoaes.gui.kit import theme
from photoaes.gui.kit.elsewhere import open_elsewhere
from photoaes.gui.kit.habits import Habits
from photoaes.gui.state.preparing import AHEAD
from photoaes.gui.views.compare import MOST, Compare
from photoaes.gui.views.dialogs.about import about_dialog
from photoaes.gui.views.dialogs.shortcuts import shortcuts_dialog
from photoaes.gui.views.loupe import Loupe
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.parts import Parts
from photoaes.gui.window.slideshow import Slideshow
from photoaes.settings import log_file

FULL = Qt.WindowState.WindowFullScreen
AHEAD_MS = 400  # of rest, before thumbnails ahead are made


class ViewCommands(QObject):
    """Commands on what is on show; a method bears the name of its action in `actions.SPECS`."""

    def __init__(self, window: MainWindow, parts: Parts, habits: Habits) -> None:
        super().__init__(window)
        self._window, self._parts, self._session = window, parts, parts.session
        self._habits = habits
        self._slideshow = Slideshow(parts.session, self)
        self._slideshow.ended.connect(self._slideshow_ended)
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(AHEAD_MS)
        self._ahead.timeout.connect(self._prepare)
        window.grid.moved.connect(self._ahead.start)
        parts.preparing.progressed.connect(lambda now: window.status.background("thumbnails", now))
        window.grid.opened.connect(self.loupe)
        window.status.show_all_wanted.connect(window.filters.clear)
        window.status.show_all_wanted.connect(parts.checking.finish)
        window.best_shots.closed.connect(self.grid)
        hints = self._application().styleHints()
        hints.colorSchemeChanged.connect(self.follow_desktop)
        for name in ("auto_advance", "left_panel", "right_panel"):
            action = window.actions_by_name[name]
            action.setCheckable(True)
        window.actions_by_name["auto_advance"].setChecked(habits.now.auto_advance)
        window.restore(habits.now.geometry, habits.now.panels)
        window.edge.setValue(habits.now.edge)
        window.grid.show_names(habits.now.with_names)

    def _prepare(self) -> None:
        """Thumbnails of what comes next, and of what was before."""
        place, columns = self._window.grid.place(), self._session.columns
        row = None if place is None else self._session.shown.row_of(place[0])
        if row is not None and columns is not None:
            rows = self._session.shown.rows[row : row + AHEAD].tolist()
            size = self._window.grid.thumbnail_size
            self._parts.preparing.want([columns.paths[photo] for photo in rows], size)

    def grid(self) -> None:
        """Show the grid."""
        if self._session.columns is not None and len(self._session.shown.rows):
            self._window.show_page(self._window.grid)

    def loupe(self) -> None:
        """Show the current photo large."""
        if self._session.selection.current is not None and len(self._session.shown.rows):
            self._window.show_page(self._window.loupe)

    def toggle_loupe(self) -> None:
        """Go from the grid to the loupe, or back."""
        if self._slideshow.is_on:
            self._slideshow.pause()
            return
        in_grid = self._window.pages.currentWidget() is self._window.grid
        self.loupe() if in_grid else self.grid()

    def compare(self) -> None:
        """The selected photos side by side, or the current one and the next."""
        chosen = self._session.selection.photos().tolist()[:MOST]
        if len(chosen) < 2:
            row = self._session.selection.row()
            if row is None or len(self._session.shown.rows) < 2:
                return
            row = min(row, len(self._session.shown.rows) - 2)
            chosen = self._session.shown.rows[row : row + 2].tolist()
        self._window.compare.show_photos(chosen)
        self._window.show_page(self._window.compare)

    def next_pane(self) -> None:
        """Go to the next photo of the comparison."""
        self._window.compare.next_pane()

    def next(self) -> None:
        """Go to the next photo."""
        self._go(1)

    def previous(self) -> None:
        """Go to the photo before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        page = self._window.pages.currentWidget()
        if self._slideshow.is_on:
            self._slideshow.step(by)
        elif page is self._window.compare:
            self._window.compare.next_pane(by)
        elif page is not self._window.message and not self._session.selection.step(by):
            end = (
                self.tr("This is the last photo.")
                if by > 0
                else self.tr("This is the first photo.")
            )
            self._session.told.emit(end, False)

    def larger(self) -> None:
        """Photos of the grid, or what the loupe and the comparison show."""
        self._enlarge(1)

    def smaller(self) -> None:
        """Make the photos smaller, or zoom out."""
        self._enlarge(-1)

    def _enlarge(self, steps: int) -> None:
        window = self._window
        page = window.pages.currentWidget()
        if page is window.loupe:
            window.loupe.pane.enlarge(steps)
        elif page in (window.grid, window.compare):
            page.enlarge(steps)

    def full_size(self) -> None:
        """Go to 100 % at the pointer, or back."""
        page = self._window.pages.currentWidget()
        if page is self._window.loupe:
            self._window.loupe.pane.toggle_full()
        elif page is self._window.compare:
            self._window.compare.toggle_full()

    def overlay(self) -> None:
        """Show or hide names in the grid, facts in the loupe."""
        if self._window.pages.currentWidget() is self._window.loupe:
            self._window.loupe.toggle_facts()
        else:
            self._habits.change(with_names=not self._habits.now.with_names)
            self._window.grid.show_names(self._habits.now.with_names)

    def left_panel(self) -> None:
        """Fold the filters away, or bring them back."""
        self._fold(left_panel=self._window.facets.isHidden())

    def right_panel(self) -> None:
        """Fold the taste away, or bring it back."""
        self._fold(right_panel=self._window.taste.isHidden())

    def theme(self) -> None:
        """Dark, light, and back to what the desktop asks for."""
        order = ("system", "dark", "light")
        now = self._habits.now.theme
        wanted = order[(order.index(now) + 1 if now in order else 1) % len(order)]
        self._habits.change(theme=wanted)
        theme.apply(self._application(), wanted)
        texts = {
            "system": self.tr("Dark or light as the desktop asks."),
            "dark": self.tr("Dark."),
            "light": self.tr("Light."),
        }
        self._session.told.emit(texts[wanted], False)

    def follow_desktop(self) -> None:
        """The desktop has changed between dark and light."""
        if self._habits.now.theme == "system":
            theme.apply(self._application())

    def _application(self) -> QApplication:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        return application

    def full_screen(self) -> None:
        """Fill the whole screen, without bars, or go back."""
        if self._window.isFullScreen():
            self._leave_full_screen()
        else:
            # Not showFullScreen, which forgets that the window was maximized.
            self._window.setWindowState(self._window.windowState() | FULL)
            self._window.set_bare(True)

    def _leave_full_screen(self) -> None:
        self._slideshow.stop()
        self._window.setWindowState(self._window.windowState() & ~FULL)
        self._window.set_bare(False)
        if self._session.columns is not None:
            self._window.show_panels(self._habits.now.left_panel, self._habits.now.right_panel)

    def slideshow(self) -> None:
        """The photos on show on the whole screen, the best first; Esc ends it, Space pauses it."""
        if self._slideshow.is_on:
            self._slideshow.stop()
        elif self._slideshow.start():
            self._window.loupe.aids.put_away(True)
            self._window.show_page(self._window.loupe)
            if not self._window.isFullScreen():
                self.full_screen()

    def _slideshow_ended(self) -> None:
        self._window.loupe.aids.put_away(False)
        if self._window.isFullScreen():
            self._leave_full_screen()

    def first(self) -> None:
        """Go to the first photo shown."""
        self._session.selection.go_to_first()

    def last(self) -> None:
        """Go to the last photo shown."""
        rows = self._session.shown.rows
        if len(rows):
            self._session.selection.make_current(int(rows[-1]))

    def histogram(self) -> None:
        """Over the photos of the comparison, else over the loupe's."""
        self._view_with_aids().toggle_histogram()

    def focus_aid(self) -> None:
        """Over the photos of the comparison, else over the loupe's."""
        self._view_with_aids().toggle_focus()

    def _view_with_aids(self) -> Loupe | Compare:
        if self._window.pages.currentWidget() is self._window.compare:
            return self._window.compare
        self.loupe()
        return self._window.loupe

    def find(self) -> None:
        """Go to the field in which a part of a name is typed."""
        self._window.bar.search.setFocus()
        self._window.bar.search.selectAll()

    def clear_filter(self) -> None:
        """Show all photos."""
        self._window.filters.clear()

    def stack(self) -> None:
        """Bursts into stacks; once they are, the current one is opened or closed, as are days."""
        session, current = self._session, self._session.selection.current
        if session.columns is None or current is None:
            return
        if session.grouping not in STACKING:
            session.group(Grouping.BURST)
            text = self.tr("Bursts are stacked, the best on top. S opens a stack.")
            self._session.told.emit(text, False)
        else:
            session.toggle_stack(current)

    def sort_again(self) -> None:
        """Apply order and filters to the marks as they are now."""
        self._session.refresh()

    def back(self) -> None:
        """One step back: full screen, drawer, loupe or compare, selection."""
        window = self._window
        if window.isFullScreen():
            self._leave_full_screen()
        elif self._parts.checking.is_under_way:
            self._parts.checking.finish()
        elif window.best_shots.isVisible():
            window.best_shots.finish()
        elif window.pages.currentWidget() in (window.loupe, window.compare):
            self.grid()
        else:
            self._window.grid.clearSelection()

    def _fold(self, **changes: bool) -> None:
        if self._session.columns is None:
            self._window.show_panels(left=False, right=False)
            return
        self._habits.change(**changes)
        self._window.show_panels(self._habits.now.left_panel, self._habits.now.right_panel)

    def shortcuts(self) -> None:
        """Show the sheet of keys."""
        shortcuts_dialog(self._window).open()

    def about(self) -> None:
        """Show versions and licences."""
        about_dialog(self._window).open()

    def log(self) -> None:
        """Open the log file in the system's viewer."""
        open_elsewhere([log_file()], self._window)
