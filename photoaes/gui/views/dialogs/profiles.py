"""Taste profiles: use, rename, share, compare, delete."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QInputDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from photoaes.album.store.opening import Store
from photoaes.album.store.profile_file import read_profile, write_profile
from photoaes.album.store.profiles import (
    Profile,
    damaged_profiles,
    profiles,
    remove_profile,
    rename_profile,
    save_profile,
    with_free_name,
)
from photoaes.errors import PhotoaesError
from photoaes.gui.kit.flow import Flow
from photoaes.gui.kit.numerals import day, decimal
from photoaes.gui.kit.sentences import said
from photoaes.gui.kit.theme import GAP
from photoaes.gui.views.dialogs.frame import framed
from photoaes.jobs.compare_profiles import orders_agree

COMPARED = 3  # other profiles


class ProfilesBody(QWidget):
    """The list, and what can be done with the chosen one."""

    def __init__(self, store: Store, active: str, use: Callable[[Profile], None]) -> None:
        super().__init__()
        self._store, self._active, self._use = store, active, use
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Taste profiles"))
        self._facts = QLabel()
        self._facts.setWordWrap(True)
        self._buttons = {
            name: self._button(text, handler)
            for name, text, handler in (
                ("use", self.tr("Use for this album"), self._use_chosen),
                ("rename", self.tr("Rename\u2026"), self._rename),
                ("share", self.tr("Save as a file\u2026"), self._share),
                ("delete", self.tr("Delete"), self._delete),
            )
        }
        take = self._button(self.tr("Open a file\u2026"), self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._list, 1)
        column.addWidget(self._facts)
        column.addLayout(Flow(*self._buttons.values(), take))
        self._list.currentItemChanged.connect(lambda *_: self._show())
        self.refresh()

    def _button(self, text: str, handler: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(lambda: self._guarded(handler))
        return button

    def _guarded(self, handler: Callable[[], None]) -> None:
        try:
            handler()
        except PhotoaesError as problem:
            QMessageBox.warning(self, "photoaes", said(problem))
        self.refresh()

    def refresh(self) -> None:
        """Read the profiles anew."""
        chosen = self._chosen()
        self._list.clear()
        for profile in profiles(self._store):
            mark = self.tr("   (in use)") if profile.name == self._active else ""
            item = QListWidgetItem(profile.name + mark)
            item.setData(Qt.ItemDataRole.UserRole, profile)
            self._list.addItem(item)
            if chosen is not None and profile.name == chosen.name:
                self._list.setCurrentItem(item)
        for name in damaged_profiles(self._store):
            item = QListWidgetItem(self.tr("{0}: damaged, learn it anew").format(name))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(item)
        if self._list.currentItem() is None and self._list.count():
            self._list.setCurrentRow(0)
        self._show()

    def _chosen(self) -> Profile | None:
        item = self._list.currentItem()
        found = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found if isinstance(found, Profile) else None

    def _show(self) -> None:
        profile = self._chosen()
        for button in self._buttons.values():
            button.setEnabled(profile is not None)
        if profile is None:
            none = self.tr("There is no taste profile yet. Personalize makes one.")
            self._facts.setText("" if self._list.count() else none)
            return
        learned = QDate.fromString(profile.learned_at[:10], Qt.DateFormat.ISODate)
        lines = [
            self.tr("Learned from %Ln rated photos", "", len(profile.support)),
            self.tr("on {0}, with the bank {1}.").format(day(learned), profile.bank),
        ]
        if not profile.agreement.get("told", True):  # as the panel says of it
            lines.append(self.tr("How well it knows you cannot be told yet: rate more photos."))
        elif "pairs" in profile.agreement:
            text = self.tr("It orders {0} of 10 pairs as you would.")
            lines.append(text.format(decimal(10 * profile.agreement["pairs"])))
        others = [one for one in profiles(self._store) if one.name != profile.name]
        for other in others[:COMPARED]:
            if not math.isnan(alike := orders_agree(self._store, profile, other)):
                text = self.tr(
                    "Of photos that both have ranked its order agrees with that of "
                    "\u201c{0}\u201d by {1} (1: the same, 0: as chance would)."
                )
                lines.append(text.format(other.name, decimal(alike, 2)))
        self._facts.setText(" ".join(lines[:2]) + "\n" + "\n".join(lines[2:]))

    def _use_chosen(self) -> None:
        profile = self._chosen()
        if profile is not None:
            self._use(profile)
            self._active = profile.name

    def _rename(self) -> None:
        profile = self._chosen()
        if profile is None:
            return
        name, wanted = QInputDialog.getText(
            self, self.tr("Rename"), self.tr("New name"), text=profile.name
        )
        if wanted:
            rename_profile(self._store, profile.name, name.strip())

    def _share(self) -> None:
        profile = self._chosen()
        if profile is None:
            return
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as a file"), f"{profile.name}.json", "JSON (*.json)"
        )
        if path:
            write_profile(profile, Path(path), over=True)  # the file dialog has asked about that

    def _take(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Open a file"), "", "JSON (*.json)")
        if path:
            save_profile(self._store, with_free_name(self._store, read_profile(Path(path))))

    def _delete(self) -> None:
        profile = self._chosen()
        if profile is None:
            return
        question = self.tr("Delete the taste profile \u201c{0}\u201d? Your stars stay.")
        answer = QMessageBox.question(self, "photoaes", question.format(profile.name))
        if answer is QMessageBox.StandardButton.Yes:
            remove_profile(self._store, profile.name)


def profiles_dialog(parent: QWidget | None, body: ProfilesBody) -> QDialog:
    """The dialog *Taste profiles*."""
    return framed(parent, QCoreApplication.translate("Dialogs", "Taste profiles"), body, 660)
