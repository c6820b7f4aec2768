"""Hours of the day, and the sky they make: gradient, sun, clouds, stars, moon."""

from dataclasses import dataclass

import numpy as np

from sample_album import noise
from sample_album.noise import Array, Random
from sample_album.picture import View, lay, rgb


@dataclass(frozen=True)
class Light:
    """An hour: sRGB codes; `sun` is (x, height above the horizon), in picture heights."""

    zenith: str
    middle: str
    horizon: str
    glow: str  # around the sun, and of what it lights
    shade: str  # what the shadows get
    sun: tuple[float, float] = (0.3, 0.1)
    strength: float = 1.0  # of the sun
    gain: float = 1.0  # of all


DAWN = Light("5d7ba6", "b9a9b5", "f6c9a0", "ffc184", "6f7fa8", (0.35, 0.09), 1.5)
NOON = Light("2f6cb5", "6fa3d8", "bcd5e8", "fff3dc", "7a97bd", (-0.4, 0.9), 1.9)
GOLD = Light("54739c", "c9a98c", "ffc478", "ffae57", "6c7591", (-0.35, 0.12), 2.2)
DUSK = Light("26365f", "8a5f7e", "f2895a", "ff8a4a", "4c5078", (0.15, 0.02), 1.6, 0.85)
BLUE = Light("0f1c40", "2a4a80", "a892a4", "d99a7c", "2a3a66", (-0.3, -0.05), 0.35, 0.55)
NIGHT = Light("050912", "0b1528", "1d2c44", "93a7c7", "131d33", (0.4, 0.5), 0.12, 0.6)
GREY = Light("8b9aaa", "a9b5bf", "c6ccce", "dcdcd8", "a4a8ac", (0.0, 0.7), 0.35, 0.9)
STORM = Light("39434e", "66717a", "b3aea0", "d8cdb4", "4c5660", (0.3, 0.3), 0.5, 0.7)


def sky(view: View, light: Light, horizon: float, disc: bool = True) -> Array:
    """A clear sky (h, w, 3); below the horizon row it goes on as haze."""
    height = np.clip((horizon - view.y[:, 0]) / max(horizon, 0.3), 0, 1)
    codes = (light.horizon, light.middle, light.zenith)
    stops = np.stack([rgb(code) for code in codes])
    # Bending the height brings most of the change near the horizon, as in air.
    rows = [np.interp(height**0.7, (0, 0.45, 1), stops[:, i]) for i in range(3)]
    scene = np.repeat(np.stack(rows, -1)[:, None, :].astype(np.float32), view.width, axis=1)
    x, y = light.sun[0], horizon - light.sun[1]
    away = np.sqrt((view.x - x) ** 2 + ((view.y - y) * 1.25) ** 2)
    halo = 0.5 * np.exp(-away * 3.2) + 0.9 * np.exp(-away * 11)
    scene += (light.strength * halo)[..., None] * rgb(light.glow)
    if disc:
        face = np.hypot(view.x - x, view.y - y)
        lay(scene, noise.smoothstep(0.020, 0.016, face), rgb(light.glow) * 16 * light.strength)
    return scene * np.float32(light.gain)


def add_clouds(
    scene: Array, view: View, rng: Random, light: Light, horizon: float,
    cover: float = 0.5, size: float = 1.0, slope: float = 1.7, stretch: float = 1.6,
) -> None:  # fmt: skip
    """A ceiling of clouds in perspective, lit from the sun's side. `cover`: 0 none, 1 overcast."""
    rows = max(1, int(horizon * view.height))
    tile = noise.field(rng, 512, 512, slope, 2.0, stretch)
    above = horizon - view.y[:rows] + 0.05
    far = 26 / (above * size)
    u, v = view.x * far * 0.9 + 60, far * 1.6
    density = noise.sample(tile, v, u)
    beyond = noise.sample(tile, v + 7, u + np.sign(light.sun[0]) * 7)
    thick = noise.smoothstep(1.4 - 2.6 * cover, 2.9 - 2.6 * cover, density)
    # Towards the horizon the ceiling is seen edge on and melts into haze.
    thick *= noise.smoothstep(0.05, 0.2, above)
    lit = np.clip(0.5 + 0.45 * (density - beyond) - 0.25 * thick, 0, 1)[..., None]
    near = np.exp(-2.4 * np.hypot(view.x - light.sun[0], view.y[:rows] - horizon + light.sun[1]))
    sun = rgb(light.glow) * (0.35 + 0.5 * light.strength * (0.35 + near[..., None]))
    colour = (rgb(light.shade) * (1 - lit) * 0.9 + sun * lit) * light.gain
    lay(scene[:rows], thick * 0.94, colour.astype(np.float32))


def add_stars(scene: Array, view: View, rng: Random, horizon: float, count: int = 1500) -> None:
    """Stars, most of them faint, a few coloured, denser along a band like the Milky Way."""
    rows = int(horizon * view.height)
    x, y = rng.uniform(0, view.width - 1, count), rng.uniform(0, rows - 1, count)
    bright = rng.pareto(1.6, count).clip(0, 14) * 0.25 + 0.05
    tint = np.array([1, 1, 1]) + rng.normal(0, 0.16, (count, 1)) * np.array([1, 0.1, -1])
    light = (bright[:, None] * tint).astype(np.float32)
    left, top = x.astype(int), y.astype(int)
    for dy in (0, 1):
        for dx in (0, 1):
            near = (1 - abs(x - left - dx)) * (1 - abs(y - top - dy))
            into = (np.minimum(top + dy, view.height - 1), np.minimum(left + dx, view.width - 1))
            np.add.at(scene, into, light * near[:, None].astype(np.float32))


def add_milky_way(scene: Array, view: View, rng: Random, horizon: float) -> None:
    """A slanted band of unresolved stars with dark lanes."""
    across = view.x * 0.83 + (view.y - 0.42) * 0.62 + 0.05
    cloud = noise.field(rng, view.height, view.width, 1.5, 2)
    lane = noise.smoothstep(0.1, 1.6, noise.field(rng, view.height, view.width, 1.6, 3))
    band = np.exp(-((across / 0.17) ** 2)) * (0.75 + 0.3 * cloud)
    dark = 1 - 0.75 * lane * np.exp(-(((across - 0.015) / 0.09) ** 2))
    band *= dark * noise.smoothstep(horizon + 0.1, horizon - 0.4, view.y)
    core = np.exp(-((across / 0.08) ** 2))[..., None]
    scene += np.maximum(band, 0)[..., None] * (rgb("46527a") + core * rgb("6b4d3c"))
    dust = rng.random(band.shape, dtype=np.float32)
    scene += (np.maximum(band, 0) * (dust > 0.992) * 0.5)[..., None]


def add_moon(scene: Array, view: View, rng: Random, x: float, y: float, radius: float) -> None:
    """A full moon with its seas, and its glow in thin air."""
    away = np.hypot(view.x - x, view.y - y)
    seas = noise.field(rng, view.height, view.width, 1.5, 2 / radius / 4)
    face = rgb("fff4dc") * (2.2 * (1 - 0.28 * noise.smoothstep(-0.2, 1.4, seas)))[..., None]
    scene += (0.5 * np.exp(-away * 7) + 0.25 * np.exp(-away * 2))[..., None] * rgb("a9b9d9") * 0.4
    lay(scene, noise.smoothstep(radius + 0.0012, radius - 0.0012, away), face)
