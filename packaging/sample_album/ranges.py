"""Things that stand against the sky: ranges behind ranges, fir forests, bare trees, grass."""

import numpy as np
from PIL import ImageDraw

from sample_album import noise
from sample_album.light import Light
from sample_album.noise import Array, Random
from sample_album.picture import Place, Point, View, drawing, lay, rgb, shapes


def add_ranges(
    scene: Array, view: View, rng: Random, light: Light, horizon: float,
    count: int = 6, foot: float = 1.0, dark: str = "1b2a33", relief: float = 0.09,
) -> None:  # fmt: skip
    """Ranges, each nearer one lower, darker and rougher, with mist in the valleys between.

    The furthest has its ridge about the row `horizon`, the nearest about `foot`.
    """
    toward = np.exp(-1.8 * np.abs(view.x - light.sun[0]))[..., None]
    air = rgb(light.horizon) * 0.8 + 0.5 * light.strength * toward * rgb(light.glow)
    wood = noise.field(rng, 512, 512, 1.0, 12, 0.6)
    edges = []
    for i in range(count):
        near = (i + 0.6) / count
        ridge = noise.line(rng, 2 * view.width, 1.75 - 0.25 * near, 1.5)[: view.width]
        sharp = noise.line(rng, 2 * view.width, 0.7, 60)[: view.width] * 0.0028 * near**1.5
        top = horizon + (foot - horizon) * (near - 0.6 / count) ** 1.35
        edges.append(top - ridge * relief * (0.5 + 0.5 * near) + sharp)
    for i, edge in enumerate(edges):
        near = (i + 0.6) / count
        # Below the next ridge a range is hidden: those rows are left out.
        last = edges[i + 1].max() + 0.01 if i + 1 < count else 1.0
        first = min(edge.min() - 0.01, last)
        strip, part = view.part(scene, 0, (first + last) / 2, view.aspect, (last - first) / 2)
        cover = np.clip((strip.y - edge) * view.height + 0.5, 0, 1)
        drop = np.clip((strip.y - edge) / 0.22, 0, 1)
        rough = noise.sample(wood, strip.y * 260 + 40 * i, strip.x * 260)
        # Mist lies low: a range is clearest at its crest.
        veil = (1 - near) ** 0.9 * (0.72 + 0.25 * drop) + 0.22 * drop * (1 - near)
        own = rgb(dark) * light.gain * (1 + 0.35 * rough * near)[..., None]
        mist = np.clip(veil, 0, 0.97)[..., None]
        lay(part, cover, own + (air * light.gain - own) * mist)


def fir(rng: Random, x: float, foot: float, tall: float) -> list[Point]:
    """The outline of a fir: tiers of drooping branches, uneven on both sides."""
    tiers = max(7, min(22, int(tall * 90)))
    sides: list[list[Point]] = []
    for side in (-1, 1):
        edge: list[Point] = []
        for i in range(tiers):
            t = (i + 1) / tiers
            reach = tall * 0.21 * t**0.85 * rng.uniform(0.7, 1.15)
            y = foot - tall * (1 - t * 0.94)
            edge.append((x + side * reach * 0.28, y - tall * 0.55 / tiers))
            edge.append((x + side * reach * 0.75, y + tall * rng.uniform(0, 0.2) / tiers))
            edge.append((x + side * reach, y + tall * rng.uniform(0.1, 0.5) / tiers))
        sides.append(edge)
    trunk = tall * 0.012
    return [
        (x, foot - tall), *sides[1], (x + trunk, foot), (x - trunk, foot), *reversed(sides[0]),
    ]  # fmt: skip


def add_firs(
    scene: Array, view: View, rng: Random, foot: Array, tall: float, count: int,
    colour: Array, snow: Array | None = None,
) -> None:  # fmt: skip
    """A row of firs whose feet follow `foot` (width,); with `snow`, light lies on the branches."""
    outlines = []
    for x in np.sort(rng.uniform(-0.52, 0.52, count)) * view.aspect:
        column = int(np.clip(view.pixel(x, 0)[0], 0, view.width - 1))
        high = tall * rng.uniform(0.45, 1.15)
        outlines.append(fir(rng, float(x), float(foot[column]) + 0.02, high))
    cover = shapes(view, outlines)
    if snow is None:
        lay(scene, cover, colour)
        return
    patch = noise.field(rng, view.height, view.width, 0.75, 24, 0.6)
    edge = cover - np.roll(cover, 3, axis=0)
    laden = np.clip(noise.smoothstep(0.1, 1.3, patch) * 0.75 + np.clip(edge, 0, 1), 0, 1)[..., None]
    lay(scene, cover, np.asarray(colour * (1 - laden) + snow * laden, np.float32))


def tree_limbs(
    rng: Random, x: float, foot: float, tall: float, lean: float = 0.0
) -> list[tuple[float, float, float, float, float]]:
    """A bare tree as limbs (x0, y0, x1, y1, thickness), grown by forking ten times."""
    tips = [(x, foot, -np.pi / 2 + lean, tall * 0.24, tall * 0.045)]
    limbs = []
    for level in range(10):
        grown = []
        for px, py, angle, length, thick in tips:
            for part in range(3):
                angle += rng.normal(0, 0.09)
                qx = px + np.cos(angle) * length / 3
                qy = py + np.sin(angle) * length / 3
                limbs.append((px, py, qx, qy, thick * (1 - 0.08 * part)))
                px, py = qx, qy
            spread = rng.uniform(0.24, 0.5)
            for turn in (-spread, spread * rng.uniform(0.7, 1.2)):
                # Twigs bend back up to the light.
                up = 0.06 * np.sin(-np.pi / 2 - angle)
                size = length * rng.uniform(0.7, 0.86)
                grown.append((px, py, angle + turn + up, size, thick * rng.uniform(0.6, 0.74)))
        tips = grown if level < 5 else [tip for tip in grown if rng.random() < 0.82]
    return limbs


def limbs_cover(view: View, limbs: list[tuple[float, float, float, float, float]]) -> Array:
    """Cover (h, w) of a tree's limbs."""

    def draw(pen: ImageDraw.ImageDraw, place: Place) -> None:
        for x0, y0, x1, y1, thick in limbs:
            width = max(1, round(thick * place.unit))
            pen.line((place(x0, y0), place(x1, y1)), 255, width)
            if width > 3:
                cx, cy = place(x1, y1)
                r = width / 2
                pen.ellipse((cx - r, cy - r, cx + r, cy + r), 255)

    return drawing(view, draw, 2)


def grass_cover(
    view: View, rng: Random, foot: float, tall: float, count: int, heads: float = 0.0
) -> Array:
    """Cover of `count` bent blades whose feet lie about the row `foot`; some carry seed heads."""

    def draw(pen: ImageDraw.ImageDraw, place: Place) -> None:
        root = rng.uniform(-0.5, 0.5, count) * view.aspect
        base = foot + rng.uniform(0, 0.35 * tall, count)
        bend = rng.normal(0.05, 0.2, count) * tall
        high = tall * rng.uniform(0.35, 1.0, count)
        wide = tall * 0.012
        for x, y, b, h in zip(root, base, bend, high, strict=True):
            mx, my = x + b * 0.3, y - h * 0.55
            blade = ((x - wide, y), (mx, my), (x + b, y - h), (mx + wide, my), (x + wide, y))
            pen.polygon([place(px, py) for px, py in blade], fill=255)
            if rng.random() < heads:
                (cx, cy), r = place(x + b, y - h), tall * 0.02 * place.unit
                pen.ellipse((cx - r, cy - 3 * r, cx + r, cy + 2 * r), 255)

    return drawing(view, draw, 2)
