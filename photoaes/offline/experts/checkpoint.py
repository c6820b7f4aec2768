"""Checkpoints of a long run: written whole or not at all, resumed only by the same run."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn

from photoaes.errors import InputInvalid
from photoaes.new_files import new_file


def save_checkpoint(
    path: Path,
    identity: Mapping[str, Any],
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    step: int,
) -> None:
    """Write the run's state after `step` steps; a crash meanwhile leaves the previous one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {
        "identity": dict(identity),
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "step": step,
    }
    with new_file(path, over=True) as file:
        torch.save(state, file)


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


class Checkpoints:
    """A run of several parts keeps one file a part, about every `seconds`, and at each end."""

    def __init__(self, folder: Path, identity: Mapping[str, Any], seconds: float = 120) -> None:
        self._folder, self._identity, self._seconds = folder, dict(identity), seconds
        self._saved = time.monotonic()
        self._parts: set[str] = set()

    def resume(self, part: str, model: nn.Module, optimizer: torch.optim.Optimizer) -> int:
        """Put the part's last state back and return its steps done. Raises InputInvalid."""
        self._parts.add(part)
        return load_checkpoint(self._file(part), self._identity, model, optimizer)

    def offer(
        self,
        part: str,
        model: nn.Module,
        optimizer: torch.optim.Optimizer,
        step: int,
        *,
        last: bool,
    ) -> None:
        """Save the state after `step` steps if it is time, or the part's `last`."""
        if last or time.monotonic() - self._saved >= self._seconds:
            save_checkpoint(self._file(part), self._identity, model, optimizer, step)
            self._saved = time.monotonic()

    def remove(self) -> None:
        """Once the run's result is kept elsewhere; what else lies in the folder stays."""
        for part in self._parts:
            self._file(part).unlink(missing_ok=True)

    def _file(self, part: str) -> Path:
        return self._folder / f"{part}.pt"
