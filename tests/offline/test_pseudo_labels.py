"""Labels that a teacher gives to unrated photos."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from photoaes.model.paper.companion import load_companion
from photoaes.model.paper.companions import COMPANIONS
from photoaes.offline.experts.pseudo_labels import Encoders, Levels, levels_of, pseudo_labels
from photoaes.offline.experts.towers import TEACHER, plain_tower
from photoaes.running import finished


def _levels(values: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> Levels:
    return {"teacher": values[:, :6].astype(np.float16), "other": values[:, 6:].astype(np.float16)}


def test_what_the_rated_photos_say_is_said_of_the_others() -> None:
    rng = np.random.default_rng(0)
    values, direction = rng.normal(size=(400, 20)), rng.normal(size=20)
    truth = values @ direction
    rated, unrated = _levels(values[:120]), _levels(values[120:])
    scores, left_out = pseudo_labels(rated, truth[:120] + rng.normal(size=120), unrated)
    assert np.corrcoef(scores, truth[120:])[0, 1] > 0.9
    assert left_out > 0.8


def test_levels_are_kept_and_a_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("photoaes.offline.experts.pseudo_labels.AT_ONCE", 2)
    spec = COMPANIONS["efficientnet-lite2"]
    path = spec.path()
    assert path is not None
    torch.manual_seed(0)
    teacher = plain_tower(TEACHER).eval().requires_grad_(False)
    encoders = Encoders(teacher, load_companion(spec, path), torch.device("cpu"))
    photos = []
    for number in range(3):
        photo = tmp_path / f"{number}.png"
        Image.new("RGB", (60 + number, 40), (90 * number, 80, 20)).save(photo)
        photos.append(photo)
    first = levels_of(encoders, photos, tmp_path / "work")
    assert next(first) == (2, 3)
    first.close()
    photos[0].unlink()  # what was seen is not looked at again
    levels = finished(levels_of(encoders, photos, tmp_path / "work"))
    assert {len(values) for values in levels.values()} == {3}
    assert levels["teacher"].shape == (3, 192)
    assert levels["companion mean"].shape == (3, 1280)
