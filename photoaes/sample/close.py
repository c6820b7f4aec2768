"""Close to the lens: a flower, a meadow, drops on a window."""

import numpy as np
from PIL import ImageDraw

from photoaes.sample import noise
from photoaes.sample.city import blurred_lights
from photoaes.sample.lens import defocus
from photoaes.sample.noise import Array, Random
from photoaes.sample.picture import View, drawing, lay, rgb
from photoaes.sample.ranges import grass_cover


def blurred_green(view: View, rng: Random, dark: str, bright: str, warm: str) -> Array:
    """A garden far out of focus: patches of green and discs of light through leaves."""
    patch = noise.smoothstep(-1.6, 1.8, noise.field(rng, view.height, view.width, 2.1, 1))
    sun = np.exp(-2.2 * np.hypot(view.x - 0.35, view.y))
    scene = rgb(dark) * (1 - patch[..., None]) + rgb(bright) * patch[..., None]
    scene = scene * (0.55 + 0.7 * sun)[..., None] + rgb(warm) * (0.25 * sun)[..., None]
    discs = blurred_lights(view, rng, 60, 0.045, -0.35, 0.8, (bright, warm, "fff6c9"), 0.22)
    return np.asarray(scene + discs, np.float32)


def add_flower(
    scene: Array, view: View, rng: Random, x: float, y: float, size: float,
    petal: str, heart: str, petals: int = 21, tilt: float = 0.72,
) -> None:  # fmt: skip
    """A daisy-like flower: overlapping rings of petals with veins, and a heart of florets."""
    dx, dy = (view.x - x) / size, (view.y - y) / (size * tilt)
    radius, angle = np.hypot(dx, dy), np.arctan2(dy, dx)
    for ring in range(3):
        length = rng.uniform(0.86, 1.04, petals) * (1.0, 0.9, 0.76)[ring]
        turn = angle / (2 * np.pi) * petals + ring * 0.41
        which = np.floor(turn).astype(np.int32) % petals
        across = (turn % 1 - 0.5 + 0.10 * np.sin(radius * 5 + which)) * 2
        along = radius / length[which]
        width = np.sqrt(np.clip(1 - (2 * np.clip(along, 0, 1) - 1.05) ** 4, 0, 1)) * 0.97
        edge = np.minimum(width - np.abs(across), 2 * (1 - along))
        cover = noise.smoothstep(0, 0.07, edge.astype(np.float32)) * (along < 1)
        vein = 0.05 * np.cos(across * 16 + which) + 0.04 * np.cos(across * 37)
        lift = 0.62 + 0.3 * np.sqrt(np.clip(1 - across**2, 0, 1)) + vein
        lift = lift * (0.55 + 0.5 * np.clip(along, 0, 1)) * (0.72, 0.86, 1.0)[ring]
        lift = lift * (1 + 0.25 * (-dx - dy) * 0.5) * rng.uniform(0.88, 1.1, petals)[which]
        lay(scene, cover, np.asarray(rgb(petal) * lift[..., None] * 1.15, np.float32))
    _heart(scene, rng, np.asarray(dx), np.asarray(dy + 0.06), heart)


def _heart(scene: Array, rng: Random, dx: Array, dy: Array, code: str) -> None:
    """The heart: florets in the two spirals that follow from the golden angle."""
    radius = np.hypot(dx, dy) / 0.27
    shade = np.zeros(radius.shape, np.float32)
    rows = np.flatnonzero((radius < 1.1).any(axis=1))
    columns = np.flatnonzero((radius < 1.1).any(axis=0))
    if not len(rows):
        return
    box = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    near, bx, by = shade[box], dx[:, columns[0] : columns[-1] + 1], dy[rows[0] : rows[-1] + 1]
    for i in range(170):
        r, turn = 0.262 * np.sqrt((i + 0.5) / 170), i * 2.399963
        bump = 1 - np.hypot(bx - r * np.cos(turn), by - r * np.sin(turn)) / 0.024
        np.maximum(near, bump.astype(np.float32), out=near)
    shade[box] = near
    dome = np.clip(1.1 - 0.25 * radius - 0.9 * dx - 1.4 * dy, 0.3, 2)
    colour = rgb(code) * ((0.22 + 0.85 * shade) * dome)[..., None]
    lay(scene, noise.smoothstep(1.02, 0.95, radius), np.asarray(colour, np.float32))


def stem_cover(view: View, x: float, y: float, foot: float, wide: float = 0.011) -> Array:
    """Cover of a bent stem from the flower down to (foot, below the picture)."""
    t = np.clip((view.y - y) / (1.02 - y), 0, 1)
    middle = x + (foot - x) * t**1.6
    edge = 1.5 / view.height
    return noise.smoothstep(wide + edge, wide - edge, np.abs(view.x - middle)) * (view.y > y)


def add_meadow(scene: Array, view: View, rng: Random, codes: tuple[str, ...], sharp: float) -> None:
    """Grass and flowers from the bottom up to two thirds; sharp in the row `sharp` only."""
    for i in range(5):
        near = (i + 0.5) / 5
        foot, tall = 0.62 + 0.5 * near, 0.10 + 0.24 * near
        blur = abs(near - sharp) * 0.028 * view.height * (0.5 + near)
        green = rgb(("93a355", "7d9442", "688536", "4d6d29", "2b451a")[i])
        bloom = _blossoms(view, rng, foot, tall, int(70 - 48 * near), 0.008 + 0.02 * near, codes)
        cover = grass_cover(view, rng, foot, tall, int(1500 - 900 * near), 0.08)
        if blur > 0.6:
            cover = defocus(cover, blur)
        tone = np.clip(1.35 - (foot - view.y) / tall * -0.5, 0.5, 1.9)
        body = noise.smoothstep(foot - tall * 0.55, foot, view.y) * np.ones_like(view.x)
        lay(scene, body, green * 0.6)
        lay(scene, cover, np.asarray(green * (tone * np.ones_like(view.x))[..., None]))
        for mask, code in bloom:
            lay(scene, defocus(mask, blur) if blur > 0.6 else mask, rgb(code) * 1.1)


def _blossoms(
    view: View, rng: Random, foot: float, tall: float, count: int, size: float,
    codes: tuple[str, ...],
) -> list[tuple[Array, str]]:  # fmt: skip
    """For each colour the cover of its blossoms: five petals, seen at random slants."""
    return [(_petals(view, rng, foot, tall, count // len(codes) + 1, size), code) for code in codes]


def _petals(view: View, rng: Random, foot: float, tall: float, count: int, size: float) -> Array:
    x = rng.uniform(0, view.aspect, count)
    y = foot - tall * rng.uniform(0.45, 1.0, count)
    slant = rng.uniform(0.45, 0.9, count)
    reach = size * rng.uniform(0.6, 1.1, count)

    def draw(pen: ImageDraw.ImageDraw, unit: float) -> None:
        for px, py, s, r in zip(x, y, slant, reach, strict=True):
            for turn in np.arange(5) * 2 * np.pi / 5 + px * 9:
                cx, cy = px + 0.55 * r * np.cos(turn), py + 0.55 * r * s * np.sin(turn)
                w, h = 0.5 * r, 0.5 * r * s
                pen.ellipse(tuple(q * unit for q in (cx - w, cy - h, cx + w, cy + h)), 255)

    return drawing(view, draw, 2)


def add_drops(scene: Array, view: View, rng: Random, count: int = 420) -> None:
    """Rain on the pane in front of the scene: each drop shows the scene upside down, small."""
    behind = scene.copy()
    size = np.sort(rng.lognormal(-4.9, 0.6, count).clip(0.0025, 0.035))
    for r in size:
        cx, cy = rng.uniform(-view.aspect / 2, view.aspect / 2), rng.uniform(0, 1)
        column, row = view.pixel(cx, cy)
        reach = int(r * view.height * 1.5) + 2
        top, left = max(int(row) - reach, 0), max(int(column) - reach, 0)
        box = (slice(top, int(row) + reach), slice(left, int(column) + reach))
        wobble = 1 + 0.15 * np.sin(
            3 * np.arctan2(view.y[box[0]] - cy, view.x[:, box[1]] - cx) + cx * 40
        )
        nx, ny = (view.x[:, box[1]] - cx) / r, (view.y[box[0]] - cy) / (r * 1.18)
        out = np.hypot(nx, ny) * wobble
        bend = 3.5 * r + 0.1
        rows = np.clip((cy - ny * bend) * view.height, 0, view.height - 1).astype(int)
        columns = np.clip((cx - nx * bend) * view.height + view.width / 2, 0, view.width - 1)
        seen = behind[rows, columns.astype(int)] * 1.15
        rim = noise.smoothstep(0.55, 1.0, out)[..., None]
        seen = (
            seen * (1 - 0.72 * rim * (ny < 0.35)[..., None])
            + 0.16
            * (noise.smoothstep(0.5, 0.9, ny + 0 * nx) * noise.smoothstep(1.0, 0.7, out))[..., None]
        )
        spark = noise.smoothstep(0.22, 0.1, np.hypot(nx + 0.35, ny + 0.45))[..., None]
        lay(
            scene[box], noise.smoothstep(1.06, 0.9, out), np.asarray(seen + 0.8 * spark, np.float32)
        )
