"""Water: it mirrors whatever the scene already shows above it, through waves."""

import numpy as np

from sample_album import noise
from sample_album.noise import Array, Random
from sample_album.picture import View, rgb


def add_water(
    scene: Array, view: View, rng: Random, shore: float, rough: float = 0.02, tint: str = "16323f",
    swell: float = 1.0, depth: float = 0.35, horizon: float | None = None,
) -> None:  # fmt: skip
    """Turns the rows below `shore` into water, in place.

    `rough` is the slope of the waves, 0.003 a pond at dawn, 0.05 a windy sea; `swell` their size;
    `depth` how much of the water's own colour is seen when looking down into it. `horizon` is the
    eye's level if it is not the shore.
    """
    first = int(round(shore * view.height))
    below = view.y[first:] - shore
    tile = noise.field(rng, 512, 512, 1.25, 5, 0.55)
    away = 1 / (view.y[first:] - min(horizon if horizon is not None else shore, shore) + 0.012)
    v, u = away * 70 / swell, view.x * away * 56 / swell
    # Far waves are finer than a pixel: there only their average tilt remains.
    near = noise.smoothstep(0, 0.3, below)
    wave = 0.7 * noise.sample(tile, v, u) + 0.75 * noise.sample(tile, v * 3.1, u * 2.7)
    fine = rng.standard_normal(wave.shape, dtype=np.float32) * (1 - near) * 0.9
    tilt = (wave * (0.35 + 0.65 * near) + fine) * rough
    row = shore - below * 0.96 - (tilt + 0.7 * rough) * (0.8 + 2.2 * below) * 2.4
    side = np.roll(wave, 9, axis=1) * rough * 0.5 * (0.4 + below) * view.height
    rows = np.clip(row * view.height, 0, max(first - 1, 0)).astype(np.int32)
    columns = np.clip(np.arange(view.width) + side, 0, view.width - 1).astype(np.int32)
    mirror = scene[rows, columns]
    # Steeper views and waves turned to the eye reflect less and show the water itself.
    clear = np.clip(depth * (0.12 + 1.5 * below) + tilt * 2.5, 0, 0.92)[..., None]
    sky = scene[: max(first, 1)].mean(axis=(0, 1))
    own = rgb(tint) * (0.25 + 1.1 * float(sky.mean()))
    scene[first:] = mirror * 0.93 * (1 - clear) + own * clear


def add_foam(scene: Array, view: View, rng: Random, shore: float, amount: float = 0.5) -> None:
    """Crests and streaks of foam on a rough sea."""
    first = int(round(shore * view.height))
    away = 1 / (view.y[first:] - shore + 0.03)
    tile = noise.field(rng, 512, 512, 1.15, 8, 0.4)
    crest = noise.sample(tile, away * 22, view.x * away * 16)
    foam = noise.smoothstep(2.4 - amount, 3.2 - amount, crest + 0.5 * np.roll(crest, 5, 0))
    light = scene[: max(first, 1)].mean(axis=(0, 1)) * 1.1
    scene[first:] += (foam * 0.7 * noise.smoothstep(0, 0.05, view.y[first:] - shore))[..., None] * (
        light - scene[first:]
    )
