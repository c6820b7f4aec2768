"""How a task's layers lie in its tensor file.

A dense layer is stored under its name, a low-rank one as `<name>/left` and `<name>/right`. A
matrix may be quantised: `<name>/int8` or `<name>/int4` holds groups of GROUP numbers, int4 two of
them in a byte, and `<name>/scales` a factor for each group, so that value = factor x number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional

from photoaes.errors import BankInvalid
from photoaes.model.paper.task_vector import (
    ApartLayer,
    DenseLayer,
    Layer,
    LowRankLayer,
    check_layer,
    low_rank,
)

LEFT, RIGHT, SCALES = "/left", "/right", "/scales"
Bits = Literal[4, 8]
CODES: dict[Bits, str] = {4: "/int4", 8: "/int8"}
GROUP = 64
SMALLEST = 4096  # numbers: less is not worth a factor
LARGE = 1 << 16  # numbers of a layer: less is quicker as one tensor


def stored(
    vector: Mapping[str, Tensor], rank: int | None, bits: Bits | None = None
) -> Mapping[str, Tensor]:
    """A task's tensors under the names of the file: low-rank, quantised, or as they are.

    The head is never low-rank: its vector is the whole head, not a small change.
    """
    stored: dict[str, Tensor] = {}
    for name, tensor in vector.items():
        rows, columns = tensor.flatten(1).shape if tensor.dim() > 1 else (0, 0)
        smaller = rank is not None and rank * (rows + columns) < rows * columns
        if rank is not None and smaller and name.startswith("backbone."):
            stored[name + LEFT], stored[name + RIGHT] = low_rank(tensor, rank)
        elif bits is not None and tensor.dim() > 1 and tensor.numel() >= SMALLEST:
            stored[name + CODES[bits]], stored[name + SCALES] = quantised(tensor, bits)
        else:
            stored[name] = tensor
    return stored


def layers_of(
    tensors: Mapping[str, Tensor], shapes: Mapping[str, Tensor], file: str
) -> dict[str, Layer]:
    """One task's tensors by layer, each as a stack of one; checked against the model's layers.

    Raises BankInvalid naming the layer that is missing from the file, unknown, or does not fit.
    """
    found: dict[str, Layer] = {}
    for name, tensor in tensors.items():
        layer, _, kind = name.partition("/")
        if f"/{kind}" in (RIGHT, SCALES):
            continue  # read with the other half
        expected = shapes.get(layer)
        if expected is None:
            raise BankInvalid(f"{file} holds a layer that the backbone lacks: {layer}.")
        if kind == "left":
            right = tensors.get(layer + RIGHT)
            found[layer] = _factors(layer, expected, tensor, right, file)
            continue
        values = tensor
        if kind:
            values = _restored(layer, expected, tensor, tensors.get(layer + SCALES), kind, file)
        check_layer(layer, expected, values, file)
        found[layer] = DenseLayer(values[None])
    for name in shapes.keys() - found.keys():
        raise BankInvalid(f"The layer {name} is missing from {file}.")
    return found


def check_names(expected: Mapping[str, Tensor], found: Mapping[str, Tensor], file: str) -> None:
    """Raises BankInvalid naming the layer that is missing, unknown, or does not fit."""
    for name, shape in expected.items():
        check_layer(name, shape, found.get(name), file)
    for name in found.keys() - expected.keys():
        raise BankInvalid(f"{file} holds a layer that the backbone lacks: {name}.")


def quantised(tensor: Tensor, bits: Bits) -> tuple[Tensor, Tensor]:
    """Whole numbers [groups, GROUP] (int8; int4 packed as uint8 [groups, GROUP / 2]) and factors
    [groups] in fp32: task vectors are so small that fp16 would lose them. The last group is
    filled with zeros."""
    flat = tensor.detach().flatten().float()
    groups = functional.pad(flat, (0, -len(flat) % GROUP)).reshape(-1, GROUP)
    largest = 2 ** (bits - 1) - 1
    scales = groups.abs().amax(dim=1) / largest
    divisor = torch.where(scales > 0, scales, 1)
    whole = (groups / divisor[:, None]).round().clamp(-largest, largest).to(torch.int8)
    if bits == 8:
        return whole, scales
    shifted = (whole + 8).to(torch.uint8)
    return shifted[:, ::2] | (shifted[:, 1::2] << 4), scales


def restored(codes: Tensor, scales: Tensor, shape: torch.Size) -> Tensor:
    """The inverse of `quantised`."""
    if codes.dtype == torch.uint8:
        low, high = (codes & 15).to(torch.int8) - 8, (codes >> 4).to(torch.int8) - 8
        codes = torch.stack([low, high], dim=2).flatten(1)
    values = codes.float() * scales.float()[:, None]
    return values.flatten()[: shape.numel()].reshape(shape)


def _restored(
    layer: str, expected: Tensor, codes: Tensor, scales: Tensor | None, kind: str, file: str
) -> Tensor:
    groups = -(-expected.numel() // GROUP)
    wide = {"int8": GROUP, "int4": GROUP // 2}.get(kind)
    if scales is None or scales.shape != (groups,) or codes.shape != (groups, wide):
        raise BankInvalid(f"The quantised layer {layer} in {file} does not fit it.")
    return restored(codes, scales, expected.shape)


def _factors(
    name: str, expected: Tensor, left: Tensor, right: Tensor | None, file: str
) -> LowRankLayer:
    rows, columns = expected.flatten(1).shape if expected.dim() > 1 else (-1, -1)
    if (
        right is None
        or left.dim() != 2
        or right.dim() != 2
        or left.shape[1] != right.shape[0]
        or (left.shape[0], right.shape[1]) != (rows, columns)
    ):
        raise BankInvalid(f"The factors of the layer {name} in {file} do not fit it.")
    return LowRankLayer(left[None], right[None], expected.shape)


def stacked(layers: Sequence[Layer]) -> Layer:
    """The same layer of all tasks as one; factors of lower rank are padded with zeros."""
    factors = [layer for layer in layers if isinstance(layer, LowRankLayer)]
    if len(factors) == len(layers):
        rank = max(layer.left.shape[2] for layer in factors)
        left = [functional.pad(x.left, (0, rank - x.left.shape[2])) for x in factors]
        right = [functional.pad(x.right, (0, 0, 0, rank - x.right.shape[1])) for x in factors]
        return LowRankLayer(torch.cat(left), torch.cat(right), factors[0].shape)
    return DenseLayer(torch.cat([_dense(layer) for layer in layers]))


class Stack:
    """The layers of n tasks, put in task by task: no more than one task lies in memory twice.

    Large ones that are stored as they are stay where they lie, mapped: six experts of ViT-L/14 are
    3.4 GiB.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._dense: dict[str, Tensor] = {}
        self._other: dict[str, dict[int, Layer]] = {}
        self._mapped: dict[str, dict[int, Tensor]] = {}

    def put(self, row: int, layers: Mapping[str, Layer]) -> None:
        """A task's layers, each a stack of one; what is mapped and small is copied."""
        for name, layer in layers.items():
            if isinstance(layer, DenseLayer) and _stays_mapped(layer.values):
                self._mapped.setdefault(name, {})[row] = layer.values[0]
            elif isinstance(layer, DenseLayer):
                self._put_dense(row, name, layer.values[0])
            elif isinstance(layer, LowRankLayer):
                own = LowRankLayer(layer.left.clone(), layer.right.clone(), layer.shape)
                self._other.setdefault(name, {})[row] = own

    def layer(self, name: str) -> Layer:
        """The values of one layer for all tasks."""
        other, dense = self._other.get(name, {}), self._dense.get(name)
        mapped, rows = self._mapped.get(name, {}), range(self._count)
        if len(mapped) == self._count:
            return ApartLayer(tuple(mapped[row] for row in rows))
        if dense is not None and not other and not mapped:
            return DenseLayer(dense)
        other |= {row: DenseLayer(tensor[None]) for row, tensor in mapped.items()}
        return stacked([other.get(r) or DenseLayer(_row(dense, r)) for r in rows])

    def _put_dense(self, row: int, name: str, values: Tensor) -> None:
        whole = self._dense.get(name)
        if whole is None:
            whole = torch.zeros((self._count, *values.shape), dtype=values.dtype)
        if whole.dtype != values.dtype:
            whole = whole.to(torch.promote_types(whole.dtype, values.dtype))
        whole[row] = values
        self._dense[name] = whole


def _stays_mapped(values: Tensor) -> bool:
    """Half precision is what files hold: what was quantised there has been restored in fp32."""
    return values.dtype == torch.float16 and values.numel() >= LARGE


def _row(dense: Tensor | None, row: int) -> Tensor:
    assert dense is not None  # every layer of every task is one kind or the other
    return dense[row : row + 1]


def _dense(layer: Layer) -> Tensor:
    return layer.values if isinstance(layer, DenseLayer) else layer.combined(torch.ones(1))[None]
