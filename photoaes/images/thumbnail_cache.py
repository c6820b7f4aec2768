"""Thumbnails on disk, shared with the other programs of the desktop.

The freedesktop.org thumbnail specification, version 0.9: a PNG named by the MD5 of the photo's
URI, in a folder for each size, valid while `Thumb::MTime` is the photo's own; a photo that cannot
be read has an empty PNG in a folder of ours below `fail`, so that it is not tried again and again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, PngImagePlugin

from photoaes.errors import PhotoUnreadable
from photoaes.images.faults import DECODE_ERRORS
from photoaes.images.opening import open_checked, open_image
from photoaes.images.pixels import reduced
from photoaes.images.trouble import is_lasting
from photoaes.new_files import new_file

# Longer side in pixels, and the folder that the specification gives it.
SIZES = {128: "normal", 256: "large", 512: "x-large", 1024: "xx-large"}
FAILED = "fail/photoaes"
REASON = "Thumb::X-Photoaes-Reason"
NANOSECONDS = "Thumb::X-Photoaes-MTimeNs"
TORN = "Thumb::X-Photoaes-Torn"
VERSION = ("Thumb::URI", "Thumb::MTime", "Thumb::Size", NANOSECONDS)
Facts = dict[str, str]


@dataclass(frozen=True)
class _Files:
    """The files of a photo's thumbnail and of its failure, and what both say of the photo."""

    file: Path
    failed: Path
    facts: Facts


def size_for(edge: float) -> int:
    """The smallest size of the specification that is at least `edge` pixels, else the largest."""
    return next((size for size in SIZES if size >= edge), max(SIZES))


class ThumbnailCache:
    """The folder of all thumbnails; `folder` is usually `$XDG_CACHE_HOME/thumbnails`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def thumbnail(self, path: Path, size: int) -> Image.Image:
        """The photo upright in RGB, its longer side at most `size` (one of `SIZES`) pixels; its
        `info` has TORN where a part of the picture is lost.

        From the cache where that is up to date, else made and kept. Any thread may call this.
        Raises PhotoUnreadable.
        """
        try:
            place = self._place(path, size)
        except OSError:
            return open_image(path, max_edge=size)  # it says why
        if (known := self._read(place.file, place.facts)) is not None:
            return known
        self._raise_known_failure(place.failed, path, place.facts)
        image, is_torn = self._tried(place, lambda: open_checked(path, max_edge=size))
        self._keep(place, image, is_torn)
        return image

    def opened(self, path: Path, min_edge: int, size: int) -> Image.Image:
        """As `open_image` with this `min_edge`, for somebody who needs the photo so large; its
        thumbnail of this size is made on the way, unless it is there or the photo too small.

        Any thread may call this. Raises PhotoUnreadable.
        """
        try:
            place = self._place(path, size)
        except OSError:
            return open_image(path, min_edge=min_edge)
        if self._has(place):
            return open_image(path, min_edge=min_edge)
        image, is_torn = self._tried(place, lambda: open_checked(path, min_edge=min_edge))
        if max(image.size) >= size:
            self._keep(place, reduced(image.copy(), size, None), is_torn)
        return image

    def _place(self, path: Path, size: int) -> _Files:
        facts = _facts(path, path.stat())
        name = hashlib.md5(facts["Thumb::URI"].encode(), usedforsecurity=False).hexdigest() + ".png"
        return _Files(self._folder / SIZES[size] / name, self._folder / FAILED / name, facts)

    def _tried(
        self, place: _Files, opened: Callable[[], tuple[Image.Image, bool]]
    ) -> tuple[Image.Image, bool]:
        """A failure is kept, so that the photo is not tried again and again."""
        try:
            return opened()
        except PhotoUnreadable as problem:
            reason = problem.reason.encode("ascii", "replace").decode()
            if is_lasting(problem):  # and no drive that was pulled out meanwhile
                self._write(place.failed, place.facts | {REASON: reason}, Image.new("L", (1, 1)))
            raise

    def _keep(self, place: _Files, image: Image.Image, is_torn: bool) -> None:
        torn = {TORN: "1"} if is_torn else {}
        image.info.update(torn)
        self._write(place.file, place.facts | torn, image)

    def _has(self, place: _Files) -> bool:
        """By its header alone."""
        try:
            with Image.open(place.file, formats=("PNG",)) as image:
                return _is_of(image.info, place.facts)
        except DECODE_ERRORS:
            return False

    def _read(self, file: Path, facts: Facts) -> Image.Image | None:
        try:
            with Image.open(file, formats=("PNG",)) as image:
                if not _is_of(getattr(image, "text", {}), facts):
                    return None
                return image.convert("RGB")
        except DECODE_ERRORS:  # none, or damaged: made anew
            return None

    def _raise_known_failure(self, file: Path, path: Path, facts: Facts) -> None:
        try:
            with Image.open(file, formats=("PNG",)) as image:
                text = getattr(image, "text", {})
        except DECODE_ERRORS:
            return
        if _is_of(text, facts) and REASON in text:
            raise PhotoUnreadable(path, text[REASON])

    def _write(self, file: Path, facts: Facts, image: Image.Image) -> None:
        """Whole or not at all; a cache that cannot be written is done without."""
        texts = PngImagePlugin.PngInfo()
        for key, value in facts.items():
            texts.add_text(key, value)
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Readable by the user alone, as the specification wants it.
            with new_file(file, over=True, mode=0o600, is_durable=False) as target:
                image.save(target, "PNG", pnginfo=texts, compress_level=1)
        except OSError:
            return


def _facts(path: Path, status: os.stat_result) -> Facts:
    """What a thumbnail says of its photo."""
    return {
        "Thumb::URI": path.absolute().as_uri(),
        "Thumb::MTime": str(int(status.st_mtime)),
        "Software": "photoaes",
        "Thumb::Size": str(status.st_size),
        NANOSECONDS: str(status.st_mtime_ns),
    }


def _is_of(text: Mapping[Any, Any], facts: Facts) -> bool:
    """Whether a thumbnail that says `text` shows the photo as it is now.

    By the time in seconds alone an edit within the second would go unseen, or one that keeps the
    time; but other programs need not say more.
    """
    is_said = all(key in text for key in ("Thumb::URI", "Thumb::MTime"))
    return is_said and all(text.get(key, facts[key]) == facts[key] for key in VERSION)
