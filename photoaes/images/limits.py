"""How much a photo may ask for, judged by its header before anything is decoded."""

from pathlib import Path

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from photoaes.errors import PhotoUnreadable, Sentence

# The largest photos are multi-shot ones of 400 megapixels. More is a mistake or a bomb.
MAX_PIXELS = 512_000_000
# What decoding may hold at once: a 200-megapixel JPEG at full size (a phone's largest) just fits.
MAX_BYTES = 1_600_000_000
# From here on photos are decoded one at a time.
LARGE_BYTES = 400_000_000
# Layered TIFFs apart, no photo is larger; a compressed TIFF is read into memory as a whole.
MAX_FILE_BYTES = 1 << 30
# Each scan of a progressive JPEG costs time for all pixels, though it may be a few bytes long.
# A real file has 10 to 20; this allows 20 at 200 megapixels.
MAX_SCAN_PIXELS = 4_000_000_000

# Bytes a pixel at the peak: Pillow holds 4, and once more for a turned or converted copy. Other
# decoders keep frames of their own beside it.
_PLAIN_MODES = frozenset(("1", "L", "P", "RGB", "YCbCr"))
_PLAIN_BYTES = 8
_OTHER_BYTES = 16
_DECODER_BYTES = {
    "AVIF": 16, "HEIF": 16, "JPEG2000": 24, "JPEGXL": 16, "RAW": 16, "TIFF": 12, "WEBP": 16,
    "deep PSD": 40, "deep TIFF": 40,
}  # fmt: skip


def check_size(path: Path, size: tuple[int, int]) -> None:
    """Raise PhotoUnreadable for a width and height that no photo has."""
    width, height = size
    if width * height > MAX_PIXELS:
        reason = Sentence(
            "it claims to be {0} x {1} pixels large, more than any real photo", width, height
        )
        raise PhotoUnreadable(path, reason)


def check_cost(path: Path, image: Image.Image, kind: str, size: tuple[int, int]) -> int:
    """The bytes needed to decode `image`, drafted by now; `size` is that of the whole photo.

    Raises PhotoUnreadable for more than MAX_BYTES, or more scans than a real photo has.
    """
    per_pixel = _PLAIN_BYTES if image.mode in _PLAIN_MODES else _OTHER_BYTES
    needed = image.width * image.height * _DECODER_BYTES.get(kind, per_pixel)
    if isinstance(image, JpegImageFile):
        scans, channels = _scans(image)
        if scans * size[0] * size[1] > MAX_SCAN_PIXELS:
            raise PhotoUnreadable(path, "it is coded so that opening it would take minutes")
        if scans > 1:  # libjpeg collects the coefficients of the whole photo, 2 bytes each
            needed += 2 * channels * size[0] * size[1]
    if needed > MAX_BYTES:
        megapixels = round(size[0] * size[1] / 1e6)
        reason = Sentence(
            "opening its {0} megapixels takes more memory than photoaes allows", megapixels
        )
        raise PhotoUnreadable(path, reason)
    return needed


def _scans(image: JpegImageFile) -> tuple[int, int]:
    """How many scans the file has (at least), and its channels.

    The file has been read up to and with the marker of the first scan, which is followed by a
    length (2 bytes) and the number of channels in this scan: less than all if more will come.
    """
    file, channels = image.fp, image.layers
    assert file is not None
    header_bytes = file.tell() + 3
    file.seek(0)
    header = file.read(header_bytes)
    start = header.rfind(b"\xff\xda")
    if header[start + 4] == channels and not image.info.get("progressive"):
        return 1, channels
    file.seek(0)
    # In coded data the byte ff is always followed by 00: this finds markers only, and those of
    # embedded previews.
    return max(2, file.read().count(b"\xff\xda")), channels
