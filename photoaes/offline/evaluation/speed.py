"""How many photos a second the merged model scores (the paper's Table 5), and what runs cost."""

from __future__ import annotations

import time

import numpy as np
import torch

from photoaes.model.bank.manifest import Bank

BATCH, LEAST_SECONDS, MOST_BATCHES = 32, 2.0, 50


def frames_per_second(bank: Bank, device: torch.device, batch: int = BATCH) -> float:
    """Of photos that are decoded already, by a model merged with equal coefficients."""
    merger = bank.merger(device)
    alpha = merger.vectors.uniform(torch.full((len(bank.tasks),), 1 / len(bank.tasks)))
    tensors = merger.merged(alpha.to(device))
    crop = merger.preprocessing.crop
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (batch, crop, crop, 3), dtype=np.uint8)
    merger.scores_with(tensors, pixels)  # the first pass prepares kernels
    begun, batches = time.perf_counter(), 0
    while batches < MOST_BATCHES and (time.perf_counter() - begun < LEAST_SECONDS or not batches):
        merger.scores_with(tensors, pixels)  # waits for the device: scores come back
        batches += 1
    return batch * batches / (time.perf_counter() - begun)
