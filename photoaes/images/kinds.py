"""Which files are photos: their suffixes, and the first bytes that tell their kind.

Content decides. A suffix counts only where bytes cannot tell: most RAW files start like a TIFF.
"""

# What a folder scan lists. Kinds that nobody keeps photos in (icons, textures, EPS) stay out: each
# is a parser more for hostile files, and EPS would start another program.
# fmt: off
_PICTURE_EXTENSIONS = frozenset(
    (
        ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".apng", ".tif", ".tiff", ".webp",
        ".avif", ".avifs", ".heic", ".heif", ".heics", ".heifs", ".hif", ".gif", ".bmp", ".jp2",
        ".j2k", ".jpc", ".jpf", ".jpx", ".j2c", ".ppm", ".pgm", ".pbm", ".pnm", ".pfm", ".psd",
        ".psb", ".jxl", ".insp",
    )
)
RAW_EXTENSIONS = frozenset(
    (
        ".3fr", ".ari", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".gpr",
        ".iiq", ".k25", ".kdc", ".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf",
        ".raw", ".rw2", ".rwl", ".sr2", ".srf", ".srw", ".x3f",
    )
)
# fmt: on
IMAGE_EXTENSIONS = _PICTURE_EXTENSIONS | RAW_EXTENSIONS

HEAD_BYTES = 64  # enough for every signature and for the list of brands of HEIC and AVIF

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"8BPS\x00\x01", "PSD"),
    (b"8BPS\x00\x02", "PSD"),
    (b"\xff\x0a", "JPEGXL"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "JPEGXL"),
    (b"\xff\x4f\xff\x51", "JPEG2000"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG2000"),
    (b"BM", "BMP"),
    (b"FUJIFILMCCD-RAW", "RAW"),
    (b"FOVb", "RAW"),
    (b"IIRO", "RAW"),
    (b"IIRS", "RAW"),
    (b"MMOR", "RAW"),
    (b"IIU\x00", "RAW"),
    (b"II\x1a\x00\x00\x00HEAPCCDR", "RAW"),
    (b"\x00MRM", "RAW"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
)
_HEIF_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))


def kind_of(head: bytes, suffix: str) -> str | None:
    """The kind of a file by its first HEAD_BYTES and its suffix in any case: "JPEG", "RAW", ...

    None: not an image, or of a kind we do not read.
    """
    kind = _by_content(head)
    if kind in ("TIFF", None) and suffix.lower() in RAW_EXTENSIONS:
        return "RAW"
    if head.startswith((b"II*\x00", b"MM\x00*")) and head[8:10] == b"CR":
        return "RAW"  # a CR2 under another name; as a TIFF it would be a tiny preview
    return kind


def _by_content(head: bytes) -> str | None:
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head[:1] == b"P" and head[1:2] in b"123456f" and head[2:3].isspace():
        return "PPM"
    return None


def _by_brand(head: bytes) -> str | None:
    """The kind of a file in the ISO container, which HEIC, AVIF, CR3 and videos share."""
    length = int.from_bytes(head[:4], "big")
    main, listed = head[8:12], head[16:length]
    brands = {main, *(listed[i : i + 4] for i in range(0, len(listed), 4))}
    if main == b"crx ":
        return "RAW"
    if brands & {b"avif", b"avis"}:
        return "AVIF"
    return "HEIF" if main in _HEIF_BRANDS else None
