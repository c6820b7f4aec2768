"""What any tower of open_clip's sees in the photos: the field's baseline, a ridge on its features.

A tower is named `MODEL/WEIGHTS`: a model that open_clip lists, with one of its tags or a file, such
as `ViT-B-16/datacomp_xl_s13b_b90k` or `ViT-B-16/weights.safetensors`. The photos go in as open_clip
says of the tag (of a file it says nothing, so that the model's own way serves), always bicubic.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray

from photoaes.errors import InputInvalid
from photoaes.model.bank.pretrained import fetch_pretrained
from photoaes.model.paper.backbone import BackboneSpec, Preprocessing
from photoaes.model.paper.layers import open_clip_folder
from photoaes.offline.evaluation.kept_arrays import Arrays, kept_arrays
from photoaes.offline.experts.decoding import decode, decode_into

if TYPE_CHECKING:
    from torch import nn

BATCH = 16


@dataclass(frozen=True)
class FrozenTower:
    """A model of open_clip's, and a tag of its or a file of weights."""

    model: str
    weights: str

    @property
    def file(self) -> Path | None:
        """The file of weights, None for a tag."""
        return Path(self.weights) if Path(self.weights).is_file() else None

    @property
    def key(self) -> str:
        """Another one for other weights: features are kept by it."""
        said = [self.model, self.weights]
        if self.file is not None:
            kept = self.file.stat()
            said += [str(self.file.resolve()), str(kept.st_size), str(kept.st_mtime_ns)]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def frozen_tower(text: str) -> FrozenTower:
    """What `MODEL/WEIGHTS` names. Raises InputInvalid where open_clip has no such model or tag, and
    there is no such file; nothing is loaded."""
    model, _, weights = text.partition("/")
    open_clip_folder()
    import open_clip

    # Names of the hub and of folders would be looked up on the network, or run what lies there.
    if model not in open_clip.list_models():
        raise InputInvalid(f"open_clip knows no model named {model!r} (MODEL/TAG or MODEL/FILE).")
    tags = open_clip.list_pretrained_tags_by_model(model)
    tower = FrozenTower(model, weights)
    if weights not in tags and tower.file is None:
        raise InputInvalid(
            f"{weights!r} is no file, and no weights that open_clip has for {model}: "
            f"{', '.join(tags) or 'it has none'}."
        )
    return tower


def tower_features(
    tower: FrozenTower, paths: Sequence[Path], device: torch.device, cache: Path | None = None
) -> NDArray[np.float32]:
    """The photos' embeddings [N, D], each of length 1, kept in the folder `cache`.

    Raises InputInvalid for weights that do not fit the model or that see a photo as no number, and
    DownloadFailed where a tag's are neither here nor to be had.
    """
    file = cache / f"tower-{tower.key}.npz" if cache else None

    def measured() -> Arrays:
        embeddings = _measured(tower, paths, device, cache)
        if not np.isfinite(embeddings).all():
            raise InputInvalid(
                f"{tower.model} with {tower.weights} makes no numbers of some photos."
            )
        return {"embeddings": embeddings}

    return kept_arrays(file, [str(path) for path in paths], measured)["embeddings"]


def _measured(
    tower: FrozenTower, paths: Sequence[Path], device: torch.device, cache: Path | None
) -> NDArray[np.float32]:
    model, way = _loaded(tower)
    found = decode_into(cache, paths, way) if cache else decode(paths, way)
    model.to(device)
    rows = []
    with torch.inference_mode():
        for start in range(0, len(paths), BATCH):
            pixels = torch.from_numpy(found.pixels[start : start + BATCH]).to(device)
            rows.append(model.encode_image(way.normalise(pixels), normalize=True).float().cpu())  # type: ignore[operator]
    return torch.cat(rows).numpy()


def _loaded(tower: FrozenTower) -> tuple[nn.Module, Preprocessing]:
    """The model with its weights, and how photos go in."""
    import open_clip

    said: dict[str, Any] = {}
    path = tower.file
    if path is None:
        said = open_clip.get_pretrained_cfg(tower.model, tower.weights)
        path = fetch_pretrained(BackboneSpec(tower.model, tower.weights))
    try:
        model = open_clip.create_model(
            tower.model,
            pretrained=str(path),
            force_quick_gelu=bool(said.get("quick_gelu", False)),
        )
    except (RuntimeError, ValueError, KeyError, OSError, pickle.UnpicklingError) as error:
        raise InputInvalid(
            f"{tower.weights} holds no weights that fit {tower.model}: {error}"
        ) from error
    return model.eval(), _way(tower, open_clip.get_model_preprocess_cfg(model) | said)


def _way(tower: FrozenTower, said: dict[str, Any]) -> Preprocessing:
    """As open_clip's transform for evaluation has it."""
    size, mode = said["size"], said.get("resize_mode", "shortest")
    width, height = (size, size) if isinstance(size, int) else size
    if width != height or mode not in ("shortest", "squash"):
        raise InputInvalid(f"{tower.model} wants photos that are no squares, or padded ones.")
    mean, std = (tuple(map(float, said[key])) for key in ("mean", "std"))
    return Preprocessing(width, width, mean, std, whole=mode == "squash")  # type: ignore[arg-type]
