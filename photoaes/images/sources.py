"""From an open file to a Pillow image whose header is read and whose pixels are not."""

import io
import re
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import BinaryIO, cast

from PIL import ExifTags, Image
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.Jpeg2KImagePlugin import Jpeg2KImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.PpmImagePlugin import PpmImageFile
from PIL.PsdImagePlugin import PsdImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from photoaes.errors import PhotoUnreadable
from photoaes.images.heif_texts import has_strange_texts
from photoaes.images.jpeg_xl import jpeg_xl
from photoaes.images.photoshop import photoshop
from photoaes.images.pixels import orientation_of
from photoaes.images.raw_files import raw_file
from photoaes.images.tiff_variants import tiff_variant
from photoaes.images.undecoded import Undecoded

# The plugins are called here rather than through Image.open, which would try every format that is
# installed, EPS and its ghostscript among them, and which holds all sizes against the global
# Image.MAX_IMAGE_PIXELS: 200-megapixel photos exceed it, and it cannot be changed for one call.
# The JPEG class also stands for MPO, whose first frame is the photo.
_PLUGINS: dict[str, Callable[[BinaryIO], ImageFile]] = {
    "AVIF": AvifImageFile,
    "BMP": BmpImageFile,
    "GIF": GifImageFile,
    "JPEG": JpegImageFile,
    "JPEG2000": Jpeg2KImageFile,
    "PNG": PngImageFile,
    "PPM": PpmImageFile,
    "PSD": PsdImageFile,
    "TIFF": TiffImageFile,
    "WEBP": WebPImageFile,
}
# What reads the files that a plugin refuses, and their EXIF orientation.
_VARIANTS: dict[str, Callable[[BinaryIO], tuple[Undecoded, int]]] = {
    "PSD": photoshop,
    "TIFF": tiff_variant,
}
_DNG_VERSION, _SAMPLE_FORMAT, _UNSIGNED = 50706, 339, 1
_MOST_CHUNKS = 200_000  # from the pixels of a PNG on; of 8 KiB each, as they are in practice
_PNG_METADATA = (b"eXIf", b"iTXt", b"tEXt", b"zTXt")
HEADER_SECONDS = 1.5  # of a processor; a real one takes milliseconds

_PILLOW_FILTER: object = ("ignore", None, Warning, re.compile(r"PIL\."), 0)
_filter_lock = Lock()


@dataclass
class ImageSource:
    """An image whose pixels are not decoded yet.

    `orientation` is the EXIF number (1-8) that turns it upright, or None where Pillow's own
    reading decides, once the pixels are loaded: a PNG may tell it after them.
    """

    image: Image.Image
    kind: str
    orientation: int | None = None

    def turn(self) -> int:
        """The EXIF number that turns it upright: the one place that says so, before its pixels are
        loaded and after."""
        return self.orientation or orientation_of(self.image) or 1

    def upright_size(self) -> tuple[int, int]:
        """Width and height of the image once it is turned upright."""
        width, height = self.image.size
        return (height, width) if self.turn() >= 5 else (width, height)


class SeldomClock:
    """Seconds of a processor that may pass. It is asked at each read, and asks the system seldom,
    which takes longer to tell them than most reads take."""

    _FREE, _PAUSE = 0.25, 0.05  # seconds on the wall, of which no more can be the processor's

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._look = time.monotonic() + self._FREE
        self._end: float | None = None

    def is_over(self) -> bool:
        """Whether the time has run out."""
        wall = time.monotonic()
        if wall < self._look:
            return False
        self._look = wall + self._PAUSE
        now = time.thread_time()
        if self._end is None:
            self._end = now + self._seconds - self._FREE
        return now > self._end


class Patient(io.RawIOBase):
    """A file that lets a header be read for some seconds of a processor, not without end.

    Pillow walks through padding byte by byte, and through as many directories as a file claims.
    """

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self.is_over = False
        self._file, self._clock = file, SeldomClock(HEADER_SECONDS)
        self.seek, self.tell = file.seek, file.tell  # type: ignore[method-assign]

    def read(self, size: int = -1) -> bytes:
        """As of files. Raises OSError where the header takes too long."""
        if not self.is_over and self._clock.is_over():
            raise OSError("its header has no end")
        return self._file.read(size)


def quiet_pillow() -> None:
    """Ignore Pillow's warnings about odd files: they speak to programmers, on stderr.

    `catch_warnings` would not do: it swaps a global list, and photos are opened by several threads
    at once. The filter stays for good, and is put back when something, such as pytest's filters,
    has been put before it.
    """
    with _filter_lock:
        if not warnings.filters or warnings.filters[0] != _PILLOW_FILTER:
            warnings.filterwarnings("ignore", module=r"PIL\.")


def read_source(file: BinaryIO, kind: str, path: Path) -> ImageSource:
    """The photo in `file`, of this kind, by its header. Raises PhotoUnreadable, DECODE_ERRORS."""
    if kind == "HEIF":
        return _heif(file, path)
    if kind == "RAW":
        return _raw(file, path)
    if kind == "JPEGXL":
        return _jpeg_xl(file, path)
    patience = Patient(file)
    try:
        image = _PLUGINS[kind](cast("BinaryIO", patience))
    except SyntaxError:
        if kind not in _VARIANTS:
            raise
        return _variant(file, kind)
    patience.is_over = True
    if isinstance(image, TiffImageFile) and _DNG_VERSION in image.tag_v2:
        return _raw(file, path)  # as a TIFF it would be a tiny preview
    if isinstance(image, TiffImageFile):
        if image.mode == "I" and _UNSIGNED in image.tag_v2.get(_SAMPLE_FORMAT, (_UNSIGNED,)):
            return _variant(file, kind)  # Pillow takes the brighter half for negative
        # Pillow turns a TIFF by itself when it is loaded, and tells the size that it has then.
        is_told = ExifTags.Base.Orientation in image.tag_v2
        return ImageSource(image, kind, orientation=1 if is_told else _turn_by_xmp(image))
    if kind == "PNG" and not _ends_with_metadata(file):
        return ImageSource(image, kind, orientation_of(image, by_header=True) or 1)
    return ImageSource(image, kind)


def _turn_by_xmp(image: TiffImageFile) -> int:
    """As XMP says, where there is no tag. By that Pillow would turn it too, but tell no size."""
    turn = orientation_of(image)
    if turn is not None:
        del image.getexif()[ExifTags.Base.Orientation]
    return turn or 1


def _ends_with_metadata(file: BinaryIO) -> bool:
    """Whether a PNG has chunks behind its pixels that may say how it is turned."""
    patience, at, behind, is_told = Patient(file), 8, 0, False
    place = file.tell()
    try:
        while len(head := _read_at(patience, at)) == 8 and head[4:] != b"IEND":
            behind += behind > 0 or head[4:] == b"IDAT"
            is_told = is_told or (behind > 0 and head[4:] in _PNG_METADATA)
            if behind > _MOST_CHUNKS:  # Pillow would read them all with the pixels
                raise OSError("its chunks have no end")
            at += 12 + int.from_bytes(head[:4], "big")
        return is_told
    finally:
        file.seek(place)


def _read_at(file: Patient, at: int) -> bytes:
    file.seek(at)
    return file.read(8)


def _heif(file: BinaryIO, path: Path) -> ImageSource:
    try:
        from pi_heif import HeifImageFile
    except ImportError:
        reason = 'HEIC photos need an addition: pip install "photoaes[heic]"'
        raise PhotoUnreadable(path, reason) from None
    if has_strange_texts(file):
        raise ValueError("a text in its boxes is no UTF-8")
    # The container says how the image is turned, and the decoder has turned it. EXIF repeats it,
    # and would turn it twice.
    return ImageSource(HeifImageFile(file), "HEIF", orientation=1)


def _raw(file: BinaryIO, path: Path) -> ImageSource:
    image, turn = raw_file(file, path)
    if isinstance(image, JpegImageFile):
        return ImageSource(image, "JPEG", orientation_of(image) or turn)
    return ImageSource(image, "RAW", turn)


def _jpeg_xl(file: BinaryIO, path: Path) -> ImageSource:
    try:
        return ImageSource(jpeg_xl(file), "JPEGXL", orientation=1)
    except ImportError:
        reason = 'JPEG XL photos need an addition: pip install "photoaes[jxl]"'
        raise PhotoUnreadable(path, reason) from None


def _variant(file: BinaryIO, kind: str) -> ImageSource:
    """What Pillow has no mode for."""
    patience = Patient(file)
    image, turn = _VARIANTS[kind](cast("BinaryIO", patience))
    patience.is_over = True
    return ImageSource(image, f"deep {kind}", turn)
