"""A ridge on any tower of open_clip's: a tiny one is registered there, with random weights."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import open_clip
import pytest
import torch
from open_clip.factory import _MODEL_CONFIG_PATHS, _rescan_model_configs
from PIL import Image
from torchvision.transforms.functional import to_pil_image

from photoaes.errors import InputInvalid
from photoaes.model.bank.manifest import read_bank
from photoaes.model.metrics import srocc
from photoaes.model.paper.fit_settings import FitSettings
from photoaes.offline.evaluation.evaluate import EvaluationPlan, evaluate
from photoaes.offline.evaluation.frozen_tower import frozen_tower, tower_features
from photoaes.offline.evaluation.gathering import gather
from photoaes.offline.evaluation.judging import Judge
from photoaes.offline.evaluation.material import Case
from photoaes.offline.evaluation.methods import check_methods, prepared
from photoaes.running import finished
from tests.tiny import tiny_bank

MODEL, NAMES = "ViT-tiny-of-a-test", [f"{n}.png" for n in range(60)]
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Photos, a bank, and what open_clip needs to know the tower."""
    folder = tmp_path_factory.mktemp("photos")
    rng = np.random.default_rng(0)
    for name in NAMES:
        pixels = rng.integers(0, 256, (9, 12, 3)).astype(np.uint8)
        Image.fromarray(pixels).resize((64, 48), Image.Resampling.BICUBIC).save(folder / name)
    tiny_bank(folder / "bank")
    said = {
        "embed_dim": 24,
        "vision_cfg": {
            "image_size": 32,
            "layers": 2,
            "width": 24,
            "head_width": 8,
            "patch_size": 8,
        },
        "text_cfg": {"context_length": 4, "vocab_size": 8, "width": 8, "heads": 1, "layers": 1},
    }
    config = folder / "configs" / f"{MODEL}.json"
    config.parent.mkdir()
    config.write_text(json.dumps(said))
    before = list(_MODEL_CONFIG_PATHS)
    open_clip.add_model_config(config)
    torch.manual_seed(0)
    torch.save(open_clip.create_model(MODEL).state_dict(), folder / "weights.pt")
    yield folder
    _MODEL_CONFIG_PATHS[:] = before
    _rescan_model_configs()


def _paths(folder: Path) -> list[Path]:
    return [folder / name for name in NAMES]


def test_photos_go_through_the_tower_as_open_clip_has_them(folder: Path) -> None:
    tower = frozen_tower(f"{MODEL}/{folder / 'weights.pt'}")
    found = tower_features(tower, _paths(folder), CPU)
    model, _, transform = open_clip.create_model_and_transforms(
        MODEL, pretrained=str(folder / "weights.pt")
    )
    photos = torch.stack([transform(Image.open(path)) for path in _paths(folder)])
    with torch.inference_mode():
        theirs = model.eval().encode_image(photos, normalize=True).numpy()
    assert to_pil_image(photos[0]).size == (32, 32)
    # Crop and resize are one step here and two there.
    assert (found * theirs).sum(axis=1).min() > 0.99
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(len(NAMES)), abs=1e-5)


def test_it_is_measured_once_and_anew_for_other_weights(folder: Path, tmp_path: Path) -> None:
    weights = tmp_path / "weights.pt"
    weights.write_bytes((folder / "weights.pt").read_bytes())
    tower, cache = frozen_tower(f"{MODEL}/{weights}"), tmp_path / "cache"
    first = tower_features(tower, _paths(folder), CPU, cache)
    (kept,) = cache.glob("tower-*.npz")
    with np.load(kept) as found:
        changed = {**found, "embeddings": found["embeddings"] + 1}
    np.savez(kept, **changed)
    np.testing.assert_array_equal(tower_features(tower, _paths(folder), CPU, cache), first + 1)
    fewer = tower_features(tower, _paths(folder)[:5], CPU, cache)
    np.testing.assert_allclose(fewer, first[:5], atol=1e-6)
    torch.manual_seed(1)
    torch.save(open_clip.create_model(MODEL).state_dict(), weights)
    assert np.abs(tower_features(tower, _paths(folder), CPU, cache) - first).max() > 0.01


@pytest.mark.parametrize("method", ["ridge", "gp", "logistic"])
def test_whoever_rates_by_what_the_tower_sees_is_learned_on_it(folder: Path, method: str) -> None:
    label = f"{method}:tower={MODEL}/{folder / 'weights.pt'}"
    check_methods([label], ())
    bank = read_bank(folder / "bank")
    material = gather(bank, _paths(folder), FitSettings(), CPU, folder / "cache")
    seen = tower_features(frozen_tower(label.split("=")[1]), _paths(folder), CPU)
    taste = (seen - seen.mean(axis=0)) @ np.random.default_rng(2).normal(size=seen.shape[1])
    stars = 1 + 4 * taste.argsort().argsort() / (len(NAMES) - 1)
    # The bank's own tower is to tell nothing.
    blind = replace(material, features=np.zeros_like(material.features))
    case = Case(np.arange(40), stars[:40], np.arange(40, 60))
    ((on_tower,), (on_bank,)) = (prepared(blind, one)([case]) for one in (label, method))
    assert srocc(on_tower.scores, stars[40:]) > 0.3
    assert srocc(on_bank.scores, material.experts_mean[40:]) > 0.999


def test_an_evaluation_judges_it_beside_the_others(folder: Path, tmp_path: Path) -> None:
    label = f"ridge:tower={MODEL}/{folder / 'weights.pt'}"
    material = gather(read_bank(folder / "bank"), _paths(folder), FitSettings(), CPU)
    rng = np.random.default_rng(0)
    ratings = {"p": {name: float(rng.integers(1, 6)) for name in NAMES}}
    plan = EvaluationPlan(("p",), (5,), 2, ("K=0", label))
    run = evaluate(Judge(material, NAMES, ratings), NAMES, ratings, plan, tmp_path / "r.csv")
    assert {result.method for result in finished(run)} == {"K=0", label}


@pytest.mark.parametrize(
    ("tower", "said"),
    [
        ("ViT-of-nobody/openai", "no model named 'ViT-of-nobody'"),
        ("hf-hub:someone/model", "no model named 'hf-hub:someone'"),
        ("ViT-B-32/of-nobody", "no weights that open_clip has for ViT-B-32: .*openai"),
        (MODEL, "'' is no file, and .* for .*: it has none"),
    ],
)
def test_a_tower_that_nobody_knows_is_refused_before_hours_are_spent(
    folder: Path, tower: str, said: str
) -> None:
    with pytest.raises(InputInvalid, match=said):
        check_methods([f"ridge:tower={tower}"], ())


def test_weights_of_another_model_are_refused_in_words(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "noise.pt").write_bytes(b"noise")
    torch.save({"visual.proj": torch.zeros(3, 3)}, tmp_path / "other.pt")
    for name in ("noise.pt", "other.pt"):
        tower = frozen_tower(f"{MODEL}/{tmp_path / name}")
        with pytest.raises(InputInvalid, match=f"{name} holds no weights that fit {MODEL}"):
            tower_features(tower, _paths(folder), CPU)
