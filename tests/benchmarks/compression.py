"""What storing a bank in fewer bits costs: size, scores, and what people would notice.

    python -m tests.benchmarks.compression BANK IMAGES [--photos 200] [--ratings CSV]

Each variant is made by `compress`. Scores of merged models at random coefficients (each task's
sum to one, as a fit leaves them) are compared with those of the bank as it is: SROCC over the
photos, and the largest difference on the scale of 1 to 10.

With --ratings CSV (rater,image,score) also the personalised SROCC of 60 people: experts' scores
weighted by the adaptive initialisation (equation 6, T = 0.1) on up to 50 of a person's ratings,
judged on the others, the same draws in each row. Where the bank has learned from these photos, as
below, only the change counts.

Starter bank (seven tasks, factors of rank 16), 200 photos of OASIS and its raters, 2026-11:

| stored | MB | SROCC, mean (worst) | largest difference | personalised |
|---|---|---|---|---|
| as it is, fp16 | 6.8 | 1 | 0 | 0.6073 |
| int8 | 6.1 | 1.0000 (1.0000) | 0.010 | 0.6070 |
| int4 | 5.7 | 0.9991 (0.9987) | 0.131 | 0.6075 |
| rank 8, fp16 | 4.3 | 0.9999 (0.9999) | 0.034 | 0.6063 |
| rank 8, rest int8 | 3.6 | 0.9999 (0.9999) | 0.035 | 0.6058 |
| rank 4, fp16 | 3.0 | 0.9997 (0.9997) | 0.062 | 0.6067 |

All personalised figures are too near to be told apart. So the recipe stores the starter bank at
rank 8, and `bank compress` takes int8 unless told otherwise. A dense bank was not measured.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from photoaes.album.photo import scan
from photoaes.model.bank.manifest import Bank, read_bank
from photoaes.model.bank.storage import Bits
from photoaes.model.compression import compress
from photoaes.model.metrics import srocc
from photoaes.offline.databases import read_ratings
from photoaes.offline.experts.decoding import read_photos
from tests.benchmarks.machine import machine_line

PEOPLE, RATERS, SHOTS = 5, 60, 50
VARIANTS: tuple[tuple[str, Bits | None, int | None], ...] = (
    ("fp16", None, None),
    ("int8", 8, None),
    ("int4", 4, None),
    ("rank 16, fp16", None, 16),
    ("rank 8, fp16", None, 8),
    ("rank 8, rest int8", 8, 8),
    ("rank 4, fp16", None, 4),
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bank", type=Path)
    parser.add_argument("images", type=Path)
    parser.add_argument("--photos", type=int, default=200)
    parser.add_argument("--ratings", type=Path)
    options = parser.parse_args()
    print(machine_line())
    bank = read_bank(options.bank)
    paths = [photo.path for photo in scan(options.images)][: options.photos]
    pixels = read_photos(paths, bank.backbone.preprocessing)
    ratings = read_ratings(options.ratings).ratings if options.ratings else {}
    people = [_placed(given, paths) for given in list(ratings.values())[:RATERS]]
    truth, experts = _scores(bank, pixels)
    print("| stored | MB | SROCC with the bank as it is, mean (worst) | largest difference | "
          "personalised |\n|---|---|---|---|---|")  # fmt: skip
    _row("as it is", bank, truth, truth, _personalised(experts, people))
    with tempfile.TemporaryDirectory() as folder:
        for name, bits, rank in VARIANTS:
            target = Path(folder) / name
            list(compress(bank.folder, target, bits=bits, rank=rank))
            small = read_bank(target)
            scores, experts = _scores(small, pixels)
            _row(name, small, scores, truth, _personalised(experts, people))


Scores = NDArray[np.float64]


def _scores(bank: Bank, pixels: NDArray[np.uint8]) -> tuple[Scores, Scores]:
    """By the merged models of a few random people [PEOPLE, N], and by each expert [n, N]."""
    merger = bank.merger(torch.device("cpu"))
    generator = torch.Generator().manual_seed(0)
    shape = (len(bank.tasks), len(merger.vectors.names))
    people = [torch.softmax(torch.randn(shape, generator=generator), dim=0) for _ in range(PEOPLE)]
    merged = np.stack([merger.scores_of(alpha, pixels) for alpha in people])
    return merged, merger.expert_scores(pixels)


def _placed(given: dict[str, float], paths: list[Path]) -> dict[int, float]:
    """A person's ratings by the photos' places."""
    return {place: given[path.name] for place, path in enumerate(paths) if path.name in given}


def _personalised(experts: Scores, people: list[dict[int, float]]) -> float:
    """Mean over people; those with fewer than ten ratings to judge on are left out."""
    rng, found = np.random.default_rng(0), []
    for stars in people:
        order = rng.permutation(list(stars))
        support = min(SHOTS, len(order) // 2)
        if len(order) - support < 10:
            continue
        seen, query = order[:support], order[support:]
        agreement = [srocc(row[seen], [stars[place] for place in seen]) for row in experts]
        weights = np.exp(10 * np.nan_to_num(agreement))
        mixed = weights @ experts[:, query] / weights.sum()
        found.append(srocc(mixed, [stars[place] for place in query]))
    return float(np.nanmean(found)) if found else float("nan")


def _row(name: str, bank: Bank, scores: Scores, truth: Scores, personalised: float) -> None:
    size = sum((bank.folder / task.file).stat().st_size for task in bank.tasks) / 1e6
    alike = [srocc(a, b) for a, b in zip(scores, truth, strict=True)]
    apart = float(np.abs(scores - truth).max())
    print(f"| {name} | {size:.1f} | {np.mean(alike):.4f} ({min(alike):.4f}) | {apart:.3f} | "
          f"{personalised:.4f} |")  # fmt: skip


if __name__ == "__main__":
    main()
