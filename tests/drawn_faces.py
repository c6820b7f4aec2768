"""Faces painted by code: nobody's, with eyes that are open or closed."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from PIL import Image, ImageDraw, ImageFilter

from photoaes.model.faces.weights import INSTALL, is_installed

needs_faces = pytest.mark.skipif(not is_installed(), reason=f"the networks are missing: {INSTALL}")

_SKIN, _SHADE, _HAIR, _LIP = (226, 178, 150), (196, 142, 116), (64, 44, 34), (176, 88, 84)
_WHITE, _IRIS, _BLACK = (242, 240, 236), (84, 60, 40), (20, 16, 14)
_GROUND = (120, 140, 150)
_SIZE = 400  # px of the picture in which one face is painted


def drawn_face(*, closed: bool = False, size: int = _SIZE) -> Image.Image:
    """A square picture of one face, seen from the front."""
    image = Image.new("RGB", (_SIZE, _SIZE), _GROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle((150, 300, 250, 400), fill=_SHADE)
    draw.ellipse((95, 50, 305, 330), fill=_HAIR)
    draw.ellipse((110, 75, 290, 340), fill=_SKIN)
    draw.chord((105, 55, 295, 190), 180, 360, fill=_HAIR)
    for left in (98, 284):
        draw.ellipse((left, 190, left + 18, 240), fill=_SHADE)
    for centre in (160, 240):
        _draw_eye(draw, centre, 195, closed)
        draw.arc((centre - 28, 158, centre + 28, 190), 200, 340, fill=_HAIR, width=6)
    draw.line((198, 200, 190, 248), fill=_SHADE, width=4)
    draw.arc((182, 235, 218, 262), 20, 160, fill=_SHADE, width=5)
    draw.ellipse((168, 280, 232, 304), fill=_LIP)
    draw.line((170, 291, 230, 291), fill=(120, 50, 50), width=3)
    return image.filter(ImageFilter.GaussianBlur(1.5)).resize((size, size))


def drawn_group(
    size: tuple[int, int], *, faces: int = 1, closed: Collection[int] = ()
) -> Image.Image:
    """A photo of this size with some faces beside each other; `closed` have closed eyes."""
    photo = Image.new("RGB", size, (90, 110, 90))
    edge = min(size[1], size[0] // max(faces, 1)) * 4 // 5
    for number in range(faces):
        left = (2 * number + 1) * size[0] // (2 * faces) - edge // 2
        photo.paste(drawn_face(closed=number in closed, size=edge), (left, (size[1] - edge) // 2))
    return photo


def _draw_eye(draw: ImageDraw.ImageDraw, x: int, y: int, closed: bool) -> None:
    if closed:
        draw.arc((x - 22, y - 12, x + 22, y + 10), 20, 160, fill=_BLACK, width=4)
        draw.arc((x - 24, y - 22, x + 24, y + 10), 200, 340, fill=_SHADE, width=3)
        return
    draw.ellipse((x - 24, y - 13, x + 24, y + 13), fill=_WHITE)
    draw.ellipse((x - 11, y - 12, x + 11, y + 12), fill=_IRIS)
    draw.ellipse((x - 5, y - 5, x + 5, y + 5), fill=_BLACK)
    draw.arc((x - 26, y - 15, x + 26, y + 16), 190, 350, fill=_BLACK, width=4)
