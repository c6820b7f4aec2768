"""Sorting and filtering 100,000 photos.

python -m tests.benchmarks.ordering [--photos 100000]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from photoaes.album.columns import NOTHING, Columns, codes, name_order
from photoaes.album.filtering import NameContains, Not, ScoreBetween, StarsRelation, Unrated, shown
from photoaes.album.ordering import SortKey, ordered
from tests.benchmarks.machine import machine_line

REPEATS = 9


def _album(count: int) -> Columns:
    rng = np.random.default_rng(0)
    names = [f"DSC{number:06}.JPG" for number in rng.permutation(count)]
    paths = tuple(Path("/album") / name for name in names)
    score = np.where(rng.random(count) < 0.9, rng.normal(5, 1, count), np.nan)
    return Columns(
        paths=paths,
        folded=tuple(name.casefold() for name in names),
        name=name_order([str(path) for path in paths]),
        size=rng.integers(1, 10**8, count),
        taken=rng.integers(0, 10**6, count).astype(float),
        score=score,
        general=rng.normal(5, 1, count),
        stars=rng.integers(-1, 6, count).astype(np.int32),
        by_machine=rng.random(count) < 0.3,
        flag=rng.integers(-1, 2, count).astype(np.int32),
        label=codes([("", "Red", "Green")[i] for i in rng.integers(0, 3, count)]),
        camera=codes([f"Camera {i}" for i in rng.integers(0, 9, count)]),
        group=np.full(count, NOTHING, dtype=np.int32),
        best=np.ones(count, dtype=bool),
        upright=rng.random(count) < 0.3,
        faces=np.full(count, -1, dtype=np.int32),
        closed_eyes=np.zeros(count, dtype=np.int32),
        soft_faces=np.zeros(count, dtype=np.int32),
    )


def _milliseconds(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds) * 1000


def main() -> None:
    """Print a row for each sort key and filter."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=100_000)
    album = _album(parser.parse_args().photos)
    print(machine_line())
    print(f"{len(album)} photos, median of {REPEATS}, ms")
    for key in SortKey:
        print(f"sort by {key.value}: {_milliseconds(lambda k=key: ordered(album, k)):.1f}")  # type: ignore[misc]
    for condition in (
        StarsRelation(">=", 3),
        Unrated(),
        ScoreBetween(4, 6),
        NameContains("99"),
        Not(Unrated()),
    ):
        took = _milliseconds(lambda c=condition: shown(album, [c]))  # type: ignore[misc]
        print(f"filter {condition}: {took:.1f}")


if __name__ == "__main__":
    main()
