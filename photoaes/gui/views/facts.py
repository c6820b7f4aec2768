"""What the camera wrote about a photo, as lines for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

from photoaes.album.metadata.photo_file import Metadata
from photoaes.album.sidecars.dating import dated_metadata
from photoaes.gui.kit.numerals import short


@dataclass(frozen=True)
class FileFacts:
    """What a file says; `size` in bytes is None where it is not there."""

    metadata: Metadata
    size: int | None


def file_facts(path: Path) -> FileFacts:
    """Read now, which may take long. Raises nothing."""
    try:
        size = path.stat().st_size
    except OSError:
        return FileFacts(Metadata(), None)
    return FileFacts(dated_metadata(path), size)


def facts_text(path: Path, facts: FileFacts | None, score: Sequence[str] = ()) -> str:
    """Rich text; what is not known has no line, and None is a file that is still to be read.
    `score` are lines about the photo's score."""
    lines = [f"<b>{escape(path.name)}</b>", *map(escape, score)]
    if facts is not None:
        metadata = facts.metadata
        lines += [_size(facts.size), *_taken(metadata), *_camera(metadata)]
        if metadata.latitude is not None and metadata.longitude is not None:
            # With points everywhere, as maps want them: a comma stands between the two.
            place = QCoreApplication.translate("Facts", "Place: {0:.5f}, {1:.5f}")
            lines.append(place.format(metadata.latitude, metadata.longitude))
    lines.append(f"<span>{escape(str(path.parent))}</span>")
    return "<p>".join(line for line in lines if line)


def _size(size: int | None) -> str:
    if size is None:
        return QCoreApplication.translate("Facts", "The file is not there any more.")
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def _taken(metadata: Metadata) -> list[str]:
    if metadata.taken is None:
        return []
    # The wall clock of the place, as the camera showed it.
    day = QLocale().toString(metadata.taken.date(), QLocale.FormatType.LongFormat)  # type: ignore[call-overload]
    source, _, only_day = (metadata.dated_by or "").partition(" ")
    text = day if only_day else f"{day}, {metadata.taken:%H:%M:%S}"
    origins = {
        "xmp": QCoreApplication.translate("Facts", "as XMP says"),
        "iptc": QCoreApplication.translate("Facts", "as IPTC says"),
        "changed": QCoreApplication.translate("Facts", "when it was last saved"),
        "sidecar": QCoreApplication.translate("Facts", "as its sidecar file says"),
        "name": QCoreApplication.translate("Facts", "as its name says"),
    }
    return [f"{text} ({origins[source]})" if source in origins else text]


def _camera(metadata: Metadata) -> list[str]:
    exposure = []
    if metadata.exposure_s is not None:
        seconds = float(metadata.exposure_s)
        exposure.append(f"1/{round(1 / seconds)} s" if 0 < seconds < 0.4 else f"{short(seconds)} s")
    if metadata.f_number is not None:
        exposure.append(f"f/{short(metadata.f_number)}")
    if metadata.iso is not None:
        exposure.append(f"ISO {metadata.iso}")
    if metadata.focal_mm is not None:
        exposure.append(f"{short(metadata.focal_mm)} mm")
    lines = (metadata.camera, metadata.lens, " \u00b7 ".join(exposure))
    return [escape(line) for line in lines if line]
