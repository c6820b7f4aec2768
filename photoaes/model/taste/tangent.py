"""The merged model made linear in its coefficients, photo by photo.

    f(x; a) ~ f0(x) + sum_il J_il(x) (a_il - a0_il),    J_il = df/da_il = <df/dtheta^l, tau_i^l>

It is expanded at a0 = 1/n, the same for every person, so f0 and J of a photo are computed once. Per
photo the matrices of linear and convolution layers need only what goes in, x_t, and the gradient of
what comes out, g_t, over the tokens t: <sum_t g_t x_t', left_i right_i> = sum_t (g_t left_i) .
(right_i x_t). All other layers (biases, norms, embeddings) are small: torch.func makes their
gradients photo by photo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from open_clip.transformer import ResidualAttentionBlock
from torch import Tensor, nn
from torch.func import functional_call, grad, vmap
from torch.nn import functional

from photoaes.model.bank.manifest import Bank
from photoaes.model.paper.backbone import Preprocessing
from photoaes.model.paper.score_model import ScoreModel, layer_names
from photoaes.model.paper.task_vector import TaskVectors, merge

# Half precision is finest around zero: the score is kept from the middle of its scale, and J, of
# which many entries are near 1e-5, enlarged by a power of two.
MIDDLE = 5.5
ENLARGED = 256.0
LARGEST = 65_504.0  # of half precision


@dataclass(frozen=True)
class Layout:
    """Where in a row of features [1 + n L + d] (fp16) the score, J and the embedding stand."""

    tasks: tuple[str, ...]
    layers: tuple[str, ...]
    embed_dim: int

    @property
    def coefficients(self) -> int:
        """n L."""
        return len(self.tasks) * len(self.layers)

    @property
    def columns(self) -> int:
        """Length of a row."""
        return 1 + self.coefficients + self.embed_dim

    def generic(self, features: NDArray[np.float16]) -> NDArray[np.float32]:
        """f0 [N], 1..10: the score of all experts in equal parts."""
        return features[:, 0].astype(np.float32) + np.float32(MIDDLE)

    def gradients(self, features: NDArray[np.float16]) -> NDArray[np.float32]:
        """J [N, n L], a task's layers together."""
        return features[:, 1 : 1 + self.coefficients].astype(np.float32) / np.float32(ENLARGED)

    def embeddings(self, features: NDArray[np.float16]) -> NDArray[np.float32]:
        """What the backbone, merged at a0, makes of the photos, [N, d]."""
        return features[:, 1 + self.coefficients :].astype(np.float32)

    def experts(self, features: NDArray[np.float16]) -> NDArray[np.float32]:
        """Each task's own score in the linear model, [N, n]: a coefficient of 1 for it alone."""
        columns = features[:, 1 : 1 + self.coefficients]
        by_task = columns.reshape(len(features), len(self.tasks), -1)
        # Summed without a copy in single precision, which for 100,000 photos would be large.
        steps = np.add.reduce(by_task, axis=2, dtype=np.float32) / np.float32(ENLARGED)
        scores: NDArray[np.float32] = steps - steps.mean(axis=1, keepdims=True)
        scores += self.generic(features)[:, None]
        return scores

    def packed(self, scores: Tensor, gradients: Tensor, embeddings: Tensor) -> NDArray[np.float16]:
        """f0 [B], J [B, n, L] and embeddings [B, d] as rows of features."""
        parts = [scores[:, None] - MIDDLE, gradients.flatten(1) * ENLARGED, embeddings]
        rows = torch.cat([part.float() for part in parts], dim=1)
        return rows.clamp(-LARGEST, LARGEST).half().cpu().numpy()


class OpenAttention(nn.Module):
    """Self-attention as nn.MultiheadAttention has it, but its input projection is a Linear.

    In torch's own module the projection is a function call that no hook sees.
    """

    def __init__(self, closed: nn.MultiheadAttention) -> None:
        super().__init__()
        width = closed.embed_dim
        self.in_proj = nn.Linear(width, 3 * width, device="meta")
        self.in_proj.weight, self.in_proj.bias = closed.in_proj_weight, closed.in_proj_bias
        self.out_proj = closed.out_proj
        self._heads = closed.num_heads

    def forward(self, tokens: Tensor, *_: object, **__: object) -> tuple[Tensor, None]:
        """Tokens [B, T, w], as query, key and value alike, to [B, T, w]."""
        heads = self.in_proj(tokens).unflatten(-1, (3, self._heads, -1)).permute(2, 0, 3, 1, 4)
        query, key, value = heads.unbind(0)  # [B, heads, T, w / heads] each
        weights = (query @ key.mT / query.shape[-1] ** 0.5).softmax(dim=-1)
        return self.out_proj((weights @ value).transpose(1, 2).flatten(2)), None


class Tangent:
    """Computes features of photos for one bank on one device."""

    def __init__(
        self,
        model: ScoreModel,
        theta_pre: Mapping[str, Tensor],
        vectors: TaskVectors,
        preprocessing: Preprocessing,
        device: torch.device,
    ) -> None:
        count = len(vectors.tasks)
        middle = merge(theta_pre, vectors, vectors.uniform(torch.full((count,), 1 / count)))
        model.load_state_dict(middle)
        names = layer_names(model)
        self.layout = Layout(vectors.tasks, tuple(vectors.names), _embed_dim(model))
        self.preprocessing = preprocessing
        self._device = device
        self._vectors = vectors.to(device)
        self._model = _opened(model).to(device).requires_grad_(False)
        # Opening an attention renames its layers but leaves their order.
        opened = dict(self._model.named_parameters())
        self._layer = dict(zip(opened, names, strict=True))
        self._matrices = {
            f"{name}.weight": module
            for name, module in self._model.named_modules()
            if isinstance(module, nn.Linear) or _is_plain_convolution(module)
        }
        self._small: dict[str, Tensor] = {
            name: p for name, p in opened.items() if name not in self._matrices
        }
        size = preprocessing.crop
        self._shapes = self._output_shapes(torch.zeros(1, 3, size, size, device=device))

    def features(self, pixels: NDArray[np.uint8]) -> NDArray[np.float16]:
        """Rows [B, 1 + n L + d] of photos given as bytes [B, S, S, 3]."""
        inputs = self.preprocessing.normalise(torch.from_numpy(pixels).to(self._device))
        scores, embeddings, gradients = self._expanded(inputs)
        return self.layout.packed(scores, gradients, embeddings)

    def _expanded(self, inputs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """f0 [B], embeddings [B, d] and J [B, n, L] of normalised inputs [B, 3, S, S]."""
        # What is added to each matrix's output is zero; its gradient is that of the output.
        added = {n: torch.zeros(s, device=self._device) for n, s in self._shapes.items()}
        each = vmap(grad(self._score, argnums=(0, 1), has_aux=True), in_dims=(None, None, 0))
        (small, outer), (scores, embeddings, inner) = each(self._small, added, inputs)
        columns = {}
        with torch.no_grad():
            for name, gradient in small.items():
                layer = self._vectors.layers[self._layer[name]]
                columns[self._layer[name]] = layer.inner_each(gradient)
            for name, module in self._matrices.items():
                layer = self._vectors.layers[self._layer[name]]
                tokens = _tokens(module, inner[name], outer[name])
                columns[self._layer[name]] = layer.inner_tokens(*tokens)
        gradients = torch.stack([columns[name] for name in self.layout.layers], dim=2)
        return scores, embeddings, gradients

    def _score(
        self, small: Mapping[str, Tensor], added: dict[str, Tensor], photo: Tensor
    ) -> tuple[Tensor, tuple[Tensor, Tensor, dict[str, Tensor]]]:
        """The score of one photo [3, S, S]; beside it the embedding and each matrix's input."""
        seen: dict[str, Tensor] = {}

        def hook(name: str) -> object:
            def keep(_: nn.Module, inputs: tuple[Tensor], output: Tensor) -> Tensor:
                seen[name] = inputs[0]
                return output + added[name]

            return keep

        hooks = [m.register_forward_hook(hook(n)) for n, m in self._matrices.items()]
        try:
            [score] = functional_call(self._model, dict(small), (photo[None],))
        finally:
            for handle in hooks:
                handle.remove()
        embedding = seen["head.0.weight"][0]
        return score, (score, embedding, seen)

    def _output_shapes(self, photo: Tensor) -> dict[str, torch.Size]:
        """The shape of what each matrix makes of one photo."""
        shapes: dict[str, torch.Size] = {}

        def hook(name: str) -> object:
            return lambda _, __, output: shapes.update({name: output.shape})

        hooks = [m.register_forward_hook(hook(n)) for n, m in self._matrices.items()]
        with torch.no_grad():
            self._model(photo)
        for handle in hooks:
            handle.remove()
        return shapes


def tangent_of(bank: Bank, device: torch.device) -> Tangent:
    """The bank's tangent, its tensors read and checked."""
    preprocessing = bank.backbone.preprocessing
    return Tangent(bank.model(), bank.theta_pre(), bank.task_vectors(), preprocessing, device)


def layout_of(bank: Bank) -> Layout:
    """The layout of the bank's features, from its manifest alone."""
    tasks = tuple(task.name for task in bank.tasks)
    return Layout(tasks, tuple(bank.layer_shapes()), bank.backbone.embed_dim)


def _embed_dim(model: ScoreModel) -> int:
    first = model.head[0]
    assert isinstance(first, nn.Linear)
    return first.in_features


def _opened(model: ScoreModel) -> ScoreModel:
    for block in model.modules():
        if isinstance(block, ResidualAttentionBlock) and not hasattr(block, "ln_1_kv"):
            block.attn = OpenAttention(block.attn)
    return model


def _is_plain_convolution(module: nn.Module) -> bool:
    return (
        isinstance(module, nn.Conv2d) and module.groups == 1 and not isinstance(module.padding, str)
    )


def _tokens(module: nn.Module, inner: Tensor, outer: Tensor) -> tuple[Tensor, Tensor]:
    """Of each photo a matrix's inputs x [B, T, in] and output gradients g [B, T, out]."""
    if isinstance(module, nn.Conv2d) and not isinstance(module.padding, str):
        patches = functional.unfold(
            inner.flatten(0, 1),
            module.kernel_size,
            module.dilation,
            module.padding,
            module.stride,
        )
        return patches.mT, outer.flatten(0, 1).flatten(2).mT
    count = len(inner)
    return inner.reshape(count, -1, inner.shape[-1]), outer.reshape(count, -1, outer.shape[-1])
