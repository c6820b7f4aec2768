"""Thumbnails on disk, shared with the other programs of the desktop.

The freedesktop.org thumbnail specification, version 0.9: a PNG named by the MD5 of the photo's
URI, in a folder for each size, valid while `Thumb::MTime` is the photo's own; a photo that cannot
be read has an empty PNG in a folder of ours below `fail`, so that it is not tried again and again.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from PIL import Image, PngImagePlugin

from photoaes.errors import PhotoUnreadable
from photoaes.images.opening import open_image

# Longer side in pixels, and the folder that the specification gives it.
SIZES = {128: "normal", 256: "large", 512: "x-large", 1024: "xx-large"}
FAILED = "fail/photoaes"
REASON = "Thumb::X-Photoaes-Reason"


def size_for(edge: float) -> int:
    """The smallest size of the specification that is at least `edge` pixels, else the largest."""
    return next((size for size in SIZES if size >= edge), max(SIZES))


class ThumbnailCache:
    """The folder of all thumbnails; `folder` is usually `$XDG_CACHE_HOME/thumbnails`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def thumbnail(self, photo: Path, size: int) -> Image.Image:
        """The photo upright in RGB, its longer side at most `size` (one of `SIZES`) pixels.

        From the cache where that is up to date, else made and kept. Any thread may call this.
        Raises PhotoUnreadable.
        """
        try:
            mtime = str(int(photo.stat().st_mtime))
        except OSError:
            return open_image(photo, max_edge=size)  # it says why
        name = hashlib.md5(_uri(photo).encode(), usedforsecurity=False).hexdigest() + ".png"
        if (known := self._read(self._folder / SIZES[size] / name, photo, mtime)) is not None:
            return known
        self._raise_known_failure(self._folder / FAILED / name, photo, mtime)
        try:
            image = open_image(photo, max_edge=size)
        except PhotoUnreadable as problem:
            self._write(self._folder / FAILED / name, photo, mtime, Image.new("L", (1, 1)), problem)
            raise
        self._write(self._folder / SIZES[size] / name, photo, mtime, image)
        return image

    def _read(self, file: Path, photo: Path, mtime: str) -> Image.Image | None:
        try:
            with Image.open(file, formats=("PNG",)) as image:
                text = getattr(image, "text", {})
                if (text.get("Thumb::URI"), text.get("Thumb::MTime")) != (_uri(photo), mtime):
                    return None
                return image.convert("RGB")
        except (OSError, SyntaxError, ValueError):  # none, or damaged: made anew
            return None

    def _raise_known_failure(self, file: Path, photo: Path, mtime: str) -> None:
        try:
            with Image.open(file, formats=("PNG",)) as image:
                text = getattr(image, "text", {})
        except (OSError, SyntaxError, ValueError):
            return
        if text.get("Thumb::MTime") == mtime and REASON in text:
            raise PhotoUnreadable(photo, text[REASON])

    def _write(
        self,
        file: Path,
        photo: Path,
        mtime: str,
        image: Image.Image,
        problem: PhotoUnreadable | None = None,
    ) -> None:
        """Whole or not at all; a cache that cannot be written is done without."""
        facts = PngImagePlugin.PngInfo()
        facts.add_text("Thumb::URI", _uri(photo))
        facts.add_text("Thumb::MTime", mtime)
        facts.add_text("Software", "photoaes")
        if problem is not None:
            facts.add_text(REASON, problem.reason.encode("ascii", "replace").decode())
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Readable by the user alone, as the specification wants it; mkstemp makes it so.
            descriptor, partial = tempfile.mkstemp(".png", ".photoaes-", file.parent)
            try:
                with os.fdopen(descriptor, "wb") as target:
                    image.save(target, "PNG", pnginfo=facts, compress_level=1)
                Path(partial).replace(file)
            except BaseException:
                Path(partial).unlink(missing_ok=True)
                raise
        except OSError:
            return


def _uri(photo: Path) -> str:
    return photo.absolute().as_uri()
