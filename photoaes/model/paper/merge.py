"""The merged model of a bank, for any coefficients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.func import functional_call

from photoaes.model.paper.backbone import Preprocessing
from photoaes.model.paper.score_model import ScoreModel
from photoaes.model.paper.task_vector import TaskVectors, merge, merged_layers

SCORING_BATCH = 32


class Merger:
    """theta_pre, the task vectors and one score model on a device, ready for any coefficients."""

    def __init__(
        self,
        model: ScoreModel,
        theta_pre: Mapping[str, Tensor],
        vectors: TaskVectors,
        preprocessing: Preprocessing,
        device: torch.device,
    ) -> None:
        self.device = device
        self.vectors = vectors.to(device)
        self.preprocessing = preprocessing
        self._theta_pre = {name: tensor.to(device) for name, tensor in theta_pre.items()}
        self.model = model.to(device)

    def limited(self, tasks: Sequence[str]) -> Merger:
        """The same model with some of the tasks alone, in that order."""
        vectors = self.vectors.limited(tasks)
        return Merger(self.model, self._theta_pre, vectors, self.preprocessing, self.device)

    def merged(self, alpha: Tensor) -> dict[str, Tensor]:
        """The merged parameters by name, equation 2, for alpha [n, L]."""
        return merge(self._theta_pre, self.vectors, alpha)

    def own(self, alpha: Tensor) -> dict[str, Tensor]:
        """The same in place, as the tensors of `model` itself: good until it is merged anew.

        For whoever has no room for two models, or makes one after the other.
        """
        self.merge_into(self.model, alpha)
        return {name: tensor.detach() for name, tensor in self.model.named_parameters()}

    def merge_into(self, model: ScoreModel, alpha: Tensor) -> None:
        """The same, written over the layers of a model on the device."""
        layers = dict(model.named_parameters())
        for name, tensor in merged_layers(self._theta_pre, self.vectors, alpha):
            with torch.no_grad():
                layers[name].copy_(tensor)

    def inputs(self, pixels: NDArray[np.uint8]) -> Tensor:
        """Bytes [B, S, S, 3] as the model's input on the device."""
        return self.preprocessing.normalise(torch.from_numpy(pixels).to(self.device))

    def scores(
        self, tensors: Mapping[str, Tensor], inputs: Tensor, dropout: bool = False
    ) -> Tensor:
        """f(x) for merged `tensors`, [B]; differentiable in both. `dropout` is the head's."""
        self.model.train(dropout)
        result: Tensor = functional_call(self.model, dict(tensors), (inputs,))
        return result

    def scores_of(self, alpha: Tensor, pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Scores [N] of many photos, in batches, without gradients."""
        return self.scores_with(self.own(alpha), pixels)

    def scores_with(
        self, tensors: Mapping[str, Tensor], pixels: NDArray[np.uint8]
    ) -> NDArray[np.float64]:
        """Scores [N] of many photos for merged `tensors`, in batches, without gradients."""
        with torch.no_grad():
            parts = [
                self.scores(tensors, self.inputs(pixels[i : i + SCORING_BATCH]))
                for i in range(0, len(pixels), SCORING_BATCH)
            ]
        return torch.cat(parts).double().cpu().numpy()

    def expert_scores(self, pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Each task's own scores, [n, N]: the merge with that task alone in full."""
        rows = torch.eye(len(self.vectors.tasks), device=self.device)
        return np.stack([self.scores_of(self.vectors.uniform(row), pixels) for row in rows])
