"""A person's model as a file: scored by a script that knows nothing of photoaes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from photoaes.errors import InputInvalid
from photoaes.model.bank.manifest import Bank, read_bank
from photoaes.model.looking import Looker, Seen
from photoaes.model.model_file import write_model
from photoaes.model.scoring import Scored, personal_scorer
from photoaes.model.taste.basis import Basis, read_basis
from photoaes.model.taste.readout import Readout
from photoaes.settings import resources_folder, starter_bank_folder
from tests.tiny import tiny_bank

SCRIPT = resources_folder() / "score_a_photo.py"
# As if photoaes were not installed, wherever it is.
ALONE = """
import runpy, sys
sys.modules["photoaes"] = None
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def _photos(folder: Path) -> list[Path]:
    rng = np.random.default_rng(0)
    for number, size in enumerate(((300, 200), (200, 300), (900, 640))):
        coarse = rng.integers(0, 256, (6, 9, 3), dtype=np.uint8)
        image = Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)
        image.save(folder / f"{number}.png")
    return sorted(folder.glob("*.png"))


def _taste(basis: Basis, scale: float) -> Readout:
    rng = np.random.default_rng(1)
    features = {
        group.name: (scale * rng.normal(size=group.width)).astype(np.float32)
        for group in basis.groups
    }
    return Readout(0.5, 0.4, features)


def _stars(looker: Looker[Scored], photos: list[Path]) -> list[float]:
    seen = [event for event in looker.look(photos) if isinstance(event, Seen)]
    return [event.result.score for event in seen if event.result is not None]


def _whole(bank: Bank) -> Bank:
    """The tiny bank, looking at the whole photo."""
    manifest = json.loads((bank.folder / "bank.json").read_text())
    manifest["backbone"]["preprocessing"]["whole"] = True
    (bank.folder / "bank.json").write_text(json.dumps(manifest))
    return read_bank(bank.folder)


@pytest.mark.parametrize("is_starter", [False, True])
def test_a_script_without_photoaes_scores_alike(tmp_path: Path, is_starter: bool) -> None:
    bank = read_bank(starter_bank_folder()) if is_starter else _whole(tiny_bank(tmp_path / "bank"))
    basis, photos = read_basis(bank), _photos(tmp_path)
    readout = _taste(basis, 0.02 if is_starter else 0.2)
    file = tmp_path / "me.safetensors"
    write_model(bank, basis, readout, file)
    run = [sys.executable, "-c", ALONE, str(SCRIPT), str(file), *map(str, photos)]
    said = subprocess.run(run, capture_output=True, text=True, cwd=tmp_path, check=True).stdout
    alone = [float(line.split()[0]) for line in said.splitlines()]
    scorer = personal_scorer(bank, bank.merger(torch.device("cpu")), readout, basis)
    ours = _stars(Looker(scorer), photos)
    assert alone == pytest.approx(ours, abs=1e-4)
    assert np.ptp(ours) > 1e-3


def test_nothing_is_written_over(tmp_path: Path) -> None:
    bank = _whole(tiny_bank(tmp_path / "bank"))
    basis = read_basis(bank)
    file = tmp_path / "me.safetensors"
    file.write_bytes(b"mine")
    with pytest.raises(InputInvalid, match="exists"):
        write_model(bank, basis, _taste(basis, 0.1), file)
    assert file.read_bytes() == b"mine"


def test_the_tower_and_the_companion_share_the_work_of_a_score(tmp_path: Path) -> None:
    """What is taken from features and what the tower gives anew add up to the whole model."""
    bank = read_bank(starter_bank_folder())
    basis, photos = read_basis(bank), _photos(tmp_path)
    readout, merger = _taste(basis, 0.02), bank.merger(torch.device("cpu"))
    whole = Looker(personal_scorer(bank, merger, readout, basis))
    tower = basis.without_companion()
    part = Looker(personal_scorer(bank, merger, readout.tower(basis), tower))
    from photoaes.model.taste.tangent import tangent_of

    tangent = tangent_of(bank, torch.device("cpu"))
    pixels = np.stack([bank.backbone.preprocessing.pixels(Image.open(p)) for p in photos])
    features = tangent.features(pixels)
    rest = readout.companion_scores(basis, features)
    scores = [_stars(looker, photos) for looker in (whole, part)]
    np.testing.assert_allclose(np.array(scores[1]) + rest, scores[0], atol=0.03)
