"""The pictures of town, table and window, each a function of the view and a random generator."""

import numpy as np

from sample_album import city, close, figures, light, night, noise, still_life, water
from sample_album.lens import defocus
from sample_album.light import Light
from sample_album.noise import Array, Random
from sample_album.picture import View, lay, rgb, shapes

BOWL = [0.30, 0.288, 0.26, 0.21, 0.14, 0.13]
CUP = [0.150, 0.150, 0.147, 0.140, 0.122, 0.085]


def skyline(view: View, rng: Random, hour: Light, lit: float = 0.5) -> Array:
    """Towers over the water after sunset."""
    scene = light.sky(view, hour, 0.62, disc=False)
    light.add_clouds(scene, view, rng, hour, 0.62, 0.35)
    city.add_skyline(scene, view, rng, hour, 0.62, 0.38, lit)
    water.add_water(scene, view, rng, 0.62, 0.022, "0c1626")
    return scene


def city_lights(view: View, rng: Random, radius: float = 0.05) -> Array:
    """Evening traffic far out of focus."""
    far = rgb("0b1022") * np.exp(-(((view.y - 0.5) * 1.5) ** 2))[..., None] * 1.4
    scene = np.repeat(far, view.width, axis=1).astype(np.float32)
    scene += city.blurred_lights(view, rng, 120, radius, 0.25, 0.95)
    return scene


def street(view: View, rng: Random) -> Array:
    """A wet street between lit houses, someone walking away."""
    scene = light.sky(view, light.BLUE, 0.6, disc=False)
    city.street(view, rng, scene, 0.56)
    city.add_lamps(scene, view, 0.56)
    body = figures.stand(figures.PERSON, 0.03, 0.80, 0.25)
    shade = figures.stand(figures.PERSON, 0.03, 0.80, -0.22)
    cover = defocus(shapes(view, [shade], 2), 0.006 * view.height)
    lay(scene, cover * 0.7, rgb("08080c"))
    lay(scene, shapes(view, [body], 3), rgb("0a0a0e"))
    return scene


def glass(view: View, rng: Random, hour: Light) -> Array:
    """A glass front with the sky in it."""
    return city.facade(view, rng, hour)


def stairs(view: View, rng: Random) -> Array:
    """A stairwell from above."""
    return city.stairwell(view, rng)


def bridge(view: View, rng: Random, hour: Light) -> Array:
    """A suspension bridge against the evening."""
    scene = light.sky(view, hour, 0.66)
    light.add_clouds(scene, view, rng, hour, 0.66, 0.4)
    lay(scene, city.bridge_cover(view, 0.60, 0.42), rgb("1c1216") * hour.gain)
    water.add_water(scene, view, rng, 0.72, 0.02)
    return scene


def fireworks(view: View, rng: Random) -> Array:
    """Fireworks over the water and the town."""
    scene = light.sky(view, light.NIGHT, 0.8, disc=False)
    bursts = (
        (-0.36, 0.30, 0.24, "ff5a3c"),
        (0.30, 0.25, 0.28, "ffc04d"),
        (0.02, 0.46, 0.17, "6bb8ff"),
        (0.58, 0.46, 0.15, "d06bff"),
        (-0.60, 0.52, 0.13, "8fffb0"),
    )
    for x, y, size, code in bursts:
        night.add_smoke(scene, view, rng, x, y, code)
        night.add_firework(scene, view, rng, x, y, size, code)
    city.add_skyline(scene, view, rng, light.NIGHT, 0.8, 0.15, 0.5)
    water.add_water(scene, view, rng, 0.8, 0.02, "0c1626")
    return scene


def fruit(view: View, rng: Random, x: float = 0.0, wall: str = "8a7a66") -> Array:
    """A bowl of fruit by a window."""
    scene = still_life.room(view, rng, wall, "7a4f2e", 0.5)
    still_life.add_shadow(scene, view, x, 0.80, 0.26)
    still_life.add_turned(scene, view, x, 0.56, 0.80, BOWL, "3f6f8a", 0.6, 0.28, "2b4d60")
    balls = (
        (-0.13, 0.475, 0.118, "f08a1c", "f5a623", 0.35, 0.07),
        (0.10, 0.455, 0.12, "b3202a", "d9a03a", 0.7, 0),
        (-0.01, 0.54, 0.118, "8aa834", "c9c04a", 0.6, 0),
        (0.2, 0.535, 0.085, "f3c22c", "e9a81d", 0.3, 0.05),
        (-0.215, 0.545, 0.08, "6a1f3a", "3a1030", 0.7, 0),
    )
    for dx, y, radius, code, other, gloss, pits in balls:
        still_life.add_ball(scene, view, rng, x + dx, y, radius, code, other, gloss, pits)
    # The front of the bowl once more, over the fruit.
    front = scene.copy()
    still_life.add_turned(front, view, x, 0.56, 0.80, BOWL, "3f6f8a", 0.6, 0.28)
    dip = 0.56 + 0.28 * np.sqrt(np.clip(0.30**2 - (view.x - x) ** 2, 0, None))
    lay(scene, noise.smoothstep(-0.001, 0.002, view.y - dip), front)
    still_life.add_shadow(scene, view, x + 0.53, 0.915, 0.075)
    still_life.add_ball(scene, view, rng, x + 0.52, 0.84, 0.085, "b3202a", "e0b04a", 0.7)
    return scene


def coffee(view: View, rng: Random, x: float = 0.05, wall: str = "5a6a70") -> Array:
    """A cup on a table."""
    scene = still_life.room(view, rng, wall, "8a6a4a", 0.45)
    discs = city.blurred_lights(view, rng, 16, 0.06, -0.1, 0.45, ("ffcf8f", "fff0d2"), 0.25)
    scene += discs * noise.smoothstep(0.46, 0.40, view.y)[..., None]
    still_life.add_shadow(scene, view, x, 0.82, 0.24)
    plate = [0.26, 0.2, 0.12]
    still_life.add_turned(scene, view, x, 0.79, 0.82, plate, "e8e2d6", 0.4, 0.3, "cfc9bd")
    still_life.add_shadow(scene, view, x, 0.80, 0.12, 0.3, 0.55)
    still_life.add_turned(scene, view, x, 0.5, 0.78, CUP, "e6dfd2", 0.6, 0.27, "b8b0a2", "2e160a")
    return scene


def candles(view: View, rng: Random) -> Array:
    """Three candles in the dark."""
    scene = still_life.room(view, rng, "1c120c", "3a1e0e", 0.62) * 0.3
    scene += city.blurred_lights(view, rng, 22, 0.035, 0.1, 0.6, ("ff9a3c", "ffc36b"), 0.1)
    for x, top, foot in ((-0.3, 0.50, 0.84), (0.27, 0.58, 0.82), (-0.02, 0.42, 0.88)):
        still_life.add_turned(scene, view, x, top, foot, [0.05] * 6, "b89a6a", 0.1, 0.25, "f3d09a")
        melt = np.exp(-(((view.x - x) / 0.06) ** 2) - np.clip(view.y - top, 0, 1) * 9) * (
            view.y > top
        )
        scene += (0.35 * melt)[..., None] * rgb("ff9a3c") * (scene > 0.05)
        still_life.add_flame(scene, view, x, top + 0.004, 0.1)
    return scene


def flower(
    view: View,
    rng: Random,
    x: float = 0.08,
    petal: str = "f3e9f2",
    heart: str = "e8b21c",
    size: float = 0.33,
) -> Array:
    """A flower close up before a garden out of focus."""
    scene = close.blurred_green(view, rng, "16260f", "5f8a2e", "ffe28a")
    far = np.zeros_like(scene)
    far[:] = scene
    close.add_flower(far, view, rng, x - 0.55, 0.72, size * 0.55, petal, heart)
    scene[:] = defocus(far, 0.035 * view.height)
    lay(scene, close.stem_cover(view, x, 0.5, x + 0.1), rgb("4a6b26") * 0.8)
    close.add_flower(scene, view, rng, x, 0.43, size, petal, heart)
    return scene


def rainy_window(view: View, rng: Random) -> Array:
    """City lights through a wet pane."""
    scene = np.zeros((view.height, view.width, 3), np.float32) + rgb("1a2338")
    scene += city.blurred_lights(view, rng, 110, 0.06, 0.15, 0.95, strength=0.5)
    close.add_drops(scene, view, rng)
    return scene


def cat_window(view: View, rng: Random, x: float = 0.12) -> Array:
    """A cat on the sill, against the evening light."""
    scene = light.sky(view, light.GOLD, 0.9)
    scene = defocus(scene, 0.01 * view.height)
    scene += city.blurred_lights(
        view, rng, 40, 0.05, 0.35, 1.0, ("ffcf8f", "ffe9b8", "d98f4a"), 0.25
    )
    half = view.aspect / 2
    bars = [
        [(cx - w, -0.1), (cx + w, -0.1), (cx + w, 0.9), (cx - w, 0.9)]
        for cx, w in ((-half, 0.06), (-0.27, 0.014), (half, 0.06))
    ]
    sill = [(-half, 0.80), (half, 0.80), (half, 1.1), (-half, 1.1)]
    lay(scene, shapes(view, bars), rgb("241710") * 0.8)
    wood = rgb("3a2416") * (0.25 + 1.6 * np.exp(-np.abs(view.y - 0.80) * 40))[..., None]
    lay(scene, shapes(view, [sill]), np.repeat(wood, view.width, 1).astype(np.float32))
    cover = shapes(view, [figures.stand(figures.CAT, x, 0.81, 0.44)], 3)
    figures.add_backlit(scene, view, cover, light.GOLD, 0.3)
    return scene


def portrait(view: View, rng: Random, hour: Light, x: float = -0.05, tall: float = 0.52) -> Array:
    """A profile against the light, the background far out of focus."""
    scene = light.sky(view, hour, 0.75)
    scene = defocus(scene, 0.03 * view.height)
    scene += city.blurred_lights(
        view, rng, 70, 0.055, 0.35, 1.1, ("ffcf8f", "ff9a5c", "ffe9b8"), 0.3
    )
    cover = shapes(
        view, [figures.stand(figures.PROFILE, x, 0.5, tall, np.sign(hour.sun[0]) or 1)], 3
    )
    figures.add_backlit(scene, view, cover, hour, 0.8)
    return scene
