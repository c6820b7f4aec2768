"""Outlines and bodies that give a scene its subject: people, animals, boats, balloons, birds."""

import numpy as np

from sample_album import noise
from sample_album.light import Light
from sample_album.noise import Array, Random
from sample_album.picture import Point, View, lay, rgb, shapes, smooth

# Outlines in units of the figure's height, y up from its foot, x to the right.
PERSON = (
    (-0.03, 0.865), (-0.095, 0.835), (-0.125, 0.74), (-0.135, 0.6), (-0.125, 0.46), (-0.10, 0.45),
    (-0.10, 0.6), (-0.085, 0.68), (-0.09, 0.5), (-0.085, 0.36), (-0.095, 0.22), (-0.125, 0.04),
    (-0.14, 0.0), (-0.07, 0.0), (-0.06, 0.06), (-0.025, 0.24), (0.0, 0.42), (0.02, 0.25),
    (0.02, 0.06), (0.015, 0.0), (0.09, 0.0), (0.085, 0.05), (0.085, 0.22), (0.09, 0.38),
    (0.09, 0.52), (0.08, 0.68), (0.10, 0.6), (0.115, 0.47), (0.14, 0.47), (0.14, 0.62),
    (0.12, 0.76), (0.09, 0.835), (0.03, 0.865), (0.028, 0.885), (0.05, 0.915), (0.053, 0.96),
    (0.03, 0.995), (0.0, 1.005), (-0.03, 0.995), (-0.053, 0.96), (-0.05, 0.915), (-0.028, 0.885),
)  # fmt: skip
WOMAN = (
    (-0.025, 0.865), (-0.08, 0.835), (-0.11, 0.74), (-0.15, 0.62), (-0.17, 0.5), (-0.15, 0.49),
    (-0.12, 0.6), (-0.08, 0.68), (-0.075, 0.6), (-0.12, 0.42), (-0.16, 0.27), (-0.08, 0.25),
    (-0.075, 0.12), (-0.085, 0.0), (-0.03, 0.0), (-0.02, 0.12), (-0.01, 0.25), (0.015, 0.25),
    (0.035, 0.12), (0.05, 0.0), (0.11, 0.0), (0.085, 0.12), (0.075, 0.25), (0.14, 0.27),
    (0.115, 0.42), (0.072, 0.6), (0.08, 0.68), (0.10, 0.6), (0.12, 0.5), (0.14, 0.5),
    (0.13, 0.62), (0.105, 0.74), (0.075, 0.835), (0.04, 0.85), (0.07, 0.86), (0.075, 0.93),
    (0.05, 0.99), (0.0, 1.01), (-0.05, 0.985), (-0.07, 0.93), (-0.065, 0.86), (-0.04, 0.85),
)  # fmt: skip
CAT = (
    (-0.04, 0.93), (-0.105, 1.03), (-0.14, 0.9), (-0.15, 0.8), (-0.11, 0.7), (-0.14, 0.6),
    (-0.21, 0.42), (-0.26, 0.22), (-0.25, 0.05), (-0.15, 0.0), (0.15, 0.0), (0.3, -0.01),
    (0.37, -0.12), (0.36, -0.3), (0.43, -0.37), (0.47, -0.31), (0.42, -0.28), (0.43, -0.1),
    (0.35, 0.05), (0.25, 0.08), (0.26, 0.22), (0.21, 0.42), (0.14, 0.6), (0.11, 0.7),
    (0.15, 0.8), (0.14, 0.9), (0.105, 1.03), (0.04, 0.93),
)  # fmt: skip
DOG = (
    (-1.04, 0.99), (-1.03, 1.06), (-0.92, 1.10), (-0.86, 1.19), (-0.74, 1.24), (-0.65, 1.2),
    (-0.6, 1.05), (-0.5, 1.0), (-0.3, 0.98), (0.0, 0.94), (0.3, 0.96), (0.5, 0.93), (0.64, 0.98),
    (0.8, 1.1), (0.93, 1.16), (0.92, 1.1), (0.8, 0.98), (0.64, 0.8), (0.62, 0.62), (0.7, 0.4),
    (0.66, 0.2), (0.7, 0.0), (0.57, 0.0), (0.55, 0.2), (0.54, 0.4), (0.42, 0.54), (0.33, 0.4),
    (0.4, 0.2), (0.32, 0.0), (0.2, 0.0), (0.28, 0.2), (0.2, 0.44), (0.0, 0.42), (-0.2, 0.38),
    (-0.21, 0.24), (-0.12, 0.02), (-0.25, 0.0), (-0.33, 0.24), (-0.37, 0.36), (-0.46, 0.26),
    (-0.55, 0.02), (-0.67, 0.02), (-0.58, 0.28), (-0.53, 0.52), (-0.57, 0.7), (-0.64, 0.84),
    (-0.7, 0.82), (-0.76, 0.92), (-0.9, 0.94), (-1.0, 0.94),
)  # fmt: skip
PROFILE = (
    (0.0, 0.55), (0.2, 0.5), (0.32, 0.38), (0.365, 0.22), (0.362, 0.12), (0.35, 0.055),
    (0.41, -0.06), (0.45, -0.115), (0.42, -0.15), (0.38, -0.165), (0.392, -0.2), (0.4, -0.228),
    (0.375, -0.25), (0.392, -0.275), (0.365, -0.315), (0.362, -0.34), (0.375, -0.4), (0.33, -0.45),
    (0.22, -0.44), (0.12, -0.42), (0.085, -0.52), (0.09, -0.65), (0.2, -0.78), (0.5, -0.9),
    (0.75, -1.3), (-1.1, -1.3), (-0.85, -0.95), (-0.45, -0.78), (-0.24, -0.62), (-0.23, -0.4),
    (-0.33, -0.22), (-0.42, 0.02), (-0.54, 0.1), (-0.58, 0.24), (-0.5, 0.36), (-0.38, 0.34),
    (-0.25, 0.47),
)  # fmt: skip


def stand(
    outline: tuple[Point, ...], x: float, foot: float, tall: float, wide: float = 1.0
) -> list[Point]:
    """A smooth outline placed in the scene; `wide` below 0 mirrors it, 0.9 slims it."""
    return smooth([(x + px * tall * wide, foot - py * tall) for px, py in outline], 6)


def add_backlit(scene: Array, view: View, cover: Array, light: Light, rim: float = 0.0) -> None:
    """Lays a silhouette over the scene, with a line of light along the edge to the sun."""
    lay(scene, cover, rgb("0d0b10") * 0.6)
    if rim:
        step = max(1, round(0.006 * view.height))
        side = int(np.sign(light.sun[0]) or 1)
        edge = np.clip(cover - np.roll(np.roll(cover, -side * step, 1), step // 2, 0), 0, 1)
        scene += (edge * rim)[..., None] * rgb(light.glow) * light.strength


def add_birds(scene: Array, view: View, rng: Random, x: float, y: float, count: int) -> None:
    """A loose flight of birds far away."""
    outlines = []
    for _ in range(count):
        cx, cy = x + rng.normal(0, 0.16), y + rng.normal(0, 0.06)
        span, beat = rng.uniform(0.010, 0.022), rng.uniform(-0.2, 0.6)
        outlines.append([
            (cx - span, cy - span * beat), (cx - span * 0.45, cy - span * 0.32), (cx, cy),
            (cx + span * 0.45, cy - span * 0.32), (cx + span, cy - span * beat),
            (cx + span * 0.4, cy - span * 0.18), (cx, cy + span * 0.16),
            (cx - span * 0.4, cy - span * 0.18),
        ])  # fmt: skip
    lay(scene, shapes(view, outlines, 3), rgb("16161c"))


def add_boat(
    scene: Array, view: View, x: float, foot: float, size: float, sail: str | None, hull: str,
    gain: float = 1.0,
) -> None:  # fmt: skip
    """A boat seen from the side: with a sail, or an open one with a small cabin."""
    view, scene = view.part(scene, x, foot - 0.6 * size, 0.65 * size, 0.8 * size)

    def at(points: list[Point]) -> list[Point]:
        return [(x + px * size, foot - py * size) for px, py in points]

    if sail is not None:
        lay(scene, shapes(view, [at([(-0.008, 0.1), (-0.008, 1.3), (0.008, 1.3), (0.008, 0.1)])]),
            rgb("30261c") * gain)  # fmt: skip
        main = smooth(at([(0.02, 0.22), (0.02, 1.26), (0.18, 0.9), (0.36, 0.5), (0.47, 0.24)]), 5)
        jib = smooth(at([(-0.03, 1.15), (-0.03, 0.28), (-0.25, 0.24), (-0.44, 0.2)]), 5)
        tone = (0.75 + 0.9 * (view.x - x) / size)[..., None] * np.ones((len(scene), 1, 1))
        lay(scene, shapes(view, [main, jib]), np.asarray(rgb(sail) * tone * gain, np.float32))
    else:
        cabin = at([(-0.02, 0.1), (0.0, 0.42), (0.26, 0.42), (0.28, 0.1)])
        lay(scene, shapes(view, [cabin]), rgb("e9e4d8") * 0.8 * gain)
        panes = [at([(0.03 + d, 0.25), (0.03 + d, 0.37), (0.1 + d, 0.37), (0.1 + d, 0.25)])
                 for d in (0, 0.1)]  # fmt: skip
        lay(scene, shapes(view, panes), rgb("1c2a33") * gain)
        lay(scene, shapes(view, [at([(-0.25, 0.1), (-0.24, 0.8), (-0.235, 0.8), (-0.23, 0.1)])]),
            rgb("3a2c22") * gain)  # fmt: skip
    body = at([(-0.56, 0.24), (-0.5, 0.05), (-0.42, -0.02), (0.44, -0.02), (0.5, 0.2), (0.2, 0.13),
               (-0.2, 0.14)])  # fmt: skip
    lay(scene, shapes(view, [body]), rgb(hull) * gain)
    stripe = at([(-0.55, 0.21), (-0.545, 0.17), (-0.2, 0.08), (0.2, 0.075), (0.49, 0.13),
                 (0.497, 0.17), (0.2, 0.11), (-0.2, 0.115)])  # fmt: skip
    lay(scene, shapes(view, [stripe]), rgb("f0ece0") * 0.8 * gain)


def add_balloon(
    scene: Array, view: View, light: Light, x: float, y: float, size: float,
    codes: tuple[str, ...], haze: float = 0.0,
) -> None:  # fmt: skip
    """A hot-air balloon `size` in radius, centred at (x, y), striped, lit from the sun's side."""
    view, scene = view.part(scene, x, y + size * 0.3, size * 1.1, size * 1.5)
    ny = (view.y - y) / size
    profile = np.where(ny < 0.25, np.sqrt(np.clip(1 - ny**2, 0, 1)),
                       0.968 * np.cos(np.clip(ny - 0.25, 0, 1.08) * 1.36) ** 0.85)  # fmt: skip
    radius = np.maximum(profile, 1e-3) * ((ny > -1) & (ny < 1.26))
    nx = np.clip((view.x - x) / size / np.maximum(radius, 1e-3), -1, 1)
    gore = (np.arcsin(nx) / np.pi + 0.5) * 11.999 + 0.3
    tints = np.stack([rgb(code) for code in codes])
    colour = tints[np.floor(gore).astype(np.int32) % len(codes)]
    band = (np.abs(ny + 0.1) < 0.10) * np.ones_like(nx)
    lay(colour, np.asarray(band * (len(codes) > 2), np.float32), tints[-1])
    nz = np.sqrt(1 - nx**2)
    facing = 0.62 * np.sign(light.sun[0]) * nx - 0.35 * ny + 0.5 * nz
    seam = 1 - 0.16 * (np.abs(gore % 1 - 0.5) > 0.44) + 0.05 * np.cos((gore % 1 - 0.5) * 6)
    shine = np.clip(facing * 0.75 + 0.25, 0.05, 1)[..., None] * light.strength * 0.55
    lit = colour * (shine * rgb(light.glow) + rgb(light.shade) * 0.7) * seam[..., None]
    air = rgb(light.horizon)
    soft = 1.0 / view.height / size
    cover = noise.smoothstep(soft, -soft, np.abs(view.x - x) / size - radius) * (radius > 0)
    veil = np.asarray((lit * (1 - haze) + air * haze) * light.gain, np.float32)
    lay(scene, np.asarray(cover, np.float32), veil)
    s = size * 0.11
    ropes = [[(x + d * s * 2.2, y + size * 1.2), (x + d * s, y + size * 1.5),
              (x + d * s * 0.93, y + size * 1.5), (x + d * s * 2.05, y + size * 1.2)]
             for d in (-1, -0.4, 0.4, 1)]  # fmt: skip
    basket = [(x - s, y + size * 1.48), (x - s * 0.9, y + size * 1.68),
              (x + s * 0.9, y + size * 1.68), (x + s, y + size * 1.48)]  # fmt: skip
    brown = rgb("4a3220") * (1 - haze) + air * haze
    lay(scene, shapes(view, [*ropes, basket], 3), brown * 0.7 * light.gain)


def add_lighthouse(
    scene: Array, view: View, light: Light, x: float, foot: float, tall: float
) -> None:
    """A banded tower with its lamp burning."""
    t = np.clip((foot - view.y) / tall, 0, 1)
    wide = tall * (0.115 - 0.045 * t)
    nx = np.clip((view.x - x) / wide, -1, 1)
    facing = np.clip(0.35 + 0.65 * np.sign(light.sun[0]) * nx, 0.0, 1)
    shade = (0.25 + 0.75 * facing) * np.sqrt(1 - 0.6 * nx**2)
    red = ((t * 5.2).astype(int) % 2 == 1)[..., None]
    paint = np.where(red, rgb("a32a22"), rgb("e8e2d4")) * shade[..., None]
    glow = rgb(light.glow) * light.strength * 0.5 + rgb(light.shade) * 0.45
    cover = noise.smoothstep(0.001, -0.001, np.abs(view.x - x) - wide)
    cover = cover * ((view.y < foot) & (t < 0.84))
    lay(scene, cover, np.asarray(paint * glow * light.gain, np.float32))
    top, s = foot - tall * 0.84, tall * 0.07
    gallery = [(x - s * 1.35, top), (x - s * 1.35, top - s * 0.35), (x + s * 1.35, top - s * 0.35),
               (x + s * 1.35, top)]  # fmt: skip
    roof = [(x - s, top - s * 1.7), (x - s * 0.5, top - s * 2.2), (x, top - s * 2.7),
            (x + s * 0.5, top - s * 2.2), (x + s, top - s * 1.7)]  # fmt: skip
    bars = [[(x + d * s * 0.8 - 0.001, top), (x + d * s * 0.8 - 0.001, top - 1.7 * s),
             (x + d * s * 0.8 + 0.001, top - 1.7 * s), (x + d * s * 0.8 + 0.001, top)]
            for d in (-1, 0, 1)]  # fmt: skip
    lay(scene, shapes(view, [gallery, roof, *bars], 3), rgb("2a1a1a") * light.gain)
    away = np.hypot(view.x - x, (view.y - top + s))
    beam = np.exp(-(((view.y - top + s) / (0.012 + 0.13 * np.abs(view.x - x))) ** 2))
    scene += (0.16 * beam * np.exp(-1.5 * away))[..., None] * rgb("ffe9b8")
    lay(scene, noise.smoothstep(s * 0.62, s * 0.4, away), rgb("ffedc0") * 9)


def add_rocks(
    scene: Array, view: View, rng: Random, light: Light, x: float, foot: float, wide: float,
    tall: float,
) -> None:  # fmt: skip
    """A rocky head of land `wide` to each side of x, its foot in the water."""
    rough = noise.line(rng, view.width, 1.15, 3) * 0.14 + 1
    hump = np.clip(1 - ((view.x[0] - x) / wide) ** 2, 0, None) ** 0.7 * rough
    edge = foot - tall * hump
    cover = np.clip((view.y - edge) * view.height + 0.5, 0, 1) * (view.y < foot + 0.004)
    stone = noise.field(rng, view.height, view.width, 1.05, 14)
    side = np.roll(stone, 3 * int(np.sign(light.sun[0]) or 1), 1) - stone
    tone = np.clip(0.5 + 0.22 * stone - 0.4 * side, 0.08, 2)[..., None]
    colour = (
        rgb("5b5048") * tone * (rgb(light.glow) * light.strength * 0.35 + rgb(light.shade) * 0.5)
    )
    lay(
        scene,
        np.asarray(cover * (hump > 0), np.float32),
        np.asarray(colour * light.gain, np.float32),
    )
