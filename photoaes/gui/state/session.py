"""The one state object that the window watches: the album, its marks, what is shown, and in which
order. `Session.selection` is what is chosen of it, `Session.standing` what the scores say.

Widgets call its methods and listen to its signals; none keeps a copy. Photos are met by their index
into the album's columns, never by their row in the grid, which sorting and filtering change.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from photoaes.album.alike import Looks
from photoaes.album.columns import NOTHING, Columns
from photoaes.album.filtering import Condition
from photoaes.album.marks import Marks
from photoaes.album.ordering import SortKey, best_by_word, is_rescored
from photoaes.album.pairs import Paired
from photoaes.album.photo import Photo
from photoaes.album.shown import Grouping, Shown, fellows, is_outdated, order_of, show, stack_of
from photoaes.album.standing import Standing, placed_anew, standing
from photoaes.album.store.opening import Store
from photoaes.gui.state.leaving import Leaving
from photoaes.gui.state.marked import put_on, taken_over
from photoaes.gui.state.marking import STORED, Given, Indices, Marking
from photoaes.gui.state.selection import Selection
from photoaes.gui.state.waiting import Waiting
from photoaes.jobs.mark import Marked
from photoaes.jobs.open_album import AlbumView


class Session(QObject):
    """An album on show. Everything a person does to a photo is saved before its signal goes out."""

    album_changed = Signal()  # another album, or other photos in it
    shown_changed = Signal()  # order, filters or groups
    marks_changed = Signal(object)  # indices [M] of photos with new stars, flags or labels
    scores_changed = Signal()
    settling = Signal()  # the order changes next, and the photos at hand stay in place
    staled = Signal(bool)  # the order no longer is what its key says: "Sort again"
    away_changed = Signal(bool)  # the album's drive went away, or is back
    told = Signal(str, bool)  # a sentence for the user; True where undo takes it back

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.marking, self._leaving = Marking(store, self), Leaving(self)
        self.selection = Selection(self)
        self.marking.put_on.connect(self._show_put)
        self.marking.read_again.connect(self._show_marked)
        self.folder: Path | None = None
        self.paired = Paired((), {})
        self.columns: Columns | None = None
        self.shown = Shown.empty()
        self.key, self.descending = SortKey.DATE, False
        self.grouping = Grouping.NONE
        self.opened: frozenset[int] = frozenset()  # stacks by their groups' numbers, or days
        self.looks: Looks | None = None
        self.place_of: Mapping[str, int] = {}  # of each path, in the columns
        self.conditions: tuple[Condition, ...] = ()
        self.blind: Indices = np.zeros(0, dtype=np.int64)  # photos shown without their scores
        self.is_stale = self.is_away = self.is_early = False
        self._waiting = Waiting()
        self._is_marked = False  # since places were found
        self.standing = Standing(None, np.zeros(0, np.int64), np.zeros(0, np.int64))

    # -- the album ------------------------------------------------------------------------------

    def show_album(self, view: AlbumView) -> None:
        """Put an album on show; the same one, read anew, keeps filter, selection and place."""
        album = view.album
        is_same = album.folder == self.folder
        was = view.came_from
        if not is_same:
            self.conditions, self.opened = (), frozenset()
            self._waiting.forget()
            self.looks = None
            was = np.full(len(was), NOTHING)
        elif self.paired is album.paired:
            was = np.arange(len(was))
        else:
            self.looks = None
        self.selection.follow(was)
        self._let_go()
        self.folder, self.paired, self.columns = album.folder, album.paired, view.columns
        self.standing, self.place_of = view.standing, view.place_of
        self.marking.paired = album.paired
        self.shown = self.selection.shown = Shown.empty()  # rows of the old columns mean nothing
        self.album_changed.emit()
        self.refresh()
        self.is_early = view.is_early
        if not view.is_early:
            self.marking.catch_up(view.step)
            for photos, marks in self._waiting.take(view.place_of):
                self.put(photos, marks)

    def close_album(self) -> None:
        """Close the album; nothing is on show."""
        self._let_go()
        self.folder, self.columns, self.place_of = None, None, {}
        self.paired = self.marking.paired = Paired((), {})
        self.selection.clear()
        self.shown = self.selection.shown = Shown.empty()
        self.album_changed.emit()
        self.shown_changed.emit()

    def set_away(self, is_away: bool) -> None:
        """Whether the album's folder cannot be reached; what is known of it stays on show."""
        if is_away != self.is_away:
            self.is_away = is_away
            self.away_changed.emit(is_away)

    def _let_go(self) -> None:
        if self.columns is not None:
            self._leaving.add(self.columns.folded, self.paired.photos)

    @property
    def photos(self) -> Sequence[Photo]:
        """The album's photos, in the order of the columns."""
        return self.paired.photos

    @property
    def count(self) -> int:
        """How many photos the album has."""
        return 0 if self.columns is None else len(self.columns)

    # -- what is shown, and in which order ------------------------------------------------------

    def sort(self, key: SortKey, descending: bool) -> None:
        """Order the grid by this key."""
        self.key, self.descending = key, descending
        self.refresh()

    def filter(self, conditions: Collection[Condition]) -> None:
        """Show only photos that meet all conditions."""
        self.conditions = tuple(conditions)
        self.refresh()

    def group(self, grouping: Grouping) -> None:
        """Put headings between days, or bursts into stacks."""
        self.grouping, self.opened = grouping, frozenset()
        self.refresh()

    def toggle_stack(self, index: int) -> None:
        """Open or close the stack of this photo, or its day on a timeline."""
        if (stack := stack_of(self._columns, self.grouping, index)) is not None:
            self.opened ^= {stack[0]}
            self.refresh()

    def set_looks(self, looks: Looks) -> None:
        """Which photos look alike, for grouping by that."""
        self.looks = looks
        if self.grouping is Grouping.LOOK:
            self.refresh()

    def show_blindly(self, indices: Indices) -> None:
        """These photos alone, in this order and without their scores, until something else is
        to be shown."""
        self.blind = indices
        self._show(Shown(indices))

    def refresh(self) -> None:
        """Apply order and filters to the marks and scores as they are now."""
        self.blind, shown = self.blind[:0], self.shown
        if self.columns is not None:
            self._place_anew()
            order = (self.key, self.descending, self.grouping, self.opened)
            shown = show(self.columns, self.conditions, *order, self.looks)
        self._show(shown)

    def _place_anew(self) -> None:
        """After marks: a person's own word has moved photos to other places."""
        if self._is_marked:
            self._is_marked = False
            self.columns = replace(self._columns, best=best_by_word(self._columns))
            self.standing = placed_anew(self.standing, self._columns)

    def _show(self, shown: Shown) -> None:
        before, self.shown, self.selection.shown = self.shown, shown, shown
        near = fellows(self.columns, self.grouping, self.selection.current)
        is_another = self.selection.come_along(before, near)
        self._set_stale(False)
        self.shown_changed.emit()
        if is_another:
            self.selection.current_changed.emit()

    # -- marks ----------------------------------------------------------------------------------

    def set_stars(self, indices: Indices, stars: int) -> None:
        """A person's stars for these photos, 0 to clear them; one step for undo."""
        self.put(indices, Marks(stars=stars))

    def rate_current(self, stars: int) -> None:
        """Stars for the current photo alone, whatever is selected."""
        if self.selection.current is not None:
            self.set_stars(np.array([self.selection.current]), stars)

    def set_flag(self, indices: Indices, flag: int) -> None:
        """Picked (1), rejected (-1) or neither (0); stars stay as they are."""
        self.put(indices, Marks(flag=STORED[flag]))

    def set_label(self, indices: Indices, label: str) -> None:
        """A colour label; where all of the photos have it already, it is taken away."""
        self.put(indices, Marks(label=self.toggled_label(indices, label)))

    def toggled_label(self, indices: Indices, label: str) -> str:
        """The label, or none where all of the photos have it."""
        labels = self._columns.label
        has_all = label in labels.words and (labels.values[indices] == labels.number(label)).all()
        return "" if has_all else label

    def put(self, indices: Indices, marks: Marks) -> None:
        """Marks on these photos: on the disk before anything is drawn."""
        if self.is_early:
            self._waiting.add([self._columns.paths[one] for one in indices.tolist()], marks)
            self.told.emit(self.tr("The album is being read; this is kept for its photos."), False)
        elif len(indices):
            self.marking.put(indices, marks)

    def prefer(self, better: int, worse: Collection[int]) -> None:
        """ "This one is better" than each of these: pairs for the next fit."""
        self.marking.prefer(*(self._columns.paths[one] for one in (better, *worse)))

    def _show_put(self, indices: Indices, marks: Marks) -> None:
        self.columns = put_on(self._columns, indices, marks)
        self._marked(indices, len(indices))

    def _show_marked(self, marked: Marked) -> None:
        """Take marks over from the store."""
        if len(marked.photos):
            self.columns = taken_over(self._columns, marked)
            self._marked(marked.photos, 0)
            if marked.first is not None:
                self.selection.go_to_nearest(marked.photos, marked.first)

    def _marked(self, indices: Indices, changed: int) -> None:
        self._is_marked = True
        self.marks_changed.emit(indices)
        self._set_stale(self.is_stale or self._is_outdated())
        if changed > 1:
            self.told.emit(self.tr("%Ln photos changed.", "", changed), True)

    def _is_outdated(self) -> bool:
        order = (self.conditions, *order_of(self.grouping, self.key, self.descending))
        return not len(self.blind) and is_outdated(self.shown, self._columns, *order)

    def stars(self, index: int) -> Given:
        """As they are drawn. In a blind check a machine's are hidden, as the score is."""
        columns = self._columns
        by_machine = bool(columns.by_machine[index])
        hidden = by_machine and index in self.blind
        return Given(0 if hidden else max(int(columns.stars[index]), 0), by_machine)

    # -- scores ---------------------------------------------------------------------------------

    def set_scores(
        self,
        score: NDArray[np.float64],
        general: NDArray[np.float64],
        placed: Standing | None = None,
        *,
        resort: bool,
    ) -> None:
        """New scores [N] of the personal and the general model; nan where there is none.

        `placed` is their standing, where a thread that may wait has found it.
        """
        before, self.columns = self._columns, replace(self._columns, score=score, general=general)
        self.standing = standing(self._columns) if placed is None else placed
        self.scores_changed.emit()
        if resort:
            self.refresh()
        else:
            self._set_stale(self.is_stale or is_rescored(before, self._columns, self.key))

    def set_groups(self, group: NDArray[np.int32], best: NDArray[np.bool_]) -> None:
        """Bursts and near-duplicates found anew: a number for each photo, and each group's best.

        Scores with a standing that knows them follow.
        """
        self.columns = replace(self._columns, group=group, best=best)
        self.opened = frozenset()

    def score(self, index: int) -> float | None:
        """On the person's own scale of stars; None for a photo that has none, or hides it."""
        return None if index in self.blind else self.standing.score(index)

    def _set_stale(self, is_stale: bool) -> None:
        self.is_stale = is_stale
        self.staled.emit(is_stale)

    @property
    def _columns(self) -> Columns:
        assert self.columns is not None, "no album is open"
        return self.columns
