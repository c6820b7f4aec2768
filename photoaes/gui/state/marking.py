"""What a person puts on photos and takes back: on the disk first, then told.

Marks of a few photos are there at once; those of very many, or while another thread is at the
store, in turn: see `writer`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from photoaes.album.columns import NO_FLAG, PICKED, REJECTED
from photoaes.album.marks import Flag, Marks
from photoaes.album.pairs import Paired
from photoaes.album.store import rating_log
from photoaes.album.store import undo as history
from photoaes.album.store.marks_import import set_machine_stars
from photoaes.album.store.opening import Store
from photoaes.album.store.rating_log import Wish
from photoaes.gui.kit.writer import Writer
from photoaes.jobs.mark import Marked, mark_photos, marked_since, travel

FLAGS = {Flag.PICK: PICKED, Flag.REJECT: REJECTED, Flag.NONE: NO_FLAG, None: NO_FLAG}
STORED = {PICKED: Flag.PICK, REJECTED: Flag.REJECT, NO_FLAG: Flag.NONE}
Indices = NDArray[np.int64]
T = TypeVar("T")


class Given(NamedTuple):
    """A photo's stars, 0 for none, and whether a machine made them of a score."""

    stars: int
    by_machine: bool


class Marking(QObject):
    """`paired` are the photos of the album on show; all signals are about it."""

    put_on = Signal(object, object)  # Indices, Marks: now so in the store
    read_again = Signal(object)  # Marked: what photos have now, whatever they had
    undone = Signal(int)  # for so many photos
    redone = Signal(int)
    nothing_to_undo = Signal()
    nothing_to_redo = Signal()
    saving = Signal(bool)  # marks are on their way to the disk
    not_saved = Signal(object)  # Exception

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._writer = Writer(self)
        self._writer.busy_changed.connect(self.saving)
        self._writer.failed.connect(self.not_saved)
        self.paired = Paired((), {})
        self._last_step = 0  # that was written here

    @property
    def last_step(self) -> int:
        """The number of the last thing that was said here."""
        return self._last_step

    @property
    def is_busy(self) -> bool:
        """Whether something is on its way to the disk."""
        return self._writer.is_busy

    def put(self, indices: Indices, marks: Marks) -> None:
        """Marks on the photos at these places; one step for undo."""
        store, paired = self._store, self.paired
        self._write(
            lambda: mark_photos(store, paired, indices, marks),
            lambda _: self.put_on.emit(indices, marks),
        )

    def prefer(self, better: Path, *worse: Path) -> None:
        """ "This one is better": a pair with each of these for the next fit, one step for undo."""
        store = self._store
        self._write(lambda: rating_log.prefer(store, better, *worse), lambda _: None)

    def fill(self, stars: Mapping[Path, int], source: str) -> None:
        """A machine's stars on photos that nobody has rated, one step for undo; `source` is the
        taste that they come from."""
        store, paired = self._store, self.paired
        files = {file: value for path, value in stars.items() for file in paired.members(path)}

        def work() -> Marked:
            before = rating_log.newest_step(store)
            set_machine_stars(store, files, source)
            return marked_since(store, paired.photos, before)

        self._write(work, self.read_again.emit)

    def confirm(self, stars: Mapping[Path, int]) -> None:
        """These stars are a person's from now on, one step for undo."""
        self.say({path: Marks(stars=value) for path, value in stars.items()})

    def say(self, marks: Mapping[Path, Marks]) -> None:
        """A person's marks, other ones on each photo, one step for undo."""
        store, paired = self._store, self.paired
        wishes = [Wish(file, one) for path, one in marks.items() for file in paired.members(path)]

        def work() -> Marked:
            before = rating_log.newest_step(store)
            rating_log.set_marks(store, wishes)
            return marked_since(store, paired.photos, before)

        self._write(work, self.read_again.emit)

    def undo(self) -> None:
        """Take back what was done last, here or in an earlier session."""
        store, paired = self._store, self.paired
        self._write(
            lambda: travel(store, paired.photos, history.undo),
            lambda marked: self._told(marked, self.undone.emit, self.nothing_to_undo.emit),
        )

    def redo(self) -> None:
        """Take the last undo back."""
        store, paired = self._store, self.paired
        self._write(
            lambda: travel(store, paired.photos, history.redo),
            lambda marked: self._told(marked, self.redone.emit, self.nothing_to_redo.emit),
        )

    def catch_up(self, step: int) -> None:
        """Tell what was said here after this step, which columns loaded then do not know."""
        store, paired = self._store, self.paired
        if step < self._last_step:
            self._write(
                lambda: marked_since(store, paired.photos, step),
                self.read_again.emit,
            )

    def stop(self) -> None:
        """Wait until all that was said is on the disk."""
        self._writer.stop()

    def _told(
        self, marked: Marked | None, gone: Callable[[int], None], nothing: Callable[[], None]
    ) -> None:
        if marked is None:
            nothing()
        else:
            self.read_again.emit(marked)
            gone(len(marked.photos))

    def _write(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        store, paired = self._store, self.paired

        def noted() -> tuple[int, int, T]:
            before = rating_log.newest_step(store)
            value = work()
            return before, rating_log.newest_step(store), value

        def tell(noted: tuple[int, int, T]) -> None:
            before, self._last_step, value = noted
            if self.paired is paired:
                done(value)
            else:  # another album, or this one read anew, was put on show meanwhile
                self.catch_up(before)

        self._writer.write(noted, tell)
