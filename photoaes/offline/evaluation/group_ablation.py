"""Our method with some groups of features alone: what levels, rows and coefficients each carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from photoaes.errors import InputInvalid
from photoaes.offline.evaluation.material import Material

COEFFICIENTS, ROW = "coefficients", "row"


def limited_to(material: Material, wanted: Sequence[str]) -> Material:
    """The same photos for a person who may depart from the general score along these groups alone;
    `coefficients` and `row` stand for all of their kind. Raises InputInvalid for others."""
    prior = material.prior
    scale = np.where(_columns(material, wanted), prior.scale, 0).astype(np.float32)
    return replace(material, prior=replace(prior, scale=scale))


def without_row(material: Material) -> Material:
    """The same photos for a merged model without the head's linear row: the general score is what
    is merged at alpha_0, spread as far as the whole general score, and people move coefficients."""
    prior, basis = material.prior, material.basis
    scores = basis.scores(material.features)
    spread = float(prior.general_scores(basis, material.features).std())
    slope = spread / max(float(scores.std()), 1e-6)
    own = replace(prior, slope=slope, general=np.zeros_like(prior.general))
    return limited_to(replace(material, prior=own), (COEFFICIENTS,))


def _columns(
    material: Material, wanted: Sequence[str]
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    basis = material.basis
    kinds = {g.name: COEFFICIENTS if g.is_coefficients else ROW for g in basis.groups}
    unknown = [name for name in wanted if name not in {*kinds, *kinds.values()}]
    if unknown:
        raise InputInvalid(
            f"The bank has no features {unknown[0]!r}; it has {', '.join(kinds)}, and "
            f"{COEFFICIENTS} and {ROW} for all of their kind."
        )
    chosen = np.zeros(basis.width, dtype=bool)
    for name, kind in kinds.items():
        if name in wanted or kind in wanted:
            chosen[basis.places[name]] = True
    return chosen
