"""The vision tower, and how a photo becomes its input.

Every open_clip vision tower can be used, by its model name and pretrained tag, and so can a small
one whose configuration and weights a bank carries itself. Without torch, and for a bank's own tower
without open_clip, until one is built: what is only looked up need not wait for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photoaes.errors import BankInvalid
from photoaes.model.paper.layers import is_plain, plain_layers, published_config

if TYPE_CHECKING:
    from torch import Tensor, nn

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
        import torch

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

    def build(self) -> nn.Module:
        """The tower with random weights (torch's own generator); input [B, 3, S, S], output [B, d].

        Raises InputInvalid for an unknown model, BankInvalid for a configuration of a bank that
        cannot be built.
        """
        embed_dim, vision, quick_gelu = self.config()
        try:
            if self.vision is not None and is_plain(vision):
                from photoaes.model.paper.tower import Tower

                return Tower(embed_dim, vision)
            import open_clip

            config = open_clip.CLIPVisionCfg(**vision)
            # The public `create_model` would build the text tower too: 63 M parameters for nothing.
            tower: nn.Module = open_clip.model._build_vision_tower(embed_dim, config, quick_gelu)
        except (TypeError, ValueError, ZeroDivisionError, AssertionError, RuntimeError) as error:
            raise BankInvalid(f"The backbone {self.model!r} cannot be built: {error}.") from error
        return tower

    @property
    def embed_dim(self) -> int:
        """Length d of the tower's output."""
        return self._config()[0]

    def layers(self) -> tuple[str, ...]:
        """All layers of a score model over this tower, in order. Raises as `build`."""
        vision = self._config()[1]
        if is_plain(vision):
            return plain_layers(vision)
        import torch

        from photoaes.model.paper.score_model import ScoreModel, layer_names

        with torch.device("meta"):
            return tuple(layer_names(ScoreModel(self.build(), self.embed_dim)))

    def config(self) -> tuple[int, Mapping[str, Any], bool]:
        """Embedding size, vision configuration, and whether the tower uses QuickGELU."""
        embed_dim, vision = self._config()
        if self.vision is not None:
            return embed_dim, vision, False
        import open_clip

        tag = open_clip.get_pretrained_cfg(self.model, self.pretrained or "") or {}
        said = published_config(self.model)
        quick = bool(said.get("quick_gelu", False) or tag.get("quick_gelu", False))
        return embed_dim, vision, quick

    def _config(self) -> tuple[int, Mapping[str, Any]]:
        """Embedding size and vision configuration."""
        if self.vision is not None:
            vision = dict(self.vision)
            return int(vision.pop("embed_dim", 0)), vision
        # Never asked of open_clip: it takes names of the hub and of folders too, and would look.
        said = published_config(self.model)
        return int(said["embed_dim"]), said["vision_cfg"]
