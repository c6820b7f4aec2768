"""From decoded pixels of any kind to upright RGB in the sRGB colour space."""

import io
from functools import lru_cache

import numpy as np
from PIL import ExifTags, Image, ImageCms

from photoaes.images.deep import eight_bit
from photoaes.images.faults import DECODE_ERRORS

# Transparent parts become white: so they look in a browser, on a page and in print.
_BACKGROUND = (255, 255, 255)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_STRIPS = 64
# The image modes in which a profile of this colour space can be applied.
_MODE_OF_SPACE = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}


def plain(image: Image.Image) -> Image.Image:
    """The same pixels, opaque and with 8 bits a channel: mode L, RGB, CMYK or YCbCr."""
    if image.mode.startswith("I;16"):
        # The upper byte, as Pillow does for 16-bit colour.
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("I", "F"):
        return Image.fromarray(eight_bit(np.asarray(image)))
    if image.has_transparency_data:
        return _on_background(image.convert("RGBA"))
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in ("L", "RGB", "CMYK", "YCbCr") else image.convert("RGB")


def reduced(image: Image.Image, max_edge: int | None, min_edge: int | None) -> Image.Image:
    """The image by the rules of `open_image`; `image` itself if it is small enough."""
    if max_edge is not None:
        image.thumbnail((max_edge, max_edge), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if min_edge is not None:
        # Draft decoding has done its share; this is the rest, or all of it for other kinds.
        factor = _factor(image, min_edge)
        return image.reduce(factor) if factor > 1 else image
    return image


def reduced_instead(image: Image.Image, min_edge: int) -> Image.Image:
    """As `reduced`, of a large RGB image that is closed for it: both at once would take a quarter
    more memory than the photo, and so it is less than a fifth."""
    factor = _factor(image, min_edge)
    if factor == 1 or image.mode != "RGB":
        return reduced(image, None, min_edge)
    width, height = (-(-side // factor) for side in image.size)
    pixels = np.empty((height, width, 3), dtype=np.uint8)
    rows = -(-height // _STRIPS)
    for top in range(0, height, rows):
        lower = min((top + rows) * factor, image.height)
        strip = image.reduce(factor, box=(0, top * factor, image.width, lower))
        pixels[top : top + rows] = np.asarray(strip)
    image.close()
    return Image.fromarray(pixels)


def _factor(image: Image.Image, min_edge: int) -> int:
    return 1 << max(0, (min(image.size) // min_edge).bit_length() - 1)


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The RGB image of a plain one whose file carries this ICC profile; may be `image` itself."""
    converted = _by_profile(image, profile) if profile else None
    if converted is not None:
        return converted
    return image if image.mode == "RGB" else image.convert("RGB")


def orientation_of(image: Image.Image, *, by_header: bool = False) -> int | None:
    """The EXIF orientation (1-8) of an image; None if it has none or its EXIF is damaged.

    Of a PNG this decodes the pixels, behind which it may stand, unless `by_header`.
    """
    try:
        exif = Image.Image.getexif(image) if by_header else image.getexif()
        value = exif.get(ExifTags.Base.Orientation)
    except DECODE_ERRORS:
        return None
    return value if value in range(1, 9) else None


def upright(image: Image.Image, orientation: int | None) -> Image.Image:
    """The image turned as EXIF says; None and 1 leave it. No metadata, no tie to its file."""
    turn = _TURNS.get(orientation or 1)
    if turn is not None:
        image = image.transpose(turn)
    elif type(image) is not Image.Image:  # still a reader, with the file's state
        image = image._new(image.im)  # the same pixels: a copy of a large photo would not fit
    # Orientation and profile are used up: a copy saved with them would be turned again.
    image.info = {}
    return image


def _on_background(image: Image.Image) -> Image.Image:
    opaque = Image.new("RGB", image.size, _BACKGROUND)
    opaque.paste(image, mask=image.getchannel("A"))
    opaque.info = image.info
    return opaque


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """The image in sRGB; None if the profile is damaged, for other pixels, or sRGB itself."""
    try:
        found = _transform(profile)
        if found is None or found[0] not in (image.mode, "RGB"):
            return None
        mode, transform = found
        if mode != "RGB":
            return ImageCms.applyTransform(image, transform)
        image = image if image.mode == "RGB" else image.convert("RGB")
        ImageCms.applyTransform(image, transform, inPlace=True)  # spares a copy
        return image
    except DECODE_ERRORS:
        return None


@lru_cache(maxsize=8)  # an album has few cameras, and building a transform takes milliseconds
def _transform(profile: bytes) -> tuple[str, ImageCms.ImageCmsTransform] | None:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    mode = _MODE_OF_SPACE.get(source.profile.xcolor_space.strip())
    if mode is None or ImageCms.getProfileDescription(source).startswith("sRGB"):
        return None
    return mode, ImageCms.buildTransform(
        source,
        ImageCms.createProfile("sRGB"),
        mode,
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
