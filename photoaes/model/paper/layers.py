"""Names of a score model's layers and levels, told without torch.

What was measured before is read by them: an album that is known is ranked without a model.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from photoaes.errors import InputInvalid

STEPS = 10  # of the score: template t = 1..10 (paper, appendix D)
DIRECT = "head.direct."
EMBEDDING = "embedding"
_HEAD = ("head.0.weight", "head.0.bias", "head.3.weight", "head.3.bias")
_FIRST = ("class_embedding", "positional_embedding", "proj", "conv1.weight")
_BLOCK = (
    "ln_1.weight",
    "ln_1.bias",
    "attn.in_proj_weight",
    "attn.in_proj_bias",
    "attn.out_proj.weight",
    "attn.out_proj.bias",
    "ln_2.weight",
    "ln_2.bias",
    "mlp.c_fc.weight",
    "mlp.c_fc.bias",
    "mlp.c_proj.weight",
    "mlp.c_proj.bias",
)
# What a plain vision transformer may say of itself. With anything else it is open_clip's to build.
_PLAIN = {
    "layers",
    "width",
    "head_width",
    "patch_size",
    "image_size",
    "mlp_ratio",
    "no_ln_pre",
    "norm_kwargs",
    "act_kwargs",
}


def is_plain(vision: Mapping[str, Any]) -> bool:
    """Whether that configuration (without `embed_dim`) is of a tower as `paper.tower` builds it."""
    return vision.keys() <= _PLAIN and isinstance(vision.get("layers", 12), int)


def plain_layers(vision: Mapping[str, Any]) -> tuple[str, ...]:
    """All layers of the score model over such a plain tower, in the model's order."""
    norms = () if vision.get("no_ln_pre", False) else ("ln_pre.weight", "ln_pre.bias")
    blocks = tuple(
        f"transformer.resblocks.{number}.{name}"
        for number in range(vision.get("layers", 12))
        for name in _BLOCK
    )
    tower = (*_FIRST, *norms, *blocks, "ln_post.weight", "ln_post.bias")
    return (*(f"backbone.{name}" for name in tower), *_HEAD)


def open_clip_folder() -> Path:
    """Where open_clip lies. Raises InputInvalid where it is not installed; imports nothing."""
    found = importlib.util.find_spec("open_clip")
    if found is None or not found.submodule_search_locations:
        raise InputInvalid(
            "This bank takes its backbone from open_clip, which is not installed. Install it: "
            'pip install "photoaes[clip]"'
        )
    return Path(found.submodule_search_locations[0])


def published_config(model: str) -> Mapping[str, Any]:
    """What open_clip publishes of the model of that name: `embed_dim`, `vision_cfg` and more. Read
    from its file, since open_clip itself takes seconds. Raises InputInvalid for an unknown one."""
    unknown = InputInvalid(f"open_clip knows no model named {model!r}.")
    folder = open_clip_folder() / "model_configs"
    try:
        # Listed, so that no name leads elsewhere.
        files = {path.stem: path for path in folder.glob("*.json")}
        said: Mapping[str, Any] = json.loads(files[model].read_bytes())
    except (KeyError, OSError, ValueError):
        raise unknown from None
    return said
