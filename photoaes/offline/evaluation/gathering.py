"""Photos as the compared methods see them, measured once for each bank."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from photoaes.model.bank.manifest import Bank
from photoaes.model.paper.fit_settings import FitSettings
from photoaes.model.taste.prior import plain_prior, read_prior
from photoaes.model.taste.tangent import layout_of, tangent_of
from photoaes.offline.evaluation.material import Material
from photoaes.offline.experts.train import read_photos

BATCH = 16


def gather(
    bank: Bank,
    paths: Sequence[Path],
    settings: FitSettings,
    device: torch.device,
    cache: Path | None = None,
) -> Material:
    """Read and measure photos; features and experts' scores are kept in the folder `cache`."""
    pixels = read_photos(paths, bank.backbone.preprocessing)
    merger = bank.merger(device)
    names = np.array(["/".join(path.parts[-3:]) for path in paths])
    file = cache / f"{bank.digest()[:16]}.npz" if cache else None
    found = _cached(file, names)
    if found is None:
        found = features_of(bank, pixels, device), merger.expert_scores(pixels)
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            np.savez(file, names=names, features=found[0], experts=found[1])
    features, experts = found
    layout = layout_of(bank)
    prior = read_prior(bank) or plain_prior(layout, features)
    chosen = tuple(range(len(layout.tasks)))
    return Material(merger, layout, pixels, features, experts, prior, settings, chosen)


def features_of(bank: Bank, pixels: NDArray[np.uint8], device: torch.device) -> NDArray[np.float16]:
    """Rows of features [N, 1 + n L + d] of photos as bytes [N, S, S, 3]."""
    tangent = tangent_of(bank, device)
    parts = [tangent.features(pixels[i : i + BATCH]) for i in range(0, len(pixels), BATCH)]
    return np.concatenate(parts)


def _cached(
    file: Path | None, names: NDArray[np.str_]
) -> tuple[NDArray[np.float16], NDArray[np.float64]] | None:
    if file is None or not file.is_file():
        return None
    with np.load(file) as kept:
        if not np.array_equal(kept["names"], names):
            return None
        return kept["features"], kept["experts"]
