"""Score databases made from good photos, each degraded step by step: quality, colour, framing.

The score is what was done to the photo, 5 for nothing and 1 for the worst, so no person has to
rate anything. One photo stands at two random steps of its ladder: the expert must tell steps
apart across photos, not remember photos.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from photoaes.new_files import new_file, new_text_file

BEST, WORST = 5.0, 1.0
STEPS_PER_PHOTO = 2

Degrade = Callable[[Image.Image, float, np.random.Generator], Image.Image]


def _blur(image: Image.Image, strength: float, rng: np.random.Generator) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(strength * min(image.size) / 60))


def _noise(image: Image.Image, strength: float, rng: np.random.Generator) -> Image.Image:
    pixels = np.asarray(image, dtype=np.float32)
    grain = rng.normal(0, 70 * strength, pixels.shape).astype(np.float32)
    return Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8))


def _compression(image: Image.Image, strength: float, rng: np.random.Generator) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=round(90 * (1 - strength) ** 2 + 3))
    return Image.open(buffer).convert("RGB")


def _exposure(image: Image.Image, strength: float, rng: np.random.Generator) -> Image.Image:
    """Too dark or too bright by up to three stops, clipped as a camera clips."""
    stops = 3 * strength * rng.choice([-1, 1])
    linear = (np.asarray(image, dtype=np.float32) / 255) ** 2.2 * 2.0**stops
    return Image.fromarray((np.clip(linear, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8))


def _colour(image: Image.Image, strength: float, rng: np.random.Generator) -> Image.Image:
    return ImageEnhance.Color(image).enhance(1 - strength)


def _tone(image: Image.Image, strength: float, rng: np.random.Generator) -> Image.Image:
    """Flat: the contrast taken out, down to a seventh."""
    return ImageEnhance.Contrast(image).enhance(1 - 0.86 * strength)


def _composition(image: Image.Image, strength: float, rng: np.random.Generator) -> Image.Image:
    """A corner of the photo, down to half of each side: what it shows is cut."""
    keep = 1 - 0.5 * strength
    width, height = round(image.width * keep), round(image.height * keep)
    left = rng.choice([0, image.width - width])
    top = rng.choice([0, image.height - height])
    return image.crop((left, top, left + width, top + height))


def _level(image: Image.Image, strength: float, rng: np.random.Generator) -> Image.Image:
    """Tilted by up to 15 degrees; the middle that has no empty corners is kept at any strength,
    so that the frame does not give the angle away."""
    angle = 15 * strength * rng.choice([-1, 1])
    turned = image.rotate(angle, Image.Resampling.BICUBIC)
    keep = 0.62  # of each side: no empty corner in a photo of up to 16:9 turned by 15 degrees
    width, height = round(image.width * keep), round(image.height * keep)
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return turned.crop((left, top, left + width, top + height))


LADDERS: dict[str, Degrade] = {
    "sharpness": _blur,
    "noise": _noise,
    "compression": _compression,
    "exposure": _exposure,
    "colour": _colour,
    "tone": _tone,
    "composition": _composition,
    "level": _level,
}


def make_ladder(
    name: str, paths: Sequence[Path], folder: Path, seed: int = 0
) -> Iterator[tuple[int, int]]:
    """Write degraded copies and their `scores.csv` (image,score 1..5) to `folder`.

    Yields (done, total) after each photo; the table is written last, so a folder that has one is
    complete.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng([seed, sum(name.encode())])
    rows: list[tuple[str, float]] = []
    for number, path in enumerate(paths):
        image = Image.open(path).convert("RGB")
        for _ in range(STEPS_PER_PHOTO):
            strength = rng.uniform(0, 1)
            copy = f"{number:04}-{len(rows):05}.png"
            with new_file(folder / copy, over=True) as made:
                LADDERS[name](image, strength, rng).save(made, "PNG", compress_level=1)
            rows.append((copy, BEST - (BEST - WORST) * strength))
        yield number + 1, len(paths)
    with new_text_file(folder / "scores.csv", over=True) as file:
        table = csv.writer(file)
        table.writerow(("image", "score"))
        table.writerows(rows)
