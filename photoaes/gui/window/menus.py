"""The window's menus: the one above, and those of a right-click on photos and beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from photoaes.gui.kit.actions import ALBUM, CONTEXT, GROUPS, MARK, SPECS
from photoaes.gui.kit.icons import icon
from photoaes.gui.kit.keys import LABELS_BY_NUMBER, NO_LABEL, Mark
from photoaes.gui.kit.theme import label_name

# Actions of the right-click menu on photos, after the marks; "" is a line.
ON_PHOTOS = ("keep_best", "", "loupe", "compare", "stack", "find_similar", "",
             "export_these", "take_out", "", "open_with", "show_in_folder", "copy_photo",
             "copy_path", "", "undo")  # fmt: skip
ON_GROUND = ("select_all", "select_none", "clear_filter", "", "larger", "smaller", "overlay",
             "left_panel", "right_panel", "full_screen", "", "open_folder", "rescan",
             "best_shots")  # fmt: skip


class Menus(QObject):
    """`mark` is told which mark was chosen; all else are the window's actions."""

    def __init__(
        self, actions: Mapping[str, QAction], mark: Callable[[Mark], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._actions, self._mark, self._parent = actions, mark, parent
        self.recent = QMenu(self.tr("Recent folders"), parent)

    def show_recent(self, folders: Iterable[Path], open_folder: Callable[[Path], None]) -> None:
        """Folders that were open lately, the last one first."""
        self.recent.clear()
        for folder in folders:
            action = self.recent.addAction(str(folder).replace("&", "&&"))
            action.triggered.connect(lambda _=False, f=folder: open_folder(f))
        self.recent.setEnabled(not self.recent.isEmpty())

    def button(self) -> QToolButton:
        """The button in the window's bar that opens the menu."""
        button = QToolButton()
        button.setIcon(icon("menu"))
        button.setProperty("flat", True)
        button.setToolTip(self.tr("Menu"))
        button.setAccessibleName(self.tr("Menu"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self.main())
        return button

    def main(self) -> QMenu:
        """The menu of all actions, by groups."""
        menu = QMenu(self._parent)
        for group in GROUPS:
            part = menu.addMenu(QCoreApplication.translate(CONTEXT, group))
            if group == ALBUM:
                part.addMenu(self.recent)
            if group == MARK:
                self._add_marks(part)
                part.addSeparator()
            for spec in SPECS:
                if spec.group == group and not spec.is_mark:
                    part.addAction(self._actions[spec.name])
        return menu

    def on_photos(self) -> QMenu:
        """What can be done with the photos that are meant."""
        menu = QMenu(self._parent)
        self._add_marks(menu)
        menu.addSeparator()
        self._add(menu, ON_PHOTOS)
        return menu

    def on_ground(self, arranging: Callable[[QWidget], Iterable[QMenu]]) -> QMenu:
        """Where no photo is; `arranging` makes the menus of order and groups for their parent."""
        menu = QMenu(self._parent)
        for one in arranging(menu):
            menu.addMenu(one)
        menu.addSeparator()
        self._add(menu, ON_GROUND)
        return menu

    def _add(self, menu: QMenu, names: Iterable[str]) -> None:
        for name in names:
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()

    def _add_marks(self, menu: QMenu) -> None:
        """Stars, flags and labels, each with its key; the keys themselves are the window's."""
        stars = menu.addMenu(self.tr("Stars"))
        for number in range(5, 0, -1):
            self._add_mark(stars, self.tr("%Ln stars", "", number), str(number), "stars", number)
        self._add_mark(stars, self.tr("No stars"), "0", "stars", 0)
        flags = menu.addMenu(self.tr("Flag"))
        for text, key, value in (
            (self.tr("Pick"), "P", 1),
            (self.tr("Reject"), "X", -1),
            (self.tr("No flag"), "U", 0),
        ):
            self._add_mark(flags, text, key, "flag", value)
        labels = menu.addMenu(self.tr("Label"))
        for value, word in LABELS_BY_NUMBER.items():
            key = str(value) if 6 <= value <= 9 else ""
            text = self.tr("No label") if value == NO_LABEL else label_name(word)
            self._add_mark(labels, text, key, "label", value)

    def _add_mark(self, menu: QMenu, text: str, key: str, kind: str, value: int) -> None:
        mark = Mark(kind, value, goes_on=False)  # type: ignore[arg-type]
        action = menu.addAction(f"{text}\t{key}" if key else text)
        action.triggered.connect(lambda: self._mark(mark))
