"""The outdoor pictures of the trip, each a function of the view and a random generator."""

import numpy as np

from sample_album import close, figures, light, night, noise, ranges, terrain, water
from sample_album.lens import defocus
from sample_album.light import Light
from sample_album.noise import Array, Random
from sample_album.picture import View, lay, rgb, shapes
from sample_album.terrain import Camera


def mountains(
    view: View,
    rng: Random,
    hour: Light,
    u: float = 100,
    cover: float = 0.45,
    haze: float = 0.0013,
    horizon: float = 0.42,
    stars: bool = False,
) -> Array:
    """Snow peaks over green valleys, from a summit."""
    scene = light.sky(view, hour, horizon, disc=not stars)
    if stars:
        light.add_milky_way(scene, view, rng, horizon + 0.1)
        light.add_stars(scene, view, rng, horizon + 0.1)
    else:
        light.add_clouds(scene, view, rng, hour, horizon, cover)
    camera = Camera(u, 50, 18 if stars else 40, horizon, 1.4, 60, 700)
    terrain.add_ground(scene, view, rng, hour, "peaks", terrain.ALPS, camera, haze)
    return scene


def blue_ranges(
    view: View, rng: Random, hour: Light, count: int = 6, cover: float = 0.35, balloons: int = 0
) -> Array:
    """Range behind range with mist between them, and perhaps balloons above."""
    scene = light.sky(view, hour, 0.5)
    light.add_clouds(scene, view, rng, hour, 0.5, cover)
    ranges.add_ranges(scene, view, rng, hour, 0.43 + 0.1 * (balloons > 0), count, 0.98)
    codes = (
        ("c23b2e", "f0c04a"),
        ("2f5f9e", "efe6d2", "d9772b"),
        ("7a2f6b", "f2a63b", "f6e7c8"),
        ("2d7f6e", "f4efe0"),
        ("d9542b", "f2d06b", "7c2320"),
    )
    spots = (
        (-0.28, 0.34, 0.15),
        (0.30, 0.26, 0.085),
        (0.08, 0.44, 0.055),
        (0.56, 0.40, 0.035),
        (-0.60, 0.20, 0.05),
    )
    for i in range(balloons - 1, -1, -1):
        x, y, size = spots[i]
        far = 0.65 - size * 4
        figures.add_balloon(scene, view, hour, x, y, size, codes[i], max(0.05, far))
    return scene


def lake(
    view: View,
    rng: Random,
    hour: Light,
    rough: float = 0.006,
    shore: float = 0.56,
    boat: bool = False,
    peaks: bool = False,
    cover: float = 0.4,
) -> Array:
    """A lake with its mountains mirrored."""
    scene = light.sky(view, hour, shore - 0.06)
    light.add_clouds(scene, view, rng, hour, shore - 0.06, cover)
    if peaks:
        camera = Camera(160, 20, 8, shore - 0.02, 1.5, 110, 600)
        terrain.add_ground(scene, view, rng, hour, "peaks", terrain.ALPS, camera, 0.0016, seed=2)
    ranges.add_ranges(
        scene,
        view,
        rng,
        hour,
        shore - 0.14 + 0.1 * peaks,
        3 - peaks,
        shore - 0.03,
        relief=0.014 if peaks else 0.05,
    )
    if boat:
        figures.add_boat(scene, view, 0.22, shore + 0.0, 0.09, "f3ead8", "5c2f22", hour.gain)
    water.add_water(scene, view, rng, shore, rough, horizon=shore - 0.03)
    return scene


def sea(
    view: View,
    rng: Random,
    hour: Light,
    rough: float = 0.03,
    horizon: float = 0.45,
    cover: float = 0.45,
    foam: float = 0.0,
    boats: int = 0,
    birds: int = 0,
) -> Array:
    """The open sea."""
    scene = light.sky(view, hour, horizon, disc=cover < 0.8)
    light.add_clouds(scene, view, rng, hour, horizon, cover)
    spots = ((-0.3, 0.17), (0.28, 0.08), (0.5, 0.05), (-0.05, 0.04))
    for x, size in spots[:boats]:
        figures.add_boat(scene, view, x, horizon + size * 0.07, size, "f4ead6", "3b2a26", hour.gain)
    water.add_water(scene, view, rng, horizon, rough, depth=0.5)
    for x, size in spots[:boats]:
        figures.add_boat(scene, view, x, horizon + size * 0.07, size, "f4ead6", "3b2a26", hour.gain)
    if foam:
        water.add_foam(scene, view, rng, horizon, foam)
    if birds:
        figures.add_birds(scene, view, rng, -0.15, 0.25, birds)
    return scene


def harbour(view: View, rng: Random, hour: Light, boats: int = 4) -> Array:
    """Small fishing boats at anchor before a hilly shore."""
    scene = light.sky(view, hour, 0.42)
    light.add_clouds(scene, view, rng, hour, 0.42, 0.45)
    ranges.add_ranges(scene, view, rng, hour, 0.36, 3, 0.46, relief=0.05)
    hulls = ("2f5f86", "a3392c", "e0d6bf", "3d6b52", "d18a2e", "5a3a2a")
    spots = [(rng.uniform(-0.75, 0.75), 0.50 + 0.05 * i, 0.10 + 0.035 * i) for i in range(boats)]
    water.add_water(scene, view, rng, 0.48, 0.012, depth=0.3)
    for i, (x, foot, size) in enumerate(spots):
        mirror = scene[::-1].copy()
        figures.add_boat(mirror, view, x, 1 - foot, size, None, hulls[i % 6], 0.62 * hour.gain)
        fade = (0.62 * noise.smoothstep(foot + size * 0.9, foot, view.y) * (view.y > foot))[
            ..., None
        ]
        wave = rng.integers(-2, 3, view.height) if view.height > 300 else np.zeros(view.height, int)
        rows = np.arange(view.height)
        turned = mirror[::-1][np.clip(rows + wave, 0, view.height - 1)]
        scene += fade * (turned - scene)
        figures.add_boat(scene, view, x, foot, size, None, hulls[i % 6], 0.62 * hour.gain)
    return scene


def lighthouse(view: View, rng: Random, hour: Light) -> Array:
    """A lighthouse on its rocks above the sea."""
    scene = light.sky(view, hour, 0.62, disc=False)
    light.add_clouds(scene, view, rng, hour, 0.62, 0.5)
    figures.add_lighthouse(scene, view, hour, 0.3, 0.60, 0.45)
    figures.add_rocks(scene, view, rng, hour, 0.38, 0.66, 0.45, 0.13)
    water.add_water(scene, view, rng, 0.655, 0.03, depth=0.4)
    return scene


def misty_forest(view: View, rng: Random, hour: Light) -> Array:
    """Firs on slopes that dissolve in fog, row behind row."""
    scene = light.sky(view, hour, 0.6, disc=False)
    air = rgb(hour.horizon) * 0.85 * hour.gain
    for i in range(7):
        near = (i + 1) / 7
        slope = (0.36 + 0.62 * near**1.35) + noise.line(rng, 2 * view.width, 1.9)[
            : view.width
        ] * 0.06
        dark = rgb("16241f") * hour.gain
        mist = (1 - near) ** 0.8
        tone = np.asarray(dark * (1 - mist) + air * mist, np.float32)
        ground = noise.smoothstep(0, 0.02, view.y - slope[None, :])
        lay(scene, ground, tone * 0.6 + air * 0.4 * mist)
        tall, count = 0.10 + 0.30 * near**1.6, int(130 - 105 * near)
        ranges.add_firs(scene, view, rng, slope, tall, count, tone)
        patch = 0.65 + 0.3 * noise.field(rng, view.height, view.width, 2.2, 1, 3.0)
        veil = np.exp(-(((view.y - slope[None, :] - 0.06) / 0.09) ** 2)) * patch * (1 - near) ** 0.7
        lay(scene, np.clip(veil, 0, 0.95), air * 1.04)
    return scene


def snowfield(view: View, rng: Random, hour: Light) -> Array:
    """Laden firs on a snowfield under a low sun."""
    scene = light.sky(view, hour, 0.45)
    light.add_clouds(scene, view, rng, hour, 0.45, 0.35)
    ranges.add_ranges(scene, view, rng, hour, 0.36, 2, 0.5, dark="5d6f86", relief=0.05)
    camera = Camera(300, 100, 10, 0.42, 1.2, 10, 420)
    terrain.add_ground(scene, view, rng, hour, "rolling", terrain.SNOW, camera, 0.004)
    for i in range(3):
        foot = np.full(view.width, 0.53 + 0.09 * i) + noise.line(rng, view.width, 1.8) * 0.015
        blue = rgb("22343a") * (1 - 0.25 * (2 - i)) + rgb(hour.horizon) * 0.12 * (2 - i)
        ranges.add_firs(
            scene,
            view,
            rng,
            foot,
            0.14 + 0.13 * i,
            30 - 11 * i,
            blue * hour.gain,
            rgb("e2eaf4") * hour.gain * 0.9,
        )
    return scene


def dunes(view: View, rng: Random, hour: Light, u: float = 100, walker: bool = False) -> Array:
    """Desert dunes in low light."""
    scene = light.sky(view, hour, 0.35)
    camera = Camera(u, 100, 26, 0.3, 1.4, 24, 500)
    terrain.add_ground(scene, view, rng, hour, "dunes", terrain.DUNES, camera, 0.002)
    if walker:
        outline = figures.stand(figures.PERSON, 0.30, 0.56, 0.055)
        figures.add_backlit(scene, view, shapes(view, [outline], 4), hour)
    return scene


def lone_tree(view: View, rng: Random, hour: Light, x: float = -0.12, tall: float = 0.78) -> Array:
    """A bare tree on a hill against the evening."""
    scene = light.sky(view, hour, 0.78)
    light.add_clouds(scene, view, rng, hour, 0.78, 0.42)
    black = rgb("0b090c") * 0.6
    lay(scene, ranges.limbs_cover(view, ranges.tree_limbs(rng, x, 0.86, tall)), black)
    ranges.add_ranges(scene, view, rng, hour, 0.76, 2, 0.84, relief=0.02)
    hill = noise.smoothstep(0, 0.004, view.y - 0.86 + 0.03 * np.cos((view.x - x) * 2.2))
    lay(scene, hill, black)
    lay(scene, ranges.grass_cover(view, rng, 0.99, 0.15, 1400, 0.12), black)
    return scene


def beach(view: View, rng: Random, hour: Light, who: str = "couple") -> Array:
    """People or a dog on the wet sand, against the light. `who`: "couple", "dog" or "child"."""
    scene = light.sky(view, hour, 0.5)
    light.add_clouds(scene, view, rng, hour, 0.5, 0.45)
    water.add_water(scene, view, rng, 0.5, 0.03)
    person, woman, dog = figures.PERSON, figures.WOMAN, figures.DOG
    outlines = {
        "couple": [
            figures.stand(person, -0.125, 0.80, 0.25, 0.95),
            figures.stand(woman, -0.06, 0.798, 0.235),
        ],
        "dog": [figures.stand(dog, -0.1, 0.79, 0.12), figures.stand(woman, 0.16, 0.795, 0.24)],
        "child": [figures.stand(person, 0.1, 0.8, 0.17, 1.15), figures.stand(dog, 0.3, 0.79, 0.09)],
    }[who]
    sand = noise.smoothstep(
        0, 0.012, view.y - 0.735 - 0.008 * np.sin(view.x * 5) - 0.004 * np.sin(view.x * 17)
    )
    wet = scene.copy()
    water.add_water(wet, view, rng, 0.735, 0.002, horizon=0.5, depth=0.1)
    lay(scene, sand, wet * 0.6 + rgb("5b4636") * 0.12 * hour.gain)
    cover = shapes(view, outlines, 3)
    foot = round(0.797 * view.height)
    flip = np.zeros_like(cover)
    rows = min(view.height - foot, foot)
    flip[foot : foot + rows] = cover[foot - rows : foot][::-1]
    fade = 0.75 * noise.smoothstep(1.2, 0.78, view.y)
    lay(scene, defocus(flip, 0.003 * view.height) * fade, rgb("0d0b10"))
    figures.add_backlit(scene, view, cover, hour, 0.35)
    return scene


def meadow(
    view: View,
    rng: Random,
    hour: Light,
    sharp: float = 0.6,
    codes: tuple[str, ...] = ("d8342f", "f2eef2", "6f62cf"),
) -> Array:
    """A flowering meadow before hills out of focus."""
    scene = light.sky(view, hour, 0.5)
    light.add_clouds(scene, view, rng, hour, 0.5, 0.4)
    ranges.add_ranges(scene, view, rng, hour, 0.44, 3, 0.56, dark="2b4030", relief=0.04)
    scene = defocus(scene, 0.009 * view.height)
    close.add_meadow(scene, view, rng, codes, sharp)
    return scene


def aurora(view: View, rng: Random) -> Array:
    """Northern lights over a still lake."""
    scene = light.sky(view, light.NIGHT, 0.8, disc=False)
    light.add_stars(scene, view, rng, 0.8, 1100)
    night.add_aurora(scene, view, rng, 0.78)
    ranges.add_ranges(scene, view, rng, light.NIGHT, 0.66, 3, 0.76, dark="05080c", relief=0.05)
    water.add_water(scene, view, rng, 0.76, 0.008)
    return scene


def moonrise(view: View, rng: Random) -> Array:
    """A full moon over ranges at dusk."""
    scene = light.sky(view, light.BLUE, 0.6, disc=False)
    light.add_stars(scene, view, rng, 0.4, 260)
    light.add_moon(scene, view, rng, 0.2, 0.28, 0.062)
    light.add_clouds(scene, view, rng, light.BLUE, 0.6, 0.22)
    ranges.add_ranges(scene, view, rng, light.BLUE, 0.52, 5, 0.98, dark="0d1420")
    return scene
