"""What a photo's features are: a few hundred numbers that do not depend on the person.

    z_g(x) = components_g . ((raw_g(x) - centre_g) / scale_g)

raw_g are either gradients by coefficient, J [n L], taken at alpha_0 (`taste.tangent`), or levels
that the score model's row reads. A coefficient's scale is the root of E[J^2]: unscaled, a few head
coefficients drown all others (effective rank 3; scaled 50). Components are the leading
directions over many photos; with 128 of each group nothing measurable is lost (NOTES.md). All of it
is linear, so weights on z are coefficients of the merged model and a row of its head, exactly.

A bank without a basis of its own has the plain one: one coefficient a task, and the embedding.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from photoaes.checked import parsed_json
from photoaes.errors import BankInvalid
from photoaes.model.bank.manifest import Bank
from photoaes.model.bank.tensor_files import check_arrays, check_hash
from photoaes.model.bank.writing import note_basis
from photoaes.model.paper.companions import is_installed
from photoaes.model.paper.layers import EMBEDDING
from photoaes.new_files import write_file

if TYPE_CHECKING:
    from torch import Tensor

FILE = "basis.safetensors"
MAX_BYTES = 512 << 20
COEFFICIENTS = "coefficients"
TASKS = "tasks"  # the plain basis' group: one coefficient a task
# Coefficients of experts that learned from nobody's ratings but what photos show and how they look:
# people depart further along them than along those of experts that say what is beautiful.
UNRATED = "unrated"
# Half precision is finest around zero: the score is kept from the middle of its scale.
MIDDLE = 5.5
LARGEST = 65_504.0  # of half precision
MAX_WIDTH = 1 << 16  # of a level
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Group:
    """One group of features. `sources` are names of levels, in order, or COEFFICIENTS alone, of
    which `columns` [D] are read (None for all). `centre` and `scale` are [D], `components` [k, D],
    None for the standardised numbers themselves."""

    name: str
    sources: tuple[str, ...]
    centre: Floats
    scale: Floats
    components: Floats | None = None
    columns: NDArray[np.int64] | None = None

    @property
    def width(self) -> int:
        """How many features the group gives, k."""
        return len(self.centre if self.components is None else self.components)

    @property
    def is_coefficients(self) -> bool:
        """Whether weights on it move the task vectors' coefficients, not the row."""
        return self.sources == (COEFFICIENTS,)

    def features(self, raw: Mapping[str, Tensor]) -> Tensor:
        """z_g [B, k] from gradients [B, n L] and levels [B, *] by name."""
        import torch

        parts = [raw[name].float() for name in self.sources]
        found = parts[0] if len(parts) == 1 else torch.cat(parts, dim=1)
        if self.columns is not None:
            found = found[:, torch.from_numpy(self.columns).to(found.device)]
        standard = (found - self._on("centre", found)) / self._on("scale", found)
        return standard if self.components is None else standard @ self._on("components", found).T

    def weights(self, on_features: Floats) -> tuple[Floats, float]:
        """Weights [D] on raw, and the constant, that weights [k] on the features stand for."""
        standard = on_features if self.components is None else on_features @ self.components
        on_raw = standard / self.scale
        return on_raw, -float(on_raw @ self.centre)

    def _on(self, name: str, like: Tensor) -> Tensor:
        import torch

        return torch.from_numpy(getattr(self, name)).to(like.device)


@dataclass(frozen=True)
class Basis:
    """`alpha_0` [n, L] is where the tangent is taken; `levels` are all that the row reads, by name
    and width, in the model's order. A row of features (fp16) is the score there, z of each group,
    and the embedding [d] as it is, which tells what looks alike."""

    tasks: tuple[str, ...]
    layers: tuple[str, ...]
    embed_dim: int
    alpha_0: Floats
    groups: tuple[Group, ...]
    levels: Mapping[str, int] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many features all groups give together, D."""
        return sum(group.width for group in self.groups)

    @property
    def columns(self) -> int:
        """Length of a photo's row of features, 1 + D + d."""
        return 1 + self.width + self.embed_dim

    @property
    def row_columns(self) -> int:
        """How many numbers the head's linear row reads."""
        return sum(self.levels.values())

    @cached_property
    def places(self) -> dict[str, slice]:
        """The slice of the D features that each group has, by name."""
        ends = np.cumsum([0, *(group.width for group in self.groups)]).tolist()
        return {g.name: slice(a, b) for g, a, b in zip(self.groups, ends, ends[1:], strict=False)}

    def packed(
        self, scores: Tensor, gradients: Tensor, levels: Mapping[str, Tensor]
    ) -> NDArray[np.float16]:
        """Rows of features from f(x; alpha_0) [B], J [B, n, L] and levels by name."""
        import torch

        raw = {**levels, COEFFICIENTS: gradients.flatten(1)}
        parts = [group.features(raw) for group in self.groups]
        rows = torch.cat([scores[:, None] - MIDDLE, *parts, levels[EMBEDDING]], dim=1)
        return rows.clamp(-LARGEST, LARGEST).half().cpu().numpy()

    def scores(self, features: NDArray[np.float16]) -> Floats:
        """The score f(x; alpha_0) of each photo [N], 1..10."""
        return features[:, 0].astype(np.float32) + np.float32(MIDDLE)

    def directions(self, features: NDArray[np.float16]) -> Floats:
        """The features z of all groups, [N, D]."""
        return features[:, 1 : 1 + self.width].astype(np.float32)

    def embeddings(self, features: NDArray[np.float16]) -> NDArray[np.float16]:
        """What the tower, merged at alpha_0, makes of the photos, [N, d]."""
        return features[:, 1 + self.width :]

    def coefficients(self, on_features: Floats) -> tuple[Floats, float]:
        """How far weights [D] on the features move alpha, [n, L], and the constant beside it."""
        moved = np.zeros(self.alpha_0.size, dtype=np.float32)
        constant = 0.0
        for group in self.groups:
            if group.is_coefficients:
                on_raw, offset = group.weights(on_features[self.places[group.name]])
                moved[slice(None) if group.columns is None else group.columns] += on_raw
                constant += offset
        return moved.reshape(self.alpha_0.shape), constant

    def row(self, on_features: Floats) -> tuple[Floats, float]:
        """The head's linear row [`row_columns`] and its constant, for weights [D]."""
        by_level = {name: np.zeros(width, np.float32) for name, width in self.levels.items()}
        constant = 0.0
        for group in self.groups:
            if group.is_coefficients:
                continue
            on_raw, offset = group.weights(on_features[self.places[group.name]])
            constant += offset
            ends = np.cumsum([self.levels[name] for name in group.sources])[:-1]
            for name, part in zip(group.sources, np.split(on_raw, ends), strict=True):
                by_level[name] += part
        return np.concatenate(list(by_level.values())), constant

    def without_companion(self) -> Basis:
        """The same where the companion is not installed."""
        levels = {n: w for n, w in self.levels.items() if not n.startswith("companion ")}
        groups = tuple(g for g in self.groups if g.is_coefficients or set(g.sources) <= set(levels))
        return replace(self, groups=groups, levels=levels)


def without_companion(basis: Basis, features: NDArray[np.float16]) -> NDArray[np.float16]:
    """Rows of features as they were measured without the companion."""
    kept = basis.without_companion()
    parts = [features[:, 1:][:, basis.places[group.name]] for group in kept.groups]
    return np.concatenate([features[:, :1], *parts, basis.embeddings(features)], axis=1)


def plain_basis(bank: Bank) -> Basis:
    """For a bank that brings none: all experts in equal parts, one coefficient a task."""
    layers, count = bank.backbone.layers(), len(bank.tasks)
    d, size = bank.backbone.embed_dim, count * len(layers)
    each = np.zeros((count, count, len(layers)), dtype=np.float32)
    each[np.arange(count), np.arange(count)] = 1
    nothing, one = np.zeros(size, np.float32), np.ones(size, np.float32)
    groups = (
        Group(TASKS, (COEFFICIENTS,), nothing, one, each.reshape(count, size)),
        Group(EMBEDDING, (EMBEDDING,), np.zeros(d, np.float32), np.ones(d, np.float32)),
    )
    alpha_0 = np.full((count, len(layers)), 1 / count, dtype=np.float32)
    tasks = tuple(task.name for task in bank.tasks)
    return Basis(tasks, layers, d, alpha_0, groups, {EMBEDDING: d})


def save_basis(bank: Bank, basis: Basis) -> Bank:
    """Put it into the bank's folder, over an earlier one, and return the bank with its hash."""
    arrays = {"alpha_0": basis.alpha_0}
    for group in basis.groups:
        arrays |= {
            f"{group.name}.{part}": np.ascontiguousarray(getattr(group, part))
            for part in ("centre", "scale", "columns")
            if getattr(group, part) is not None
        }
        if group.components is not None:
            arrays[f"{group.name}.components"] = group.components.astype(np.float16)
    said = {
        "groups": json.dumps([[group.name, list(group.sources)] for group in basis.groups]),
        "levels": json.dumps(list(basis.levels.items())),
    }
    data = save(arrays, said)
    write_file(bank.folder / FILE, data, over=True)
    return note_basis(bank, hashlib.sha256(data).hexdigest())


def read_basis(bank: Bank) -> Basis:
    """The bank's basis, or the plain one, without what reads a companion that is not installed.

    Raises BankInvalid for one that is missing, damaged, or made for other tasks or layers.
    """
    if not bank.basis_sha256:
        return plain_basis(bank)
    path = bank.folder / FILE
    try:
        check_hash(path, bank.basis_sha256, MAX_BYTES)
        with safe_open(path, framework="np") as file:
            said = file.metadata() or {}
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        check_arrays(arrays, path)
        basis = _parsed(bank, said, arrays)
        check_groups(basis, bank.blocks)
    except (OSError, SafetensorError, KeyError, ValueError, TypeError) as error:
        raise BankInvalid(f"The bank's file {FILE} cannot be used: {error}.", path) from error
    return basis if is_installed(bank.companion) else basis.without_companion()


def _parsed(
    bank: Bank, said: Mapping[str, str], arrays: Mapping[str, NDArray[np.floating]]
) -> Basis:
    groups = tuple(
        Group(
            name,
            tuple(sources),
            arrays[f"{name}.centre"].astype(np.float32),
            arrays[f"{name}.scale"].astype(np.float32),
            _optional(arrays.get(f"{name}.components")),
            arrays.get(f"{name}.columns"),  # type: ignore[arg-type]
        )
        for name, sources in parsed_json(said["groups"])
    )
    layers, tasks = bank.backbone.layers(), tuple(task.name for task in bank.tasks)
    alpha_0 = arrays["alpha_0"].astype(np.float32)
    if alpha_0.shape != (len(tasks), len(layers)):
        raise ValueError("it was made for other tasks or layers; make it again (`bank prior`)")
    levels = {str(name): int(width) for name, width in parsed_json(said["levels"])}
    return Basis(tasks, layers, bank.backbone.embed_dim, alpha_0, groups, levels)


def _optional(array: NDArray[np.floating] | None) -> Floats | None:
    return None if array is None else array.astype(np.float32)


def check_groups(basis: Basis, blocks: Sequence[int]) -> None:
    """Raises ValueError where the parts of a basis do not fit each other, or the bank's tower."""
    known = {EMBEDDING, *(f"block {number}" for number in blocks)}
    for name, width in basis.levels.items():
        if not (name in known or name.startswith("companion ")) or not 1 <= width <= MAX_WIDTH:
            raise ValueError(f"it reads a level {name!r} that the bank has not")
    for group in basis.groups:
        if not group.is_coefficients and not set(group.sources) <= set(basis.levels):
            raise ValueError(f"the group {group.name!r} reads what is no level")
        total = sum(basis.levels.get(name, basis.alpha_0.size) for name in group.sources)
        depth = total if group.columns is None else group.columns.size
        if not group.centre.shape == group.scale.shape == (depth,) or not depth:
            raise ValueError(f"the group {group.name!r} does not fit its sources")
        if group.components is not None and group.components.shape[1:] != (depth,):
            raise ValueError(f"the components of {group.name!r} do not fit it")
        columns = group.columns
        is_inside = columns is None or ((columns >= 0) & (columns < total)).all()
        if not is_inside or not (group.scale > 0).all():
            raise ValueError(f"the group {group.name!r} has columns or scales that cannot be")
