"""A step of the paper's fit, put together for one small ViT and a processor with AMX.

The same computation as `model.paper.fit`, in bfloat16 with sums in fp32. What makes it fast:

* The gradient of a merged weight is never made. With tau_i = L_i R_i, d loss / d alpha_i is the sum
  over tokens of (dy L_i) * (x R_i): x meets the merged weight and all R_i in one product, dy the
  merged weight, all L_i and the bias's task vectors in another, both of widths that AMX likes.
* GELU and its slope are polynomials (off by less than 3e-5), the keys are padded to a
  multiple of 32, and the last block works on the class token alone, which is all that is read.
* torch.compile fuses the rest, and keeps what the way back needs instead of finding it again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch._functorch.partitioners import default_partition
from torch._inductor import config as inductor
from torch._inductor.custom_graph_pass import CustomPartitionerFn
from torch.nn.functional import gelu, layer_norm, pad

from photoaes.model.paper import fit as fitting
from photoaes.model.paper.merge import Merger
from photoaes.model.paper.task_vector import DenseLayer, LowRankLayer

EDGE = 4.0  # GELU's polynomials hold to here; beyond, it is 0 or x to within 3e-5
BLOCK = "backbone.transformer.resblocks.{}."


def odd_polynomial(
    function: Callable[[NDArray[np.float64]], NDArray[np.float64]], terms: int
) -> list[float]:
    """c with `function`(x) ~ x sum_k c_k u^k, u = 2 (x / EDGE)^2 - 1, for |x| <= EDGE."""
    x = EDGE * np.cos(np.linspace(0, math.pi / 2, 10_000, endpoint=False))
    basis = np.polynomial.chebyshev.chebvander(2 * (x / EDGE) ** 2 - 1, terms - 1) * x[:, None]
    found = np.linalg.lstsq(basis, function(x), rcond=None)[0]
    return [float(c) for c in np.polynomial.chebyshev.cheb2poly(found)]


def _share(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The normal distribution's share below x, less one half: GELU(x) = x (1/2 + share)."""
    return np.array([math.erf(value / math.sqrt(2)) / 2 for value in x])


def _slope(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return _share(x) + x * np.exp(-x * x / 2) / math.sqrt(2 * math.pi)


SHARE, SLOPE = odd_polynomial(_share, 8), odd_polynomial(_slope, 10)


def half_and(x: Tensor, polynomial: Sequence[float]) -> Tensor:
    """1/2 + the odd polynomial at x, held at its edges."""
    x = x.clamp(-EDGE, EDGE)
    u = x * x * (2 / EDGE**2) - 1
    result: Tensor | float = polynomial[-1]
    for c in polynomial[-2::-1]:
        result = result * u + c
    return x * result + 0.5


class Gelu(torch.autograd.Function):
    """Fp32 or bfloat16 in, bfloat16 out."""

    @staticmethod
    def forward(ctx: Any, y: Tensor) -> Tensor:
        x = y.float()
        ctx.save_for_backward(half_and(x, SLOPE).bfloat16())
        return (x * half_and(x, SHARE)).bfloat16()

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        (slope,) = ctx.saved_tensors
        into: Tensor = gradient.float() * slope.float()
        return into


class Product(torch.autograd.Function):
    """y = x W^T + b of a merged layer, x [N, I] in bfloat16; backward gives x and alpha [n, 2]."""

    @staticmethod
    def forward(
        ctx: Any, x: Tensor, wide: Tensor, tall: Tensor, bias: Tensor, alpha: Tensor, rank: int
    ) -> Tensor:
        rows, factors = len(bias), len(alpha) * rank
        both = x @ wide.T
        ctx.save_for_backward(both[:, rows : rows + factors], tall)
        ctx.columns, ctx.tasks = x.shape[1], len(alpha)
        return both[:, :rows] + bias

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        right, tall = ctx.saved_tensors
        both = gradient.bfloat16() @ tall
        end = ctx.columns + right.shape[1]
        left, biases = both[:, ctx.columns : end], both[:, end : end + ctx.tasks]
        weight = (left.float() * right.float()).sum(0).reshape(ctx.tasks, -1).sum(1)
        alpha = torch.stack([weight, biases.float().sum(0)], 1)
        return both[:, : ctx.columns], None, None, None, alpha, None


class Attention(torch.autograd.Function):
    """Of qkv [B T, 3 H D] to [B T, H D]; `mask` [P >= T] is 0 for tokens, -inf for padding."""

    @staticmethod
    def forward(ctx: Any, qkv: Tensor, mask: Tensor, tokens: int, heads: int) -> Tensor:
        size = qkv.shape[1] // (3 * heads)
        ctx.shape = shape = len(qkv) // tokens, tokens, heads, size
        q, k, v = (part.reshape(shape).transpose(1, 2) for part in qkv.chunk(3, 1))
        q = (q.float() * size**-0.5).bfloat16().reshape(-1, tokens, size)
        padding = (0, 0, 0, len(mask) - tokens)
        k, v = (pad(t.bfloat16(), padding).reshape(-1, len(mask), size) for t in (k, v))
        p = torch.softmax(torch.bmm(q, k.mT).float() + mask, -1).bfloat16()
        ctx.save_for_backward(q, k, v, p)
        return _by_token(torch.bmm(p, v), shape)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        q, k, v, p = ctx.saved_tensors
        _, tokens, _, size = ctx.shape
        into = gradient.bfloat16().reshape(ctx.shape).transpose(1, 2).reshape(-1, tokens, size)
        share, pull = p.float(), torch.bmm(into, v.mT).float()
        change = (share * (pull - (share * pull).sum(-1, keepdim=True))).bfloat16()
        dq = (torch.bmm(change, k).float() * size**-0.5).bfloat16()
        parts = (dq, torch.bmm(change.mT, q), torch.bmm(p.mT, into))
        return torch.cat([_by_token(part, ctx.shape) for part in parts], 1), None, None, None


def _by_token(x: Tensor, shape: tuple[int, int, int, int]) -> Tensor:
    """[B H, P, D] of shape B, T, H, D as [B T, H D], padding left out."""
    batch, tokens, heads, size = shape
    parted = x.reshape(batch, heads, -1, size)[:, :, :tokens]
    return parted.transpose(1, 2).reshape(batch * tokens, heads * size)


class MergedLinear:
    """A linear layer's tensors, merged anew for each alpha: `wide` holds W over all R_i, `tall` W
    beside all L_i and the bias's task vectors."""

    def __init__(self, merger: Merger, weight: str, bias: str | None) -> None:
        layer = merger.vectors.layers[weight]
        assert isinstance(layer, LowRankLayer)
        tasks, rows, self.rank = layer.left.shape
        columns, factors = layer.right.shape[2], tasks * self.rank
        self.names = weight, bias or weight
        self._base = merger._theta_pre[weight].float().reshape(rows, columns)
        self._left = layer.left.float().transpose(0, 1).flatten(1).bfloat16()
        self._right = layer.right.float().flatten(0, 1).bfloat16()
        self._bias, self._biases = torch.zeros(rows), torch.zeros(tasks, rows)
        if bias is not None:
            change = merger.vectors.layers[bias]
            assert isinstance(change, DenseLayer)
            self._bias, self._biases = merger._theta_pre[bias].float(), change.values.float()
        self.wide = torch.zeros(_even(rows + factors), columns, dtype=torch.bfloat16)
        self.wide[rows : rows + factors] = self._right
        end = columns + factors
        self.tall = torch.zeros(rows, _even(end + tasks), dtype=torch.bfloat16)
        self.tall[:, columns:end] = self._left
        self.tall[:, end : end + tasks] = self._biases.T

    def merged(self, weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """`wide`, `tall` and the bias for the coefficients [n] of weight and bias."""
        rows, columns = self._base.shape
        change = (self._left * weight.repeat_interleave(self.rank).bfloat16()) @ self._right
        whole = self._base + change
        self.wide[:rows] = whole
        self.tall[:, :columns] = whole
        return self.wide, self.tall, self._bias + bias @ self._biases


def _even(width: int) -> int:
    """Up to a multiple of 64: others cost a third more than the padding does."""
    return -(-width // 64) * 64


class FusedStep:
    """The loss of equation 3 and its gradient in alpha for the banks' own small ViT."""

    def __init__(self, merger: Merger) -> None:
        tower: Any = merger.model.backbone
        blocks = tower.transformer.resblocks
        self._names = merger.vectors.names
        self._side, self._width = int(tower.conv1.kernel_size[0]), int(tower.conv1.out_channels)
        self._heads, self._eps = int(blocks[0].attn.num_heads), float(tower.ln_post.eps)
        self._tokens = len(tower.positional_embedding)
        self._mask = torch.zeros(-(-self._tokens // 32) * 32)
        self._mask[self._tokens :] = -torch.inf
        pairs = [("attn.in_proj_weight", "attn.in_proj_bias")]
        pairs += [(f"{x}.weight", f"{x}.bias") for x in ("attn.out_proj", "mlp.c_fc", "mlp.c_proj")]
        self._linear = [MergedLinear(merger, "backbone.conv1.weight", None)]
        for block in map(BLOCK.format, range(len(blocks))):
            self._linear += [MergedLinear(merger, block + w, block + b) for w, b in pairs]
        done = {name for linear in self._linear for name in linear.names}
        self._dense = {name: _dense(merger, name) for name in self._names if name not in done}
        self._template = merger.model.template
        self._scores = torch.compile(self._forward, dynamic=False)

    def __call__(
        self, alpha: Tensor, inputs: Tensor, better: Tensor, worse: Tensor
    ) -> tuple[float, Tensor]:
        """Of alpha [n, L], inputs [B, 3, S, S] and pairs' indices [P]: loss, gradient [n, L]."""
        own = dict(zip(self._names, alpha.T, strict=True))
        merged = [linear.merged(*(own[name] for name in linear.names)) for linear in self._linear]
        alpha = alpha.clone().requires_grad_(True)
        scores = self._scores(alpha, _patches(inputs, self._side), merged)
        loss = fitting.bradley_terry(scores, better, worse)
        return float(loss.detach()), torch.autograd.grad(loss, alpha)[0]

    def _forward(
        self, alpha: Tensor, patches: Tensor, merged: Sequence[tuple[Tensor, Tensor, Tensor]]
    ) -> Tensor:
        """Scores [B] of patches [B, T - 1, 3 s s]."""
        own = dict(zip(self._names, alpha.T.unbind(0), strict=True))
        linear = iter(zip(self._linear, merged, strict=True))

        def product(x: Tensor) -> Tensor:
            layer, tensors = next(linear)
            coefficients = torch.stack([own[name] for name in layer.names], 1)
            y: Tensor = Product.apply(
                x.reshape(-1, x.shape[-1]).bfloat16(), *tensors, coefficients, layer.rank
            )
            return y

        def dense(name: str) -> Tensor:
            base, change = self._dense[name]
            return base + (own[name][:, None] * change).sum(0).reshape(base.shape)

        def norm(x: Tensor, name: str) -> Tensor:
            scale, shift = dense(name + ".weight"), dense(name + ".bias")
            return layer_norm(x, (self._width,), scale, shift, self._eps)

        batch = len(patches)
        x = product(patches).reshape(batch, self._tokens - 1, self._width)
        first = dense("backbone.class_embedding").expand(batch, 1, self._width)
        x = torch.cat([first, x], 1) + dense("backbone.positional_embedding")
        blocks = [BLOCK.format(i) for i in range((len(self._linear) - 1) // 4)]
        for block in blocks:
            qkv = product(norm(x, block + "ln_1"))
            seen: Tensor = Attention.apply(qkv.bfloat16(), self._mask, self._tokens, self._heads)
            if block == blocks[-1]:
                x, seen = x[:, 0], seen.reshape(x.shape)[:, 0]
            x = x + product(seen).reshape(x.shape)
            hidden: Tensor = Gelu.apply(product(norm(x, block + "ln_2")))
            x = x + product(hidden).reshape(x.shape)
        x = norm(x, "backbone.ln_post") @ dense("backbone.proj")
        x = gelu(x @ dense("head.0.weight").T + dense("head.0.bias"))
        strength = torch.sigmoid(x @ dense("head.3.weight").T + dense("head.3.bias"))
        return strength / strength.sum(-1, keepdim=True) @ self._template


def _dense(merger: Merger, name: str) -> tuple[Tensor, Tensor]:
    """A layer's value at alpha = 0, and its task vectors [n, P]."""
    layer = merger.vectors.layers[name]
    alone = torch.eye(len(merger.vectors.tasks))
    full = torch.stack([layer.combined(row) for row in alone]).float()
    base = merger._theta_pre.get(name, torch.zeros(tuple(layer.shape))).float()
    return base, full.flatten(1)


def _patches(inputs: Tensor, side: int) -> Tensor:
    """[B, 3, S, S] to [B, (S / side)^2, 3 side side] in bfloat16."""
    batch, channels, height, _ = inputs.shape
    grid = height // side
    cut = inputs.reshape(batch, channels, grid, side, grid, side).permute(0, 2, 4, 1, 3, 5)
    return cut.reshape(batch, grid * grid, -1).bfloat16()


class KeepAll(CustomPartitionerFn):
    """Keep all that the way back needs: finding softmax and GELU again costs more than memory."""

    def __call__(self, gm: Any, joint_inputs: Any, **settings: Any) -> Any:
        """As torch's own partitioners."""
        return default_partition(gm, joint_inputs, num_fwd_outputs=settings["num_fwd_outputs"])

    def uuid(self) -> str:
        """For torch's cache of compiled graphs."""
        return "keep all"


def prepare() -> None:
    """torch.compile's settings for this step, for the whole process."""
    inductor.max_pointwise_cat_inputs = 1  # a concatenation inside a kernel is not vectorised
    inductor.cpp.enable_floating_point_contract_flag = "fast"
    inductor.custom_partitioner_fn = KeepAll()
