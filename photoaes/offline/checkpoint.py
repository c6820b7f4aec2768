"""Checkpoints of a long run: written whole or not at all, resumed only by the same run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn

from photoaes.errors import InputInvalid


def save_checkpoint(
    path: Path,
    identity: Mapping[str, Any],
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    step: int,
) -> None:
    """Write the run's state after `step` steps; a crash meanwhile leaves the previous one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    state = {
        "identity": dict(identity),
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "step": step,
    }
    torch.save(state, partial)
    partial.replace(path)


def load_checkpoint(
    path: Path, identity: Mapping[str, Any], model: nn.Module, optimizer: torch.optim.Optimizer
) -> int:
    """Put the run's state back and return the steps done; 0 where there is no checkpoint.

    Raises InputInvalid if the checkpoint belongs to a run with other settings.
    """
    if not path.exists():
        return 0
    state = torch.load(path, map_location="cpu", weights_only=True)
    other = {key for key in identity if state["identity"].get(key) != identity[key]}
    if other:
        raise InputInvalid(
            f"{path.name} belongs to a run with another {', '.join(sorted(other))}. "
            "Give the same settings to go on with it, or name another checkpoint.",
            path,
        )
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])
