"""What can go wrong for reasons a person can act on.

The text of a `PhotoaesError` is shown as it stands: what happened, to which file, and what to do.
Any other exception is a bug and is never caught below the program's entry.
"""

from __future__ import annotations

from pathlib import Path


class Sentence(str):
    """A text for the user that the window can say in another language too.

    `form` is English, with {0}, {1}, ... where the `values` go; these may be sentences themselves.
    """

    form: str
    values: tuple[object, ...]

    def __new__(cls, form: str, *values: object) -> Sentence:
        made = super().__new__(cls, form.format(*values) if values else form)
        made.form, made.values = form, values
        return made


class PhotoaesError(Exception):
    """A sentence for the user, as a `Sentence` where the window shall say it in other languages.

    `path` is the file it is about, if there is one.
    """

    def __init__(self, message: str, path: Path | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = path


class PhotoUnreadable(PhotoaesError):
    """A file that cannot be opened as a photo. `reason` is a clause without the file's name."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(Sentence("{0}: {1}.", path.name, reason), path)
        self.reason = reason


class SidecarInvalid(PhotoaesError):
    """A sidecar that cannot be read or written, and is left as it was; `reason` is a clause."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(Sentence("{0}: {1}. It was left as it is.", path.name, reason), path)
        self.reason = reason


class SidecarChanged(SidecarInvalid):
    """A sidecar that says what nobody here has read yet; a scan reads it."""


class InputInvalid(PhotoaesError):
    """A folder, a table or an option that does not say what it should."""


class ExportFailed(PhotoaesError):
    """An export that was stopped half-way; what is in the folder is whole."""


class StoreTooNew(PhotoaesError):
    """A store that a newer version of photoaes has written; it was not touched."""


class StoreLocked(PhotoaesError):
    """A store that another program has open; one writer at a time."""


class StoreDamaged(PhotoaesError):
    """A store whose content SQLite cannot make out any more. Opening it again repairs it."""


class BankInvalid(PhotoaesError):
    """A bank whose manifest or tensors are missing, damaged or do not fit each other."""


class DownloadFailed(PhotoaesError):
    """Weights that are not on this computer and could not be fetched."""


class DiskFull(PhotoaesError):
    """Something that was not written, for want of room."""


class OutOfGpuMemory(PhotoaesError):
    """A job that the memory of the GPU does not suffice for."""


class GpuLost(PhotoaesError):
    """A GPU that does not go on: it was unplugged, its driver was renewed, or it has hung."""
