"""Task vectors and the merge (paper, section 3; equations 1 and 2).

    tau_i^l    = theta_ft_i^l - theta_pre^l
    theta_p^l  = theta_pre^l + sum_i alpha_i^l tau_i^l

A layer l is one parameter tensor, met by its name and never by position. The coefficients alpha
are one tensor [n, L]: a row per task, a column per layer. The task vectors of one layer are kept
together, dense or as low-rank factors, and are never expanded to n models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from photoaes.errors import BankInvalid

Tensors = Mapping[str, Tensor]


@dataclass(frozen=True)
class DenseLayer:
    """The n task vectors of one layer: `values` [n, *shape], any floating type."""

    values: Tensor

    @property
    def shape(self) -> torch.Size:
        """The shape of the layer itself, without n."""
        return self.values.shape[1:]

    def combined(self, alpha: Tensor) -> Tensor:
        """sum_i alpha_i tau_i for alpha [n], in alpha's type. Casts one layer at a time."""
        flat = self.values.flatten(1).to(alpha.dtype)
        return (alpha @ flat).reshape(self.shape)

    def inner(self, gradient: Tensor) -> Tensor:
        """<gradient, tau_i> for every i, [n]."""
        return self.values.flatten(1).to(gradient.dtype) @ gradient.flatten()

    def inner_each(self, gradients: Tensor) -> Tensor:
        """<gradient, tau_i> of each photo, [B, n], for gradients [B, *shape]."""
        return gradients.flatten(1) @ self.values.flatten(1).to(gradients.dtype).T

    def inner_tokens(self, inputs: Tensor, gradients: Tensor) -> Tensor:
        """The same for a matrix: <sum_t g_t x_t', tau_i> for x [B, T, in] and g [B, T, out]."""
        return self.inner_each(gradients.mT @ inputs)

    def limited(self, rows: Tensor) -> DenseLayer:
        """The layer of the tasks with these rows alone."""
        return DenseLayer(self.values[rows.to(self.values.device)])

    def to(self, device: torch.device) -> DenseLayer:
        """The same on another device."""
        return DenseLayer(self.values.to(device))


@dataclass(frozen=True)
class ApartLayer:
    """The n task vectors of one large layer as they lie in n mapped files: `parts`, each [*shape].

    Nothing of them is in memory of its own, and one at a time is cast.
    """

    parts: tuple[Tensor, ...]

    @property
    def shape(self) -> torch.Size:
        """The shape of the layer itself, without n."""
        return self.parts[0].shape

    def combined(self, alpha: Tensor) -> Tensor:
        """sum_i alpha_i tau_i for alpha [n], in alpha's type."""
        total = torch.zeros(self.shape, dtype=alpha.dtype)
        for coefficient, part in zip(alpha, self.parts, strict=True):
            total.addcmul_(part.to(alpha.dtype), coefficient)
        return total

    def inner(self, gradient: Tensor) -> Tensor:
        """<gradient, tau_i> for every i, [n]."""
        return self.inner_each(gradient[None])[0]

    def inner_each(self, gradients: Tensor) -> Tensor:
        """<gradient, tau_i> of each photo, [B, n], for gradients [B, *shape]."""
        flat = gradients.flatten(1)
        each = [flat @ part.flatten().to(gradients.dtype) for part in self.parts]
        return torch.stack(each, dim=1)

    def inner_tokens(self, inputs: Tensor, gradients: Tensor) -> Tensor:
        """The same for a matrix: <sum_t g_t x_t', tau_i> for x [B, T, in] and g [B, T, out]."""
        return self.inner_each(gradients.mT @ inputs)

    def limited(self, rows: Tensor) -> ApartLayer:
        """The layer of the tasks with these rows alone."""
        return ApartLayer(tuple(self.parts[int(row)] for row in rows))

    def to(self, device: torch.device) -> ApartLayer | DenseLayer:
        """The same on another device, which maps no files: there it is one tensor."""
        if device.type == "cpu":
            return self
        return DenseLayer(torch.stack(self.parts).to(device))


@dataclass(frozen=True)
class LowRankLayer:
    """n task vectors of one matrix as products: `left` [n, rows, r] times `right` [n, r, columns].

    `shape` is the layer's own; tensors of more than two dimensions are flattened to
    [rows, columns] behind their first.
    """

    left: Tensor
    right: Tensor
    shape: torch.Size

    def combined(self, alpha: Tensor) -> Tensor:
        """sum_i alpha_i tau_i for alpha [n], in alpha's type: one product of stacked factors."""
        weighted = self.left.to(alpha.dtype) * alpha[:, None, None]
        rows = weighted.transpose(0, 1).flatten(1)
        return (rows @ self.right.to(alpha.dtype).flatten(0, 1)).reshape(self.shape)

    def inner(self, gradient: Tensor) -> Tensor:
        """<gradient, tau_i> for every i, [n], without ever forming tau_i."""
        left = self.left.to(gradient.dtype)
        projected = left.transpose(1, 2) @ gradient.reshape(self.left.shape[1], -1)
        return (projected * self.right.to(gradient.dtype)).sum(dim=(1, 2))

    def inner_each(self, gradients: Tensor) -> Tensor:
        """<gradient, tau_i> of each photo, [B, n], for gradients [B, *shape]."""
        return torch.stack([self.inner(gradient) for gradient in gradients])

    def inner_tokens(self, inputs: Tensor, gradients: Tensor) -> Tensor:
        """<sum_t g_t x_t', tau_i> for x [B, T, in] and g [B, T, out], without that matrix."""
        left = self.left.to(gradients.dtype).transpose(0, 1).flatten(1)  # [out, n r]
        right = self.right.to(inputs.dtype).flatten(0, 1)  # [n r, in]
        both = ((gradients @ left) * (inputs @ right.T)).sum(dim=1)
        tasks, _, rank = self.left.shape
        return both.reshape(-1, tasks, rank).sum(dim=2)

    def limited(self, rows: Tensor) -> LowRankLayer:
        """The layer of the tasks with these rows alone."""
        rows = rows.to(self.left.device)
        return LowRankLayer(self.left[rows], self.right[rows], self.shape)

    def to(self, device: torch.device) -> LowRankLayer:
        """The same on another device."""
        return LowRankLayer(self.left.to(device), self.right.to(device), self.shape)


Layer = DenseLayer | ApartLayer | LowRankLayer


@dataclass(frozen=True)
class TaskVectors:
    """n task vectors over the same L layers: `tasks` are alpha's rows, `layers` its columns."""

    tasks: tuple[str, ...]
    layers: Mapping[str, Layer]

    @property
    def names(self) -> list[str]:
        """The layers in alpha's column order."""
        return list(self.layers)

    def uniform(self, weights: Tensor) -> Tensor:
        """Coefficients [n, L] that are the same in all layers: `weights` [n], repeated."""
        return weights[:, None].expand(-1, len(self.layers)).clone()

    def limited(self, tasks: Sequence[str]) -> TaskVectors:
        """The task vectors of these tasks alone, in this order."""
        rows = torch.tensor([self.tasks.index(task) for task in tasks])
        return TaskVectors(tuple(tasks), {n: x.limited(rows) for n, x in self.layers.items()})

    def to(self, device: torch.device) -> TaskVectors:
        """The same on another device."""
        return TaskVectors(self.tasks, {name: x.to(device) for name, x in self.layers.items()})


def task_vector(theta_pre: Tensors, theta_ft: Tensors) -> dict[str, Tensor]:
    """Equation 1, by name. A layer that theta_pre lacks is a head: its base is zero.

    Raises BankInvalid if theta_ft lacks one of theta_pre's layers or shapes differ.
    """
    for name, base in theta_pre.items():
        check_layer(name, base, theta_ft.get(name), "the fine-tuned model")
    return {
        name: tuned - theta_pre[name] if name in theta_pre else tuned.clone()
        for name, tuned in theta_ft.items()
    }


def check_layer(name: str, expected: Tensor, found: Tensor | None, owner: str) -> None:
    """Raises BankInvalid naming the layer, unless `found` is there and of the expected shape."""
    if found is None:
        raise BankInvalid(f"The layer {name} is missing from {owner}.")
    if found.shape != expected.shape:
        raise BankInvalid(
            f"The layer {name} of {owner} has the shape {tuple(found.shape)}, "
            f"not {tuple(expected.shape)}."
        )


def merge(theta_pre: Tensors, vectors: TaskVectors, alpha: Tensor) -> dict[str, Tensor]:
    """Equation 2: the merged model's tensors, of which those of the head start from zero.

    `alpha` is [n, L]. The tensors are new; none of them is attached to a graph.
    """
    return dict(merged_layers(theta_pre, vectors, alpha))


def merged_layers(
    theta_pre: Tensors, vectors: TaskVectors, alpha: Tensor
) -> Iterator[tuple[str, Tensor]]:
    """The same a layer at a time, for whoever has no room for two models."""
    for column, (name, layer) in enumerate(vectors.layers.items()):
        with torch.no_grad():
            total = layer.combined(alpha[:, column])
            base = theta_pre.get(name)
            merged = total if base is None else total.add_(base)
        yield name, merged


class GatheredGradient:
    """d loss / d alpha, [n, L], gathered layer by layer while a loss is differentiated.

    By the chain rule through equation 2 it is <d loss / d theta_p^l, tau_i^l>: no graph through the
    merge is needed, and no copy of any task vector. Nor is a whole model's gradient ever there:
    each layer's is let go as soon as it has come.
    """

    def __init__(self, tensors: Tensors, vectors: TaskVectors) -> None:
        """`tensors` are the merged model's, leaves that want gradients; what is differentiated
        until `columns` is added up."""
        self._found: dict[str, Tensor] = {}
        self._names = vectors.names
        for name, tensor in tensors.items():
            take = self._taking(name, vectors.layers[name])
            tensor.register_post_accumulate_grad_hook(take)  # type: ignore[no-untyped-call]

    def columns(self) -> Tensor:
        """The gradient of alpha [n, L], after at least one loss."""
        return torch.stack([self._found[name] for name in self._names], dim=1)

    def _taking(self, name: str, layer: Layer) -> Callable[[Tensor], None]:
        def take(tensor: Tensor) -> None:
            if tensor.grad is not None:
                inner = layer.inner(tensor.grad)
                self._found[name] = self._found.get(name, 0) + inner
                tensor.grad = None

        return take


def low_rank(matrix: Tensor, rank: int) -> tuple[Tensor, Tensor]:
    """The best factors [rows, rank], [rank, columns] of a layer (truncated SVD, Eckart-Young).

    The singular values are shared between the two, so that both fit half precision.
    """
    u, s, v = torch.linalg.svd(matrix.float().flatten(1), full_matrices=False)
    root = s[:rank].sqrt()
    return u[:, :rank] * root, root[:, None] * v[:rank]
