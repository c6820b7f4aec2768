"""The one way to open a photo, whatever the file is."""

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from photoaes.errors import PhotoUnreadable
from photoaes.images.damage import is_torn_jpeg
from photoaes.images.faults import DECODE_ERRORS, damage, system_reason
from photoaes.images.kinds import HEAD_BYTES, kind_of
from photoaes.images.limits import LARGE_BYTES, MAX_FILE_BYTES, check_cost, check_size
from photoaes.images.opened import opened_photo
from photoaes.images.pixels import orientation_of, plain, reduced, reduced_instead, to_srgb, upright
from photoaes.images.preview import preview
from photoaes.images.sources import ImageSource, quiet_pillow, read_source
from photoaes.images.strict_jpeg import StrictJpeg

Load = Callable[[Image.Image], Image.Image]

# Pixels of the shorter side: what is shown larger is the photo, not the camera's smaller picture.
SMALL_EDGE = 800
_LARGE_PIXELS = 50_000_000  # that do not lie in memory beside what they are reduced to
_IN_MEMORY = 128 << 20  # a JPEG; larger ones are not looked into

# Held for large photos: a pool of threads would need its size times MAX_BYTES.
_one_at_a_time = Lock()


def _load(image: Image.Image) -> Image.Image:
    image.load()
    return image


def open_image(
    path: Path,
    *,
    max_edge: int | None = None,
    min_edge: int | None = None,
    max_pixels: int | None = None,
) -> Image.Image:
    """The photo as a new image: RGB of 8 bits in sRGB, upright, without metadata.

    At most one bound, in pixels, reduces it. The aspect is kept, and nothing is enlarged:

    - `max_edge`: the longer side becomes `max_edge` if it is longer. For showing.
    - `min_edge`: both sides are divided by the largest power of two that leaves the shorter at
      least `min_edge`, so it ends in [min_edge, 2 * min_edge], or as it is if smaller. For a
      smooth resize of the caller's own. JPEGs are decoded at 1/2, 1/4 or 1/8, much faster.
    - `max_pixels`: the same, by the smallest power of two that leaves no more pixels.

    Transparent parts become white. Of several frames the first is taken, of RAW files the preview
    that the camera made. Large photos wait for each other; any thread may call this.

    Raises PhotoUnreadable for whatever cannot be shown whole, and ValueError for wrong bounds.
    """
    bounds = [one for one in (max_edge, min_edge, max_pixels) if one is not None]
    if len(bounds) > 1 or any(one < 1 for one in bounds):
        raise ValueError("give max_edge, min_edge or max_pixels, not two, and at least 1")
    with _source(path, opened_photo(path)) as source:
        if max_pixels is not None:
            min_edge = _edge_for(source.image.size, max_pixels)
        try:
            return _decode(source, path, max_edge, min_edge, _load)
        except DECODE_ERRORS as error:
            raise PhotoUnreadable(path, damage(error, is_header_read=True)) from error


def open_checked(
    path: Path, *, max_edge: int | None = None, min_edge: int | None = None
) -> tuple[Image.Image, bool]:
    """As `open_image`, and whether a part of a JPEG's picture is lost, from one opening, one
    reading and one decoding of the file (see `damage` and `strict_jpeg`)."""
    with opened_photo(path) as file:
        data = _jpeg_bytes(file, path)
        if data is None:
            return _reduced_image(path, nullcontext(file), max_edge, min_edge), False
        strict = StrictJpeg(data)
        image = _reduced_image(path, io.BytesIO(data), max_edge, min_edge, strict.pixels)
    return image, strict.is_torn or is_torn_jpeg(data)


def _jpeg_bytes(file: BinaryIO, path: Path) -> bytes | None:
    """The content of a JPEG of usual size; the file is at its start again."""
    if kind_of(_head(file, path), path.suffix) != "JPEG":
        return None
    try:
        data = file.read(_IN_MEMORY + 1)
        file.seek(0)
    except OSError as error:
        raise PhotoUnreadable(path, system_reason(error)) from error
    return data if len(data) <= _IN_MEMORY else None


def _reduced_image(
    path: Path,
    opened: AbstractContextManager[BinaryIO],
    max_edge: int | None,
    min_edge: int | None,
    load: Load = _load,
) -> Image.Image:
    with _source(path, opened) as source:
        try:
            return _decode(source, path, max_edge, min_edge, load)
        except DECODE_ERRORS as error:
            raise PhotoUnreadable(path, damage(error, is_header_read=True)) from error


def _edge_for(size: tuple[int, int], most: int) -> int | None:
    """The `min_edge` that leaves at most so many pixels; None where there are no more anyway."""
    factor = 1
    while (size[0] // factor) * (size[1] // factor) > most:
        factor *= 2
    return max(1, min(size) // factor) if factor > 1 else None


def photo_size(path: Path) -> tuple[int, int]:
    """Width and height of the upright photo in pixels, from its header alone.

    Raises PhotoUnreadable. A photo whose pixels are damaged may have a size all the same.
    """
    with opened_photo(path) as file:
        return size_in(file, path)


def size_in(file: BinaryIO, path: Path) -> tuple[int, int]:
    """The same of a photo that is open, from its start on. Raises PhotoUnreadable."""
    with _source(path, nullcontext(file)) as source:
        check_size(path, source.image.size)
        return source.upright_size()


def open_bytes(data: bytes, name: Path, *, min_edge: int) -> Image.Image:
    """The same of a photo file that is in memory already, which problems call by this name."""
    if len(data) > MAX_FILE_BYTES:
        raise PhotoUnreadable(name, f"the file is larger than {MAX_FILE_BYTES >> 30} GiB")
    if not data:
        raise PhotoUnreadable(name, "the file is empty")
    return _reduced_image(name, io.BytesIO(data), None, min_edge)


def open_pixels(image: Image.Image, name: Path, *, min_edge: int) -> Image.Image:
    """The same of an image that somebody else opened; that one stays as it is."""
    try:
        check_size(name, image.size)
        image.load()
        profile, orientation = image.info.get("icc_profile"), orientation_of(image)
        found = upright(to_srgb(reduced(plain(image), None, min_edge), profile), orientation)
    except DECODE_ERRORS as error:
        raise PhotoUnreadable(name, damage(error, is_header_read=True)) from error
    return found.copy() if found is image else found


@contextmanager
def _source(path: Path, opened: AbstractContextManager[BinaryIO]) -> Iterator[ImageSource]:
    """The photo with its header read. Raises PhotoUnreadable."""
    quiet_pillow()
    with opened as file:
        kind = kind_of(_head(file, path), path.suffix)
        if kind is None:
            raise PhotoUnreadable(path, "it is not an image, or of a kind photoaes does not read")
        try:
            source = read_source(file, kind, path)
        except DECODE_ERRORS as error:
            raise PhotoUnreadable(path, damage(error, is_header_read=False)) from error
        yield source


def _decode(
    source: ImageSource, path: Path, max_edge: int | None, min_edge: int | None, load: Load
) -> Image.Image:
    image, size = source.image, source.image.size
    check_size(path, size)
    if (small := _cameras_own(image, max_edge, min_edge)) is not None:
        with suppress(*DECODE_ERRORS):  # the photo itself may be whole
            return _loaded(small, source, max_edge, min_edge, _load)
    _draft(image, max_edge, min_edge)
    needed = check_cost(path, image, source.kind, size)
    with _one_at_a_time if needed > LARGE_BYTES else nullcontext():
        return _loaded(image, source, max_edge, min_edge, load)


def _loaded(
    image: Image.Image, source: ImageSource, max_edge: int | None, min_edge: int | None, load: Load
) -> Image.Image:
    """The image's pixels, in the colours and the turn that the photo's header tells."""
    _draft(image, max_edge, min_edge)
    image = load(image)
    orientation = source.turn()
    profile = source.image.info.get("icc_profile")
    # Steps in this order: each goes on with as few and as small pixels as possible.
    image, is_large = plain(image), image.width * image.height > _LARGE_PIXELS
    if is_large and min_edge is not None:
        image = reduced_instead(image, min_edge)
    else:
        image = reduced(image, max_edge, min_edge)
    return upright(to_srgb(image, profile), orientation)


def _cameras_own(
    image: Image.Image, max_edge: int | None, min_edge: int | None
) -> JpegImageFile | None:
    """The camera's smaller picture of the same, where it will do."""
    if not isinstance(image, JpegImageFile):
        return None
    wanted = min_edge
    if max_edge is not None:
        wanted = -(-max_edge * min(image.size) // max(image.size))
    return preview(image, wanted) if wanted is not None and wanted <= SMALL_EDGE else None


def _draft(image: Image.Image, max_edge: int | None, min_edge: int | None) -> None:
    """Tell a JPEG's decoder how small it may be; other kinds ignore it."""
    if min_edge is not None:
        image.draft(None, (min_edge, min_edge))
    if max_edge is not None:
        # Twice the wanted size, so that the resize after it still smooths.
        shrink = min(1.0, 2 * max_edge / max(image.size))
        image.draft(None, (max(1, int(image.width * shrink)), max(1, int(image.height * shrink))))


def _head(file: BinaryIO, path: Path) -> bytes:
    """The first bytes; the file is at its start again."""
    try:
        head = file.read(HEAD_BYTES)
        file.seek(0)
    except OSError as error:
        raise PhotoUnreadable(path, system_reason(error)) from error
    return head
