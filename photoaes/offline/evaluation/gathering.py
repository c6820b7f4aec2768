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
from photoaes.offline.evaluation.kept_arrays import Arrays, kept_arrays
from photoaes.offline.evaluation.material import Material, mean_of_experts
from photoaes.offline.experts.decoding import read_photos

BATCH = 16


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
    names = ["/".join(path.parts[-3:]) for path in paths]
    file = cache / f"{bank.digest()[:16]}.npz" if cache else None

    def measured() -> Arrays:
        features, gradients = features_of(bank, pixels, device)
        experts = merger.expert_scores(pixels)
        return {"features": features, "gradients": gradients, "experts": experts}

    found = kept_arrays(file, names, measured)
    features, experts = found["features"], found["experts"]
    prior = read_prior(bank, basis) or experts_prior(basis, features, mean_of_experts(experts))
    chosen = tuple(range(len(basis.tasks)))
    return Material(
        bank,
        merger,
        basis,
        pixels,
        features,
        found["gradients"],
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
