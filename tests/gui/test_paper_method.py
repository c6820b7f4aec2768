"""The paper's own fit, chosen in the window."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from photoaes.album.store.profiles import profiles
from photoaes.gui.views.dialogs.banks import BanksBody
from photoaes.jobs.events import Progress
from tests.gui.conftest import Person


def test_the_papers_fit_ranks_by_its_merged_model_and_is_kept(person: Person, album: Path) -> None:
    person.open(album)
    person.rate("512345123451")
    learning = person.learning
    seen: list[Progress | None] = []
    learning.changed.connect(lambda: seen.append(learning.progress))
    chosen: list[str] = []
    body = BanksBody(
        learning.settings.bank_folder, "cpu", print, print, print, "taste", chosen.append
    )
    body.method.setCurrentIndex(body.method.findData("paper"))
    body.method.activated.emit(body.method.currentIndex())
    assert chosen == ["paper"]
    learning.settings = type(learning.settings)(
        learning.settings.bank_folder, "cpu", method=chosen[0]
    )
    person.window.taste.start.click()
    person.wait(lambda: not learning.is_working)
    stages = {one.stage for one in seen if one is not None}
    assert "Learning" in stages
    columns = person.session.columns
    assert columns is not None
    assert not np.isnan(columns.score).any()
    (kept,) = profiles(person.session.store)
    assert kept.name.endswith("(paper)")
    assert not kept.readout
    assert learning.receipt().profile == kept.name
