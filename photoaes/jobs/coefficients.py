"""Coefficients by name, as profiles and results hold them: alpha[task][layer]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photoaes.errors import BankInvalid

if TYPE_CHECKING:
    from torch import Tensor

    from photoaes.model.paper.merge import Merger

Coefficients = Mapping[str, Mapping[str, float]]


def by_name(
    tasks: Sequence[str], layers: Sequence[str], alpha: NDArray[np.floating]
) -> dict[str, dict[str, float]]:
    """alpha [n, L] as a mapping, alpha[task][layer]."""
    return {
        task: dict(zip(layers, row.tolist(), strict=True))
        for task, row in zip(tasks, alpha, strict=True)
    }


def alpha_of(merger: Merger, learned: Coefficients) -> Tensor:
    """alpha [n, L] from coefficients by name. Raises BankInvalid where the bank has others."""
    import torch

    try:
        rows = [
            [learned[task][name] for name in merger.vectors.names] for task in merger.vectors.tasks
        ]
    except KeyError as error:
        raise BankInvalid(
            f"The taste profile was learned with another bank: it lacks {error}."
        ) from error
    return torch.tensor(rows)
