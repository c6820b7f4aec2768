"""What a GPU does, against the CPU: prepared to be run first thing where one is at hand.

    python -m tests.benchmarks.gpu [--device cuda] [--quick]

Prints, each on lines of its own: whether scores, features and a fit agree with the CPU's; photos a
second of the starter bank and of random ViT-B/16 and ViT-L/14 merged models (the paper: 418 and
94); the fit's time; and that a memory which is full ends in sentences and all scores. `--device
cpu` tries the script itself where there is no GPU.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray

from photoaes.images import open_image
from photoaes.jobs.apply_profile import general_scorer
from photoaes.model.bank.manifest import Bank, read_bank
from photoaes.model.device import Device, choose_device
from photoaes.model.looking import Looker, Model, Retreat, Seen
from photoaes.model.metrics import srocc
from photoaes.model.paper.backbone import BackboneSpec
from photoaes.model.paper.fit import Support, fit
from photoaes.model.paper.fit_settings import FitSettings
from photoaes.model.paper.score_model import ScoreModel
from photoaes.model.scoring import Scorer
from photoaes.model.taste.tangent import tangent_of
from photoaes.running import finished
from photoaes.settings import sample_album_folder, starter_bank_folder
from tests.benchmarks.machine import machine_line

Pixels = NDArray[np.uint8]
TURNS = 5


def main() -> None:
    """All parts in turn, the cheapest first."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--quick", action="store_true", help="few photos, steps and models")
    options = parser.parse_args()
    print(machine_line(), flush=True)
    device, bank = choose_device(options.device), read_bank(starter_bank_folder())
    print(device.description, flush=True)
    pixels = _sample(bank)[: 16 if options.quick else None]
    for part in (_agreement, _pace, _fitting, _full_memory):
        for line in part(bank, device, pixels, options.quick):
            print(line, flush=True)


def _sample(bank: Bank) -> Pixels:
    steps = bank.backbone.preprocessing
    paths = sorted(sample_album_folder().rglob("*.JPG"))
    return np.stack([steps.pixels(open_image(p, min_edge=steps.resize)) for p in paths])


def _scores(scorer: Scorer, pixels: Pixels) -> NDArray[np.float64]:
    size = scorer.batches[scorer.device.type]
    found = [one.score for i in range(0, len(pixels), size)
             for one in scorer.look(pixels[i : i + size])]  # fmt: skip
    return np.array(found)


def _agreement(bank: Bank, device: Device, pixels: Pixels, quick: bool) -> Iterator[str]:
    cpu = choose_device("cpu")
    here, there = (_scores(general_scorer(bank, d), pixels) for d in (cpu, device))
    yield (f"scores: Spearman {srocc(here, there):.5f}, "
           f"largest difference {np.abs(here - there).max():.4f} stars")  # fmt: skip
    few = pixels[:16]
    a, b = (tangent_of(bank, d.torch).features(few).astype(np.float64) for d in (cpu, device))
    cosine = (a * b).sum(1) / np.sqrt((a * a).sum(1) * (b * b).sum(1))
    yield f"features: cosine at least {cosine.min():.6f}"
    settings = FitSettings(steps=3 if quick else 20)
    support = Support(few, np.array([1.0 + row % 5 for row in range(len(few))]))
    one, two = (finished(fit(bank.merger(d.torch), support, settings)) for d in (cpu, device))
    yield f"fit, {settings.steps} steps: coefficients differ by {(one - two).abs().max():.5f}"


def _pace(bank: Bank, device: Device, pixels: Pixels, quick: bool) -> Iterator[str]:
    for batch in (16, 64) if quick else (32, 128, 512):
        many = np.resize(pixels, (batch, *pixels.shape[1:]))
        rate = _rate(general_scorer(bank, device), many)
        yield f"starter bank, general score, {batch} at once: {rate}"
    tangent = tangent_of(bank, device.torch)
    size = tangent.batches[device.torch.type]
    yield f"starter bank, features: {_rate(tangent, np.resize(pixels, (size, *pixels.shape[1:])))}"
    for name in ("ViT-B-16",) if quick else ("ViT-B-16", "ViT-L-14"):
        spec = BackboneSpec(name)
        model = ScoreModel(spec.build(), spec.embed_dim).eval().requires_grad_(False)
        scorer = Scorer(model, model.state_dict(), spec.preprocessing, device.torch)
        side = spec.preprocessing.crop
        for batch in (4,) if quick else (32, 128, 512):
            noise = np.random.default_rng(0).integers(
                0, 256, (batch, side, side, 3), dtype=np.uint8
            )
            yield f"{name} of random weights, {batch} at once: {_rate(scorer, noise)}"


def _rate(model: Model[object], pixels: Pixels) -> str:
    look = model.look
    look(pixels)  # the first prepares kernels
    times = [time.perf_counter()]
    for _ in range(TURNS):
        look(pixels)  # waits: what it found comes back
        times.append(time.perf_counter())
    taken = sorted(b - a for a, b in pairwise(times))[TURNS // 2]
    return f"{len(pixels) / taken:.0f} photos/s"


def _fitting(bank: Bank, device: Device, pixels: Pixels, quick: bool) -> Iterator[str]:
    settings = FitSettings(steps=5 if quick else 500)
    few = pixels[:50]
    support = Support(few, np.array([1.0 + row % 5 for row in range(len(few))]))
    merger, begun = bank.merger(device.torch), time.perf_counter()
    finished(fit(merger, support, settings))
    yield (f"the paper's fit, {len(support.ratings)} photos, {settings.steps} steps: "
           f"{time.perf_counter() - begun:.1f} s")  # fmt: skip


def _full_memory(bank: Bank, device: Device, pixels: Pixels, quick: bool) -> Iterator[str]:
    if device.torch.type != "cuda":
        yield "full memory: wants a GPU"
        return
    paths = sorted(sample_album_folder().rglob("*.JPG"))
    for spare in (256, 64, 8):  # MiB
        scorer = general_scorer(bank, device)
        free, _ = torch.cuda.mem_get_info()
        taken = torch.empty(max(free - (spare << 20), 0), dtype=torch.uint8, device=device.torch)
        seen = list(Looker(scorer, 512).look(paths))
        scored = sum(isinstance(one, Seen) and one.result is not None for one in seen)
        said = [one.text for one in seen if isinstance(one, Retreat)]
        yield f"{spare} MiB of memory left: {scored} of {len(paths)} scored; said {said}"
        del taken, scorer
        torch.cuda.empty_cache()


if __name__ == "__main__":
    main()
