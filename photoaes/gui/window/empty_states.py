"""Why there is nothing to see, and the button that helps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.parts import Parts


class EmptyStates(QObject):
    """What its buttons do, are actions of the window; `commanded` has them done."""

    def __init__(self, window: MainWindow, parts: Parts) -> None:
        super().__init__(window)
        self._window, self._parts, self._session = window, parts, parts.session
        parts.session.shown_changed.connect(self._shown_changed)

    def _shown_changed(self) -> None:
        """An empty grid says why it is empty."""
        session, window = self._session, self._window
        if session.columns is None:
            return
        if len(session.shown.rows):
            if window.pages.currentWidget() is window.message:
                window.show_page(window.grid)
            return
        if window.best_shots.isVisible():
            text = self.tr("No photo is as good as that. Lower \u201cat least\u201d below.")
            window.message.say(text)
        else:
            window.message.say(
                self.tr("All %Ln photos are hidden by filters.", "", session.count),
                (self.tr("Show all"), self._show_all),
            )
        window.show_page(window.message)

    def _show_all(self) -> None:
        self._window.filters.clear()
        self._session.filter(self._window.filters.choice.conditions())

    def not_opened(self, folder: Path | None, text: str, *, is_away: bool) -> None:
        """The folder could not be opened, for this reason."""
        offers = [(self.tr("Open another folder"), self._command("open_folder"))]
        if folder is not None and is_away:
            text += " " + self.tr("If it lies on a drive, plug that in: it opens by itself.")
            self._parts.absence.wait_for(folder)
        elif folder is not None:
            text += " " + self.tr(
                "Photos are JPEG, PNG, TIFF, WebP, HEIC and RAW files, in folders below it too."
            )
            offers.append((self.tr("Look again"), lambda: self._window.dropped.emit(folder)))
            if self._parts.moving.has_moved(folder):
                back = (self.tr("Move rejected photos back"), self._move_back(folder))
                offers.insert(0, back)
        offers.append((self.tr("Try it with the sample album"), self._command("open_sample")))
        self._window.message.say(text, *offers)
        self._window.show_page(self._window.message)

    def _command(self, name: str) -> Callable[[], None]:
        return lambda: self._window.commanded.emit(name)

    def _move_back(self, folder: Path) -> Callable[[], None]:
        return lambda: self._parts.moving.move_back(folder)
