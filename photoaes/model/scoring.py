"""Scores by one merged model: a person's with its row and template, or plain coefficients'.

On a GPU the model runs in half precision, and on a CPU where that is near enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from photoaes.errors import BankInvalid
from photoaes.model.bank.manifest import Bank
from photoaes.model.paper.backbone import Preprocessing
from photoaes.model.paper.layers import DIRECT
from photoaes.model.paper.merge import Merger
from photoaes.model.paper.score_model import ScoreModel
from photoaes.model.taste.basis import Basis
from photoaes.model.taste.readout import Merged, Readout

TEMPLATE = "template"


@dataclass(frozen=True)
class Scored:
    """A photo's score, and the tower's embedding [d] in half precision."""

    score: float
    embedding: NDArray[np.float16]


class Scorer:
    """A merged model on its device (`looking.Model`). `tensors` are its layers by name; with them
    may come the head's row and the template. If `is_near`, half precision will do on a CPU too."""

    batches: ClassVar[Mapping[str, int]] = {"cuda": 128, "mps": 32, "cpu": 16}

    def __init__(
        self,
        model: ScoreModel,
        tensors: Mapping[str, Tensor],
        preprocessing: Preprocessing,
        device: torch.device,
        *,
        is_near: bool = False,
    ) -> None:
        template = tensors.get(TEMPLATE)
        layers = {name: tensor for name, tensor in tensors.items() if name != TEMPLATE}
        model.load_state_dict(layers)
        if template is not None:
            model.template.copy_(template)
        self.preprocessing = preprocessing
        self.device = device
        self._model = model.to(device)
        if is_near and device.type == "cpu":
            model.hasten()

    def look(self, pixels: NDArray[np.uint8]) -> list[Scored]:
        """Bytes [B, S, S, 3] to B scores with their embeddings."""
        batch = torch.from_numpy(pixels)
        if self.device.type == "cuda":
            batch = batch.pin_memory()
        inputs = self.preprocessing.normalise(batch.to(self.device, non_blocking=True))
        half = torch.float16 if self.device.type == "mps" else torch.bfloat16
        mixed = torch.autocast(self.device.type, half, enabled=self.device.type != "cpu")
        with torch.inference_mode():
            with mixed:
                look = self._model.look(inputs)
            # In full precision: bfloat16 would round stars to steps of .016.
            scores = self._model.scored(look)
        if not torch.isfinite(scores).all():
            raise BankInvalid("The bank's merged model makes no scores of photos: it cannot rank.")
        rows = look.embedding.to("cpu", torch.float16).numpy()
        return [Scored(*one) for one in zip(scores.float().tolist(), rows, strict=True)]

    def prepare(self, count: int) -> Scorer:
        """About so many photos are to come: what is faster for many is looked for. Itself."""
        if self._model.sight.companion is not None:
            self._model.sight.companion.prepare(count)
        return self

    def move(self, device: torch.device) -> None:
        """Move the model to this device."""
        self.device = device
        self._model.to(device)


def merged_tensors(merger: Merger, merged: Merged) -> dict[str, Tensor]:
    """Equation 2 with the row and the template: all that a person's model is, by name; good until
    the merger makes another."""
    alpha = torch.from_numpy(merged.alpha).to(merger.device)
    tensors = merger.own(alpha)
    tensors[f"{DIRECT}weight"] = torch.from_numpy(merged.row)[None]
    tensors[f"{DIRECT}bias"] = torch.tensor([merged.constant])
    tensors[TEMPLATE] = torch.from_numpy(merged.template)
    return tensors


def personal_scorer(
    bank: Bank, merger: Merger, readout: Readout, basis: Basis, *, is_near: bool = False
) -> Scorer:
    """A person's merged model, whose scores are the person's stars. With a basis without the
    companion's groups it looks without the companion; `is_near` is the scorer's. Raises
    BankInvalid."""
    tensors = merged_tensors(merger, readout.merged(basis))
    preprocessing, device = merger.preprocessing, merger.device
    del merger  # where nobody else keeps it, its experts make room for the model
    has_companion = any(name.startswith("companion ") for name in basis.levels)
    model = bank.model(basis.row_columns, with_companion=has_companion)
    return Scorer(model, tensors, preprocessing, device, is_near=is_near)
