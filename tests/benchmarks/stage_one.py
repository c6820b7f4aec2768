"""A dry run of stage one on generated photos: seconds a step, peak memory, hours a database.

    python -m tests.benchmarks.stage_one ViT-B-16 ViT-L-14 --batch 4 --steps 3

Towers have random weights, which cost what trained ones cost. A step here has `--batch` photos and
is scaled to the paper's 32; the head's 60,000 steps on stored features are left out (minutes), the
pass over all photos that gives those features is counted.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
import torch

from photoaes.model.backbone import BackboneSpec
from photoaes.model.device import choose_device
from photoaes.offline.finetune import FinetuneSettings, Part, Photos, finetune

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
        pass_seconds, step_seconds = _measured(model, options.batch, options.steps, device.torch)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        if device.torch.type == "cuda":
            peak = torch.cuda.max_memory_allocated() / 2**30
        scaled = step_seconds * BATCH / options.batch
        print(f"{model}: {scaled:.1f} s a step of {BATCH}, {pass_seconds:.2f} s a photo's pass, "
              f"peak {peak:.1f} GiB at {options.batch}")  # fmt: skip
        for name, photos in DATABASES.items():
            hours = (scaled * STEPS + pass_seconds * photos) / 3600
            print(f"    {name}: {hours:.0f} hours")


def _measured(model: str, batch: int, steps: int, device: torch.device) -> tuple[float, float]:
    """Seconds of one photo's pass through the frozen tower, and of one step of `batch` photos."""
    spec = BackboneSpec(model)
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (batch, 224, 224, 3), dtype=np.uint8)
    photos = Photos(pixels, rng.uniform(1, 10, batch), np.full((batch, 10), 0.1))
    theta_pre = {f"backbone.{name}": t.detach() for name, t in spec.build().named_parameters()}
    # The first step of each part warms up; the head's first step holds the pass over all photos.
    settings = FinetuneSettings(Part(1, batch, 1e-5, 1e-6), Part(steps + 1, batch, 1e-6, 1e-7))
    run = finetune(spec, theta_pre, photos, None, settings, device)
    times = [time.perf_counter()]
    for _ in run:
        times.append(time.perf_counter())
    laps = np.diff(times)
    return float(laps[0]) / batch, float(np.median(laps[2:]))


if __name__ == "__main__":
    main()
