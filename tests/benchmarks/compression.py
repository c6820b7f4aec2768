"""What storing a bank in fewer bits costs: size, scores, and what people would notice.

    python -m tests.benchmarks.compression BANK IMAGES [--photos 200]

Each variant is made by `compress`. Scores of merged models at random coefficients (each task's sum
to one, as a fit leaves them) are compared with those of the bank as it is: SROCC over the photos,
and the largest difference on the scale of 1 to 10.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from photoaes.album.photo import scan
from photoaes.model.bank import Bank, read_bank
from photoaes.model.compression import compress
from photoaes.model.fitting import Merger
from photoaes.model.metrics import srocc
from photoaes.model.storage import Bits
from photoaes.offline.train import read_photos
from tests.benchmarks.machine import machine_line

PEOPLE = 5
VARIANTS: tuple[tuple[str, Bits | None, int | None], ...] = (
    ("fp16, dense", None, None),
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
    options = parser.parse_args()
    print(machine_line())
    bank = read_bank(options.bank)
    paths = [photo.path for photo in scan(options.images)][: options.photos]
    pixels = read_photos(paths, bank.backbone.preprocessing)
    truth = _scores(bank, pixels)
    print("| stored | MB | SROCC with the bank as it is, mean (worst) | largest difference |")
    print("|---|---|---|---|")
    _row("as it is", bank, truth, truth)
    with tempfile.TemporaryDirectory() as folder:
        for name, bits, rank in VARIANTS:
            target = Path(folder) / name
            list(compress(bank.folder, target, bits=bits, rank=rank))
            small = read_bank(target)
            _row(name, small, _scores(small, pixels), truth)


def _scores(bank: Bank, pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """By the merged models of a few random people, [PEOPLE, N]."""
    merger = Merger(
        bank.model(), bank.theta_pre(), bank.task_vectors(), bank.backbone.preprocessing,
        torch.device("cpu"),
    )  # fmt: skip
    generator = torch.Generator().manual_seed(0)
    shape = (len(bank.tasks), len(merger.vectors.names))
    people = [torch.softmax(torch.randn(shape, generator=generator), dim=0) for _ in range(PEOPLE)]
    return np.stack([merger.scores_of(alpha, pixels) for alpha in people])


def _row(name: str, bank: Bank, scores: NDArray[np.float64], truth: NDArray[np.float64]) -> None:
    size = sum((bank.folder / task.file).stat().st_size for task in bank.tasks) / 1e6
    alike = [srocc(a, b) for a, b in zip(scores, truth, strict=True)]
    apart = float(np.abs(scores - truth).max())
    print(f"| {name} | {size:.1f} | {np.mean(alike):.4f} ({min(alike):.4f}) | {apart:.3f} |")


if __name__ == "__main__":
    main()
