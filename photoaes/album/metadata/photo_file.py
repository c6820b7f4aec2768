"""What the camera wrote about a photo: when, with what, how and where.

EXIF is read by exifread, from the blocks that `embedded` finds. Every field is None where the file
does not say, or says nonsense: broken EXIF never stops a scan.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, TypeAlias

import exifread
from exifread.core.exceptions import ExifError

from photoaes.album.metadata import exif_values as values
from photoaes.album.metadata.cameras import clean_make, clean_model
from photoaes.album.metadata.embedded import Blocks, embedded_blocks
from photoaes.album.metadata.iptc import Iptc, read_iptc
from photoaes.album.metadata.series import is_in_series
from photoaes.album.metadata.xmp_date import xmp_date
from photoaes.errors import PhotoUnreadable
from photoaes.images import size_in
from photoaes.images.faults import DECODE_ERRORS
from photoaes.images.opened import opened_photo

# It would tell every odd tag to stderr; what matters of them is in `problem`.
logging.getLogger("exifread").setLevel(logging.CRITICAL + 1)

_ERRORS: tuple[type[Exception], ...] = (*DECODE_ERRORS, ExifError)
_DAY = 86_400
_AUTO_BRACKET = 2  # of EXIF's ExposureMode
# "changed" is EXIF's 0x0132, which programs set when they save; the last two are found outside.
DATED_BY = ("xmp", "iptc", "changed", "sidecar", "name")
_MAIN_PARTS = ("Image ", "EXIF ")  # exifread's names for IFD0 and the EXIF directory


@dataclass(frozen=True)
class Metadata:
    """`problem` is a clause for the log where the file's EXIF is broken; fields may still be there.

    `taken` is the wall clock where the photo was taken, never aware; `utc_offset` the zone's, if
    known; `dated_by` is None where EXIF tells the exposure's time, else what the time is from: a
    word of `DATED_BY`, and "day" behind it where just the day is known. `exposure_s` is in seconds,
    focal lengths in millimetres, `latitude` -90..90 and `longitude` -180..180 in degrees,
    `altitude_m` above the sea. `exposure_bias` is in steps; `is_bracket` where the camera says so;
    `is_series` as in `series`.
    `orientation` is the EXIF number 1..8; a HEIC is turned by its container, whatever this says.
    """

    taken: datetime | None = None
    utc_offset: timedelta | None = None
    make: str | None = None
    model: str | None = None
    lens: str | None = None
    exposure_s: Fraction | None = None
    f_number: float | None = None
    iso: int | None = None
    focal_mm: float | None = None
    focal_35_mm: float | None = None
    latitude: float | None = None
    longitude: float | None = None
    altitude_m: float | None = None
    orientation: int | None = None
    exposure_bias: float | None = None
    is_bracket: bool = False
    is_series: bool = False
    problem: str | None = None
    dated_by: str | None = None

    @property
    def camera(self) -> str | None:
        """Make and model, such as "Nikon D70"."""
        return " ".join(part for part in (self.make, self.model) if part) or None

    @property
    def taken_s(self) -> float | None:
        """`taken` in seconds since 1970, as if the wall clock were UTC: for sorting."""
        return None if self.taken is None else self.taken.replace(tzinfo=UTC).timestamp()

    @property
    def instant(self) -> datetime | None:
        """The time taken as a point in time, aware; None unless the zone is known."""
        if self.taken is None or self.utc_offset is None:
            return None
        return self.taken.replace(tzinfo=timezone(self.utc_offset))


@dataclass(frozen=True)
class PhotoFile:
    """What one reading of a photo's metadata yields.

    `xmp` is the embedded packet; `rating` and `percent` are the numbers in EXIF tags 0x4746 and
    0x4749, as they stand there.
    """

    metadata: Metadata = Metadata()
    xmp: bytes | None = None
    rating: int | None = None
    percent: int | None = None
    iptc: Iptc = Iptc()


def read_metadata(path: Path) -> Metadata:
    """The photo's metadata; empty, with a `problem`, for what cannot be read. Raises nothing."""
    return read_photo_file(path).metadata


Size: TypeAlias = tuple[int, int]


def read_photo_file(path: Path) -> PhotoFile:
    """The photo's metadata and embedded ratings. Raises nothing for broken or missing files."""
    try:
        with opened_photo(path) as file:
            return _of_opened(file, path)
    except PhotoUnreadable as problem:
        return PhotoFile(Metadata(problem=str(problem.reason)))


def read_file_and_size(path: Path) -> tuple[PhotoFile, Size | PhotoUnreadable]:
    """The same, and what `photo_size` returns or raises, from one opening. Raises nothing."""
    content = PhotoFile()
    try:
        with opened_photo(path) as file:
            content = _of_opened(file, path)
            file.seek(0)
            return content, size_in(file, path)
    except PhotoUnreadable as problem:
        return content, problem


def _of_opened(file: BinaryIO, path: Path) -> PhotoFile:
    try:
        return _read(embedded_blocks(file, path.suffix))
    except _ERRORS as error:
        return PhotoFile(Metadata(problem=_clause(error)))


def _read(blocks: Blocks) -> PhotoFile:
    main: values.Tags
    gps: values.Tags
    try:
        main, gps = _tags(blocks)
        problem = None
    except _ERRORS as error:  # the packet may be whole
        main, gps, problem = {}, {}, _clause(error)
    iptc = read_iptc(blocks.iptc or b"")
    metadata = replace(_metadata(main, gps), problem=problem, is_series=_is_series(main, blocks))
    metadata = _dated(metadata, main, blocks.xmp, iptc)
    rating, percent = (values.number(main, tag, -32768, 65535) for tag in (0x4746, 0x4749))
    return PhotoFile(
        metadata,
        blocks.xmp,
        None if rating is None else int(rating),
        None if percent is None else int(percent),
        iptc,
    )


def _is_series(main: values.Tags, blocks: Blocks) -> bool:
    """Also where the maker's notes are broken: then without them."""
    try:
        return is_in_series(main, blocks.xmp, next(iter(blocks.exif), None))
    except _ERRORS:
        return is_in_series(main, blocks.xmp, None)


def _dated(metadata: Metadata, main: values.Tags, xmp: bytes | None, iptc: Iptc) -> Metadata:
    """With a time from elsewhere in the file, where EXIF does not tell that of the exposure."""
    if metadata.taken is not None:
        return metadata
    found = xmp_date(xmp) if xmp else None
    if found is not None:
        return replace(metadata, taken=found[0], dated_by="xmp" if found[1] else "xmp day")
    if iptc.created is not None:
        return replace(
            metadata, taken=iptc.created, dated_by="iptc" if iptc.has_time else "iptc day"
        )
    changed, offset = values.time_changed(main)
    if changed is not None:
        return replace(metadata, taken=changed, utc_offset=offset, dated_by="changed")
    return metadata


def _tags(blocks: Blocks) -> tuple[values.Tags, values.Tags]:
    """Values by tag number: those of the main and the EXIF directory, and those of GPS."""
    main: dict[int, object] = {}
    gps: dict[int, object] = {}
    for file in blocks.exif:
        for part, number, value in _entries(file):
            if part in _MAIN_PARTS:
                main.setdefault(number, value)
            elif part == "GPS ":
                gps.setdefault(number, value)
    if blocks.gps is not None:
        gps = {number: value for _, number, value in _entries(blocks.gps)}
    return main, gps


def _entries(file: BinaryIO) -> Iterable[tuple[str, int, object]]:
    tags = exifread.process_file(file, details=False, extract_thumbnail=False)
    for key, tag in tags.items():
        yield key[: key.find(" ") + 1], tag.tag, tag.values


def _metadata(main: values.Tags, gps: values.Tags) -> Metadata:
    make, model = values.text(main, 0x010F), values.text(main, 0x0110)
    taken, offset = values.time_taken(main)
    orientation = values.number(main, 0x0112, 1, 8)
    exposure = values.number(main, 0x829A, 0, _DAY)
    bias = values.number(main, 0x9204, -20, 20)
    metadata = Metadata(
        taken=taken,
        utc_offset=offset,
        make=clean_make(make),
        model=clean_model(make, model),
        lens=values.text(main, 0xA434),
        exposure_s=exposure or None,
        f_number=_positive(main, 0x829D, 1000),
        iso=values.iso(main),
        focal_mm=_positive(main, 0x920A, 100_000),
        focal_35_mm=_positive(main, 0xA405, 100_000),
        altitude_m=values.altitude(gps),
        exposure_bias=None if bias is None else float(bias),
        is_bracket=values.number(main, 0xA402, 0, 10) == _AUTO_BRACKET,
        orientation=None if orientation is None else int(orientation),
    )
    place = values.position(gps)
    return metadata if place is None else replace(metadata, latitude=place[0], longitude=place[1])


def _positive(tags: values.Tags, tag: int, high: float) -> float | None:
    """Zero stands for "unknown" in these tags."""
    value = values.number(tags, tag, 0, high)
    return float(value) if value else None


def _clause(error: Exception) -> str:
    return f"its metadata are broken ({type(error).__name__}: {error})"
