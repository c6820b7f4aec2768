"""A dry run of stage one on generated photos: seconds a step, peak memory, hours a database.

    python -m tests.benchmarks.stage_one ViT-B-16 ViT-L-14 --batch 4 --steps 3

Towers have random weights, which cost what trained ones cost. A step here has `--batch` photos and
is scaled to the paper's 32. The pass over all photos that gives the head its features is counted as
a third of a step's cost a photo: forward is one part of three. The head's steps on stored features
and decoding are left out. Results: photoaes/offline/TRAINING.md.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
import torch

from photoaes.model.device import choose_device
from photoaes.model.paper.backbone import BackboneSpec
from photoaes.offline.experts.finetune import FinetuneSettings, Phase, Photos, finetune

# Photos in training and test (paper, table 1).
DATABASES = {"AVA": 255_500, "TAD66K": 67_125, "Flickr-AES": 40_000, "PARA": 31_220,
             "KonIQ": 10_073, "SPAQ": 11_125}  # fmt: skip
BATCH, STEPS = 32, 5_000


def main() -> None:
    """Measure each model and print its line and its hours."""
    parser = argparse.ArgumentParser()
    parser.add_argument("models", nargs="+")
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--steps", type=int, default=3)
    options = parser.parse_args()
    device = choose_device("auto")
    print(device.description)
    for model in options.models:
        step_seconds = _step_seconds(model, options.batch, options.steps, device.torch)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        if device.torch.type == "cuda":
            peak = torch.cuda.max_memory_allocated() / 2**30
        scaled = step_seconds * BATCH / options.batch
        pass_seconds = scaled / BATCH / 3
        print(f"{model}: {scaled:.1f} s a step of {BATCH}, {pass_seconds:.2f} s a photo's pass, "
              f"peak {peak:.1f} GiB at {options.batch}")  # fmt: skip
        for name, photos in DATABASES.items():
            hours = (scaled * STEPS + pass_seconds * photos) / 3600
            print(f"    {name}: {hours:.0f} hours")


def _step_seconds(model: str, batch: int, steps: int, device: torch.device) -> float:
    """Seconds of a step of `batch` photos that trains backbone and head."""
    spec = BackboneSpec(model)
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (batch, 224, 224, 3), dtype=np.uint8)
    photos = Photos(pixels, rng.uniform(1, 10, batch), np.full((batch, 10), 0.1))
    theta_pre = {f"backbone.{name}": t.detach() for name, t in spec.build().named_parameters()}
    # The head's one step holds the pass over all photos, and the first whole step warms up.
    settings = FinetuneSettings(Phase(1, batch, 1e-5, 1e-6), Phase(steps + 1, batch, 1e-6, 1e-7))
    run = finetune(spec, theta_pre, photos, None, settings, device)
    times = [time.perf_counter()]
    for _ in run:
        times.append(time.perf_counter())
    return float(np.median(np.diff(times)[2:]))


if __name__ == "__main__":
    main()
