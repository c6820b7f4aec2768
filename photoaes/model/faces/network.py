"""A TensorFlow Lite network, run by torch: the few kinds of layers that face networks are made of.

Numbers of fields, kinds and types are those of TensorFlow's schema.fbs, version 3. Its maps are
[B, h, w, c]; here they are [B, c, h, w], and constants are turned when the file is read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from photoaes.model.faces.flatbuffer import FlatTable, root

_ADD, _CONCATENATION, _CONVOLUTION, _DEPTHWISE, _DEQUANTIZE = 0, 2, 3, 4, 6
_MAX_POOL, _RELU, _RESHAPE, _RESIZE, _PAD, _PRELU = 17, 19, 22, 23, 34, 54
_TYPES = {0: "<f4", 1: "<f2", 2: "<i4"}
_SAME = 0  # of paddings; 1 is none at all
_ACTIVATIONS: dict[int, Callable[[Tensor], Tensor]] = {
    0: lambda x: x,
    1: functional.relu,
    3: functional.relu6,
}


@dataclass(frozen=True)
class _Step:
    """`run` makes the tensor of number `output` of those in `inputs`."""

    run: Callable[..., Tensor]
    inputs: tuple[int, ...]
    output: int


@dataclass
class _Parts:
    """Of the file: shapes by tensor, and constants [..] by tensor, as they stand there."""

    shapes: list[list[int]]
    constants: dict[int, Tensor] = field(default_factory=dict)


class Network:
    """Photos [B, 3, h, w] to the network's outputs, each of the shape that the file says."""

    def __init__(self, data: bytes) -> None:
        model = root(data)
        kinds = [one.number(3, "i") or one.number(0, "b") for one in model.tables(1)]
        graph = model.tables(2)[0]
        parts = _parts(data, graph.tables(0), model.tables(4))
        [self._input], self._outputs = graph.numbers(1), graph.numbers(2)
        self._steps: list[_Step] = []
        for operator in graph.tables(3):
            kind = kinds[operator.number(0, "I")]
            inputs, [output] = operator.numbers(1), operator.numbers(2)
            if kind == _DEQUANTIZE:  # weights in half precision
                parts.constants[output] = parts.constants[inputs[0]].float()
            else:
                self._steps.append(_step(kind, inputs, output, operator.table(4), parts))

    @torch.inference_mode()
    def __call__(self, photos: Tensor) -> list[Tensor]:
        known = {self._input: photos}
        for step in self._steps:
            known[step.output] = step.run(*(known[one] for one in step.inputs))
        return [known[one] for one in self._outputs]


def _parts(data: bytes, tensors: Sequence[FlatTable], buffers: Sequence[FlatTable]) -> _Parts:
    parts = _Parts([one.numbers(0) for one in tensors])
    for number, tensor in enumerate(tensors):
        start, length = buffers[tensor.number(2, "I")].vector(0)
        if length:
            kind = np.dtype(_TYPES[tensor.number(1, "b")])
            values = np.frombuffer(data, kind, length // kind.itemsize, start)
            shaped = values.reshape(parts.shapes[number]).copy()
            parts.constants[number] = torch.from_numpy(shaped)
    return parts


def _step(
    kind: int, inputs: Sequence[int], output: int, options: FlatTable | None, parts: _Parts
) -> _Step:
    first = inputs[0]
    constant = parts.constants
    if kind in (_CONVOLUTION, _DEPTHWISE) and options is not None:
        run = _convolution(kind, options, constant[inputs[1]], constant[inputs[2]])
        return _Step(run, (first,), output)
    if kind == _ADD and options is not None:
        act = _ACTIVATIONS[options.number(0, "b")]
        return _Step(lambda a, b: act(a + b), (first, inputs[1]), output)
    if kind == _CONCATENATION and options is not None:  # of rows, behind all maps
        run = partial(_joined, axis=options.number(0, "i"))
        return _Step(run, tuple(inputs), output)
    if kind == _MAX_POOL and options is not None:
        kernel = options.number(4, "i"), options.number(3, "i")
        stride = options.number(2, "i"), options.number(1, "i")
        padded = partial(_same, kernel=kernel, stride=stride, value=-torch.inf)
        before = padded if options.number(0, "b") == _SAME else _ACTIVATIONS[0]
        return _Step(lambda a: functional.max_pool2d(before(a), kernel, stride), (first,), output)
    if kind == _RESIZE:
        size = tuple(constant[inputs[1]].tolist())
        run = partial(functional.interpolate, size=size, mode="bilinear", align_corners=False)
        return _Step(run, (first,), output)
    if kind == _PAD:
        _, rows, columns, channels = constant[inputs[1]].tolist()
        return _Step(partial(functional.pad, pad=(*columns, *rows, *channels)), (first,), output)
    if kind == _PRELU:
        slopes = constant[inputs[1]].reshape(-1)
        return _Step(lambda a: functional.prelu(a, slopes), (first,), output)
    if kind == _RELU:
        return _Step(functional.relu, (first,), output)
    if kind == _RESHAPE:
        return _Step(partial(_reshaped, shape=parts.shapes[output][1:]), (first,), output)
    raise ValueError(f"a layer of kind {kind}")


def _convolution(
    kind: int, options: FlatTable, weight: Tensor, bias: Tensor
) -> Callable[[Tensor], Tensor]:
    """Weights [out, h, w, in], and of a depthwise one [1, h, w, channels]."""
    is_depthwise = kind == _DEPTHWISE
    order = (3, 0, 1, 2) if is_depthwise else (0, 3, 1, 2)
    turned = weight.permute(order).contiguous(memory_format=torch.channels_last)
    stride = options.number(2, "i", 1), options.number(1, "i", 1)
    act = _ACTIVATIONS[options.number(4 if is_depthwise else 3, "b")]
    groups = len(turned) if is_depthwise else 1
    kernel = turned.shape[2], turned.shape[3]
    is_same = options.number(0, "b") == _SAME

    def run(x: Tensor) -> Tensor:
        padded = _same(x, kernel, stride) if is_same else x
        return act(functional.conv2d(padded, turned, bias, stride, groups=groups))

    return run


def _same(x: Tensor, kernel: Sequence[int], stride: Sequence[int], value: float = 0.0) -> Tensor:
    """TensorFlow's padding: as many outputs as strides fit in, one more pixel right and below."""
    sides: list[int] = []
    for axis in (1, 0):
        size, step = x.shape[2 + axis], stride[axis]
        lacking = max((-(-size // step) - 1) * step + kernel[axis] - size, 0)
        sides += [lacking // 2, lacking - lacking // 2]
    return functional.pad(x, sides, value=value) if any(sides) else x


def _joined(*parts: Tensor, axis: int) -> Tensor:
    if parts[0].ndim != 3:
        raise ValueError("maps are joined")
    return torch.cat(parts, axis)


def _reshaped(x: Tensor, shape: Sequence[int]) -> Tensor:
    flat = x.permute(0, 2, 3, 1) if x.ndim == 4 else x
    return flat.reshape(len(x), *shape)
