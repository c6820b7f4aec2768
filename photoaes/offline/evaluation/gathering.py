"""Photos as the compared methods see them, measured once for each bank."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from photoaes.model.bank.manifest import Bank
from photoaes.model.paper.fit_settings import FitSettings
from photoaes.model.taste.basis import read_basis
from photoaes.model.taste.experts_prior import experts_prior
from photoaes.model.taste.prior import read_prior
from photoaes.model.taste.tangent import tangent_of
from photoaes.new_files import new_file
from photoaes.offline.evaluation.material import Material
from photoaes.offline.experts.decoding import read_photos

BATCH = 16
# Features, J and the experts' scores.
Kept = tuple[NDArray[np.float16], NDArray[np.float32], NDArray[np.float64]]


def gather(
    bank: Bank,
    paths: Sequence[Path],
    settings: FitSettings,
    device: torch.device,
    cache: Path | None = None,
    pixels: NDArray[np.uint8] | None = None,
) -> Material:
    """Measure photos, and read them unless their `pixels` [N, S, S, 3] are given; features and
    experts' scores are kept in the folder `cache`."""
    basis, merger = read_basis(bank), bank.merger(device)
    if pixels is None:
        pixels = read_photos(paths, merger.preprocessing)
    names = np.array(["/".join(path.parts[-3:]) for path in paths])
    file = cache / f"{bank.digest()[:16]}.npz" if cache else None
    found = _cached(file, names)
    if found is None:
        features, gradients = features_of(bank, pixels, device)
        found = features, gradients, merger.expert_scores(pixels)
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            features, gradients, experts = found
            with new_file(file, over=True) as kept:
                np.savez(kept, names=names, features=features, gradients=gradients, experts=experts)
    features, gradients, experts = found
    prior = read_prior(bank, basis) or experts_prior(basis, features, experts)
    chosen = tuple(range(len(basis.tasks)))
    return Material(
        bank,
        merger,
        basis,
        pixels,
        features,
        gradients,
        experts,
        prior,
        settings,
        chosen,
        tuple(paths),
        cache,
    )


def features_of(
    bank: Bank, pixels: NDArray[np.uint8], device: torch.device
) -> tuple[NDArray[np.float16], NDArray[np.float32]]:
    """Rows of features [N, 1 + D + d] and J [N, n L] of photos as bytes [N, S, S, 3]."""
    tangent = tangent_of(bank, device)
    features, gradients = [], []
    for start in range(0, len(pixels), BATCH):
        found = tangent.measured(pixels[start : start + BATCH])
        features.append(tangent.basis.packed(found.scores, found.gradients, found.levels))
        gradients.append(found.gradients.flatten(1).float().cpu().numpy())
    return np.concatenate(features), np.concatenate(gradients)


def _cached(file: Path | None, names: NDArray[np.str_]) -> Kept | None:
    if file is None or not file.is_file():
        return None
    with np.load(file) as kept:
        if not np.array_equal(kept["names"], names):
            return None
        return kept["features"], kept["gradients"], kept["experts"]
