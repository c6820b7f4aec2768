"""Dialogs are as high as their words, also of those that come while they are open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout, QWidget

from photoaes.gui.kit.saver import Saver
from photoaes.gui.state.stage import Stage
from photoaes.gui.views.dialogs.frame import framed
from tests.gui.conftest import Person

WORDS = "Words that somebody else has to find out first, and that need more than one line. "


def _is_whole(label: QLabel) -> bool:
    return label.height() >= label.heightForWidth(label.width())


@pytest.mark.parametrize("is_deep", [False, True])
def test_a_dialog_grows_with_words_that_come_later(qapp: QApplication, is_deep: bool) -> None:
    label = QLabel("...")
    label.setWordWrap(True)
    body = QWidget()
    QVBoxLayout(body).addWidget(label)
    if is_deep:
        outer = QWidget()
        QVBoxLayout(outer).addWidget(body)
        body = outer
    dialog = framed(None, "Banks", body, 400)
    dialog.show()
    QApplication.processEvents()
    before = dialog.height()
    label.setText(8 * WORDS)
    for _ in range(4):  # layout by layout, from the inside out
        QApplication.processEvents()
    assert _is_whole(label)
    assert dialog.height() > before
    dialog.close()


def test_words_that_come_before_it_is_shown_count(qapp: QApplication) -> None:
    label = QLabel("...")
    label.setWordWrap(True)
    body = QWidget()
    QVBoxLayout(body).addWidget(label)
    dialog = framed(None, "Banks", body, 400)
    label.setText(8 * WORDS)
    dialog.show()
    QApplication.processEvents()
    assert _is_whole(label)
    dialog.close()


def test_what_is_saved_after_the_threads_ended_is_saved(tmp_path: Path) -> None:
    saver = Saver()
    saver.stop()
    saver.save(lambda: (tmp_path / "left").touch())
    assert (tmp_path / "left").exists()


def test_the_profile_promises_no_more_than_the_panel(person: Person, album: Path) -> None:
    """Of stars that could be chance the panel says so; profiles gave a share of pairs."""
    person.open(album)
    person.rate("151242151333412")
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    assert person.learning.stage() is Stage.NOT_BETTER
    person.act("profiles")
    [dialog] = [one for one in person.window.findChildren(QDialog) if one.isVisible()]
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "cannot be told yet" in words
    assert "of 10 pairs" not in words
    dialog.close()
