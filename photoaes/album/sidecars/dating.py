"""When a photo was taken, where its file does not say: as its sidecar or its name tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from photoaes.album.metadata.dates import name_date
from photoaes.album.metadata.photo_file import Metadata, read_metadata
from photoaes.album.metadata.xmp_date import xmp_date
from photoaes.album.sidecars.names import find_sidecars
from photoaes.album.sidecars.reading import read_sidecar
from photoaes.errors import SidecarInvalid


def dated(path: Path, metadata: Metadata, sidecars: Iterable[Path]) -> Metadata:
    """The photo's metadata with a time from elsewhere, if EXIF tells none of the exposure.

    The order: the file itself, sidecars, a name with a time, the time of the file's last change in
    EXIF, a name with a day.
    """
    if metadata.taken is not None and metadata.dated_by != "changed":
        return metadata
    for sidecar in sidecars:
        found = _sidecar_date(sidecar)
        if found is not None:
            by = "sidecar" if found[1] else "sidecar day"
            return replace(metadata, taken=found[0], utc_offset=None, dated_by=by)
    named = name_date(path.name)
    if named is not None and (named[1] or metadata.taken is None):
        by = "name" if named[1] else "name day"
        return replace(metadata, taken=named[0], utc_offset=None, dated_by=by)
    return metadata


def dated_metadata(path: Path) -> Metadata:
    """The same of one photo, read now. Raises nothing."""
    metadata = read_metadata(path)
    is_said = metadata.taken is not None and metadata.dated_by != "changed"
    return metadata if is_said else dated(path, metadata, find_sidecars([path]).get(path, ()))


def _sidecar_date(sidecar: Path) -> tuple[datetime, bool] | None:
    try:
        return xmp_date(read_sidecar(sidecar))
    except SidecarInvalid:  # whoever reads its marks tells
        return None
