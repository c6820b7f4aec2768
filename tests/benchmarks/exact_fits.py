"""`photoaes evaluate` with the paper's exact fit put together for a processor with AMX.

    python -m tests.benchmarks.exact_fits check BANK
    python -m tests.benchmarks.exact_fits evaluate ... --methods K=0 initialisation paper ...

The same step as `model.paper.fit`, put together as `exact_step` says (torch.compile needs a C++
compiler). `check` prints how long a step takes either way, and the cosine of its gradient with
that of the plain step in fp32. Large pages help: set `GLIBC_TUNABLES=glibc.malloc.hugetlb=1`,
`MALLOC_MMAP_THRESHOLD_=4000000000` and `MALLOC_TRIM_THRESHOLD_=8000000000`.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from photoaes.__main__ import main as photoaes
from photoaes.model.bank.manifest import read_bank
from photoaes.model.paper import fit as fitting
from photoaes.model.paper.fit_settings import FitSettings
from photoaes.model.paper.merge import Merger
from tests.benchmarks.exact_step import FusedStep, prepare
from tests.benchmarks.machine import machine_line

PLAIN_STEP = fitting._step

_ready: dict[int, FusedStep] = {}


def _step(
    merger: Merger, alpha: Tensor, inputs: Tensor, ratings: Tensor, settings: FitSettings
) -> tuple[float, Tensor]:
    """In place of `fitting._step`, which still does what is not the paper's own loss."""
    if settings.loss != "rank" or settings.pairs != "all" or settings.noise:
        return PLAIN_STEP(merger, alpha, inputs, ratings, settings)
    better, worse = fitting._pairs(ratings, settings)
    if len(better) == 0:
        return 0.0, torch.zeros_like(alpha)
    if id(merger) not in _ready:
        _ready[id(merger)] = FusedStep(merger)
    return _ready[id(merger)](alpha, inputs, better, worse)


def _check(folder: Path, steps: int = 12) -> None:
    bank = read_bank(folder)
    preprocessing = bank.backbone.preprocessing
    vectors, device = bank.task_vectors(), torch.device("cpu")
    plain, fused = (
        Merger(bank.model(), bank.theta_pre(), vectors, preprocessing, device) for _ in range(2)
    )
    print(machine_line())
    rng = np.random.default_rng(0)
    weights = torch.softmax(torch.from_numpy(rng.normal(size=len(bank.tasks))).float(), 0)
    alpha = vectors.uniform(weights)
    for photos in (10, 32):
        shape = (photos, preprocessing.crop, preprocessing.crop, 3)
        inputs = plain.inputs(rng.integers(0, 256, shape, dtype=np.uint8))
        ratings = torch.from_numpy(rng.integers(1, 6, photos))
        exact = PLAIN_STEP(plain, alpha, inputs, ratings, FitSettings())[1]
        ways = (("plain", PLAIN_STEP, plain), ("fused", _step, fused))
        for name, step, merger in ways:
            taken = []
            for _ in range(steps + 2):
                begun = time.perf_counter()
                found = step(merger, alpha, inputs, ratings, FitSettings(mixed=True))[1]
                taken.append(time.perf_counter() - begun)
            cosine = torch.cosine_similarity(found.flatten(), exact.flatten(), dim=0)
            median = statistics.median(taken[2:]) * 1000
            print(f"{photos} photos, {name}: {median:.0f} ms a step, cosine {cosine:.4f}")


def main() -> int:
    """`check`, or photoaes with the fused step."""
    if sys.argv[1:2] == ["check"]:
        prepare()
        parser = argparse.ArgumentParser()
        parser.add_argument("check")
        parser.add_argument("bank", type=Path)
        _check(parser.parse_args().bank)
        return 0
    prepare()
    fitting._step = _step
    return photoaes(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
