"""The companion's engines: the same levels, whichever is the fastest, and torch where none works.

With OpenVINO where it is installed (the extra `fast`); without, that nothing changes.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from photoaes.model.paper.companion import Companion, companion_tensors
from photoaes.model.paper.companions import COMPANIONS
from photoaes.model.paper.engine import MANY, _is_whole
from photoaes.settings import cache_folder

needs_openvino = pytest.mark.skipif(
    importlib.util.find_spec("openvino") is None, reason="the extra fast is not installed"
)
PIXELS = torch.randint(0, 256, (3, 3, 260, 260), generator=torch.Generator().manual_seed(1)).float()


@pytest.fixture(autouse=True)
def quiet_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (0.0, 0.0, 0.0), raising=False)


def _companion() -> Companion:
    """A new one, which knows nothing of engines yet."""
    spec = COMPANIONS["efficientnet-lite2"]
    path = spec.path()
    assert path is not None
    return Companion(spec, companion_tensors(spec, path)).eval()


def _choices() -> dict[Path, str]:
    files = (cache_folder() / "engines").rglob("*.json")
    return {file: json.loads(file.read_bytes())["fastest"] for file in files}


def _equal(companion: Companion) -> None:
    with torch.inference_mode():
        found, wanted = companion(PIXELS), companion.by_torch(PIXELS)
    assert list(found) == list(wanted)
    for name, level in wanted.items():
        torch.testing.assert_close(found[name], level, rtol=1e-3, atol=1e-3, msg=name)


def test_for_few_photos_no_engine_is_prepared() -> None:
    companion = _companion()
    companion.prepare(MANY - 1)
    _equal(companion)
    assert not cache_folder().exists()


@needs_openvino
def test_for_many_photos_the_fastest_is_measured_once_and_gives_the_same_levels() -> None:
    companion = _companion()
    companion.prepare(MANY)
    _equal(companion)
    [(file, kind)] = _choices().items()
    assert kind in ("torch", "f32")
    # What is kept is what counts from then on, even for few photos.
    file.write_text('{"fastest": "f32"}')
    again = _companion()
    _equal(again)
    assert again._fastest[True] is not None
    file.write_text('{"fastest": "torch"}')
    last = _companion()
    _equal(last)
    assert last._fastest[True] is None


@needs_openvino
def test_what_is_measured_on_a_busy_computer_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (99.0, 0.0, 0.0), raising=False)
    companion = _companion()
    companion.prepare(MANY)
    _equal(companion)
    assert not _choices()


@needs_openvino
def test_features_may_be_measured_in_half_precision_but_scores_are_not() -> None:
    companion = _companion()
    companion.prepare(MANY)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        near = companion(PIXELS)
    _equal(companion)
    with torch.inference_mode():
        wanted = companion.by_torch(PIXELS)
    for name, level in wanted.items():
        assert (near[name].float() - level).abs().mean() < 0.2 * level.std(), name


@needs_openvino
@pytest.mark.parametrize("damage", ["cut", "gone", "no choice"])
def test_a_damaged_engine_leaves_the_work_to_torch(damage: str) -> None:
    first = _companion()
    first.prepare(MANY)
    _equal(first)
    [file] = _choices()
    file.write_text('{"fastest": "f32"}' if damage != "no choice" else '{"fastest": ["x"]}')
    network = file.parent / "network" / "network.bin"
    if damage == "cut":
        network.write_bytes(network.read_bytes()[:1000])
    elif damage == "gone":
        network.unlink()
    _equal(_companion())


def _made() -> Path:
    """The choice, once a network has been made."""
    first = _companion()
    first.prepare(MANY)
    _equal(first)
    [choice] = _choices()
    return choice


@needs_openvino
def test_for_few_photos_a_busy_computer_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    _made().unlink()
    monkeypatch.setattr(os, "getloadavg", lambda: (99.0, 0.0, 0.0), raising=False)
    monkeypatch.setattr("photoaes.model.paper.engine._measured", lambda *_: pytest.fail("measured"))
    few = _companion()
    few.prepare(MANY - 1)
    _equal(few)


@needs_openvino
@pytest.mark.parametrize(
    ("name", "damage"),
    [("network.bin", "flip"), ("network.xml", "cut"), ("seal", "gone"), ("network.bin", "pipe")],
)
def test_a_network_that_is_not_as_it_was_made_is_made_anew(name: str, damage: str) -> None:
    """A flipped bit of a weight would be other stars, without an error."""
    choice = _made()
    choice.write_text('{"fastest": "f32"}')
    file = choice.parent / "network" / name
    whole = file.read_bytes()
    file.unlink()
    if damage == "pipe":
        os.mkfifo(file)
    elif damage != "gone":
        middle = len(whole) // 2
        rest = bytes([whole[middle] ^ 64]) + whole[middle + 1 :]
        file.write_bytes(whole[:middle] + (rest if damage == "flip" else b""))
    assert not _is_whole(file.parent)
    few = _companion()
    few.prepare(MANY - 1)
    _equal(few)
    assert few._fastest[True] is None
    many = _companion()
    many.prepare(MANY)
    _equal(many)
    assert _is_whole(file.parent)
    if name == "network.bin":  # the other files have names of OpenVINO's, which count up
        assert file.read_bytes() == whole


@needs_openvino
@pytest.mark.parametrize("said", ["[" * 100_000, '{"fastest": "bf16"}'])
def test_a_choice_that_nobody_made_does_not_count(said: str) -> None:
    choice = _made()
    choice.write_text(said)
    companion = _companion()
    _equal(companion)
    assert _choices()[choice] in ("torch", "f32")


@needs_openvino
def test_openvino_reports_to_nobody() -> None:
    code = (
        "import sys; from photoaes.model.paper.engine import _openvino; _openvino(); "
        "print([m for m in sys.modules if 'telemetry' in m and sys.modules[m]])"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = finished.stdout.decode().strip()
    assert "openvino_telemetry" not in loaded
    assert "telemetry_stub" in loaded


def test_a_gradient_goes_through_torch() -> None:
    companion = _companion()
    companion.prepare(MANY)
    pixels = PIXELS[:1, :, :64, :64].clone().requires_grad_()
    companion(pixels)["companion mean"].sum().backward()
    assert pixels.grad is not None
    assert pixels.grad.abs().sum() > 0
