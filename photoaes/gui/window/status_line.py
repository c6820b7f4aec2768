"""The line below the photos: what is selected and hidden, what is under way, what just happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sized
from typing import Literal

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from photoaes.album.shown import Grouping
from photoaes.gui.kit.elided import Elided
from photoaes.gui.kit.numerals import decimal, whole
from photoaes.gui.kit.pace import Pace
from photoaes.gui.kit.sentences import said
from photoaes.gui.kit.theme import GAP
from photoaes.gui.state.session import Session
from photoaes.jobs.events import Progress

MESSAGE_MS = 7000


class StatusLine(QWidget):
    """Counts on the left, progress or the last message on the right."""

    show_all_wanted = Signal()
    undo_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._choice_of: int | None = None
        self._paces: defaultdict[str, Pace] = defaultdict(Pace)
        self._counts, self._message, self._stage = Elided(), Elided(0.5), Elided()
        self._show_all = self._button(self.tr("Show all"), self.show_all_wanted)
        self._undo = self._button(self.tr("Undo"), self.undo_wanted)
        self._cancel = self._button("\u00d7", self.cancel_wanted)
        self._cancel.setAccessibleName(self.tr("Cancel"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._saving = QLabel(self.tr("Saving\u2026"))
        self._saving.hide()
        self._going_on: dict[str, str] = {}  # in the background, in words
        self._quiet = Elided()
        self._quiet.setProperty("role", "dim")
        self._device = QLabel()
        self._device.setProperty("role", "dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, 2, GAP, 2)
        row.setSpacing(GAP)
        row.addStrut(self._cancel.sizeHint().height())  # photos do not jump when a button comes
        self._row = row
        row.addWidget(self._counts)
        row.addWidget(self._show_all)
        row.addStretch(1)
        for widget in (self._saving, self._message, self._undo, self._stage, self._bar,
                       self._cancel, self._quiet, self._device):  # fmt: skip
            row.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._forget)
        self._forget()
        self.progress(None)
        for signal in (session.shown_changed, session.selection.changed, session.album_changed):
            signal.connect(self.count)
        session.told.connect(self.say)
        session.marking.put_on.connect(lambda photos, _: self._forget_undo(photos))
        self.count()

    def _button(self, text: str, signal: SignalInstance) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setProperty("flat", True)
        button.setProperty("slim", True)
        button.clicked.connect(signal)
        return button

    def count(self) -> None:
        """Photos, selection, and how many the filters hide."""
        session = self._session
        shown, in_stacks = len(session.shown.rows), session.shown.in_stacks
        among = shown + in_stacks if self._choice_of is None else self._choice_of
        hidden = session.count - among
        parts = [self._shown(shown)] if session.count else []
        selected = len(session.selection.photos())
        if selected > 1:
            parts.append(self.tr("%Ln selected", "", selected))
        if in_stacks:
            parts.append(
                self.tr("%Ln more of these days", "", in_stacks)
                if session.grouping is Grouping.TIMELINE
                else self.tr("%Ln more in stacks", "", in_stacks)
            )
        if hidden:
            parts.append(self.tr("%Ln hidden by filters", "", hidden))
        self._counts.setText("  \u2013  ".join(parts))
        self._show_all.setVisible(hidden > 0)
        self._make_room()

    def _shown(self, shown: int) -> str:
        if self._choice_of is None:
            return self.tr("%Ln photos", "", shown)
        return self.tr("{0} of %Ln photos", "", self._choice_of).format(whole(shown))

    def choose_from(self, total: int | None) -> None:
        """The best of so many photos are on show; None when nothing is chosen any more."""
        self._choice_of = total
        self.count()

    def say(self, text: str, can_undo: bool = False) -> None:
        """A sentence for some seconds, with Undo where that makes sense."""
        self._message.setText(text)
        self._message.setVisible(True)
        self._undo.setVisible(can_undo)
        self._timer.start(MESSAGE_MS)
        self._make_room()

    def _forget_undo(self, photos: Sized) -> None:
        """One photo was marked since, of which nothing is said: Undo would take that back, and not
        what is said here."""
        if len(photos) == 1 and not self._undo.isHidden():
            self._forget()

    def progress(self, progress: Progress | None, stage: str = "") -> None:
        """Show how far the work is; None when nothing is under way."""
        for widget in (self._stage, self._bar, self._cancel):
            widget.setVisible(progress is not None)
        if progress is not None:
            pace = self._paces[progress.stage]
            self._stage.setText(self._words(stage or said(progress.stage), progress, pace))
            self._bar.setRange(0, progress.total or 0)
            self._bar.setValue(progress.done)
            self._bar.setAccessibleName(f"{progress.done} / {progress.total}")
        self._make_room()

    def background(self, what: Literal["thumbnails", "scores"], progress: Progress | None) -> None:
        """What nobody has to wait for, and cannot be in the way; of two the later named first."""
        stage = self.tr("Making thumbnails") if what == "thumbnails" else self.tr("Scoring photos")
        self._going_on.pop(what, None)
        if progress is None:  # it rests, or is done: its pace is another one after that
            self._paces.pop(what, None)
        else:
            self._going_on[what] = self._words(stage, progress, self._paces[what])
        # Scores take longer, and are what one waits for.
        text = self._going_on.get("scores") or self._going_on.get("thumbnails", "")
        self._quiet.setText(text)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide or show parts by the room that there is now."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """What nobody has asked for gives way to what was just said, and the processor to all."""
        own = self._row.contentsMargins()
        room = self.width() - own.left() - own.right()
        others = [self._counts, self._show_all, self._saving, self._message, self._undo,
                  self._stage, self._bar, self._cancel]  # fmt: skip
        room -= sum(one.sizeHint().width() + GAP for one in others if not one.isHidden())
        is_quiet = bool(self._quiet.text()) and self._bar.isHidden()
        is_free = self._message.isHidden() or room >= self._quiet.sizeHint().width()
        self._quiet.setVisible(is_quiet and is_free)
        if is_quiet and is_free:
            room -= self._quiet.sizeHint().width() + GAP
        self._device.setVisible(room >= self._device.sizeHint().width())

    def _words(self, stage: str, progress: Progress, pace: Pace) -> str:
        """ "Reading 640 of 1,284, 92 a second, 7 s left", as far as that is known."""
        if progress.total is None or progress.total < 2:
            return stage
        count = self.tr("{0} of {1}").format(whole(progress.done), whole(progress.total))
        left = pace.at(progress.stage, progress.done, progress.total)
        if left is None:
            return f"{stage}  {count}"
        rate = self.tr("{0} a second").format(decimal(left.rate, 0 if left.rate >= 10 else 1))
        return f"{stage}  {count}, {rate}, {self.left(left.seconds)}"

    def left(self, seconds: float) -> str:
        """The time left, in the unit that a person would say."""
        if seconds < 90:
            return self.tr("{0} s left").format(whole(max(round(seconds), 1)))
        if seconds < 90 * 60:
            return self.tr("{0} min left").format(whole(round(seconds / 60)))
        return self.tr("{0} h left").format(decimal(seconds / 3600))

    def saving(self, is_saving: bool) -> None:
        """Stars, flags or labels are on their way to the disk; they show once they are there."""
        self._saving.setVisible(is_saving)
        self._make_room()

    def device(self, text: str) -> None:
        """Show what computes, in words."""
        self._device.setText(text)
        self._make_room()

    def _forget(self) -> None:
        self._message.hide()
        self._undo.hide()
        self._make_room()
