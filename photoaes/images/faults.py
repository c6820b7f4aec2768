"""What decoders raise on broken files, and how to say it to a photographer."""

import errno
import struct
import zlib

from PIL import Image, ImageCms

from photoaes.errors import Sentence

# Pillow promises OSError, but its plugins let through whatever a nonsensical header leads to. Each
# family here has been seen on fuzzed files or stands in a plugin's code. To be caught around calls
# of decoders alone: elsewhere the same exceptions are bugs.
DECODE_ERRORS: tuple[type[Exception], ...] = (
    OSError,  # UnidentifiedImageError, truncated data, broken streams, and the disk itself
    SyntaxError,  # a plugin's word for "not my format"
    ValueError,  # sizes, modes, text limits of PNG, UnicodeDecodeError
    TypeError,  # a tag of another type than expected
    LookupError,  # IndexError, KeyError: tags and palette entries that are not there
    AttributeError,  # a field that a header should have set
    ArithmeticError,  # OverflowError, ZeroDivisionError
    AssertionError,
    EOFError,
    BufferError,
    MemoryError,
    RuntimeError,  # libheif; RecursionError, NotImplementedError
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    ImageCms.PyCMSError,
)

NO_MEMORY = "there is not enough free memory to open it"

_SYSTEM_REASONS = {
    errno.ENOENT: "the file is no longer there",
    errno.ENOTDIR: "the file is no longer there",
    errno.EACCES: "you have no permission to read it",
    errno.EPERM: "you have no permission to read it",
    errno.EISDIR: "it is a folder, not a file",
    errno.ELOOP: "it is a link that leads nowhere",
}


def damage(error: Exception, is_header_read: bool) -> str:
    """The reason, as a clause, for an error of DECODE_ERRORS met while reading a photo."""
    # EINVAL: a damaged header led to a seek before the start of the file.
    if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
        return system_reason(error)
    if isinstance(error, Image.DecompressionBombError):
        return "it claims to be larger than any real photo"
    if isinstance(error, MemoryError):
        return NO_MEMORY
    if is_header_read:
        return "the file is damaged or cut short"
    return "the file is damaged, or of a variant that photoaes cannot read"


def system_reason(error: OSError) -> str:
    """The reason, as a clause, for a file that the system does not hand out."""
    known = _SYSTEM_REASONS.get(error.errno or 0)
    return known or Sentence("the system could not read it ({0})", error.strerror or str(error))
