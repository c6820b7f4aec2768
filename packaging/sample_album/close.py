"""Close to the lens: a flower, a meadow, drops on a window."""

import numpy as np
from PIL import Image, ImageDraw

from sample_album import noise
from sample_album.city import blurred_lights
from sample_album.lens import defocus
from sample_album.noise import Array, Random
from sample_album.picture import Place, View, lay, rgb


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
    view, scene = view.part(scene, x, y, size * 1.06, size * 1.06)
    dx, dy = (view.x - x) / size, (view.y - y) / (size * tilt)
    radius, angle = np.hypot(dx, dy), np.arctan2(dy, dx)
    for ring in range(3):
        length = rng.uniform(0.86, 1.04, petals) * (1.0, 0.9, 0.76)[ring]
        turn = angle / (2 * np.pi) * petals + ring * 0.41
        which = np.floor(turn).astype(np.int32) % petals
        across = (turn % 1 - 0.5 + 0.10 * np.sin(radius * 5 + which)) * 2
        along = radius / length[which]
        # Narrow at the heart, widest past the middle, round at the tip.
        tip = np.sqrt(np.clip(1 - ((along - 0.62) / 0.38) ** 2, 0, 1))
        width = np.where(along < 0.62, 0.72 + 0.36 * along, tip * 0.943)
        edge = np.minimum(width - np.abs(across), 3 * (1 - along))
        cover = noise.smoothstep(0, 0.07, edge.astype(np.float32)) * (along < 1)
        vein = 0.05 * np.cos(across * 16 + which) + 0.04 * np.cos(across * 37)
        lift = 0.62 + 0.3 * np.sqrt(np.clip(1 - across**2, 0, 1)) + vein
        lift = lift * (0.55 + 0.5 * np.clip(along, 0, 1)) * (0.72, 0.86, 1.0)[ring]
        lift = lift * (1 + 0.25 * (-dx - dy) * 0.5) * rng.uniform(0.88, 1.1, petals)[which]
        lay(scene, cover, np.asarray(rgb(petal) * lift[..., None] * 1.15, np.float32))
    _heart(scene, np.asarray(dx), np.asarray(dy + 0.06), heart)


def _heart(scene: Array, dx: Array, dy: Array, code: str) -> None:
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
        green = ("8a9c4c", "758c3c", "5f7c2e", "456425", "2b451a")[i]
        # Only the rows that this layer can reach are drawn and blurred.
        first = foot - 1.2 * tall - 0.03
        strip, part = view.part(scene, 0, (first + 1) / 2, view.aspect, (1 - first) / 2)
        sheet = Image.new("RGBA", (2 * view.width, 2 * len(part)), f"#{green}00")
        pen = ImageDraw.Draw(sheet)
        place = Place(2 * view.height, view.width, -2 * strip.frame[1])
        _draw_grass(pen, place, view, rng, foot, tall, int(1900 - 1100 * near), green)
        size = 0.007 + 0.019 * near
        _draw_blossoms(pen, place, view, rng, foot, tall, int(95 - 70 * near), size, codes)
        layer = np.asarray(sheet.reduce(2), np.float32) / 255
        blur = abs(near - sharp) * 0.028 * view.height * (0.5 + near)
        # Colour blurs in proportion to its cover, or edges would turn green.
        cover = defocus(layer[..., 3], blur)
        colour = defocus(layer[..., :3] ** 2.2 * layer[..., 3:], blur) / (cover[..., None] + 1e-3)
        body = noise.smoothstep(foot - tall * 0.55, foot, strip.y) * np.ones_like(view.x)
        lay(part, body, rgb(green) * 0.55)
        lay(part, np.clip(cover, 0, 1), colour * 1.2)


def _tone(code: str, gain: float) -> tuple[int, int, int, int]:
    """An opaque fill, the sRGB colour made darker or brighter."""
    red, green, blue = (min(255, int(int(code[i : i + 2], 16) * gain)) for i in (0, 2, 4))
    return red, green, blue, 255


def _draw_grass(
    pen: ImageDraw.ImageDraw, place: Place, view: View, rng: Random, foot: float, tall: float,
    count: int, code: str,
) -> None:  # fmt: skip
    root = rng.uniform(-0.5, 0.5, count) * view.aspect
    base = foot + rng.uniform(0, 0.35 * tall, count)
    bend = rng.normal(0.05, 0.2, count) * tall
    high = tall * rng.uniform(0.35, 1.0, count)
    gain = rng.normal(1.0, 0.2, count).clip(0.55, 1.6)
    wide = tall * 0.012
    for x, y, b, h, g in zip(root, base, bend, high, gain, strict=True):
        mx, my = x + b * 0.3, y - h * 0.55
        blade = ((x - wide, y), (mx, my), (x + b, y - h), (mx + wide, my), (x + wide, y))
        pen.polygon([place(px, py) for px, py in blade], fill=_tone(code, g))


def _draw_blossoms(
    pen: ImageDraw.ImageDraw, place: Place, view: View, rng: Random, foot: float, tall: float,
    count: int, size: float, codes: tuple[str, ...],
) -> None:  # fmt: skip
    """Flowers at random slants, the petals behind darker than those in front, with a heart."""
    for _ in range(count):
        x, y = rng.uniform(-0.5, 0.5) * view.aspect, foot - tall * rng.uniform(0.4, 1.05)
        slant, r = rng.uniform(0.4, 0.95), size * rng.uniform(0.55, 1.1)
        code, gain, turn = (
            codes[rng.integers(len(codes))],
            rng.uniform(0.8, 1.05),
            rng.uniform(0, 6),
        )
        pen.line(
            (place(x, y), place(x + 0.02 * slant, foot)),
            _tone("4a6a2c", 1),
            int(0.12 * r * place.unit) or 1,
        )
        for k, angle in enumerate(turn + np.arange(7) * 2.4):
            cx, cy = x + 0.5 * r * np.cos(angle), y + 0.5 * r * slant * np.sin(angle)
            w, h = 0.46 * r, 0.46 * r * slant
            shade = gain * (0.62 + 0.06 * k)
            pen.ellipse((*place(cx - w, cy - h), *place(cx + w, cy + h)), _tone(code, shade))
        w, h = 0.24 * r, 0.24 * r * slant
        heart = "2a2018" if code.startswith(("d", "e")) else "e0b030"
        pen.ellipse((*place(x - w, y - h), *place(x + w, y + h)), _tone(heart, 1))


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
