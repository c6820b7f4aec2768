"""Places the parts of the window; `commands` says what its actions do."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from photoaes.gui.kit.actions import SPECS
from photoaes.gui.kit.drops import dropped_path
from photoaes.gui.kit.icons import application_icon
from photoaes.gui.kit.keys import mark_of
from photoaes.gui.kit.letters import at_least
from photoaes.gui.views.best_shots import BestShots
from photoaes.gui.views.compare import Compare
from photoaes.gui.views.filters.bar import FilterBar
from photoaes.gui.views.filters.choosing import Filters
from photoaes.gui.views.filters.facets import FacetPanel
from photoaes.gui.views.grid.view import GridView
from photoaes.gui.views.guide import Guide
from photoaes.gui.views.loupe import Loupe
from photoaes.gui.views.taste.panel import TastePanel
from photoaes.gui.window.geometry import panels_text, restore_panels, restore_window, smallest
from photoaes.gui.window.menus import Menus
from photoaes.gui.window.parts import Parts
from photoaes.gui.window.status_line import StatusLine
from photoaes.gui.window.top_bar import VIEWS, TopBar
from photoaes.gui.window.welcome import Message, Welcome

# Width of the side panels in pixels, until somebody moves their edges: the photos come first.
IN_WIDE, IN_NARROW, WIDE = (196, 260), (166, 230), 1400
# Keys that a button or a list may want for itself act where nothing else takes them.
LOCAL_KEYS = {
    Qt.Key.Key_Space: "toggle_loupe",
    Qt.Key.Key_Return: "loupe",
    Qt.Key.Key_Enter: "loupe",
    Qt.Key.Key_Escape: "back",
    Qt.Key.Key_Backspace: "take_out",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
}
NOT_SHORTCUTS = {"Space", "Return", "Esc", "Tab", "Backspace", "Home", "End"}


class MainWindow(QMainWindow):
    """One window, one album. It shows; what happens is for others to say."""

    commanded = Signal(str)  # an action's name
    marked = Signal(object)  # Mark
    dropped = Signal(object)  # Path
    leaving = Signal()  # another album is about to be opened
    closing = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        session = parts.session
        self.actions_by_name: dict[str, QAction] = {}
        self.setWindowTitle("photoaes")
        self.setWindowIcon(application_icon())
        self.setMinimumSize(smallest(self.screen().availableSize()))
        self.setAcceptDrops(True)
        self.filters = Filters(session, self)
        self.bar = FilterBar(session, self.filters)
        self.welcome, self.message = Welcome(), Message()
        self.grid = GridView(session, parts.thumbnails)
        pictures = (parts.thumbnails, parts.images)
        self.loupe = Loupe(session, *pictures, parts.learning, parts.aids, parts.asking)
        self.compare = Compare(session, parts.thumbnails, parts.images, parts.aids)
        self.pages = QStackedWidget()
        for page in (self.welcome, self.message, self.grid, self.loupe, self.compare):
            self.pages.addWidget(page)
        self.facets = FacetPanel(session, self.filters)
        self.taste = TastePanel(session, parts.learning, parts.checking, parts.thumbnails)
        self.best_shots = BestShots(session, parts.learning, parts.worker)
        self.status = StatusLine(session)
        self.guide = Guide(parts.learning)
        for view in (self.grid, self.loupe, self.compare):
            view.menu_wanted.connect(self.show_menu)
        self._is_arranged = False  # somebody has moved a panel's edge
        self._is_bare = False
        self._left: bool | None = False
        self._make_actions()
        self.menus = Menus(self.actions_by_name, self.marked.emit, self)
        self._top = TopBar(self.actions_by_name, self.menus, self.bar, self.grid)
        self.edge = self._top.edge
        self._lay_out()

    # -- layout ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.splitter = QSplitter()
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for widget in (self.facets, self.pages, self.taste):
            self.splitter.addWidget(widget)
        self.facets.setMinimumWidth(at_least(self.facets, IN_NARROW[0], 18))
        self.taste.setMinimumWidth(IN_NARROW[1])
        self.splitter.setStretchFactor(1, 1)
        self.splitter.splitterMoved.connect(lambda *_: setattr(self, "_is_arranged", True))
        self._share_width()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bars: list[QWidget] = [self._top, self.status]
        column.addWidget(self._top)
        column.addWidget(self.guide)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.best_shots)
        column.addWidget(self.status)
        self.setCentralWidget(body)

    def _make_actions(self) -> None:
        for spec in SPECS:
            if spec.is_mark:
                continue
            action = QAction(spec.title(), self)
            keys = [key for key in spec.keys if key not in NOT_SHORTCUTS]
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.triggered.connect(lambda _=False, name=spec.name: self.commanded.emit(name))
            self.actions_by_name[spec.name] = action
            self.addAction(action)

    def _share_width(self) -> None:
        left, right = IN_WIDE if self._has_room() else IN_NARROW
        self.splitter.setSizes([left, 10_000, right])

    # -- what is on show ------------------------------------------------------------------------

    def show_page(self, page: QWidget) -> None:
        """One of welcome, message, grid, loupe, compare."""
        self.pages.setCurrentWidget(page)
        has_album = page not in (self.welcome,)
        name = next((one for one in VIEWS if page is getattr(self, one)), "")
        self._top.show_view(name, has_album)
        self.bar.setVisible(has_album and self._parts.session.columns is not None)
        page.setFocus()

    def show_title(self, folder: str, count: int) -> None:
        """The album in the bar and in the window's title."""
        self._top.show_title(folder, self.tr("%Ln photos", "", count) if folder else "")
        self.setWindowTitle(f"{folder} \u2013 photoaes" if folder else "photoaes")

    def set_bare(self, is_bare: bool) -> None:
        """No bars and no panels, the photos alone; `show_panels` brings the panels back."""
        self._is_bare = is_bare
        for bar in self._bars:
            bar.setHidden(is_bare)
        self.guide.setHidden(is_bare or not self.guide.is_wanted)
        self.loupe.set_bare(is_bare)
        if is_bare:
            self.facets.hide()
            self.taste.hide()

    def show_panels(self, left: bool | None, right: bool) -> None:
        """Both side panels fold away; None is there where the window is wide enough for it."""
        self._left = left
        self._fold(self.facets, "left_panel", self._has_room() if left is None else left)
        self._fold(self.taste, "right_panel", right)

    def _fold(self, panel: QWidget, name: str, is_shown: bool) -> None:
        panel.setVisible(is_shown and not self._is_bare)
        self.actions_by_name[name].setChecked(is_shown)

    def _has_room(self) -> bool:
        return self.width() >= WIDE

    def restore(self, geometry: str, panels: str) -> None:
        """Take the size, place and panels of the last time."""
        restore_window(self, geometry)
        self._is_arranged = restore_panels(self.splitter, panels)

    def panels_text(self) -> str:
        """For `restore`; "" while nobody has moved a panel's edge."""
        return panels_text(self.splitter) if self._is_arranged else ""

    def show_menu(self, at: QPoint, on_photos: bool) -> None:
        """The menu of a right-click at a place of the screen."""
        if on_photos:
            self.actions_by_name["take_out"].setVisible(self.best_shots.isVisible())
            menu = self.menus.on_photos()
        else:
            menu = self.menus.on_ground(self.bar.arranging_menus)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    # -- events ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has narrower panels, and the left one waits to be asked for."""
        super().resizeEvent(event)
        if self._left is None:
            self._fold(self.facets, "left_panel", self._has_room())
        if not self._is_arranged:
            self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no part of the window wanted: marks, and the keys of one page."""
        mark = mark_of(event.key(), event.text(), event.nativeScanCode(), event.modifiers())
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if mark is not None:
            self.marked.emit(mark)
        elif plain and event.key() in LOCAL_KEYS:
            self.commanded.emit(LOCAL_KEYS[Qt.Key(event.key())])
        elif plain and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.commanded.emit("next" if event.key() == Qt.Key.Key_Right else "previous")
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Folders and photos are welcome, but for those that are dragged out of here."""
        if event.source() is None and dropped_path(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the first folder or photo that was dropped."""
        if (path := dropped_path(event.mimeData())) is not None:
            self.dropped.emit(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing has to be saved: every rating was, at once."""
        self.closing.emit()
        event.accept()
