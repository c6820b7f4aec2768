"""The scene as light: linear RGB arrays (height, width, 3), 1.0 about a sunlit white wall.

Lengths are in picture heights: y runs from 0 at the top to 1, x is 0 in the middle of the picture.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from sample_album.noise import Array

Point = tuple[float, float]


@dataclass(frozen=True)
class View:
    """The size of a scene in pixels, and its coordinates; or a part of it, to save time."""

    width: int
    height: int
    box: tuple[int, int, int, int] | None = None  # left, top, right, bottom of the part, in pixels

    @property
    def aspect(self) -> float:
        return self.width / self.height

    @property
    def frame(self) -> tuple[int, int, int, int]:
        return self.box or (0, 0, self.width, self.height)

    @property
    def y(self) -> Array:
        """(rows, 1), 0 to 1 over the whole scene, at pixel centres."""
        rows = np.arange(self.frame[1], self.frame[3], dtype=np.float32)
        return ((rows + 0.5) / self.height)[:, None]

    @property
    def x(self) -> Array:
        """(1, columns), -aspect / 2 to aspect / 2 over the whole scene, at pixel centres."""
        columns = np.arange(self.frame[0], self.frame[2], dtype=np.float32)
        return ((columns + 0.5 - self.width / 2) / self.height)[None, :]

    def pixel(self, x: float, y: float) -> Point:
        return x * self.height + self.width / 2, y * self.height

    def part(
        self, scene: Array, x: float, y: float, wide: float, high: float
    ) -> tuple["View", Array]:
        """The part of this view within `wide` and `high` of (x, y), and its pixels, shared."""
        left, top = self.pixel(x - wide, y - high)
        right, bottom = self.pixel(x + wide, y + high)
        # At least one pixel remains, so that a part outside the scene needs no special care.
        a = int(min(max(left, 0), self.width - 1))
        b = int(min(max(top, 0), self.height - 1))
        c = int(max(min(right + 1, self.width), a + 1))
        d = int(max(min(bottom + 1, self.height), b + 1))
        return View(self.width, self.height, (a, b, c, d)), scene[b:d, a:c]


@dataclass(frozen=True)
class Place:
    """From scene coordinates to a drawing's pixels."""

    unit: float
    left: float
    top: float

    def __call__(self, x: float, y: float) -> Point:
        return x * self.unit + self.left, y * self.unit + self.top


def rgb(code: str) -> Array:
    """Linear light (3,) of an sRGB colour such as "f3a86b"."""
    value = np.array([int(code[i : i + 2], 16) for i in (0, 2, 4)], np.float32) / 255
    return np.where(value > 0.04045, ((value + 0.055) / 1.055) ** 2.4, value / 12.92).astype(
        np.float32
    )


def lay(scene: Array, cover: Array, colour: Array) -> None:
    """Lays `colour` (3,) or (h, w, 3) over the scene in place, where `cover` (h, w) is 0 to 1."""
    rows = np.flatnonzero(cover.max(axis=1) > 0)
    if not len(rows):
        return
    # Most covers are a strip: the rest of the picture need not be touched.
    part = slice(rows[0], rows[-1] + 1)
    paint = colour[part] if colour.ndim == 3 and len(colour) == len(scene) else colour
    scene[part] += cover[part, :, None] * (paint - scene[part])


def drawing(
    view: View, draw: Callable[[ImageDraw.ImageDraw, Place], None], finer: int = 2
) -> Array:
    """Cover (rows, columns), 0 to 1, of what `draw(pen, place)` draws with fill 255.

    `place` turns scene coordinates into the pen's; its `unit` is the pen's size of 1. Drawn
    `finer` times larger, for smooth edges.
    """
    left, top, right, bottom = view.frame
    sheet = Image.new("L", ((right - left) * finer, (bottom - top) * finer))
    unit = view.height * finer
    draw(ImageDraw.Draw(sheet), Place(unit, view.width * finer / 2 - left * finer, -top * finer))
    small = sheet.reduce(finer) if finer > 1 else sheet
    return np.asarray(small, np.float32) / np.float32(255)


def shapes(view: View, outlines: Sequence[Sequence[Point]], finer: int = 2) -> Array:
    """Cover of filled outlines, their points in scene coordinates."""

    def draw(pen: ImageDraw.ImageDraw, place: Place) -> None:
        for outline in outlines:
            pen.polygon([place(x, y) for x, y in outline], fill=255)

    return drawing(view, draw, finer)


def smooth(points: Sequence[Point], steps: int = 8) -> list[Point]:
    """A closed Catmull-Rom curve through the points."""
    p = np.array(points)
    before, after, beyond = np.roll(p, 1, 0), np.roll(p, -1, 0), np.roll(p, -2, 0)
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    a, b, c, d = (q[:, None, :] for q in (before, p, after, beyond))
    curve = b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
    return [(float(x), float(y)) for x, y in curve.reshape(-1, 2)]


def resize(image: Array, width: int, height: int, how: Image.Resampling) -> Array:
    """An image (h, w) or (h, w, 3) at another size."""
    if image.ndim == 2:
        sheet = Image.fromarray(np.ascontiguousarray(image))
        return np.asarray(sheet.resize((width, height), how), np.float32)
    return np.stack([resize(image[..., i], width, height, how) for i in range(3)], axis=-1)
