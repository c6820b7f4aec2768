"""Opens a photo upright in RGB, full or reduced."""

from photoaes.images.kinds import IMAGE_EXTENSIONS, RAW_EXTENSIONS
from photoaes.images.opening import open_bytes, open_image, open_pixels, photo_size, size_in

__all__ = [
    "IMAGE_EXTENSIONS",
    "RAW_EXTENSIONS",
    "open_bytes",
    "open_image",
    "open_pixels",
    "photo_size",
    "size_in",
]
