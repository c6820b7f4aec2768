"""Two to four photos side by side; zoom and pan go together, Shift moves one alone."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QVBoxLayout, QWidget

from photoaes.gui.state.session import Session
from photoaes.gui.views.large_images import LargeImages
from photoaes.gui.views.loupe_aids import LoupeAids
from photoaes.gui.views.mark_line import MarkLine
from photoaes.gui.views.photo_pane import PhotoPane, Zoom
from photoaes.gui.views.thumbnails import Thumbnails

MOST = 4


class _Part(QFrame):
    """A pane and its marks, framed while it is the one that keys act on."""

    def __init__(
        self, session: Session, thumbnails: Thumbnails, images: LargeImages, aids: LoupeAids
    ) -> None:
        super().__init__()
        self.pane = PhotoPane(thumbnails, images)
        self.pane.aids = self.aids = aids.beside(self)
        self.aids.changed.connect(self.pane.update)
        self.marks = MarkLine(session)
        self.index = -1
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        column.addWidget(self.pane, 1)
        column.addWidget(self.marks)

    def frame(self, is_focused: bool) -> None:
        """Give the pane a frame in the accent colour, or none."""
        colour = "palette(highlight)" if is_focused else "transparent"
        self.setObjectName("part")
        self.setStyleSheet(f"#part {{ border: 2px solid {colour}; }}")


class Compare(QWidget):
    """Shows the photos it is given; the focused pane's photo is the session's current one."""

    menu_wanted = Signal(QPoint, bool)
    preferred = Signal(int, object)  # the better photo, the others

    def __init__(
        self,
        session: Session,
        thumbnails: Thumbnails,
        images: LargeImages,
        aids: LoupeAids,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._images = session, images
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        self._parts = [_Part(session, thumbnails, images, aids) for _ in range(MOST)]
        self._shown = 0
        for index, part in enumerate(self._parts):
            part.pane.zoom_changed.connect(lambda zoom, i=index: self._zoomed(i, zoom))
            part.pane.menu_wanted.connect(self.menu_wanted)
            part.pane.pressed.connect(lambda i=index: self._focus(i))
            part.marks.rated.connect(lambda stars, i=index: self._rate(i, stars))
        session.selection.current_changed.connect(self._frame)
        session.album_changed.connect(self._follow_album)

    @property
    def photos(self) -> list[int]:
        """The compared photos, as indices into the columns."""
        return [part.index for part in self._parts[: self._shown]]

    @property
    def panes(self) -> list[PhotoPane]:
        """The panes that show the compared photos."""
        return [part.pane for part in self._parts[: self._shown]]

    def show_photos(self, indices: list[int]) -> None:
        """Two to four photos; the first becomes the current one."""
        for part in self._parts:
            part.pane.set_zoom(Zoom())
        self._show(indices[:MOST])
        self._session.selection.make_current(indices[0])
        self._frame()

    def _show(self, indices: list[int]) -> None:
        columns = self._session.columns
        assert columns is not None
        self._shown = len(indices)
        wide = self._shown if self._shown < MOST else 2
        for index, part in enumerate(self._parts):
            part.setVisible(index < self._shown)
            self._grid.removeWidget(part)
            if index < self._shown:
                self._grid.addWidget(part, index // wide, index % wide)
                part.index = indices[index]
                part.pane.show_photo(columns.paths[part.index])
                part.marks.show_photo(part.index)
        self._want()

    def _follow_album(self) -> None:
        """The album was read anew, or it is another one: the same photos, those that are left."""
        wanted = [str(pane.path) for pane in self.panes] if self.isVisible() else []
        # Most of the time there are none, and 100,000 photos are not looked through for nothing.
        photos = self._session.photos if wanted else ()
        place = {one.at: i for i, one in enumerate(photos) if one.at in wanted}
        left = [place[at] for at in wanted if at in place]
        self._shown = 0
        if len(left) > 1:
            self._show(left)
            self._frame()

    def next_pane(self, by: int = 1) -> None:
        """The next photo becomes the current one."""
        if self._shown:
            self._focus((self._focused() + by) % self._shown)

    def prefer_current(self) -> None:
        """ "This one is better": the current photo over each of the others."""
        if self._shown > 1:
            better = self._parts[self._focused()].index
            others = [index for index in self.photos if index != better]
            self.preferred.emit(better, others)

    def toggle_full(self) -> None:
        """100 % in the pane under the pointer, and by that in all."""
        self._parts[self._focused()].pane.toggle_full()

    def enlarge(self, steps: int) -> None:
        """Zoom, out where `steps` is negative, in all panes."""
        self._parts[self._focused()].pane.enlarge(steps)

    def toggle_histogram(self) -> None:
        """How light and dark each is, and what is clipped."""
        for part in self._parts:
            part.aids.with_histogram = not part.aids.with_histogram
            part.pane.update()

    def toggle_focus(self) -> None:
        """Of each the edges in focus, and the sharpest region in a lens."""
        for part in self._parts:
            part.aids.with_focus = not part.aids.with_focus
            part.pane.update()
        self._want()

    def toggle_faces(self) -> None:
        """Show each photo's faces as close-ups, or its whole again."""
        for part in self._parts:
            part.aids.with_faces = not part.aids.with_faces
            part.pane.update()
        self._want()

    def _focused(self) -> int:
        photos = self.photos
        return (
            photos.index(self._session.selection.current)
            if self._session.selection.current in photos
            else 0
        )

    def _focus(self, index: int) -> None:
        self._session.selection.make_current(self._parts[index].index)

    def _rate(self, index: int, stars: int) -> None:
        self._focus(index)
        self._session.rate_current(stars)

    def _zoomed(self, index: int, zoom: Zoom) -> None:
        alone = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        if not alone:
            for other in range(self._shown):
                if other != index:
                    self._parts[other].pane.set_zoom(zoom)
        self._want()

    def _frame(self) -> None:
        for index in range(self._shown):
            self._parts[index].frame(index == self._focused())

    def _want(self) -> None:
        wanted = [key for part in self._parts[: self._shown] for key in part.pane.wanted()]
        self._images.want(sorted(wanted, key=lambda key: key[1]))
