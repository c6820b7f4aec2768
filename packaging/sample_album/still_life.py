"""Small things on a table, by window light: balls, turned bodies, soft shadows, flames."""

import numpy as np

from sample_album import noise
from sample_album.noise import Array, Random
from sample_album.picture import View, lay, rgb

KEY = np.array([-0.62, -0.52, 0.59], np.float32)  # towards the window: left, up, to us


def room(view: View, rng: Random, wall: str, table: str, edge: float = 0.5) -> Array:
    """A wall out of focus, lit from the left, and a wooden table below the row `edge`."""
    fall = np.exp(-1.1 * (view.x + view.aspect / 2)) * 0.9 + 0.12
    spot = np.exp(-(((view.x + 0.35) / 0.5) ** 2) - (((view.y - 0.2) / 0.35) ** 2)) * 0.35
    soft = 1 + 0.12 * noise.field(rng, view.height, view.width, 2.2, 1)
    scene = ((fall + spot) * soft)[..., None] * rgb(wall)
    below = np.maximum(view.y - edge, 0)
    away = 1 / (below + 0.28)
    tile = noise.field(rng, 512, 512, 1.1, 6, 7.0)
    grain = noise.sample(tile, away * 160, view.x * away * 26)
    plank = noise.sample(tile, np.floor(away * 2.2) * 61, np.zeros_like(away))
    focus = np.exp(-(((view.y - 0.78) / 0.2) ** 2))
    wood = rgb(table) * (1 + 0.16 * grain * (0.25 + 0.75 * focus) + 0.1 * plank)[..., None]
    light = (0.35 + 0.75 * np.exp(-0.9 * (view.x + view.aspect / 2))) * (0.7 + 0.5 * below)
    sheen = 0.22 * np.exp(-below * 7) * fall
    lit = wood * light[..., None] + sheen[..., None] * rgb("f4ead8")
    lay(scene, noise.smoothstep(edge - 0.012, edge + 0.012, view.y) * np.ones_like(view.x), lit)
    return np.asarray(scene, np.float32)


def add_shadow(
    scene: Array,
    view: View,
    x: float,
    y: float,
    wide: float,
    deep: float = 0.3,
    strength: float = 0.75,
) -> None:
    """The shadow of a thing with its foot at (x, y): dark in contact, long to the right."""
    dx, dy = view.x - x, (view.y - y) / deep
    contact = np.exp(-(((np.hypot(dx, dy) / wide) ** 2) ** 1.6) * 0.9)
    along = np.clip(dx / wide, 0, None)
    cast = np.exp(-(((dy - 0.25 * dx) / (wide * (0.75 + 0.15 * along))) ** 2) - along * 0.55)
    cast = cast * noise.smoothstep(-wide, 0.3 * wide, dx)
    scene *= (1 - strength * np.maximum(contact, 0.75 * cast))[..., None]


def _shade(normal: tuple[Array, Array, Array], colour: Array, gloss: float) -> Array:
    """Light off a surface whose normal is (right, down, to us): window, room, and gloss."""
    nx, ny, nz = normal
    facing = nx * KEY[0] + ny * KEY[1] + nz * KEY[2]
    wrap = np.clip(facing * 0.85 + 0.15, 0, 1)
    room = 0.10 + 0.07 * np.clip(-ny, 0, 1) + 0.10 * np.clip(ny, 0, 1) * (1 - nz)
    half = KEY + np.array([0, 0, 1], np.float32)
    half /= np.linalg.norm(half)
    shine = np.clip(nx * half[0] + ny * half[1] + nz * half[2], 0, 1)
    edge = (1 - np.clip(nz, 0, 1)) ** 4 * 0.10
    light = colour * (1.35 * wrap + room)[..., None]
    spot = gloss * (0.9 * shine**90 + 0.22 * shine**14) + gloss * edge
    return np.asarray(light + spot[..., None] * rgb("f3f6ff"), np.float32)


def add_ball(
    scene: Array,
    view: View,
    rng: Random,
    x: float,
    y: float,
    radius: float,
    code: str,
    other: str,
    gloss: float = 0.5,
    pits: float = 0.0,
    focus: float = 0.002,
) -> None:
    """A round fruit centred at (x, y); its colour runs from `code` to `other` in patches."""
    view, scene = view.part(scene, x, y, radius * 1.1, radius * 1.1)
    nx, ny = (view.x - x) / radius, (view.y - y) / (radius * 0.95)
    out = np.hypot(nx, ny)
    nz = np.sqrt(np.clip(1 - out**2, 0, 1))
    tile = noise.field(rng, 256, 256, 1.0, 3)
    angle = np.arcsin(np.clip(nx, -1, 1))
    bump = noise.sample(tile, ny * 150 + 50, angle * 150) * pits
    mix = noise.sample(noise.field(rng, 256, 256, 2.0, 1, 0.6), ny * 40, angle * 40) * 0.35
    mix = np.clip(0.5 + mix + 0.4 * nx - 0.25 * ny, 0, 1)[..., None]
    speck = (1 + 0.07 * noise.sample(tile, ny * 90, angle * 90))[..., None]
    colour = (rgb(code) * (1 - mix) + rgb(other) * mix) * speck
    lit = _shade((nx + bump, ny + np.roll(bump, 3, 1), nz), np.asarray(colour, np.float32), gloss)
    lit *= (0.55 + 0.45 * noise.smoothstep(1.0, 0.3, ny + 0 * nx))[..., None]
    lay(scene, noise.smoothstep(1 + focus / radius, 1 - focus / radius, out), lit)


def add_turned(
    scene: Array,
    view: View,
    x: float,
    top: float,
    foot: float,
    profile: list[float],
    code: str,
    gloss: float = 0.4,
    tip: float = 0.22,
    inside: str | None = None,
    fill: str | None = None,
) -> None:
    """A body of revolution; `profile` are radii from its rim to its foot, in picture heights.

    `tip` is how far we look down on it. `inside` colours an open vessel, `fill` what is in it.
    """
    wide = max(profile)
    high = (foot - top) / 2 + 0.01
    view, scene = view.part(scene, x, (top + foot) / 2, wide + 0.01, high + wide * tip)
    t = np.linspace(0, 1, len(profile))
    # Rings of the body bulge downwards, as we look from above.
    guess = np.clip((view.y - top) / (foot - top), 0, 1) * np.ones_like(view.x)
    for _ in range(3):
        r = np.interp(guess, t, profile)
        bulge = tip * np.sqrt(np.clip(r**2 - (view.x - x) ** 2, 0, None))
        guess = np.clip((view.y - bulge - top) / (foot - top), 0, 1)
    r = np.interp(guess, t, profile).astype(np.float32)
    slope = np.gradient(np.asarray(profile), (foot - top) / (len(profile) - 1))
    lean = np.interp(guess, t, slope).astype(np.float32)
    nx = np.clip((view.x - x) / np.maximum(r, 1e-4), -1, 1)
    nz = np.sqrt(1 - nx**2)
    size = np.sqrt(1 + lean**2)
    soft = 1.2 / view.height
    cover = noise.smoothstep(soft, -soft, np.abs(view.x - x) - r)
    low = foot + tip * np.sqrt(np.clip(profile[-1] ** 2 - (view.x - x) ** 2, 0, None))
    cover = cover * (view.y > top) * noise.smoothstep(soft, -soft, view.y - low)
    lay(scene, cover, _shade((nx / size, lean / size, nz / size), rgb(code), gloss))
    if inside is not None:
        _mouth(scene, view, x, top, profile[0], tip, (code, inside, fill))


def _mouth(
    scene: Array,
    view: View,
    x: float,
    top: float,
    radius: float,
    tip: float,
    codes: tuple[str, str, str | None],
) -> None:
    soft = 1.5 / view.height / radius
    for shrink, drop, code in ((1.0, 0.0, codes[0]), (0.94, 0.0, codes[1]), (0.86, 0.3, codes[2])):
        if code is None:
            continue
        nx = (view.x - x) / (radius * shrink)
        ny = (view.y - top - drop * radius * tip) / (radius * shrink * tip)
        out = np.hypot(nx, ny)
        cover = noise.smoothstep(1 + soft, 1 - soft, out)
        if drop:
            cover = cover * noise.smoothstep(
                1,
                0.97,
                np.hypot((view.x - x) / radius / 0.94, (view.y - top) / radius / tip / 0.94),
            )
        # Inside, the wall away from the window is the lit one.
        light = 0.55 + 0.45 * np.clip(nx, -1, 1) if shrink == 0.94 else 0.9 - 0.2 * nx + 0 * ny
        lay(scene, cover, np.asarray(rgb(code) * np.asarray(light)[..., None], np.float32))


def add_flame(scene: Array, view: View, x: float, y: float, size: float) -> None:
    """A candle flame whose wick is at (x, y), and its light around."""
    up = (y - view.y) / size
    wide = 0.24 * np.sqrt(np.clip(up, 0, 1)) * np.clip(1.05 - up, 0, 1) ** 0.75 * 1.6
    out = np.abs(view.x - x) / size / np.maximum(wide, 1e-3)
    cover = noise.smoothstep(1.15, 0.55, out) * ((up > 0) & (up < 1.04))
    heat = np.clip(1.1 * up + 0.25, 0.1, 1)[..., None]
    lay(scene, cover, np.asarray(rgb("5a78ff") * 0.5 * (1 - heat) + rgb("ffc36b") * 7 * heat))
    away = np.hypot(view.x - x, (view.y - y + size * 0.5))
    scene += (0.55 * np.exp(-away * 5) + 0.5 * np.exp(-away * 18))[..., None] * rgb("ff9a3c")
