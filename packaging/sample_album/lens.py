"""What lens, shutter, sensor and camera do to a scene; most deliberate flaws are made here."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sample_album.noise import Array, Random
from sample_album.picture import View, resize


@dataclass(frozen=True)
class Shot:
    """How one frame is taken. Lengths in picture heights, angles in degrees."""

    exposure: float = 0.0  # stops
    iso: int = 100
    defocus: float = 0.0  # radius of the blur disc
    shake: float = 0.0  # length of the motion blur
    direction: float = 0.0  # of the motion blur; 0 is sideways
    tilt: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)
    zoom: float = 1.0
    contrast: float = 1.0  # below 1 is dull
    colour: float = 1.0  # saturation
    vignette: float = 0.3  # stops lost in the corners, about


def disc(radius: float) -> Array:
    """The image of a point out of focus: an evenly lit disc with a soft edge, `radius` pixels."""
    reach = int(np.ceil(radius)) + 1
    offset = np.arange(-reach, reach + 1, dtype=np.float32)
    kernel = np.clip(radius + 0.5 - np.hypot(offset[:, None], offset), 0, 1)
    return np.asarray(kernel / kernel.sum(), np.float32)


def streak(length: float, direction: float) -> Array:
    """The image of a point while the camera turns, `length` pixels long."""
    reach = int(np.ceil(length / 2)) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    t = np.linspace(-0.5, 0.5, 4 * reach + 1) * length
    # A hand does not move along a ruler: a slight bend.
    row = t * np.sin(np.radians(direction)) + 0.15 * length * (t / max(length, 1)) ** 2
    column = t * np.cos(np.radians(direction))
    np.add.at(kernel, (np.rint(row).astype(int) + reach, np.rint(column).astype(int) + reach), 1)
    return np.asarray(kernel / kernel.sum(), np.float32)


def convolve(image: Array, kernel: Array) -> Array:
    """The image (h, w) or (h, w, 3) blurred by a small odd kernel; edges are mirrored."""
    height, width = image.shape[:2]
    reach = kernel.shape[0] // 2
    how = "symmetric" if reach <= min(height, width) else "edge"
    # Lengths with large prime factors are slow to transform: zeros fill up to a round one.
    shape = tuple(-(-(side + 2 * reach) // 48) * 48 for side in (height, width))
    blur = np.fft.rfft2(kernel.astype(np.float32), s=shape)
    out = np.empty(image.shape, np.float32)
    for part, into in zip(np.atleast_3d(image).T, np.atleast_3d(out).T, strict=True):
        wide = np.pad(part.T, reach, mode=how).astype(np.float32)  # type: ignore[call-overload]
        spectrum = np.fft.rfft2(wide, s=shape)
        spectrum *= blur
        into.T[:] = np.fft.irfft2(spectrum, s=shape)[
            2 * reach : 2 * reach + height, 2 * reach : 2 * reach + width
        ]
    return out


def _smaller(image: Array, kernel: Callable[[float], Array], factor: float) -> Array:
    """The image blurred by `kernel(1 / factor)` on a copy `factor` times smaller."""
    height, width = image.shape[:2]
    small = resize(image, round(width / factor), round(height / factor), Image.Resampling.BOX)
    blurred = convolve(small, kernel(1 / factor))
    return np.maximum(resize(blurred, width, height, Image.Resampling.BICUBIC), 0)


def defocus(image: Array, radius: float) -> Array:
    """Out of focus by a disc of `radius` pixels; blur hides that it is done on a smaller copy."""
    if radius < 0.3:
        return image
    if radius < 2.6:
        return convolve(image, disc(radius))
    return _smaller(image, lambda scale: disc(radius * scale), radius / 2.5)


def shake(image: Array, length: float, direction: float) -> Array:
    """Blurred by a camera that turned while the shutter was open, `length` in pixels."""
    if length < 8:
        return convolve(image, streak(length, direction))
    return _smaller(image, lambda scale: streak(length * scale, direction), 2.0)


def bloom(image: Array, strength: float = 0.06) -> Array:
    """Adds the veil that bright lights spread through a lens."""
    height, width = image.shape[:2]
    small = resize(image, max(8, width // 8), max(8, height // 8), Image.Resampling.BOX)
    bright = np.minimum(np.maximum(small - 0.6, 0), 12)
    if bright.max() <= 0:
        return image
    unit = len(small)
    offset = np.arange(-unit // 4, unit // 4 + 1, dtype=np.float32) / unit
    away = offset[:, None] ** 2 + offset**2
    # A narrow core and a wide, faint veil.
    near, wide = np.exp(-away / (2 * 0.016**2)), np.exp(-away / (2 * 0.08**2))
    veil = convolve(bright, 0.6 * near / near.sum() + 0.4 * wide / wide.sum())
    return image + resize(4 * strength * veil, width, height, Image.Resampling.BILINEAR)


def _curve(contrast: float, exposure: float) -> NDArray[np.uint8]:
    """The tone curve as a table: square root of light, 0 to 4 in 4096 steps, to 0-255."""
    light = (np.linspace(0, 4, 4096) ** 2) * 0.72 * 2**exposure
    # The rational film curve published by Krzysztof Narkowicz: deep blacks, a soft shoulder.
    film = light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14)
    display = np.clip(film, 0, 1) ** (1 / 2.2)
    steps = 255 * ((display - 0.5) * contrast + 0.5)
    return np.clip(np.rint(steps), 0, 255).astype(np.uint8)


def _vignette(view: View, stops: float) -> Array:
    radius = (view.x**2 + (view.y - 0.5) ** 2) / (0.25 + view.aspect**2 / 4)
    return np.asarray(2 ** (-stops * radius), np.float32)


def _aim(image: Image.Image, shot: Shot) -> Image.Image:
    """Turns, shifts and enlarges the frame; enlarges enough that no corner is left empty."""
    if not (shot.tilt or shot.shift != (0.0, 0.0) or shot.zoom != 1.0):
        return image
    width, height = image.size
    sine, cosine = np.sin(np.radians(shot.tilt)), np.cos(np.radians(shot.tilt))
    long, short = max(width, height), min(width, height)
    right, down = (shift * height for shift in shot.shift)
    room = min(1 - 2 * abs(right) / width, 1 - 2 * abs(down) / height)
    zoom = max(shot.zoom, (cosine + abs(sine) * long / short) / room)
    a, b, x, y = cosine / zoom, sine / zoom, width / 2 + right, height / 2 + down
    if not shot.tilt:
        reach = width / 2 / zoom, height / 2 / zoom
        # By rounding it may begin a hair's breadth outside, which Pillow refuses.
        left, top = max(x - reach[0], 0), max(y - reach[1], 0)
        box = (left, top, min(x + reach[0], width), min(y + reach[1], height))
        return image.resize(image.size, Image.Resampling.BICUBIC, box)
    left, top = x - a * width / 2 - b * height / 2, y + b * width / 2 - a * height / 2
    matrix = (a, b, left, -b, a, top)
    return image.transform(image.size, Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC)


def _grain(rng: Random, flat: NDArray[np.uint8], iso: int) -> NDArray[np.uint8]:
    """Sensor noise: stronger in the shadows and at high ISO; fine in brightness, coarse in hue."""
    height, width = flat.shape[:2]
    strength = (1.3 * np.sqrt(iso / 100) * (1.25 - np.arange(256) / 400)).astype(np.float32)
    local = strength.take(flat[..., 1])
    noise = rng.standard_normal((height, width), dtype=np.float32) * local
    # Whole steps are fine enough, and three times faster to add.
    pixels = flat.astype(np.int16)
    pixels += np.rint(noise).astype(np.int16)[..., None]
    if iso >= 800:
        coarse = rng.standard_normal((height // 3 + 1, width // 3 + 1, 3), dtype=np.float32)
        hue = resize(coarse, width, height, Image.Resampling.BILINEAR)
        pixels += np.rint(hue * 0.9 * local[..., None]).astype(np.int16)
    return np.clip(pixels, 0, 255).astype(np.uint8)


def develop(scene: Array, shot: Shot, rng: Random) -> Image.Image:
    """The JPEG's pixels, from a scene (h, w, 3) in linear light."""
    height, width = scene.shape[:2]
    if shot.defocus:
        scene = defocus(scene, shot.defocus * height)
    if shot.shake:
        scene = shake(scene, shot.shake * height, shot.direction)
    light = bloom(scene).astype(np.float32)
    light *= _vignette(View(width, height), shot.vignette)[..., None]
    if shot.colour != 1:
        grey = light.mean(axis=2, keepdims=True)
        light = np.maximum(grey + (light - grey) * np.float32(shot.colour), 0)
    np.clip(light, 0, 15.9, out=light)
    np.sqrt(light, out=light)
    light *= np.float32(4095 / 4)
    flat = _curve(shot.contrast, shot.exposure).take(light.astype(np.int16))
    # Grain comes last, so that no two frames of a burst share it, and it hides banding.
    return Image.fromarray(_grain(rng, np.asarray(_aim(Image.fromarray(flat), shot)), shot.iso))
