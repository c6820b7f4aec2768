"""A taste as it can be kept and carried to other albums: a linear readout of a photo's features.

    f(x) = constant + s(x) . experts + h(x) . embedding

s [n] are the tasks' scores in the linear model and h [d] the embedding of the backbone merged at
a0, both as `tangent` measures them. It is the posterior mean of `posterior` written out,
so that neither the prior nor the album it was learned in is needed to apply it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photoaes.errors import BankInvalid
from photoaes.model.taste.posterior import Space, Taste
from photoaes.model.taste.tangent import Layout

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Readout:
    """In stars: `constant`, and weights of each task's score [n] and of the embedding [d]."""

    constant: float
    tasks: tuple[str, ...]
    experts: Floats
    embedding: Floats

    def scores(self, layout: Layout, features: NDArray[np.float16]) -> NDArray[np.float32]:
        """Scores [N] in stars. Raises BankInvalid for features of another bank."""
        if layout.tasks != self.tasks or layout.embed_dim != len(self.embedding):
            raise BankInvalid("The taste was learned with a bank of other tasks than this one.")
        found = self.constant + layout.experts(features) @ self.experts
        return (found + layout.embeddings(features) @ self.embedding).astype(np.float32)

    def as_json(self) -> dict[str, Any]:
        """Plain numbers by name."""
        return {
            "constant": self.constant,
            "experts": dict(zip(self.tasks, self.experts.tolist(), strict=True)),
            "embedding": self.embedding.tolist(),
        }


def read_readout(said: Mapping[str, Any]) -> Readout:
    """What `as_json` wrote."""
    experts = np.array(list(said["experts"].values()), dtype=np.float64)
    embedding = np.array(said["embedding"], dtype=np.float64)
    return Readout(float(said["constant"]), tuple(said["experts"]), experts, embedding)


def readout_of(space: Space, taste: Taste, blend: float) -> Readout:
    """The score that ranks: `blend` parts of the taste's own, the rest the general one."""
    prior, d = space.prior, space.layout.embed_dim
    weights = blend * taste.weights.astype(np.float64)
    # psi = [deviation of the mean, slope (m - mean), residual e / sqrt(d)] as in `taste_space`.
    steep = 1 + weights[1] * space.slope
    experts = steep * prior.expert_weights / prior.expert_scale
    own = weights[2:] * prior.spread.residual / np.sqrt(d)
    embedding = (steep * prior.direction + own) / prior.embedding_scale
    constant = prior.mean + weights[0] * prior.spread.mean
    constant -= experts @ prior.expert_centre + embedding @ prior.embedding_centre
    return Readout(
        float(constant),
        space.layout.tasks,
        experts.astype(np.float64),
        embedding.astype(np.float64),
    )
