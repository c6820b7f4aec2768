"""The vision tower, and how a photo becomes its input.

Every open_clip vision tower can be used, by its model name and pretrained tag, and so can a small
one whose configuration and weights a bank carries itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import open_clip
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn

from photoaes.errors import BankInvalid, InputInvalid

# The mean and standard deviation of CLIP's training images, RGB in 0..1 (paper, appendix D).
CLIP_MEAN = (0.48145466, 0.4578275, 0.40821073)
CLIP_STD = (0.26862954, 0.26130258, 0.27577711)


@dataclass(frozen=True)
class Preprocessing:
    """A photo's way into the tower: short side to `resize` px (bicubic), centre square `crop`.

    With `whole` nothing is cut off: the photo is squeezed into the square. The centre square
    hides half of a 3:2 photo. `mean` and `std` are per RGB channel, for values in 0..1.
    """

    resize: int = 256
    crop: int = 224
    mean: tuple[float, float, float] = CLIP_MEAN
    std: tuple[float, float, float] = CLIP_STD
    whole: bool = False

    def pixels(self, image: Image.Image) -> NDArray[np.uint8]:
        """An upright RGB image as [crop, crop, 3] bytes."""
        box = None if self.whole else self._centre(image)
        square = image.resize((self.crop, self.crop), Image.Resampling.BICUBIC, box=box)
        return np.asarray(square, dtype=np.uint8)

    def _centre(self, image: Image.Image) -> tuple[float, float, float, float]:
        """What the centre square covers in the photo: crop and resize are one step."""
        short = min(image.size)
        # Rounded as torchvision's Resize and CenterCrop do, which the experts were trained with.
        width, height = (max(self.crop, self.resize * side // short) for side in image.size)
        left, top = round((width - self.crop) / 2), round((height - self.crop) / 2)
        return (
            left * image.width / width,
            top * image.height / height,
            (left + self.crop) * image.width / width,
            (top + self.crop) * image.height / height,
        )

    def normalise(self, pixels: Tensor) -> Tensor:
        """Bytes [B, crop, crop, 3] on any device as the tower's float32 [B, 3, crop, crop]."""
        mean = torch.tensor(self.mean, device=pixels.device)
        std = torch.tensor(self.std, device=pixels.device)
        return ((pixels.float() / 255 - mean) / std).permute(0, 3, 1, 2)


def parsed_preprocessing(entry: Mapping[str, Any]) -> Preprocessing:
    """From a manifest. Raises KeyError, TypeError or ValueError for what it does not hold."""
    mean, std = (_channels(entry[key]) for key in ("mean", "std"))
    whole = entry.get("whole", False)
    if not isinstance(whole, bool):
        raise TypeError(f"whole must be true or false, not {whole!r}")
    return Preprocessing(int(entry["resize"]), int(entry["crop"]), mean, std, whole)


def _channels(values: Sequence[float]) -> tuple[float, float, float]:
    red, green, blue = map(float, values)
    return red, green, blue


@dataclass(frozen=True)
class BackboneSpec:
    """Which vision tower this is.

    Either an open_clip `model` with its `pretrained` tag, or, with `vision` given (the fields of
    open_clip's `CLIPVisionCfg`, and `embed_dim`), a tower of the bank's own called `model`.
    """

    model: str
    pretrained: str | None = None
    vision: Mapping[str, Any] | None = None
    preprocessing: Preprocessing = Preprocessing()

    def config(self) -> tuple[int, Mapping[str, Any], bool]:
        """Embedding size, vision configuration, and whether the tower uses QuickGELU."""
        if self.vision is not None:
            vision = dict(self.vision)
            return int(vision.pop("embed_dim", 0)), vision, False
        # It takes names of the hub and of folders too, and would look there.
        is_known = self.model in open_clip.list_models()
        config = open_clip.get_model_config(self.model) if is_known else None
        if config is None:
            raise InputInvalid(f"open_clip knows no model named {self.model!r}.")
        tag = open_clip.get_pretrained_cfg(self.model, self.pretrained or "") or {}
        quick = bool(config.get("quick_gelu", False) or tag.get("quick_gelu", False))
        return int(config["embed_dim"]), config["vision_cfg"], quick

    def build(self) -> nn.Module:
        """The tower with random weights (torch's own generator); input [B, 3, S, S], output [B, d].

        Raises InputInvalid for an unknown model, BankInvalid for a configuration of a bank that
        open_clip cannot build.
        """
        embed_dim, vision, quick_gelu = self.config()
        try:
            config = open_clip.CLIPVisionCfg(**vision)
            # The public `create_model` would build the text tower too: 63 M parameters for nothing.
            tower: nn.Module = open_clip.model._build_vision_tower(embed_dim, config, quick_gelu)
        except (TypeError, ValueError, ZeroDivisionError, AssertionError, RuntimeError) as error:
            raise BankInvalid(f"The backbone {self.model!r} cannot be built: {error}.") from error
        return tower

    @property
    def embed_dim(self) -> int:
        """Length d of the tower's output."""
        return self.config()[0]
