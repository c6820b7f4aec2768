"""How much a frozen tower sees: what a linear model reads off its features.

Two figures on photos with a mean score and a theme: the SROCC of a ridge regression for the score
on themes it has not seen, and how often a photo's nearest neighbour is of the same theme.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from photoaes.model.metrics import srocc
from photoaes.model.paper.backbone import BackboneSpec

FOLDS = 10
BATCH = 32
# The ridge's strength for standardised features of a few hundred photos.
STRENGTH = 100.0


@dataclass(frozen=True)
class Probe:
    """`ridge`: SROCC on unseen themes, -1..1; `same_theme`: share of nearest neighbours, 0..1."""

    ridge: float
    same_theme: float


def tower_features(
    spec: BackboneSpec, tensors: Mapping[str, Tensor], photos: NDArray[np.uint8]
) -> tuple[NDArray[np.float32], float]:
    """A tower's features [N, d] of photos as bytes [N, S, S, 3], and photos per second."""
    tower = spec.build().eval()
    tower.load_state_dict(dict(tensors))
    begun = time.perf_counter()
    with torch.inference_mode():
        parts = [
            tower(spec.preprocessing.normalise(torch.from_numpy(photos[i : i + BATCH])))
            for i in range(0, len(photos), BATCH)
        ]
    pace = len(photos) / (time.perf_counter() - begun)
    features: NDArray[np.float32] = torch.cat(parts).numpy()
    return features, pace


def probe(
    features: NDArray[np.float32], scores: NDArray[np.float64], themes: Sequence[str]
) -> Probe:
    """Features [N, d] of N photos against their mean scores [N] and themes."""
    spread = features.std(axis=0)
    x = (features - features.mean(axis=0)) / np.where(spread > 0, spread, 1)
    return Probe(
        ridge=srocc(_held_out_ridge(x, scores, theme_folds(themes)), scores),
        same_theme=_same_theme(x, themes),
    )


def theme_folds(themes: Sequence[str], folds: int = FOLDS, seed: int = 0) -> NDArray[np.int64]:
    """A fold 0..folds-1 for each photo [N]; photos of one theme share theirs."""
    names = sorted(set(themes))
    order = np.random.default_rng(seed).permutation(len(names))
    fold_of = {names[theme]: position % folds for position, theme in enumerate(order)}
    return np.array([fold_of[theme] for theme in themes])


def _held_out_ridge(
    x: NDArray[np.float32], y: NDArray[np.float64], folds: NDArray[np.int64]
) -> NDArray[np.float64]:
    predicted = np.empty(len(y))
    for fold in np.unique(folds):
        seen = folds != fold
        mean = y[seen].mean()
        gram = x[seen].T @ x[seen] + STRENGTH * np.eye(x.shape[1])
        weights = np.linalg.solve(gram, x[seen].T @ (y[seen] - mean))
        predicted[~seen] = x[~seen] @ weights + mean
    return predicted


def _same_theme(x: NDArray[np.float32], themes: Sequence[str]) -> float:
    unit = x / np.linalg.norm(x, axis=1, keepdims=True)
    alike = unit @ unit.T
    np.fill_diagonal(alike, -np.inf)
    nearest = alike.argmax(axis=1)
    return float(np.mean([themes[i] == themes[j] for i, j in enumerate(nearest)]))
