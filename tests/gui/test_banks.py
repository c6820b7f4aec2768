"""The banks dialog: the backbone of a bank that brings none."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QListWidget

from photoaes.gui.views.dialogs.banks import BanksBody
from photoaes.jobs.events import Progress
from photoaes.model.bank.manifest import Bank
from photoaes.model.bank.writing import create_bank
from photoaes.model.paper.backbone import BackboneSpec
from tests.gui.conftest import Person


@pytest.fixture
def body(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BanksBody:
    """The dialog's, with a bank chosen whose backbone is not on this computer, nor its hub."""
    monkeypatch.setenv("PHOTOAES_HOME", str(tmp_path))
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    spec = BackboneSpec("ViT-B-16", "datacomp_xl_s13b_b90k")
    create_bank(
        Bank(tmp_path / "data" / "banks" / "needs", "Needs", spec, (), "a test", "MIT"), None
    )
    person.act("banks")
    found = person.window.findChild(QDialog).findChild(BanksBody)  # type: ignore[union-attr]
    assert isinstance(found, BanksBody)
    return found


def _choose(body: BanksBody, name: str) -> None:
    banks = body.findChild(QListWidget)
    assert banks is not None
    [row] = [row for row in range(banks.count()) if banks.item(row).text().startswith(name)]
    banks.setCurrentRow(row)


def test_without_a_network_the_dialog_says_what_to_do(person: Person, body: BanksBody) -> None:
    _choose(body, "Needs")
    assert body.backbone.isVisible()
    body.backbone.start.click()
    assert body.backbone.cancel.isVisible()
    person.wait(lambda: "cannot be reached" in body.backbone.text.text())
    assert body.backbone.start.isVisible()


def test_it_can_be_cancelled(person: Person, body: BanksBody) -> None:
    _choose(body, "Needs")
    body.backbone.start.click()
    body.backbone.cancel.click()
    person.qtbot.wait(300)
    assert "Stopped" in body.backbone.text.text()
    assert body.backbone.start.isVisible()


def test_progress_is_told_in_megabytes(body: BanksBody) -> None:
    body.backbone.progress(Progress("", 12, 350))
    assert body.backbone.text.text() == "12 of 350 MB"
    body.backbone.progress(Progress("", 12, None))
    assert body.backbone.text.text() == "12 MB"
