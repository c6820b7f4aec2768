"""Ground seen in perspective from a height map: mountains, dunes, snowfields, hills."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sample_album import noise
from sample_album.light import Light
from sample_album.noise import Array, Random
from sample_album.picture import View, lay, rgb

SIDE = 1024  # of a height map, in its own steps; all ground lengths are in these steps


@dataclass(frozen=True)
class Ground:
    """What the land is made of: four sRGB colours and where they lie."""

    low: str
    high: str
    steep: str
    peak: str
    peak_from: float = 9.0  # height above which `peak` covers what is not steep
    height: float = 1.0
    texture: float = 0.25


ALPS = Ground("4a5a34", "6f6a4f", "6b6560", "f4f6fa", 14, 15, 0.35)
SNOW = Ground("e8eef6", "f2f5fa", "b9c3cf", "ffffff", 20, 4, 0.05)
DUNES = Ground("dda264", "e0a666", "d3955a", "e0a666", 99, 9, 0.05)


@lru_cache(maxsize=3)
def relief(kind: str, seed: int) -> Array:
    """Heights (SIDE, SIDE), about -2 to 3. `kind`: "peaks", "dunes" or "rolling"."""
    rng = np.random.default_rng([seed, len(kind)])
    if kind == "rolling":
        return noise.field(rng, SIDE, SIDE, 2.5, 3) + 0.02 * noise.field(rng, SIDE, SIDE, 1.2, 40)
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    bend = noise.field(rng, SIDE, SIDE, 2.6, 2)
    if kind == "dunes":
        phase = (y * 0.6 + x * 0.25) / 38 + bend * 1.5
        saw = phase - np.floor(phase)
        # A long rise to windward, a short slip face to leeward.
        crest = np.where(saw < 0.72, (saw / 0.72) ** 1.3, (1 - saw) / 0.28)
        size = 0.75 + 0.35 * noise.field(rng, SIDE, SIDE, 2.6, 3)
        return np.asarray(crest * size + 0.6 * bend, np.float32)
    ridges = 1.1 - 1.4 * np.abs(noise.field(rng, SIDE, SIDE, 2.3, 3))
    spurs = 0.25 - 0.3 * np.abs(noise.field(rng, SIDE, SIDE, 1.9, 12))
    crag = 0.035 * noise.field(rng, SIDE, SIDE, 1.1, 40)
    high = np.clip(0.6 + 0.5 * ridges, 0.15, 1.2)
    return np.asarray(ridges + bend * 0.7 + (spurs + crag) * high, np.float32)


def paint_map(heights: Array, ground: Ground, light: Light, rng: Random) -> Array:
    """Colour (SIDE, SIDE, 3) of the lit land; the sun stands to one side and casts shadows."""
    down, across = np.gradient(heights, axis=0), np.gradient(heights, axis=1)
    side = np.sign(light.sun[0]) or 1
    low = float(np.clip(light.sun[1] * 1.1, 0.14, 1.2))
    # The sun's direction: from the side, a little from behind the subject, `low` above.
    facing = (-across * side * 0.85 - down * 0.35 + low) / np.sqrt(
        (across**2 + down**2 + 1) * (0.85 + low**2)
    )
    # Seen from the sun, land is dark where something before it stands higher.
    fall = low * np.arange(SIDE, dtype=np.float32)
    seen = heights if side < 0 else heights[:, ::-1]
    depth = np.maximum.accumulate(seen + fall, axis=1) - seen - fall
    if side > 0:
        depth = depth[:, ::-1]
    direct = np.asarray(np.clip(facing, 0, 1) * noise.smoothstep(0.9, 0.0, depth))
    steep = noise.smoothstep(0.55, 1.0, np.hypot(down, across))
    mottle = noise.field(rng, SIDE, SIDE, 1.0, 8)
    albedo = np.empty((SIDE, SIDE, 3), np.float32)
    albedo[:] = rgb(ground.low)
    lay(albedo, noise.smoothstep(0, ground.height, heights + 2 * mottle), rgb(ground.high))
    lay(albedo, steep, rgb(ground.steep))
    bare = noise.smoothstep(1.1, 0.7, np.hypot(down, across) + 0.1 * mottle)
    snow = noise.smoothstep(ground.peak_from - 2, ground.peak_from + 2, heights + 1.5 * mottle)
    lay(albedo, snow * bare, rgb(ground.peak))
    albedo *= np.clip(1 + ground.texture * mottle * 0.5, 0.3, 2)[..., None]
    sky = rgb(light.shade) * (0.75 - 0.25 * np.clip(-down, -1, 1))[..., None]
    sun = (direct * light.strength)[..., None] * rgb(light.glow)
    return np.asarray(albedo * (sun + sky) * light.gain, np.float32)


@dataclass(frozen=True)
class Camera:
    """Where the picture is taken from: place on the map, height above it, and lens."""

    u: float = 0.0
    v: float = 0.0
    eye: float = 10.0
    horizon: float = 0.45  # row of the true horizon
    focal: float = 1.2  # in picture heights
    near: float = 12.0
    far: float = 700.0


def _march(view: View, heights: Array, camera: Camera) -> tuple[Array, Array]:
    """Depth (h, w) of the ground at each pixel and its cover (h, w); depth is 0 in the sky."""
    steps = 360
    z = camera.near * (camera.far / camera.near) ** np.linspace(0, 1, steps, dtype=np.float32)
    u = camera.u + z[:, None] * view.x / camera.focal
    land = noise.sample(heights, camera.v + z[:, None], u)
    rise = camera.horizon - (land - camera.eye) / z[:, None] * camera.focal
    top = np.minimum.accumulate(rise, axis=0)
    # How many steps lie above each pixel row: a histogram by column, summed from the bottom.
    row = np.clip(np.ceil(top * view.height - 0.5), 0, view.height).astype(np.int32)
    index = row * view.width + np.arange(view.width, dtype=np.int32)
    counts = np.bincount(index.ravel(), minlength=(view.height + 1) * view.width)
    below = counts.reshape(view.height + 1, view.width)[:0:-1].cumsum(axis=0)[::-1]
    # Row r is hit by the first step whose top reaches it: those with row > r are still below.
    hit = np.clip(below[: view.height], 1, steps - 1)
    column = np.arange(view.width)
    last, this = top[hit - 1, column], top[hit, column]
    part = np.clip((last - view.y) / np.maximum(last - this, 1e-6), 0, 1)
    depth = z[hit - 1] + part * (z[hit] - z[hit - 1])
    cover = np.clip((view.y - top[-1][None, :]) * view.height + 0.5, 0, 1)
    return np.asarray(depth, np.float32), np.asarray(cover, np.float32)


def add_ground(
    scene: Array,
    view: View,
    rng: Random,
    light: Light,
    kind: str,
    ground: Ground,
    camera: Camera,
    haze: float,
    seed: int = 1,
) -> None:
    """Lays the land over the sky."""
    heights = relief(kind, seed) * np.float32(ground.height)
    depth, cover = _march(view, heights, camera)
    u = camera.u + depth * view.x / camera.focal
    colour = noise.sample(paint_map(heights, ground, light, rng), camera.v + depth, u)
    if ground.texture > 0.1:
        fine = noise.sample(noise.field(rng, 512, 512, 0.8, 6), depth * 9, u * 9)
        colour *= (1 + ground.texture * 0.8 * fine * np.exp(-depth / 90)).clip(0.3, 2)[..., None]
    air = rgb(light.horizon) * light.gain
    # A high sun does not whiten the air below it.
    toward = np.exp(-2.2 * np.abs(view.x - light.sun[0]) - 2 * light.sun[1])[..., None]
    air = air * (1 - 0.3 * toward) + 0.45 * toward * rgb(light.glow) * light.strength * light.gain
    clear = np.exp(-haze * np.maximum(depth - camera.near, 0))[..., None]
    lay(scene, cover, np.asarray(colour * clear + air * (1 - clear), np.float32))
