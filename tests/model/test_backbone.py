"""The vision tower: layers as the paper counts them, preprocessing, pretrained weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import open_clip
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file
from torchvision.transforms import v2

from photoaes.errors import BankInvalid, DownloadFailed, InputInvalid
from photoaes.model.bank.pretrained import pretrained_weights, vision_tensors
from photoaes.model.paper.backbone import BackboneSpec, Preprocessing
from photoaes.model.paper.score_model import ScoreModel, layer_names
from tests.tiny import SPEC


@pytest.mark.parametrize(("name", "layers"), [("ViT-B-16", 152), ("ViT-L-14", 296)])
def test_layers_are_counted_as_the_paper_counts_them(name: str, layers: int) -> None:
    spec = BackboneSpec(name, "datacomp_xl_s13b_b90k")
    tower = spec.build()
    assert len(layer_names(tower)) == layers
    assert len(layer_names(ScoreModel(tower, spec.embed_dim))) == layers + 4


def test_six_experts_have_the_papers_number_of_coefficients() -> None:
    with torch.device("meta"):
        towers = [
            BackboneSpec(n, "datacomp_xl_s13b_b90k").build() for n in ("ViT-B-16", "ViT-L-14")
        ]
    assert [6 * len(layer_names(tower)) for tower in towers] == [912, 1776]


def test_a_real_tower_gives_an_embedding_of_the_papers_size() -> None:
    spec = BackboneSpec("ViT-B-16", "datacomp_xl_s13b_b90k")
    with torch.inference_mode():
        assert spec.build()(torch.zeros(1, 3, 224, 224)).shape == (1, 512)
    assert spec.embed_dim == 512


def test_pixels_agree_with_torchvision_up_to_rounding() -> None:
    rng = np.random.default_rng(0)
    image = Image.fromarray(rng.integers(0, 256, (300, 500, 3), dtype=np.uint8))
    image = image.resize((1000, 600), Image.Resampling.BICUBIC)
    steps = v2.Compose(
        [v2.Resize(256, interpolation=v2.InterpolationMode.BICUBIC), v2.CenterCrop(224)]
    )
    ours = Preprocessing().pixels(image).astype(int)
    assert ours.shape == (224, 224, 3)
    assert np.abs(ours - np.asarray(steps(image)).astype(int)).max() <= 2


def test_a_panorama_and_a_tiny_photo_become_full_squares() -> None:
    for size in ((4000, 300), (300, 4000), (10, 7), (1, 1)):
        pixels = Preprocessing().pixels(Image.new("RGB", size, (255, 0, 0)))
        assert pixels.shape == (224, 224, 3)
        assert (pixels == (255, 0, 0)).all()


def test_normalised_white_is_one_minus_mean_over_std() -> None:
    steps = Preprocessing()
    batch = steps.normalise(torch.full((2, 224, 224, 3), 255, dtype=torch.uint8))
    assert batch.shape == (2, 3, 224, 224)
    expected = [(1 - m) / s for m, s in zip(steps.mean, steps.std, strict=True)]
    torch.testing.assert_close(batch[0, :, 0, 0], torch.tensor(expected))


def test_weights_come_by_name_from_a_checkpoint_that_open_clip_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tower = {f"visual.{name}": p.detach() for name, p in SPEC.build().named_parameters()}
    path = tmp_path / "clip.safetensors"
    save_file({**tower, "logit_scale": torch.ones(1)}, path)
    config = open_clip.pretrained._PRETRAINED["ViT-B-16"]
    monkeypatch.setitem(config, "local", {"file": str(path)})
    weights = pretrained_weights(BackboneSpec("ViT-B-16", "local"))
    assert set(weights) == {name.removeprefix("visual.") for name in tower}
    torch.testing.assert_close(weights["proj"], tower["visual.proj"])


def test_without_a_network_the_sentence_names_the_weights_and_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A closed port on this computer is a real failing connection.
    config = open_clip.pretrained._PRETRAINED["ViT-B-16"]
    monkeypatch.setitem(config, "far", {"url": "http://127.0.0.1:9/weights.pt"})
    with pytest.raises(DownloadFailed, match=r"ViT-B-16 \(far\).*127\.0\.0\.1.*Connect"):
        pretrained_weights(BackboneSpec("ViT-B-16", "far"), tmp_path)


def test_an_unknown_tag_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(InputInvalid, match="datacomp_xl_s13b_b90k"):
        pretrained_weights(BackboneSpec("ViT-B-16", "nonsense"))


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(InputInvalid, match="no model named 'ViT-Q'"):
        BackboneSpec("ViT-Q", "x").build()


@pytest.mark.parametrize(
    "vision", [{"embed_dim": 16, "wheels": 4}, {"embed_dim": 16, "head_width": 0}]
)
def test_a_config_that_cannot_be_built_is_the_banks_fault(vision: dict[str, int]) -> None:
    with pytest.raises(BankInvalid, match="cannot be built"):
        BackboneSpec("odd", vision=vision).build()


def test_the_text_tower_is_dropped_by_its_prefix() -> None:
    state = {
        "visual.proj": torch.ones(1),
        "transformer.x": torch.ones(1),
        "logit_scale": torch.ones(1),
    }
    assert list(vision_tensors(state)) == ["proj"]
