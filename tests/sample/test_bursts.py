"""Of the shipped album's bursts a sharp frame is the best, though soft ones have higher scores."""

from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from photoaes.album.sharpness import fine_sharpness
from photoaes.album.similar import best_of_groups
from photoaes.images import open_image
from sample_album import SCENES
from sample_album.roll import Scene

SOFT = ("out of focus", "motion blur")
BURSTS: defaultdict[str, list[Scene]] = defaultdict(list)
for one in SCENES:
    if one.burst:
        BURSTS[one.burst].append(one)


@pytest.mark.parametrize("burst", BURSTS)
def test_a_sharp_frame_is_the_best(shipped: Path, burst: str) -> None:
    scenes = BURSTS[burst]
    sharp = np.array([fine_sharpness(open_image(shipped / scene.file)) for scene in scenes])
    score = np.array([float(scene.flaw in SOFT) for scene in scenes])
    best = best_of_groups(np.zeros(len(scenes), np.int32), score, sharp, sharp)
    [chosen] = np.flatnonzero(best)
    assert scenes[chosen].flaw not in SOFT
