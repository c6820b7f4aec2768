"""RAW files: the camera's own preview, and where there is none the picture, developed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from photoaes.errors import PhotoUnreadable
from photoaes.images.undecoded import Undecoded

# LibRaw's turns as EXIF orientations.
_EXIF_OF_FLIP = {0: 1, 3: 3, 5: 8, 6: 6}


def raw_file(file: BinaryIO, path: Path) -> tuple[Image.Image, int]:
    """The largest preview, fast and in the camera's colours, and the EXIF orientation to turn it
    by. Raises PhotoUnreadable, and what a broken preview leads to."""
    try:
        import rawpy
    except ImportError:
        reason = 'RAW photos need an addition: pip install "photoaes[raw]"'
        raise PhotoUnreadable(path, reason) from None
    file.seek(0)
    try:
        with rawpy.imread(file) as raw:
            turn = _EXIF_OF_FLIP.get(raw.sizes.flip, 1)
            try:
                preview = raw.extract_thumb()
            except (rawpy.LibRawNoThumbnailError, rawpy.LibRawUnsupportedThumbnailError):
                size = (raw.sizes.width, raw.sizes.height)
                return Undecoded(size, lambda is_half: _developed(file, path, is_half)), turn
    except rawpy.LibRawError as error:
        raise _unreadable(path) from error
    if not isinstance(preview.data, bytes):  # (H, W, 3), not turned
        return Image.fromarray(preview.data), turn
    return JpegImageFile(io.BytesIO(preview.data)), turn


def _developed(file: BinaryIO, path: Path, is_half: bool) -> Image.Image:
    """By the camera's white balance, not turned."""
    import rawpy

    file.seek(0)
    try:
        with rawpy.imread(file) as raw:
            pixels: Any = raw.postprocess(half_size=is_half, use_camera_wb=True, user_flip=0)
    except rawpy.LibRawError as error:
        raise _unreadable(path) from error
    return Image.fromarray(pixels)


def _unreadable(path: Path) -> PhotoUnreadable:
    return PhotoUnreadable(
        path, "the RAW file is damaged, or from a camera that photoaes does not know"
    )
