"""A bank's basis, learned from photos that nobody has rated: scales, and leading directions.

Principal components of each group over the photos. A group's numbers are scaled to a variance of
one in all, so that its strength in the prior says how much taste lies in it (`learn_prior`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from photoaes.errors import InputInvalid
from photoaes.model.bank.manifest import Bank
from photoaes.model.paper.layers import EMBEDDING
from photoaes.model.taste.basis import COEFFICIENTS, UNRATED, Basis, Group, plain_basis
from photoaes.model.taste.tangent import Tangent

BATCH = 16
# Components of each kind of group: of OASIS with 128 each nothing was lost (NOTES.md).
MOST = {
    "head": 64,
    "backbone": 96,
    UNRATED: 128,
    EMBEDDING: 192,
    "blocks": 160,
    "companion mean": 192,
    "companion maximum": 128,
    "companion middle": 96,
    "companion late": 160,
}
FEWEST_PHOTOS = 64
Floats = NDArray[np.float32]


def expert_parts(bank: Bank, experts: Sequence[str]) -> Floats:
    """alpha_0 [n, L]: these experts in equal parts, in all layers. Raises InputInvalid."""
    names = [task.name for task in bank.tasks]
    unknown = [name for name in experts if name not in names]
    if unknown:
        raise InputInvalid(f"The bank {bank.name} has no expert {unknown[0]!r}.")
    parts = np.array([(name in experts) / len(experts) for name in names], dtype=np.float32)
    return np.repeat(parts[:, None], len(bank.layer_shapes()), axis=1)


def learn_basis(
    bank: Bank,
    alpha_0: Floats,
    pixels: NDArray[np.uint8],
    device: torch.device,
    unrated: Sequence[str] = (),
) -> Basis:
    """From photos as bytes [N, S, S, 3]; coefficients of the experts `unrated` are a group of their
    own. Raises InputInvalid for too few photos, or for experts that the bank has not."""
    if len(pixels) < FEWEST_PHOTOS:
        raise InputInvalid(f"A basis wants {FEWEST_PHOTOS} photos or more, not {len(pixels)}.")
    start = replace(plain_basis(bank), alpha_0=alpha_0, groups=())
    raw = _measured(Tangent(bank.merger(device), start, bank.sight()), pixels)
    gradients = raw.pop(COEFFICIENTS)
    widths = {name: values.shape[1] for name, values in raw.items()}
    kinds = _kinds(bank, start, unrated)
    groups = [
        _coefficient_group(name, gradients, np.flatnonzero(chosen))
        for name, chosen in kinds.items()
    ]
    groups += [_level_group(name, sources, raw) for name, sources in _sources(raw).items()]
    return replace(start, groups=tuple(groups), levels=widths)


def _kinds(bank: Bank, basis: Basis, unrated: Sequence[str]) -> dict[str, NDArray[np.bool_]]:
    """Which of the coefficients [n L] make a group, by its name."""
    head = np.array([name.startswith("head.") for name in basis.layers])
    is_head = np.tile(head, len(basis.tasks))
    if not unrated:
        return {"head": is_head, "backbone": ~is_head}
    alone = (expert_parts(bank, unrated) > 0).flatten()
    return {"head": is_head & ~alone, "backbone": ~is_head & ~alone, UNRATED: alone}


def _measured(tangent: Tangent, pixels: NDArray[np.uint8]) -> dict[str, Floats]:
    """Levels and gradients of all photos, [N, *] by name."""
    parts: dict[str, list[Floats]] = {}
    for start in range(0, len(pixels), BATCH):
        found = tangent.measured(pixels[start : start + BATCH])
        named = {**found.levels, COEFFICIENTS: found.gradients.flatten(1)}
        for name, values in named.items():
            parts.setdefault(name, []).append(values.float().cpu().numpy())
    return {name: np.concatenate(values) for name, values in parts.items()}


def _sources(levels: Mapping[str, Floats]) -> dict[str, tuple[str, ...]]:
    """Which levels make a group, by its name."""
    found: dict[str, tuple[str, ...]] = {EMBEDDING: (EMBEDDING,)}
    blocks = tuple(name for name in levels if name.startswith("block "))
    inner = [n for n in levels if n.startswith("companion ") and n.split()[1].isdigit()]
    half = (len(inner) + 1) // 2
    found |= {"blocks": blocks} if blocks else {}
    found |= {name: (name,) for name in ("companion mean", "companion maximum") if name in levels}
    if inner:
        found |= {"companion middle": tuple(inner[:half]), "companion late": tuple(inner[half:])}
    return found


def _coefficient_group(name: str, gradients: Floats, columns: NDArray[np.int64]) -> Group:
    """Scaled by the root of E[J^2]: each coefficient's prior variance goes with 1 / E[J^2]."""
    values = gradients[:, columns]
    size = np.sqrt((values.astype(np.float64) ** 2).mean(axis=0))
    # A coefficient that moves nothing is never moved.
    scale = np.where(size > size.max() * 1e-6, size, 1e30) * np.sqrt(len(columns))
    return _group(name, (COEFFICIENTS,), values, scale.astype(np.float32), columns)


def _level_group(name: str, sources: tuple[str, ...], levels: Mapping[str, Floats]) -> Group:
    values = np.concatenate([levels[source] for source in sources], axis=1)
    spread = values.std(axis=0)
    usable = np.where(spread > 1e-6, spread, 1)
    # Each level counts alike, however wide it is.
    widths = [levels[source].shape[1] for source in sources]
    count = np.repeat(np.array(widths) * len(widths), widths)
    return _group(name, sources, values, (usable * np.sqrt(count)).astype(np.float32))


def _group(
    name: str,
    sources: tuple[str, ...],
    values: Floats,
    scale: Floats,
    columns: NDArray[np.int64] | None = None,
) -> Group:
    centre = values.mean(axis=0)
    standard = ((values - centre) / scale).astype(np.float64)
    most = min(MOST[name], len(values) - 1)
    if standard.shape[1] <= most:
        return Group(name, sources, centre, scale, None, columns)
    _, _, directions = np.linalg.svd(standard, full_matrices=False)
    return Group(name, sources, centre, scale, directions[:most].astype(np.float32), columns)
