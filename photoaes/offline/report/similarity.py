"""How alike a bank's task vectors are, and how many coefficients it asks for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from photoaes.model.bank.manifest import Bank, Task
from photoaes.model.paper.task_vector import Layer, TaskVectors

BACKBONE = "backbone."


@dataclass(frozen=True)
class BankSimilarity:
    """What a report says of a bank. `cosines` [n, n] are of the backbone's layers, concatenated;
    coefficients are counted without the head's layers, and with them."""

    name: str
    digest: str
    tasks: tuple[str, ...]
    cosines: NDArray[np.float64]
    coefficients: int
    coefficients_with_head: int
    experts: tuple[Task, ...] = ()


def bank_facts(bank: Bank) -> BankSimilarity:
    """Reads all task vectors. Raises BankInvalid for a damaged bank."""
    vectors = bank.task_vectors()
    count = len(vectors.tasks)
    return BankSimilarity(
        bank.name,
        bank.digest(),
        vectors.tasks,
        cosines(vectors),
        count * sum(name.startswith(BACKBONE) for name in vectors.names),
        count * len(vectors.names),
        bank.tasks,
    )


def cosines(vectors: TaskVectors) -> NDArray[np.float64]:
    """Cosine of each task vector to each other, [n, n], -1..1; a layer at a time, without the head.

    The head has no pretrained base: its tensors are no difference, and would drown the rest.
    """
    tasks = len(vectors.tasks)
    inner = torch.zeros(tasks, tasks, dtype=torch.float64)
    for name, layer in vectors.layers.items():
        if name.startswith(BACKBONE):
            inner += _inner(layer, tasks)
    length = inner.diagonal().sqrt().clamp_min(1e-30)  # a task that changed nothing is like none
    found: NDArray[np.float64] = (inner / length[:, None] / length[None, :]).numpy()
    return found


def _inner(layer: Layer, tasks: int) -> Tensor:
    """<tau_i, tau_j> of one layer, [n, n]; expands the n vectors of this layer alone."""
    values = torch.stack([layer.combined(one) for one in torch.eye(tasks)]).flatten(1).double()
    return values @ values.T
