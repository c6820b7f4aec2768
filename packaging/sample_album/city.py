"""Built things: skyline and street at night, facades, a stairwell, a bridge, blurred lights."""

import numpy as np
from PIL import Image, ImageDraw

from sample_album import noise
from sample_album.lens import convolve, disc
from sample_album.light import Light
from sample_album.noise import Array, Random
from sample_album.picture import Place, View, drawing, lay, resize, rgb

LAMPS = ("ffb765", "ffcf8f", "fff0d2", "ff9a4d", "bcd8ff", "ff5f57", "7fe0b0", "ffd24d")


def _windows(rng: Random, rows: int, columns: int, pitch: tuple[int, int], lit: float) -> Array:
    """A front (rows, columns, 3) of window light; `pitch` is the size of one bay in pixels."""
    down, across = rows // pitch[0] + 2, columns // pitch[1] + 2
    # Whole floors and neighbouring rooms go dark together.
    floors = rng.random((down, 1)) * 0.5 + rng.random((down, across)) * 0.7
    on = (floors < lit * 1.1) * rng.uniform(0.25, 1.5, (down, across))
    tints = np.stack([rgb(code) for code in LAMPS[:5]])
    colour = tints[rng.choice(5, (down, across), p=(0.3, 0.3, 0.25, 0.05, 0.1))]
    light = (colour * on[..., None]).astype(np.float32)
    full = np.repeat(np.repeat(light, pitch[0], 0), pitch[1], 1)[:rows, :columns]
    inside = (np.arange(rows) % pitch[0] < pitch[0] * 0.55)[:, None]
    inside = inside & (np.arange(columns) % pitch[1] < max(1, pitch[1] * 0.6))
    return np.asarray(full * inside[..., None], np.float32)


def add_skyline(
    scene: Array, view: View, rng: Random, light: Light, foot: float,
    tall: float = 0.35, lit: float = 0.42, wall: str = "1a2130",
) -> None:  # fmt: skip
    """Three rows of towers with lit windows that stand on the row `foot`."""
    base = int(foot * view.height)
    for layer in range(3):
        x = -rng.uniform(0, 0.05)
        haze = (0.62, 0.35, 0.0)[layer]
        shade = rgb(wall) * (1 - haze) + rgb(light.horizon) * light.gain * haze * 0.6
        while x < view.aspect:
            wide = rng.uniform(0.035, 0.1)
            hump = 0.45 + 0.75 * np.exp(-((x - view.aspect * 0.56) ** 2) * 5)
            high = tall * hump * rng.uniform(0.35, 1.0) * (1.05 - 0.22 * layer)
            left, right = int(max(x, 0) * view.height), int((x + wide) * view.height)
            top = max(1, int(base - high * view.height))
            part = scene[top:base, left : min(right, view.width)]
            if part.size:
                _tower(part, rng, shade, lit * (1 - 0.5 * haze), view.height * (0.8 + 0.2 * layer))
                if high > tall * 0.8 and layer < 2:
                    _mast(scene, (left + min(right, view.width)) // 2, top, view.height)
            x += wide * rng.uniform(0.75, 1.15)


def _tower(part: Array, rng: Random, shade: Array, lit: float, unit: float) -> None:
    rows, columns = part.shape[:2]
    side = np.linspace(0.75, 1.25, columns, dtype=np.float32)[None, :, None]
    part[:] = shade * side
    pitch = (max(2, int(unit * rng.uniform(0.010, 0.016))),) * 2
    glass = _windows(rng, rows, columns, (pitch[0], max(2, int(pitch[1] * rng.choice([0.7, 1.6])))),
                     lit * rng.uniform(0.3, 1.3))  # fmt: skip
    margin = max(1, columns // 14)
    glass[: 2 * margin] = 0
    glass[:, :margin] = glass[:, -margin:] = 0
    part += glass * 0.9


def _mast(scene: Array, column: int, top: int, unit: int) -> None:
    high = max(1, int(0.05 * unit))
    if top > high + 2 and column < scene.shape[1] - 2:
        scene[top - high : top, column] *= 0.25
        scene[top - high - 1 : top - high + 1, column : column + 2] = rgb("ff2a1a") * 4


def blurred_lights(
    view: View, rng: Random, count: int, radius: float, top: float, foot: float,
    codes: tuple[str, ...] = LAMPS, strength: float = 1.0,
) -> Array:  # fmt: skip
    """Lamps far out of focus between two rows: overlapping discs of light (h, w, 3)."""
    factor = max(1.0, radius * view.height / 14)
    height, width = round(view.height / factor), round(view.width / factor)
    points = np.zeros((height, width, 3), np.float32)
    y = rng.normal((top + foot) / 2, (foot - top) / 4, count).clip(0, 0.999)
    x = rng.random(count)
    tints = np.stack([rgb(code) for code in codes])[rng.integers(len(codes), size=count)]
    power = rng.lognormal(-0.5, 0.7, (count, 1)) * strength
    place = ((y * height).astype(int), (x * width).astype(int))
    r = radius * view.height / factor
    np.add.at(points, place, (tints * power * np.pi * r**2 * 0.45).astype(np.float32))
    lens = disc(r)
    offset = np.arange(len(lens)) - len(lens) // 2
    # A real lens draws a disc a little brighter at its rim.
    lens = lens * (0.8 + 0.45 * (np.hypot(offset[:, None], offset) / r) ** 3).astype(np.float32)
    blurred = convolve(points, lens)
    return np.maximum(resize(blurred, view.width, view.height, Image.Resampling.BICUBIC), 0)


def _front(z: Array, high: Array, side: Array, rng: Random) -> Array:
    """Light (h, w, 3) of the house fronts of a street at distance z and height above the eye."""
    block = np.floor(z / 6).astype(np.int32) % 64 + 64 * (side > 0)
    roofs = rng.uniform(4.5, 9.5, 128).astype(np.float32)
    walls = rng.uniform(0.02, 0.07, (128, 1)) * np.array([1.25, 1.0, 0.85])
    out = walls.astype(np.float32)[block]
    bay, floor = z / 0.85, (high + 2) / 1.35
    across, up = bay % 1, floor % 1
    cell = np.floor(bay).astype(np.int32) * 131 + np.floor(floor).astype(np.int32) * 17
    cell = (cell + block * 7) % 4096
    on = rng.random(4096, dtype=np.float32)[cell]
    tints = np.stack([rgb(code) for code in LAMPS[:3]])[rng.integers(3, size=4096)]
    # Sash windows with a cross bar, half of them behind a blind; a ledge under each row.
    pane = (np.abs(across - 0.5) < 0.24) & (up > 0.24) & (up < 0.78)
    pane = pane & (np.abs(across - 0.5) > 0.018) & (np.abs(up - 0.58) > 0.014)
    blind = np.where(up > 0.3 + 0.5 * ((on * 37) % 1), 0.45, 1.0)
    glow = pane * np.where(on > 0.62, on * blind * (0.5 + 0.5 * up), 0.015)
    shop = (floor < 1) & (rng.random(128)[block] > 0.3)
    show = (0.25 + 0.75 * up) * (0.35 + 0.65 * ((on * 91) % 1)) * (np.abs(across - 0.5) < 0.45)
    glow = np.where(shop, show * (up > 0.12) * (up < 0.8) * 0.85, glow)
    ledge = 1 + 0.8 * (up < 0.05) - 0.35 * (up > 0.95) + 0.12 * np.sin(floor * 40) * (floor < 1)
    out = out * ledge[..., None] + glow[..., None] * tints[np.where(shop, block * 5, cell)]
    # Street lamps every 6 units light the fronts from below.
    lamp = np.exp(-(((z % 6) - 3) ** 2) * 0.5 - np.abs(high - 1) * 0.45)
    out = out + (lamp * 0.22)[..., None] * rgb("ffb765")
    return np.asarray(out * (high < roofs[block])[..., None], np.float32)


def street(view: View, rng: Random, scene: Array, eye: float) -> None:
    """Fills in a street between houses, straight to a vanishing point on the row `eye`; in place.

    What stands in the scene remains as sky. The paving is wet and mirrors the fronts.
    """
    seed = int(rng.integers(1 << 30))
    x, y = view.x, view.y - eye
    z = 0.62 * 2.6 / np.maximum(np.abs(x), 0.012)
    side = np.broadcast_to(np.sign(x), (view.height, view.width))
    far = np.broadcast_to(np.minimum(z, 60), side.shape)
    high = -y * far / 0.62
    front = _front(far, high, side, np.random.default_rng(seed))
    cover = (front.max(axis=2) > 0) & (high > -1.6)
    fog = np.exp(-far / 24)[..., None]
    dusk = rgb("3a3550") * 0.5
    lay(scene, cover.astype(np.float32), front * fog + dusk * (1 - fog))
    floor = high <= -1.6
    bump = noise.field(rng, view.height, view.width, 0.9, 12, 0.5) * 0.06 * np.abs(high)
    mirror = _front(far, -3.2 - high + bump * 1.2, side, np.random.default_rng(seed))
    stone_z = 1.6 * 0.62 / np.maximum(y, 1e-3)
    grain = noise.sample(noise.field(rng, 512, 512, 0.9, 10), stone_z * 60, x * stone_z * 60)
    joint = (np.abs((stone_z * 2.4) % 1 - 0.5) < 0.46) & (
        np.abs((x * stone_z / 0.62 * 2.2 + 0.5 * (np.floor(stone_z * 2.4) % 2)) % 1 - 0.5) < 0.46
    )
    fade = np.exp(-stone_z / 3)
    stone = 0.03 * (1 + 0.35 * grain) * (1 - fade * 0.5 * ~joint)
    shine = (0.55 + 0.1 * grain).clip(0.05, 1) * (1 - 0.45 * fade * ~joint)
    ground = stone[..., None] * rgb("c9bfb8") + mirror * shine[..., None] * fog + dusk * (1 - fog)
    lay(scene, floor.astype(np.float32), np.asarray(ground, np.float32))


def add_lamps(scene: Array, view: View, eye: float, count: int = 6, high: float = 1.9) -> None:
    """Street lamps receding on both sides of `street`, bright enough to bloom."""
    for i in range(count, 0, -1):
        z = 6.0 * i - 3.0
        for side in (-1, 1):
            x, y = side * 1.9 * 0.62 / z, eye - high * 0.62 / z
            r = max(0.035 / z, 0.0025)
            near, part = view.part(scene, x, y, 1.6 / z, 2.4 / z)
            away = np.hypot(near.x - x, near.y - y)
            post = (np.abs(near.x - x) < 0.012 / z) & (near.y > y) & (near.y < eye + 1.0 / z)
            lay(part, post.astype(np.float32), rgb("15151a"))
            lay(part, noise.smoothstep(r * 1.3, r * 0.7, away), rgb("ffd9a0") * 9)
            part += (0.12 * np.exp(-away * z * 4))[..., None] * rgb("ffb765")


def facade(view: View, rng: Random, light: Light, turn: float = 0.55) -> Array:
    """A glass front seen steeply from below; each pane mirrors another bit of cloudy sky."""
    x, y = view.x + view.aspect * 0.5, 1 - view.y
    depth = 1 / (0.9 - turn * (x / view.aspect) * 0.75 - 0.32 * y)
    u, v = (x * 1.0 - 0.1) * depth * 7, (y + 0.35) * depth * 8
    pane = (np.floor(u).astype(np.int32) % 64) * 64 + np.floor(v).astype(np.int32) % 64
    tip = rng.normal(0, 1, (2, 4096)).astype(np.float32)
    tile = noise.field(rng, 512, 512, 1.9, 3)
    cloud = noise.sample(tile, v * 9 + tip[0][pane] * 16, u * 6 + tip[1][pane] * 16)
    white = noise.smoothstep(-0.3, 1.6, cloud)[..., None]
    height = np.clip(0.25 + 0.5 * y + 0.05 * tip[0][pane], 0, 1)[..., None]
    sky = rgb(light.horizon) * (1 - height) + rgb(light.zenith) * height
    scene = (sky * (1 - white) + rgb("fff6ea") * 1.05 * white) * 0.85
    scene *= (1 + 0.16 * tip[1][pane])[..., None]
    blur = 0.006 * depth
    for w in (u, v):
        line = noise.smoothstep(0.035 + blur, 0.035, np.abs((w + 0.5) % 1 - 0.5))
        lay(scene, np.broadcast_to(line, scene.shape[:2]), rgb("20262c") * 0.6)
    floor = noise.smoothstep(0.12, 0.09, np.abs((v / 4 + 0.5) % 1 - 0.5) * 4 / 4)
    lay(scene, floor * 0.85, rgb("bfc3c4") * 0.55)
    return np.asarray(scene, np.float32)


def stairwell(view: View, rng: Random, warm: str = "ffdca8") -> Array:
    """Looking down a spiral stair: turns of steps that close in on a lit floor."""
    x, y = view.x - 0.03, view.y - 0.48
    radius = np.maximum(np.hypot(x, y * 1.06), 1e-3)
    angle = np.arctan2(y, x) / (2 * np.pi)
    turn = np.log(radius / 0.07) / np.log(1.62) + angle
    level, inside = np.floor(turn), turn % 1
    step = (angle - level * 0.17) * 26
    tread = step % 1
    light = 0.45 + 0.4 * np.cos(2 * np.pi * (angle - 0.62))
    shade = light * (0.35 + 0.65 * tread**0.7) * noise.smoothstep(0.99, 0.6, inside)
    depth = np.clip(radius / 0.75, 0.05, 1) ** 0.5
    tone = noise.field(rng, view.height, view.width, 1.2, 6) * 0.05 + 1
    scene = (shade * depth * tone)[..., None] * rgb("d9c3a3")
    rail = noise.smoothstep(0.05, 0.02, np.abs(inside - 0.06))
    lay(scene, rail * 0.95, rgb("3a1d12") * (0.5 + light)[..., None])
    wall = noise.smoothstep(0.80, 0.84, inside)
    lay(scene, wall, np.asarray(rgb("efe3cf") * (light * 0.5 * depth)[..., None], np.float32))
    lay(scene, noise.smoothstep(0.074, 0.066, radius), rgb(warm) * 2.4)
    glow = np.exp(-radius * 6)[..., None] * rgb(warm) * 0.5
    return np.asarray(scene + glow, np.float32)


def bridge_cover(view: View, deck: float, high: float) -> Array:
    """Cover of a suspension bridge that comes towards us from right to left over the row `deck`."""

    def at(t: float, up: float) -> tuple[float, float]:
        near = 1 / (0.45 + 1.6 * t)
        return view.aspect * (0.95 - 1.02 * near), deck - (up - 0.1) * near * 0.8

    def draw(pen: ImageDraw.ImageDraw, place: Place) -> None:
        def line(t0: float, u0: float, t1: float, u1: float, thick: float) -> None:
            near = 1 / (0.45 + 1.6 * (t0 + t1) / 2)
            ends = (place(*at(t0, u0)), place(*at(t1, u1)))
            pen.line(ends, 255, max(1, round(thick * near * place.unit)))

        def cable(t: float) -> float:
            return 0.02 + high * (2 * abs((t - 0.28) / 0.75 % 1 - 0.5)) ** 2

        for i in range(150):
            t = -0.1 + i * 0.016
            line(t, 0, t + 0.016, 0, 0.022)
            line(t, cable(t), t + 0.016, cable(t + 0.016), 0.008)
            line(t, 0, t, cable(t), 0.0022)
        for t in (0.28, 1.03, 1.78):
            line(t, -0.12, t, high + 0.03, 0.03)
            line(t + 0.03, -0.12, t + 0.03, high + 0.03, 0.03)
            for up in (0.33, 0.66, 1.0):
                line(t, high * up, t + 0.03, high * up, 0.02)

    return drawing(view, draw, 2)
