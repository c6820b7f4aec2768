"""Which version of a photo's file a picture was made of, so that no old picture stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from photoaes.album.photo import Photo

Version = tuple[int, int]  # size in bytes, modification time in ns: as in `Photo`


def version_now(path: Path) -> Version | None:
    """Of the file as it is; None where there is none. Ask before reading it, not after."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def versions_in(
    album: Sequence[Photo], place_of: Mapping[str, int], paths: Iterable[Path]
) -> dict[Path, Version]:
    """Of those of the photos that the album has, as its scan found them; `place_of` says where in
    the album each path is."""
    places = ((path, place_of.get(str(path))) for path in paths)
    found = ((path, album[place]) for path, place in places if place is not None)
    return {path: (one.size, one.mtime_ns) for path, one in found}


def is_outdated(path: Path, version: Version | None, now: Mapping[Path, Version]) -> bool:
    """Whether the photo has another version `now`; one that the album lacks stays as it is."""
    return now.get(path, version) != version
