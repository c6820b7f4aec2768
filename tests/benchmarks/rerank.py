"""From a click, or one more star, to a re-ranked album; the paper's procedure beside it.

    python -m tests.benchmarks.rerank [--photos 10000] [--rated 25] [--bank FOLDER] [--paper 50]

Features are cached: made up here, since their values cost nothing. The paper's procedure fits 500
steps on the rated photos and runs the merged model over the album; it is run on `--paper` photos
and 20 steps of the fit, in the same run, and its time is scaled up.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from photoaes.jobs.personalize import MeasuredAlbum, personalize, suggest_photos
from photoaes.model.bank.manifest import Bank, read_bank
from photoaes.model.paper.fit import Support, fit
from photoaes.model.paper.fit_settings import FitSettings
from photoaes.model.taste.basis import read_basis
from photoaes.model.taste.tangent import tangent_of
from photoaes.settings import starter_bank_folder
from tests.benchmarks.machine import machine_line

STEPS = 20


def _album(bank: Bank, count: int) -> MeasuredAlbum:
    rng = np.random.default_rng(0)
    basis = read_basis(bank)
    features = rng.normal(size=(count, basis.columns)).astype(np.float32).astype(np.float16)
    return MeasuredAlbum(bank, basis, tuple(Path(f"/{n}.jpg") for n in range(count)), features)


def _seconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def _pixels(bank: Bank, count: int) -> NDArray[np.uint8]:
    size = bank.backbone.preprocessing.crop
    return np.random.default_rng(0).integers(0, 256, (count, size, size, 3), dtype=np.uint8)


def _paper(bank: Bank, rated: int, photos: int, album: int) -> float:
    """Seconds for the paper's fit and scoring of the album, from a part of both."""
    merger = bank.merger(torch.device("cpu"))
    support = Support(_pixels(bank, rated), np.arange(rated, dtype=np.float64) % 5)
    fitting = _seconds(lambda: list(fit(merger, support, FitSettings(steps=STEPS))))
    alpha = merger.vectors.uniform(torch.full((len(bank.tasks),), 1 / len(bank.tasks)))
    scoring = _seconds(lambda: merger.scores_of(alpha, _pixels(bank, photos)))
    print(f"| paper: a step of the fit | {1000 * fitting / STEPS:.0f} ms |")
    print(f"| paper: a photo scored | {1000 * scoring / photos:.1f} ms |")
    return fitting / STEPS * FitSettings().steps + scoring / photos * album


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--photos", type=int, default=10_000)
    parser.add_argument("--rated", type=int, default=25)
    parser.add_argument("--bank", type=Path, default=starter_bank_folder())
    parser.add_argument("--paper", type=int, default=50)
    options = parser.parse_args()
    bank = read_bank(options.bank)
    print(machine_line())
    print(f"{options.photos} photos, {options.rated} rated; {read_basis(bank).columns} columns")
    print("| what | time |\n|---|---|")
    album = _album(bank, options.photos)
    stars = {path: 1 + row % 5 for row, path in enumerate(album.paths[: options.rated])}
    click = _seconds(lambda: np.argsort(-personalize(album, stars).scores))
    print(f"| ours: click to order, features in memory | {1000 * click:.0f} ms |")
    times = []
    for row in range(options.rated, options.rated + 10):
        stars[album.paths[row]] = 1 + row % 5
        times.append(_seconds(lambda: np.argsort(-personalize(album, stars).scores)))
    print(
        f"| ours: one more star to order, median of 10 | {1000 * statistics.median(times):.0f} ms |"
    )
    asked = _seconds(lambda: suggest_photos(album, stars, 8))
    print(f"| ours: eight photos to rate next | {1000 * asked:.0f} ms |")
    tangent, pixels = tangent_of(bank, torch.device("cpu")), _pixels(bank, 16)
    measure = min(_seconds(lambda: tangent.features(pixels)) for _ in range(3)) / 16
    print(f"| ours: a photo measured, once | {1000 * measure:.1f} ms |")
    paper = _paper(bank, options.rated, options.paper, options.photos)
    print(f"| paper: click to order (scaled up) | {paper:.0f} s |")
    print(f"| paper / ours, click to order | {paper / click:.0f} |")
    print(f"| paper / ours, one more star | {paper / statistics.median(times):.0f} |")


if __name__ == "__main__":
    main()
