"""A taste written out: linear in a photo's features, and thereby a merged model.

    f(x) = constant + score f0(x) + z(x) . features

f0 is the score of the model merged at alpha_0 and z [D] are the features (`basis`). It is the
posterior mean, so that neither the prior nor the album it was learned in is needed to apply it.
Since z is linear in J and in the levels that the head's row reads, the same numbers are
coefficients of the task vectors, the row, and a template in the person's stars:

    theta_p = theta_pre + sum (alpha_0 + delta) tau,    stars = p . t' + w . levels(x)

The merged model's own scores differ from the linear ones where coefficients move far.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photoaes.errors import BankInvalid
from photoaes.model.paper.layers import STEPS
from photoaes.model.taste.basis import TASKS, Basis
from photoaes.model.taste.posterior import Space, Taste
from photoaes.model.taste.prior import Prior

Floats = NDArray[np.float32]
# A taste that turns the score at alpha_0 around, or nearly to nothing, cannot be reached by moving
# coefficients a little: so much of the score's weight stays, of either sign.
LEAST_SLOPE = 0.02


@dataclass(frozen=True)
class Merged:
    """A person's model: alpha [n, L], the template [10] in stars, the row [R] and its constant."""

    alpha: Floats
    template: Floats
    row: Floats
    constant: float


@dataclass(frozen=True)
class Readout:
    """In stars: `constant`, the weight of f0, and weights [D] of the features by group."""

    constant: float
    score: float
    features: Mapping[str, Floats]

    def scores(self, basis: Basis, features: NDArray[np.float16]) -> Floats:
        """Scores [N] in the linear model. Raises BankInvalid for features of another bank."""
        on_score = self.constant + self.score * basis.scores(features)
        return (on_score + basis.directions(features) @ self.weights(basis)).astype(np.float32)

    def weights(self, basis: Basis) -> Floats:
        """Weights [D] in the basis' order. Raises BankInvalid where the bank has other features."""
        known = {group.name: group.width for group in basis.groups}
        if {name: len(values) for name, values in self.features.items()} != known:
            raise BankInvalid("The taste was learned with another bank than this one.")
        return np.concatenate([self.features[group.name] for group in basis.groups])

    def merged(self, basis: Basis) -> Merged:
        """The merged model that has this for its linear model. Raises BankInvalid."""
        weights = self.weights(basis)
        slope = self.score
        if abs(slope) < LEAST_SLOPE:
            slope = LEAST_SLOPE if slope >= 0 else -LEAST_SLOPE
        moved, offset = basis.coefficients(weights)
        row, constant = basis.row(weights)
        template = slope * np.arange(1, STEPS + 1, dtype=np.float32)
        alpha = basis.alpha_0 + moved / np.float32(slope)
        return Merged(alpha, template, row, self.constant + offset + constant)

    def tower(self, basis: Basis) -> Readout:
        """What of it the merged tower gives, without the companion's levels."""
        own = {group.name for group in basis.without_companion().groups}
        return replace(self, features={n: w for n, w in self.features.items() if n in own})

    def companion_scores(self, basis: Basis, features: NDArray[np.float16]) -> Floats:
        """The rest [N], from features: the companion's levels do not move with coefficients."""
        own = {group.name for group in basis.without_companion().groups}
        weights = self.weights(basis).copy()
        for name in own:
            weights[basis.places[name]] = 0
        found: Floats = basis.directions(features) @ weights
        return found

    def as_json(self) -> dict[str, Any]:
        """The weights as plain numbers by name."""
        features = {name: values.tolist() for name, values in self.features.items()}
        return {"constant": self.constant, "score": self.score, "features": features}


def read_readout(said: Mapping[str, Any], basis: Basis) -> Readout:
    """What `as_json` wrote, or a taste of store version 2. Raises BankInvalid."""
    try:
        if "experts" in said:
            return _version_2(said, basis)
        features = {n: np.array(v, dtype=np.float32) for n, v in said["features"].items()}
        return Readout(float(said["constant"]), float(said["score"]), features)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BankInvalid(f"The taste profile is damaged: {error}.") from error


def readout_of(space: Space, taste: Taste, blend: float) -> Readout:
    """The score that ranks: `blend` parts of the taste's own, the rest the general one."""
    prior = space.prior
    weights = blend * taste.weights
    # psi = [deviation of the mean, slope (m - mean), scale (z - centre)] as in `taste_space`.
    steep = 1 + float(weights[1]) * space.slope
    on_features = steep * prior.general + weights[2:] * prior.scale
    constant = prior.mean + float(weights[0]) * prior.spread.mean
    constant -= steep * prior.slope * prior.score_centre + float(on_features @ prior.centre)
    return _grouped(space.basis, constant, steep * prior.slope, on_features)


def general_readout(basis: Basis, prior: Prior) -> Readout:
    """The general score as a readout."""
    constant = prior.mean - prior.slope * prior.score_centre
    constant -= float(prior.general @ prior.centre)
    return _grouped(basis, constant, prior.slope, prior.general)


def _grouped(basis: Basis, constant: float, score: float, weights: Floats) -> Readout:
    features = {name: weights[place].astype(np.float32) for name, place in basis.places.items()}
    return Readout(float(constant), float(score), features)


def _version_2(said: Mapping[str, Any], basis: Basis) -> Readout:
    """Weights of the experts' own scores, f0 + z_i - mean z, and of the embedding."""
    experts = np.array([said["experts"][task] for task in basis.tasks], dtype=np.float32)
    if TASKS not in basis.places:
        raise BankInvalid("The taste was learned with an older bank. Learn it again.")
    features = {
        TASKS: experts - experts.mean(),
        "embedding": np.array(said["embedding"], dtype=np.float32),
    }
    return Readout(float(said["constant"]), float(experts.sum()), features)
