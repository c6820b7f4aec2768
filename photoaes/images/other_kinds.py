"""Kinds of files that somebody keeps photos in and that are not read: a scan names and counts them.

Not among them: icons, drawings, documents and films, which nobody would call a photo.
"""

from __future__ import annotations

from photoaes.images.kinds import HEAD_BYTES, IMAGE_EXTENSIONS, kind_of

# fmt: off
_NAMES = {
    "Affinity": (".afphoto",),
    "Aperture or Capture One package": (".cos", ".eip"),
    "astronomical (FITS)": (".fit", ".fits", ".fts"),
    "BPG": (".bpg",),
    "Cineon or DPX": (".cin", ".dpx"),
    "Clip Studio": (".clip",),
    "copy that a program left": (
        ".jpg_original", ".jpeg_original", ".heic_original", ".tif_original", ".dng_original",
        ".jpg~", ".jpeg~",
    ),
    "FLIF": (".flif",),
    "GIMP": (".xcf",),
    "HEIF of a video coder": (".avci", ".avcs"),
    "JPEG-LS": (".jls",),
    "JPEG XR": (".hdp", ".jxr", ".wdp"),
    "JPM": (".jpm",),
    "Krita": (".kra",),
    "light field": (".lfp", ".lfr", ".lri"),
    "medical (DICOM)": (".dcm",),
    "MNG or JNG": (".jng", ".mng"),
    "OpenEXR": (".exr",),
    "PaintShop or Photo-Paint": (".cpt", ".psp", ".pspimage"),
    "PCX": (".pcx",),
    "Photo CD": (".pcd",),
    "Pixelmator": (".pxd", ".pxm"),
    "EPS": (".eps",),
    "Radiance HDR": (".hdr", ".rgbe"),
    "RAW of a rare camera": (
        ".bay", ".bmq", ".braw", ".cap", ".cine", ".crm", ".cs1", ".dc2", ".dcs", ".drf", ".dsc",
        ".ia", ".kc2", ".mdc", ".mfw", ".obm", ".ptx", ".pxn", ".qtk", ".r3d", ".rdc", ".rwz",
        ".sti",
    ),
    "SGI": (".rgb", ".sgi"),
    "Targa": (".tga",),
}
# fmt: on
_KIND_OF = {suffix: name for name, suffixes in _NAMES.items() for suffix in suffixes}
_UNFINISHED = (".crdownload", ".download", ".filepart", ".opdownload", ".part", ".partial", ".tmp")
_IN_THE_CLOUD = ".icloud"  # `.IMG_1.HEIC.icloud` stands for what has not been fetched
WITHOUT_ENDING = "picture without an ending in its name"
LEADS_NOWHERE = "link that leads nowhere"


def other_kind(name: str) -> str | None:
    """The kind of a file by its name; None for what is read, or no photo."""
    name = name.lower()
    stem, dot, last = name.rpartition(".")
    inner = stem[stem.rfind(".") :]
    if dot + last == _IN_THE_CLOUD and (inner in IMAGE_EXTENSIONS or inner in _KIND_OF):
        return "photo that iCloud keeps elsewhere"
    if dot + last in _UNFINISHED and inner in IMAGE_EXTENSIONS:
        return "photo that was not fetched to its end"
    return _KIND_OF.get(dot + last)


def is_placeholder(name: str) -> bool:
    """Of hidden files, whether it stands for a photo."""
    return name.lower().endswith(_IN_THE_CLOUD) and other_kind(name) is not None


def is_nameless_picture(path: str) -> bool:
    """Whether a file without an ending holds a picture: rescued from a card, or named by hand."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - no Path for each of thousands of files
            return kind_of(file.read(HEAD_BYTES), "") not in (None, "PPM", "BMP")
    except OSError:
        return False
