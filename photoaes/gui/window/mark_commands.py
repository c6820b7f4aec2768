"""What the window's actions around marks do: stars, flags, labels, pairs, selection, undo."""

from __future__ import annotations

from PySide6.QtCore import QObject

from photoaes.album.columns import REJECTED
from photoaes.album.filtering import shown
from photoaes.album.marks import Marks
from photoaes.album.stacks import rest_of_bursts
from photoaes.gui.kit.habits import Habits
from photoaes.gui.kit.keys import LABELS_BY_NUMBER, Mark
from photoaes.gui.state.marking import STORED
from photoaes.gui.views.dialogs.problem import problem_box
from photoaes.gui.views.dialogs.share_stars import ShareStars
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.meant import photos_meant
from photoaes.gui.window.parts import Parts


class MarkCommands(QObject):
    """Commands on marks; a method bears the name of its action in `actions.SPECS`."""

    def __init__(self, window: MainWindow, parts: Parts, habits: Habits) -> None:
        super().__init__(window)
        self._window, self._parts, self._session = window, parts, parts.session
        self._habits = habits
        window.marked.connect(self.mark)
        window.status.undo_wanted.connect(self.undo)
        window.compare.preferred.connect(self._preferred)
        for signal, text in (
            (parts.session.marking.nothing_to_undo, self.tr("There is nothing to undo.")),
            (parts.session.marking.nothing_to_redo, self.tr("There is nothing to redo.")),
        ):
            signal.connect(lambda text=text: self._session.told.emit(text, False))
        parts.session.marking.undone.connect(self._undone)
        parts.session.marking.redone.connect(self._redone)
        parts.session.marking.not_saved.connect(self._not_saved)
        parts.session.marking.saving.connect(window.status.saving)

    def mark(self, mark: Mark) -> None:
        """A key's mark: in the grid for the whole selection, elsewhere for the current photo."""
        if self._session.columns is None:
            return
        photos = photos_meant(self._window, self._session)
        match mark.kind:
            case "stars":
                marks = Marks(stars=mark.value)
            case "flag":
                marks = Marks(flag=STORED[mark.value])
            case "label":
                label = LABELS_BY_NUMBER[mark.value]
                marks = Marks(label=self._session.toggled_label(photos, label))
        self._session.put(photos, marks)
        goes_on = mark.goes_on or self._habits.now.auto_advance
        if goes_on and len(photos) == 1 and not self._parts.checking.is_under_way:
            if self._window.pages.currentWidget() is self._window.compare:
                self._window.compare.next_pane()
            else:
                self._session.selection.step(1)

    def _not_saved(self, error: Exception) -> None:
        problem_box(self._window, error).open()

    def share_stars(self) -> None:
        """Hollow stars, or labels, by the scores, after a preview."""
        session = self._session
        if session.columns is None or session.standing.stars is None:
            session.told.emit(self.tr("There are no scores yet: press Personalize first."), False)
            return
        dialog = ShareStars(self._window, session.columns)
        dialog.accepted.connect(lambda: self._give(dialog))
        dialog.open()

    def _give(self, dialog: ShareStars) -> None:
        session, columns = self._session, self._session.columns
        assert columns is not None
        stars = {columns.paths[place]: value for place, value in dialog.stars.items()}
        labels = {columns.paths[place]: word for place, word in dialog.labels.items()}
        if labels:
            session.marking.say({path: Marks(label=word) for path, word in labels.items()})
            session.told.emit(self.tr("%Ln photos have labels.", "", len(labels)), True)
        elif dialog.sidecars.isChecked():  # a machine's stars stand in no sidecar: confirmed first
            session.marking.confirm(stars)
            session.told.emit(self.tr("%Ln photos have stars.", "", len(stars)), True)
        else:
            session.marking.fill(stars, self._parts.learning.profile)
            session.told.emit(self.tr("%Ln photos have hollow stars.", "", len(stars)), True)
        if dialog.sidecars.isChecked():
            self._write_once_saved()

    def _write_once_saved(self) -> None:
        """What sidecars will say is shown first; they are told what is on the disk."""
        marking = self._session.marking
        if not marking.is_busy:
            self._window.commanded.emit("write_xmp")
            return

        def saved(is_saving: bool) -> None:
            if not is_saving:
                marking.saving.disconnect(saved)
                self._window.commanded.emit("write_xmp")

        marking.saving.connect(saved)

    def confirm_stars(self) -> None:
        """The hollow stars of the photos that are meant become the person's own."""
        session = self._session
        if session.columns is None:
            return
        columns, photos = session.columns, photos_meant(self._window, session)
        hollow = photos[columns.by_machine[photos] & (columns.stars[photos] > 0)].tolist()
        if hollow:
            stars = {columns.paths[one]: int(columns.stars[one]) for one in hollow}
            session.marking.confirm(stars)
            session.told.emit(self.tr("%Ln photos confirmed.", "", len(hollow)), True)

    def keep_best(self) -> None:
        """Of the bursts that are meant all but the best are rejected, in one step."""
        session = self._session
        if session.columns is None:
            return
        photos = photos_meant(self._window, session)
        rest = rest_of_bursts(session.columns, photos, shown(session.columns, session.conditions))
        if len(rest):
            session.set_flag(rest, REJECTED)
            session.told.emit(self.tr("Kept the best, rejected %Ln.", "", len(rest)), True)
        else:
            session.told.emit(self.tr("There is nothing to reject: this is no burst."), False)

    def auto_advance(self) -> None:
        """Go on to the next photo after each rating, or stay."""
        self._habits.change(auto_advance=not self._habits.now.auto_advance)
        on = self._habits.now.auto_advance
        self._window.actions_by_name["auto_advance"].setChecked(on)
        text = self.tr("Goes on after each rating.") if on else self.tr("Stays after each rating.")
        self._session.told.emit(text, False)

    def select_all(self) -> None:
        """Select all photos shown."""
        self._window.grid.selectAll()

    def select_none(self) -> None:
        """Select no photo."""
        self._window.grid.clearSelection()

    def undo(self) -> None:
        """Take back the last step, be it a move of photos."""
        if self._parts.moving.is_last():
            self._parts.moving.move_back()
        elif self._session.columns is not None:
            self._session.marking.undo()

    def _undone(self, count: int) -> None:
        """In the place of what said that it could be undone."""
        text = self.tr("Undone for %Ln photos.", "", count) if count else self.tr("Undone.")
        self._session.told.emit(text, False)

    def _redone(self, count: int) -> None:
        text = self.tr("Done again for %Ln photos.", "", count) if count else self.tr("Done again.")
        self._session.told.emit(text, False)

    def redo(self) -> None:
        """Take the last undo back."""
        if self._session.columns is not None:
            self._session.marking.redo()

    def better(self) -> None:
        """In a comparison: say that the current photo is better than the others."""
        if self._window.pages.currentWidget() is self._window.compare:
            self._window.compare.prefer_current()

    def _preferred(self, better: int, others: list[int]) -> None:
        self._session.prefer(better, others)
        assert self._session.columns is not None
        name = self._session.columns.paths[better].name
        self._session.told.emit(self.tr("{0} is better: remembered.").format(name), True)
