"""A JPEG's pixels by a decoder that says where it had to make some up.

libjpeg fills in what it cannot make out and counts a warning, which Pillow does not hand on.
simplejpeg is the same library with the same pixels, and stops at a warning if it is told to.
"""

from __future__ import annotations

import re

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

# Larger ones are Pillow's, which makes no second copy, after a look at an eighth of their size.
_MOST_PIXELS = 16_000_000
_COLOURS = {"RGB": "RGB", "L": "GRAY"}
# libjpeg's words for pixels that it made up (jerror.h: JWRN_EXTRANEOUS_DATA, HIT_MARKER, JPEG_EOF).
_MADE_UP = ("Corrupt JPEG data", "Premature end")
_LEFT_OVER = re.compile(r"(\d+) extraneous bytes before marker 0xd9")
_PADDING = 64  # bytes; some cameras' before the end of a picture


class StrictJpeg:
    """The file's content, and after `pixels` whether a part of the picture `is_torn`."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.is_torn = False

    def pixels(self, image: Image.Image) -> Image.Image:
        """The image of this file, at the size that it is drafted to, with its pixels. Raises what
        Pillow raises for one that is cut short."""
        if isinstance(image, JpegImageFile) and image.mode in _COLOURS:
            import simplejpeg  # not before there is a JPEG

            colours, (width, height) = _COLOURS[image.mode], image.size
            if width * height > _MOST_PIXELS:
                colours, width, height = "GRAY", 1, 1
            try:
                found = simplejpeg.decode_jpeg(
                    self._data, colours, min_height=height, min_width=width, strict=True
                )
            except ValueError as problem:
                self.is_torn = _is_made_up(str(problem), self._data)
            else:
                if found.shape[:2] == (image.height, image.width):
                    return Image.fromarray(found[..., 0] if image.mode == "L" else found)
        image.load()
        return image


def _is_made_up(problem: str, data: bytes) -> bool:
    """By what libjpeg says."""
    if not problem.startswith(_MADE_UP):
        return False
    if (left_over := _LEFT_OVER.search(problem)) is None:
        return True
    count = int(left_over[1])
    return count > _PADDING or not re.search(rb"[\0\xff]{%d}\xff\xd9" % count, data)
