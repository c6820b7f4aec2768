"""One photo large, with its neighbours, its marks, and what the camera says about it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from photoaes.gui.kit.asking import Asking
from photoaes.gui.kit.letters import at_least
from photoaes.gui.kit.scrolled import scrolled
from photoaes.gui.kit.theme import GAP
from photoaes.gui.state.learning import Learning
from photoaes.gui.state.session import Session
from photoaes.gui.views.brief_marks import BriefMarks
from photoaes.gui.views.face_text import FaceText
from photoaes.gui.views.facts import FileFacts, facts_text, file_facts
from photoaes.gui.views.film_strip import FilmStrip
from photoaes.gui.views.large_images import LargeImages
from photoaes.gui.views.loupe_aids import LoupeAids
from photoaes.gui.views.mark_line import MarkLine
from photoaes.gui.views.photo_pane import PhotoPane
from photoaes.gui.views.score_text import ScoreText
from photoaes.gui.views.taste.part_names import PartNames
from photoaes.gui.views.thumbnails import Thumbnails
from photoaes.images.thumbnail_cache import size_for

FACTS = 240  # pixels that they are wide
AHEAD = 2  # photos decoded in advance, each way


class Loupe(QWidget):
    """The session's current photo, large, with film strip, marks and facts."""

    def __init__(
        self,
        session: Session,
        thumbnails: Thumbnails,
        images: LargeImages,
        learning: Learning,
        aids: LoupeAids,
        asking: Asking,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._thumbnails, self._images = session, thumbnails, images
        self.pane = PhotoPane(thumbnails, images)
        self.pane.aids = self.aids = aids
        self.aids.changed.connect(self.pane.update)
        self._marks = MarkLine(session)
        self._brief = BriefMarks(session, self.pane)
        self._texts, self._faces = ScoreText(self), FaceText(self)
        self._learning, self._parts = learning, PartNames(self)
        self.strip = FilmStrip(session, thumbnails)
        self.menu_wanted = self.pane.menu_wanted
        self._facts = QLabel()
        self._facts.setWordWrap(True)
        self._facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._facts.setMargin(2 * GAP)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts.setAccessibleName(self.tr("About this photo"))
        self._beside = scrolled(self._facts)
        self._beside.setFixedWidth(at_least(self, FACTS, 34))
        self._beside.hide()
        self._asking = asking
        self._asked: Path | None = None
        self._told: tuple[Path, FileFacts] | None = None
        asking.answered.connect(self._answered)
        session.album_changed.connect(self._forget)
        body = QHBoxLayout()
        body.addWidget(self.pane, 1)
        body.addWidget(self._beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(self._marks)
        column.addWidget(self.strip)
        self._marks.rated.connect(lambda stars: session.rate_current(stars))
        self.pane.zoom_changed.connect(lambda _: self._want())
        session.selection.current_changed.connect(self._follow)
        session.shown_changed.connect(self._follow)
        session.scores_changed.connect(self._follow)

    @property
    def has_facts(self) -> bool:
        """Whether what the camera says is shown."""
        return not self._beside.isHidden()

    def toggle_histogram(self) -> None:
        """How light and dark it is, and what is clipped."""
        self.aids.with_histogram = not self.aids.with_histogram
        self.pane.update()

    def toggle_focus(self) -> None:
        """Edges in focus, and the sharpest region in a lens."""
        self.aids.with_focus = not self.aids.with_focus
        self._want()
        self.pane.update()

    def toggle_faces(self) -> None:
        """Show the photo's faces as close-ups, or the whole photo again."""
        self.aids.with_faces = not self.aids.with_faces
        self._want()
        self.pane.update()

    def set_bare(self, is_bare: bool) -> None:
        """Show the photo alone, without strip and marks, or all again."""
        self.pane.is_bare = is_bare
        self.strip.setHidden(is_bare)
        self._marks.setHidden(is_bare)
        self._brief.is_wanted = is_bare

    def toggle_facts(self) -> None:
        """Show or hide what the camera says."""
        self._beside.setVisible(self._beside.isHidden())
        self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        """Nothing is decoded while the loupe is not in sight."""
        super().showEvent(event)
        self._follow()

    def _follow(self) -> None:
        columns, index = self._session.columns, self._session.selection.current
        if not self.isVisible():
            return
        path = None if columns is None or index is None else columns.paths[index]
        self.pane.show_photo(path)
        self._marks.show_photo(index)
        self.strip.update()
        if self._beside.isVisible() and path is not None:
            self._show_facts(path)
        self._want()

    def _show_facts(self, path: Path) -> None:
        session, index = self._session, self._session.selection.current
        lines: list[str] = []
        if session.columns is not None and index is not None:
            lines = self._faces.lines(session.columns, index)
        if index is not None and (score := session.score(index)) is not None:
            margin, place = session.standing.margin(index), session.standing.place(index)
            said = self._texts.explained(score, margin, place, session.standing.ranked)
            lines = [*said, *lines]
            if why := self._parts.lines(self._learning.why(path)):
                lines += [self.tr("Your taste against the general score:"), *why]
        known = self._told[1] if self._told is not None and self._told[0] == path else None
        self._facts.setText(facts_text(path, known, lines))
        if known is None and self._asked is None:
            self._asked = path
            self._asking.ask((self, path), lambda: file_facts(path))

    def _answered(self, question: object, answer: object) -> None:
        """Another photo may be on show by now: that one is asked about next."""
        if question == (self, self._asked) and isinstance(answer, FileFacts):
            assert self._asked is not None
            self._told, self._asked = (self._asked, answer), None
            self._follow()

    def _forget(self) -> None:
        """The file may be another one now."""
        self._told = self._asked = None

    def _want(self) -> None:
        columns, shown = self._session.columns, self._session.shown
        row = self._session.selection.row()
        if columns is None or row is None:
            return
        ahead = [row + by for by in (1, -1, 2, -2) if 0 <= row + by < len(shown.rows)]
        neighbours = [(columns.paths[int(shown.rows[r])], False) for r in ahead[: 2 * AHEAD]]
        self._images.want([*self.pane.wanted(), *neighbours])
        small = [columns.paths[index] for index in self.strip.wanted()]
        self._thumbnails.want(small, size_for(128))
