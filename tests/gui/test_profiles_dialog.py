"""The dialog of taste profiles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLabel, QListWidget, QMessageBox
from PySide6.QtWidgets import QPushButton as Button
from pytestqt.qtbot import QtBot

from photoaes.album.photo import scan
from photoaes.album.store.opening import Store
from photoaes.album.store.profile_file import read_profile
from photoaes.album.store.profiles import Profile, profiles, save_profile
from photoaes.album.store.scores import save_scores
from photoaes.gui.views.dialogs.profiles import ProfilesBody
from photoaes.jobs.compare_profiles import FEWEST
from tests.album import people
from tests.album.stores import album, rescan

ANN = replace(people.ANN, name="Ann")
BOB = replace(ANN, name="Bob")


class Dialog:
    """The body, and what a person does with it."""

    def __init__(self, qtbot: QtBot, store: Store) -> None:
        self.used: list[Profile] = []
        self.body = ProfilesBody(store, "Ann", self.used.append)
        qtbot.addWidget(self.body)
        (self.list,) = self.body.findChildren(QListWidget)

    def rows(self) -> list[str]:
        return [self.list.item(row).text() for row in range(self.list.count())]

    def facts(self) -> str:
        return "\n".join(label.text() for label in self.body.findChildren(QLabel))

    def press(self, text: str) -> None:
        (button,) = (one for one in self.body.findChildren(Button) if one.text() == text)
        button.click()


def test_profiles_are_listed_used_renamed_and_deleted(
    qtbot: QtBot, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_profile(store, ANN)
    save_profile(store, BOB)
    dialog = Dialog(qtbot, store)
    assert dialog.rows() == ["Ann   (in use)", "Bob"]
    assert "7.8 of 10 pairs" in dialog.facts()
    dialog.list.setCurrentRow(1)
    dialog.press("Use for this album")
    assert dialog.used == [BOB]
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Carl", True))
    dialog.press("Rename\u2026")
    assert [one.name for one in profiles(store)] == ["Ann", "Carl"]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    dialog.list.setCurrentRow(0)
    dialog.press("Delete")
    assert [one.name for one in profiles(store)] == ["Carl"]


def test_a_profile_is_shared_as_a_file_also_over_an_earlier_one(
    qtbot: QtBot, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_profile(store, ANN)
    dialog, file = Dialog(qtbot, store), tmp_path / "Ann.json"
    file.write_text("an earlier one")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    dialog.press("Save as a file\u2026")
    assert read_profile(file) == ANN
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    dialog.press("Open a file\u2026")
    assert [one.name for one in profiles(store)] == ["Ann", "Ann (2)"]


def test_a_damaged_profile_is_named_and_cannot_be_chosen(qtbot: QtBot, store: Store) -> None:
    save_profile(store, ANN)
    save_profile(store, BOB)
    store.connection.execute("UPDATE profiles SET support = '[' WHERE name = 'Bob'")
    dialog = Dialog(qtbot, store)
    assert dialog.rows() == ["Ann   (in use)", "Bob: damaged, learn it anew"]
    assert not dialog.list.item(1).flags() & Qt.ItemFlag.ItemIsSelectable


def test_two_people_are_compared_by_what_both_have_ranked(
    qtbot: QtBot, store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    album(folder, [f"{number:02}.jpg" for number in range(FEWEST)])
    rescan(store, folder)
    photos = scan(folder)
    save_profile(store, ANN)
    save_profile(store, BOB)
    order = np.arange(FEWEST, dtype=float)
    for name, scores in (("Ann", order), ("Bob", order[::-1])):
        pairs = zip(photos, scores.tolist(), strict=True)
        save_scores(store, ANN.bank_digest, name, list(pairs)[: FEWEST - 1])
    assert "agrees" not in Dialog(qtbot, store).facts()
    for name, scores in (("Ann", order), ("Bob", order[::-1])):
        save_scores(store, ANN.bank_digest, name, zip(photos, scores.tolist(), strict=True))
    assert "agrees with that of \u201cBob\u201d by -1.00" in Dialog(qtbot, store).facts()
