"""Finds out what looks alike, once somebody wants the album grouped by that."""

from __future__ import annotations

from PySide6.QtCore import QObject

from photoaes.album.alike import Looks
from photoaes.album.pairs import Paired
from photoaes.album.shown import Grouping
from photoaes.gui.views.dialogs.problem import problem_box
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.parts import Parts


class FindingLooks(QObject):
    """Groups the album by look, in the background. Lives as long as the window."""

    def __init__(self, window: MainWindow, parts: Parts) -> None:
        super().__init__(window)
        self._window, self._parts, self._session = window, parts, parts.session
        self._asked: Paired | None = None
        parts.session.shown_changed.connect(self._look)

    def _look(self) -> None:
        session = self._session
        if session.grouping is not Grouping.LOOK:
            self._asked = None
        elif session.looks is None and session.paired is not self._asked and not session.is_early:
            self._asked = asked = session.paired
            self._parts.worker.add(
                self._parts.opening.looks(),
                done=lambda looks: self._found(asked, looks),
                failed=self._explain,
            )

    def _found(self, asked: Paired, looks: Looks | None) -> None:
        session = self._session
        if asked is not session.paired or session.grouping is not Grouping.LOOK:
            return
        if looks is None:
            session.group(Grouping.NONE)
            text = self.tr("What photos look like is not known yet: press Personalize first.")
            session.told.emit(text, False)
        else:
            session.set_looks(looks)

    def _explain(self, error: Exception) -> None:
        problem_box(self._window, error).open()
