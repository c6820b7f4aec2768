"""Our method with some groups of features alone: what levels, rows and coefficients each carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from photoaes.errors import InputInvalid
from photoaes.model.paper.layers import EMBEDDING
from photoaes.model.paper.score_model import Sight
from photoaes.model.taste.basis import Group
from photoaes.model.taste.tangent import Tangent
from photoaes.offline.evaluation.material import Material

COEFFICIENTS, ROW = "coefficients", "row"
BATCH = 8
Floats = NDArray[np.float32]


def limited_to(material: Material, wanted: Sequence[str]) -> Material:
    """The same photos for a person who may depart from the general score along these groups alone;
    `coefficients` and `row` stand for all of their kind. Raises InputInvalid for others."""
    prior = material.prior
    scale = np.where(_columns(material, wanted), prior.scale, 0).astype(np.float32)
    return replace(material, prior=replace(prior, scale=scale))


def without_row(material: Material) -> Material:
    """The same photos for the merged model of the chosen tasks, without the head's linear row.

    The general score is what these tasks merge to at their parts of alpha_0, exact, and spreads as
    far as the whole general score. People move coefficients from there, in the linear model.
    """
    basis, prior = material.basis, material.prior
    origin = _origin(basis.alpha_0, material.chosen)
    scores, gradients = _measured(material, origin)
    of_task = np.arange(gradients.shape[1]) // origin.shape[1]
    chosen = np.isin(of_task, material.chosen)
    groups = tuple(
        _alike(group.name, gradients, columns)
        for group in basis.groups
        if group.is_coefficients and len(columns := _columns_of(group, chosen))
    )
    own = replace(basis, alpha_0=origin, groups=groups)
    seen = (scores, gradients, basis.embeddings(material.features))
    at_origin, slopes, embeddings = map(torch.from_numpy, seen)
    features = own.packed(at_origin, slopes, {EMBEDDING: embeddings})
    spread = float(prior.general_scores(basis, material.features).std())
    alone = replace(
        prior,
        slope=spread / max(float(scores.std()), 1e-6),
        score_centre=float(scores.mean()),
        general=np.zeros(own.width, dtype=np.float32),
        centre=np.zeros(own.width, dtype=np.float32),
        scale=np.concatenate(
            [np.full(g.width, _stars(material, g.name), dtype=np.float32) for g in groups]
        ),
    )
    return replace(material, basis=own, features=features, gradients=gradients, prior=alone)


def _origin(alpha_0: Floats, chosen: Sequence[int]) -> Floats:
    """alpha_0 [n, L] of a bank that has the chosen tasks alone: their own parts of it, one in all,
    or equal parts where it has none of them."""
    rows = list(chosen)
    kept = np.zeros_like(alpha_0)
    kept[rows] = alpha_0[rows]
    total = kept.sum(axis=0)
    if not total.all():
        kept[rows] = 1 / len(rows)
        return kept
    parts: Floats = np.multiply(kept, alpha_0.sum(axis=0) / total, dtype=np.float32)
    return parts


def _measured(material: Material, origin: Floats) -> tuple[Floats, Floats]:
    """f [N] and J [N, n L] at coefficients `origin`."""
    basis = material.basis
    if np.allclose(origin, basis.alpha_0):
        return basis.scores(material.features), material.gradients
    merger = material.bank.merger(material.merger.device)
    tangent = Tangent(merger, replace(basis, alpha_0=origin, groups=()), Sight())
    found = [
        tangent.measured(material.pixels[start : start + BATCH])
        for start in range(0, len(material.pixels), BATCH)
    ]
    scores = torch.cat([batch.scores for batch in found])
    gradients = torch.cat([batch.gradients.flatten(1) for batch in found])
    return scores.float().cpu().numpy(), gradients.float().cpu().numpy()


def _columns_of(group: Group, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Which coefficients of the chosen tasks the group has."""
    every = np.arange(len(chosen)) if group.columns is None else group.columns
    return every[chosen[every]]


def _alike(name: str, gradients: Floats, columns: NDArray[np.int64]) -> Group:
    """Those coefficients, scaled as in `learn_basis`, so that all together vary by one."""
    values = gradients[:, columns].astype(np.float64)
    size = np.sqrt((values**2).mean(axis=0))
    standard = np.where(size > size.max() * 1e-6, size, 1e30)
    total = np.sqrt(((values / standard).var(axis=0)).sum())
    centre = values.mean(axis=0).astype(np.float32)
    return Group(
        name, (COEFFICIENTS,), centre, (standard * total).astype(np.float32), None, columns
    )


def _stars(material: Material, name: str) -> float:
    """How far people depart from the general score along a group: one deviation, in stars."""
    basis, prior = material.basis, material.prior
    place = basis.places[name]
    z = basis.directions(material.features)[:, place] - prior.centre[place]
    return float(np.sqrt(((z * prior.scale[place]) ** 2).sum(axis=1).mean()))


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
