"""Why a photo's personal score differs from the general one: exact in the linear model.

The difference is linear in the photo's features. What lies along coefficients is split over the
tasks: components are orthonormal, so w . z = sum over tasks of (C' w)_t . (C' z)_t. The rest is the
head's row, which is the person's own, and how generous or strict the person is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from photoaes.model.taste.basis import Basis, Group
from photoaes.model.taste.readout import Readout

# Beside the tasks' names: what no expert carries, and what is the same for all photos.
ROW, STRICTNESS = "row", "strictness"
Floats = NDArray[np.float32]


def parts_of(basis: Basis) -> tuple[str, ...]:
    """The names of the parts that a score's difference is split into."""
    return (*basis.tasks, ROW, STRICTNESS)


def split(
    basis: Basis, personal: Readout, general: Readout, features: NDArray[np.float16]
) -> Floats:
    """The parts [N, n + 2] of personal less general score, in stars; they add up to it."""
    z = basis.directions(features)
    moved = personal.weights(basis) - general.weights(basis)
    parts = np.zeros((len(z), len(basis.tasks) + 2), dtype=np.float32)
    for group in basis.groups:
        place = basis.places[group.name]
        if group.is_coefficients:
            parts[:, :-2] += _by_task(basis, group, moved[place], z[:, place])
        else:
            parts[:, -2] += z[:, place] @ moved[place]
    steps = (personal.score - general.score) * basis.scores(features)
    parts[:, -1] = personal.constant - general.constant + steps
    return parts


def _by_task(basis: Basis, group: Group, weights: Floats, z: Floats) -> Floats:
    """The group's part of each task, [N, n]."""
    count = len(basis.tasks)
    columns = np.arange(basis.alpha_0.size) if group.columns is None else group.columns
    task = columns // len(basis.layers)
    if group.components is None:
        on_raw, raw = weights, z
        return np.stack([raw[:, task == t] @ on_raw[task == t] for t in range(count)], axis=1)
    on_raw = weights @ group.components
    found = np.empty((len(z), count), dtype=np.float32)
    for t in range(count):
        own = group.components[:, task == t]
        found[:, t] = z @ (own @ on_raw[task == t])
    return found / _lengths(group)


def _lengths(group: Group) -> np.float32:
    """The squared length of a component: 1, but in the plain basis, where it is L."""
    assert group.components is not None
    return np.float32((group.components[0] ** 2).sum())
