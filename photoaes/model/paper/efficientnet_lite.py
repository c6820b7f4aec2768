"""EfficientNet-Lite (Tan & Le 2019; Lite by Liu 2020), layer for layer as timm has it.

The same names and numbers without the import of timm, which takes seconds and brings torchvision
along. Tests hold the two against each other.
"""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

CLASSES = 1000
HEAD = 1280


class _Same(nn.Conv2d):
    """TensorFlow's padding: of an even photo one more pixel at the right and the bottom."""

    def forward(self, x: Tensor) -> Tensor:
        sides: list[int] = []
        for size, kernel, stride in zip(
            x.shape[-1:-3:-1], self.kernel_size[::-1], self.stride[::-1], strict=True
        ):
            lacking = max((-(-size // stride) - 1) * stride + kernel - size, 0)
            sides += [lacking // 2, lacking - lacking // 2]
        padded = functional.pad(x, sides)
        return functional.conv2d(padded, self.weight, self.bias, self.stride, 0, 1, self.groups)


class _NormAct(nn.BatchNorm2d):
    """Batch norm with its activation, which stays when the norm is folded into a convolution."""

    def __init__(self, width: int, *, linear: bool = False) -> None:
        super().__init__(width, eps=1e-3)
        self.act = nn.Identity() if linear else nn.ReLU6(inplace=True)

    def forward(self, x: Tensor) -> Tensor:
        found: Tensor = self.act(super().forward(x))
        return found


def _convolution(
    inner: int, outer: int, kernel: int, stride: int = 1, groups: int = 1
) -> nn.Conv2d:
    if stride == 1:
        return nn.Conv2d(inner, outer, kernel, 1, kernel // 2, groups=groups, bias=False)
    return _Same(inner, outer, kernel, stride, groups=groups, bias=False)


class _Plain(nn.Module):
    """A block without an expansion, the first one."""

    def __init__(self, inner: int, outer: int, kernel: int) -> None:
        super().__init__()
        self.conv_dw = _convolution(inner, inner, kernel, 1, inner)
        self.bn1 = _NormAct(inner)
        self.conv_pw = _convolution(inner, outer, 1)
        self.bn2 = _NormAct(outer, linear=True)

    def forward(self, x: Tensor) -> Tensor:
        found: Tensor = self.bn2(self.conv_pw(self.bn1(self.conv_dw(x))))
        return found


class _Expanded(nn.Module):
    """A block with an expansion in front, and a shortcut where its output is as its input."""

    def __init__(self, inner: int, outer: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = inner * expansion
        self.conv_pw = _convolution(inner, wide, 1)
        self.bn1 = _NormAct(wide)
        self.conv_dw = _convolution(wide, wide, kernel, stride, wide)
        self.bn2 = _NormAct(wide)
        self.conv_pwl = _convolution(wide, outer, 1)
        self.bn3 = _NormAct(outer, linear=True)
        self._has_shortcut = stride == 1 and inner == outer

    def forward(self, x: Tensor) -> Tensor:
        found: Tensor = self.bn1(self.conv_pw(x))
        found = self.bn2(self.conv_dw(found))
        found = self.bn3(self.conv_pwl(found))
        return found + x if self._has_shortcut else found


# Kernel, stride and expansion of each stage.
_STAGES = ((3, 1, 1), (3, 2, 6), (5, 2, 6), (3, 2, 6), (5, 1, 6), (5, 2, 6), (3, 1, 6))


class EfficientNetLite(nn.Module):
    """`widths` and `depths` are those of the seven stages; photos [B, 3, S, S] to classes."""

    def __init__(self, widths: tuple[int, ...], depths: tuple[int, ...]) -> None:
        super().__init__()
        self.conv_stem = _convolution(3, 32, 3, 2)
        self.bn1 = _NormAct(32)
        inner, stages = 32, []
        for (kernel, stride, expansion), width, depth in zip(_STAGES, widths, depths, strict=True):
            blocks: list[nn.Module] = []
            for number in range(depth):
                if expansion == 1:
                    blocks.append(_Plain(inner, width, kernel))
                else:
                    step = 1 if number else stride
                    blocks.append(_Expanded(inner, width, kernel, step, expansion))
                inner = width
            stages.append(nn.Sequential(*blocks))
        self.blocks = nn.Sequential(*stages)
        self.conv_head = _convolution(inner, HEAD, 1)
        self.bn2 = _NormAct(HEAD)
        self.classifier = nn.Linear(HEAD, CLASSES)

    def forward_features(self, inputs: Tensor) -> Tensor:
        """The last feature map [B, 1280, S / 32, S / 32]."""
        x = self.blocks(self.bn1(self.conv_stem(inputs)))
        found: Tensor = self.bn2(self.conv_head(x))
        return found

    def forward(self, inputs: Tensor) -> Tensor:
        """The logits of the classes [B, 1000]."""
        found: Tensor = self.classifier(self.forward_features(inputs).mean((2, 3)))
        return found
