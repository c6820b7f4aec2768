"""Copies chosen photos to a folder; nothing there is ever overwritten."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from photoaes.album.ranking import RankedPhoto
from photoaes.errors import InputInvalid


def export(chosen: Sequence[RankedPhoto], target: Path) -> Iterator[Path]:
    """Copy each photo as `<rank>_<name>` with its times, yielding the copy once it is whole.

    A name that is taken gets a number. Raises InputInvalid if the folder cannot be written or the
    disk is full; then no half file is left.
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputInvalid(f"Cannot make the folder {target}: {error.strerror}.", target) from error
    for photo in chosen:
        yield _copy(photo.path, target, f"{photo.rank:04}_{photo.path.name}")


def _copy(source: Path, target: Path, name: str) -> Path:
    partial = target / f".{name}.partial"
    try:
        shutil.copy2(source, partial)
        return _claim(partial, target, Path(name))
    except OSError as error:
        raise InputInvalid(
            f"{source.name} could not be copied to {target}: {error.strerror}.", source
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def _claim(partial: Path, target: Path, name: Path) -> Path:
    """Give the finished copy its name. A hard link fails where the name is taken: no race."""
    number = 1
    while True:
        final = target / (f"{name.stem}-{number}{name.suffix}" if number > 1 else name)
        try:
            os.link(partial, final)
        except FileExistsError:
            number += 1
        except OSError:  # a file system without hard links, such as exFAT
            if final.exists():
                number += 1
                continue
            partial.rename(final)
            return final
        else:
            return final
