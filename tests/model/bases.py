"""A small basis like the plain one of a bank, without the bank."""

from __future__ import annotations

import numpy as np

from photoaes.model.taste.basis import COEFFICIENTS, TASKS, Basis, Group


def made_basis(
    embed_dim: int, tasks: tuple[str, ...] = ("one", "two"), layers: tuple[str, ...] = ("a", "b")
) -> Basis:
    """One coefficient a task, and the embedding as it is."""
    size = len(tasks) * len(layers)
    each = np.repeat(np.eye(len(tasks), dtype=np.float32), len(layers), axis=1)
    zeros, ones = (np.full(size, value, dtype=np.float32) for value in (0, 1))
    d_zeros, d_ones = (np.full(embed_dim, value, dtype=np.float32) for value in (0, 1))
    groups = (
        Group(TASKS, (COEFFICIENTS,), zeros, ones, each),
        Group("embedding", ("embedding",), d_zeros, d_ones),
    )
    alpha_0 = np.full((len(tasks), len(layers)), 1 / len(tasks), dtype=np.float32)
    return Basis(tasks, layers, embed_dim, alpha_0, groups, {"embedding": embed_dim})
