"""Self-attention with its products in the open: hooks see each, and half precision hastens each."""

from __future__ import annotations

from torch import Tensor, nn


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


def open_attentions(model: nn.Module) -> None:
    """Put it in the place of torch's own in all blocks of the model that attend to what they are
    given: the same numbers. Layers get other names and keep their order."""
    for block in model.modules():
        closed = getattr(block, "attn", None)
        # Our blocks and open_clip's, but none that attends to what is not its input.
        is_plain = hasattr(block, "mlp") and not hasattr(block, "ln_1_kv")
        if is_plain and isinstance(closed, nn.MultiheadAttention):
            block.attn = OpenAttention(closed)
