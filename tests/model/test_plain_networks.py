"""Our networks against those whose names and numbers they have: open_clip's and timm's."""

from __future__ import annotations

from typing import Any

import open_clip
import pytest
import timm
import torch

from photoaes.model.paper.backbone import BackboneSpec
from photoaes.model.paper.companions import COMPANIONS, CompanionSpec
from photoaes.model.paper.efficientnet_lite import EfficientNetLite
from photoaes.model.paper.layers import is_plain
from photoaes.model.paper.score_model import ScoreModel, layer_names
from photoaes.model.paper.tower import Tower

SMALL: dict[str, Any] = {"layers": 2, "width": 32, "head_width": 16, "image_size": 24}
TOWERS: tuple[dict[str, Any], ...] = (
    {**SMALL, "patch_size": 8},
    {**SMALL, "patch_size": 8, "no_ln_pre": True, "norm_kwargs": {"eps": 1e-6}},
    # Pixels are left over at the edge, and the perceptron is of another width.
    {**SMALL, "patch_size": 7, "mlp_ratio": 1.5, "norm_kwargs": None, "act_kwargs": None},
)


def _of_open_clip(vision: dict[str, Any]) -> torch.nn.Module:
    config = open_clip.CLIPVisionCfg(**vision)
    tower: torch.nn.Module = open_clip.model._build_vision_tower(8, config, False)
    return tower


@pytest.mark.parametrize("vision", TOWERS)
def test_a_plain_tower_is_open_clips_number_for_number(vision: dict[str, Any]) -> None:
    torch.manual_seed(3)
    theirs = _of_open_clip(vision).eval()
    torch.manual_seed(3)
    ours = BackboneSpec("own", vision={"embed_dim": 8, **vision}).build().eval()
    assert isinstance(ours, Tower)
    mine, other = dict(ours.named_parameters()), dict(theirs.named_parameters())
    assert list(mine) == list(other)
    for name, tensor in mine.items():
        assert torch.equal(tensor, other[name]), name
    photos = torch.randn(3, 3, 24, 24)
    for half in (False, True):
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            torch.testing.assert_close(ours(photos), theirs(photos), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("vision", [*TOWERS, {**SMALL, "ls_init_value": 1e-4}])
def test_layers_are_named_without_a_model_as_the_model_has_them(vision: dict[str, Any]) -> None:
    spec = BackboneSpec("own", vision={"embed_dim": 8, **vision})
    assert spec.layers() == tuple(layer_names(ScoreModel(spec.build(), 8)))


@pytest.mark.parametrize("name", ["ViT-B-16", "ViT-L-14", "ViT-B-16-quickgelu", "convnext_tiny"])
def test_layers_of_published_models_are_named_in_their_order(name: str) -> None:
    spec = BackboneSpec(name)
    with torch.device("meta"):
        model = ScoreModel(spec.build(), spec.embed_dim)
    assert spec.layers() == tuple(layer_names(model))


@pytest.mark.parametrize(
    "odd", [{"ls_init_value": 0.1}, {"qk_norm": True}, {"pool_type": "avg"}, {"layers": [1, 1]}]
)
def test_what_is_not_plain_is_left_to_open_clip(odd: dict[str, Any]) -> None:
    assert is_plain(SMALL)
    assert not is_plain({**SMALL, **odd})


@pytest.mark.parametrize("spec", COMPANIONS.values(), ids=list(COMPANIONS))
@pytest.mark.parametrize("size", [64, 65, 97])
def test_efficientnet_lite_is_timms_number_for_number(spec: CompanionSpec, size: int) -> None:
    torch.manual_seed(0)
    theirs: Any = timm.create_model(spec.model, pretrained=False).eval()
    ours = EfficientNetLite(spec.widths, spec.depths).eval()
    assert list(ours.state_dict()) == list(theirs.state_dict())
    ours.load_state_dict(theirs.state_dict())
    photos = torch.randn(1, 3, size, size)
    with torch.inference_mode():
        mine, other = ours.forward_features(photos), theirs.forward_features(photos)
        torch.testing.assert_close(mine, other, rtol=1e-5, atol=1e-6)
        torch.testing.assert_close(ours(photos), theirs(photos), rtol=1e-5, atol=1e-6)
