"""Stars, flags and labels that other programs have left: in sidecars and in the photos themselves.

Sources, in the order of their weight: `IMG.CR2.xmp`, `IMG.xmp`, files of other programs beside the
photo, XMP inside the photo, and the EXIF tags 0x4746 (Rating, in IFD0) and 0x4749 (percent), then
Google's JSON. What each program writes stands in `dialects`. Cameras write 0 stars into each photo,
and developers into each of their files: that is silence where another source has some.
Where sources differ, the one with the newer `xmp:MetadataDate` wins; without two dates to compare,
the weightier. Stars, flag and label are decided one by one, among the sources that say something.
Stars that the user gave in this program stand above all of these; that is for the caller to see to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal

from photoaes.album.marks import Flag, Marks, stars_of_percent
from photoaes.album.metadata.photo_file import PhotoFile, read_photo_file
from photoaes.album.photo import PICASA
from photoaes.album.sidecars import edits
from photoaes.album.sidecars.desktops import NIKON_SUFFIX, picasa_marks
from photoaes.album.sidecars.names import is_full_name
from photoaes.album.sidecars.takeout import takeout_marks
from photoaes.album.sidecars.xml_source import MAX_BYTES, XmlInvalid
from photoaes.album.sidecars.xmp_marks import Statement, statement
from photoaes.errors import SidecarInvalid
from photoaes.images.faults import system_reason
from photoaes.plain_files import NotPlain, read_plain

_NOTHING = Marks()
_FIELDS: tuple[Literal["stars", "flag", "label"], ...] = ("stars", "flag", "label")


class SourceKind(StrEnum):
    """Where marks were found; the values are for people."""

    FULL_NAME = "sidecar with the photo's full name"
    ADOBE_NAME = "sidecar with the photo's stem"
    NIKON = "sidecar of Nikon's"
    EDIT = "edit of another program"
    EMBEDDED = "XMP inside the photo"
    EXIF = "EXIF inside the photo"
    TAKEOUT = "JSON of a Google Takeout"
    PICASA = "Picasa's list of its folder"


@dataclass(frozen=True)
class MarkSource:
    """What one sidecar or photo says. `dated` is aware, None where the source gives no date."""

    path: Path
    kind: SourceKind
    marks: Marks
    dated: datetime | None = None

    @property
    def changed_at(self) -> datetime | None:
        """When it was last changed, as it says itself, else by its file's time; aware."""
        if self.dated is not None:
            return self.dated
        try:
            return datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
        except (OSError, OverflowError, ValueError):
            return None


@dataclass(frozen=True)
class Unread:
    """A source that says something nobody can make out; `reason` is a clause."""

    path: Path
    reason: str


@dataclass(frozen=True)
class Reading:
    """The marks that count, where each came from, and who says otherwise.

    A losing "unrated" is no conflict: cameras write it into every photo. `noticed` are fields of
    other programs that nothing is made of.
    """

    marks: Marks = _NOTHING
    said_by: Mapping[str, MarkSource] = field(default_factory=dict)
    conflicts: tuple[MarkSource, ...] = ()
    unread: tuple[Unread, ...] = ()
    noticed: tuple[str, ...] = ()


def read_marks(
    members: Sequence[Path],
    sidecars: Mapping[Path, Sequence[Path]],
    files: Mapping[Path, PhotoFile] | None = None,
    beside: Sequence[Path] = (),
) -> Reading:
    """What others say about a photo, whose files (`members`) share one rating.

    `sidecars` comes from `names.find_sidecars`, `beside` from `beside.find_beside`; `files` spares
    a second reading of photos that have been read. Raises nothing: what cannot be read is listed.
    """
    sources: list[MarkSource] = []
    unread: list[Unread] = []
    noticed: list[str] = []
    for path in dict.fromkeys(path for member in members for path in sidecars.get(member, ())):
        try:
            _add_sidecar(path, members, sources, unread, noticed)
        except SidecarInvalid as error:
            unread.append(Unread(path, error.reason))
    for member in members:
        file = (files or {}).get(member) or read_photo_file(member)
        _add_embedded(member, file, sources, unread, noticed)
    for path in dict.fromkeys(beside):
        _add_beside(path, members, sources, unread, noticed)
    order = list(SourceKind)
    reading = _decided(sorted(sources, key=lambda one: order.index(one.kind)), tuple(unread))
    return replace(reading, noticed=tuple(dict.fromkeys(noticed)))


def _add_beside(
    path: Path,
    members: Sequence[Path],
    sources: list[MarkSource],
    unread: list[Unread],
    noticed: list[str],
) -> None:
    if path.suffix.lower() == NIKON_SUFFIX:
        try:
            said = statement(read_sidecar(path))
        except SidecarInvalid as error:
            unread.append(Unread(path, error.reason))
        except XmlInvalid as error:
            unread.append(Unread(path, str(error)))
        else:
            noticed += said.unread
            _add(path, SourceKind.NIKON, said, sources, unread)
        return
    sources += [
        MarkSource(path, kind, marks) for kind, marks in _plainly_said(path, members) if marks
    ]


def _plainly_said(path: Path, members: Sequence[Path]) -> list[tuple[SourceKind, Marks | None]]:
    if path.name in PICASA:
        return [(SourceKind.PICASA, picasa_marks(path, member.name)) for member in members]
    if path.suffix.lower() in edits.SUFFIXES:
        return [(SourceKind.EDIT, edits.edit_marks(path))]
    return [(SourceKind.TAKEOUT, takeout_marks(path))]


def read_sidecar(path: Path) -> bytes:
    """The sidecar's bytes. Raises SidecarInvalid for what is no file of a sidecar's size."""
    try:
        return read_plain(path, MAX_BYTES)
    except NotPlain as error:
        raise SidecarInvalid(path, error.strerror) from error
    except OSError as error:
        raise SidecarInvalid(path, system_reason(error)) from error


def owns(said: Statement, sidecar: Path, path: Path) -> bool:
    """Whether the sidecar is about this photo: `photoshop:SidecarForExtension` may name another.

    A sidecar with the photo's full name needs no such word.
    """
    extension = path.suffix.lower().lstrip(".")
    return is_full_name(sidecar, path) or said.owner in (None, extension)


def _add_sidecar(
    path: Path,
    members: Sequence[Path],
    sources: list[MarkSource],
    unread: list[Unread],
    noticed: list[str],
) -> None:
    try:
        said = statement(read_sidecar(path))
    except XmlInvalid as error:
        raise SidecarInvalid(path, str(error)) from None
    if not any(owns(said, path, member) for member in members):
        return
    noticed += said.unread
    is_full = any(is_full_name(path, member) for member in members)
    _add(path, SourceKind.FULL_NAME if is_full else SourceKind.ADOBE_NAME, said, sources, unread)


def _add_embedded(
    member: Path,
    file: PhotoFile,
    sources: list[MarkSource],
    unread: list[Unread],
    noticed: list[str],
) -> None:
    if file.xmp is not None:
        try:
            # The packet is padded, and some writers end it with zeros.
            said = statement(file.xmp.rstrip(b"\0"))
            noticed += said.unread
            _add(member, SourceKind.EMBEDDED, said, sources, unread)
        except XmlInvalid as error:
            unread.append(Unread(member, f"of the XMP inside, {error}"))
    if file.iptc.urgency is not None:
        noticed.append("news desks (IPTC Urgency)")
    if file.rating is None and file.percent is not None:
        stars = stars_of_percent(file.percent)
        if stars is not None:
            sources.append(MarkSource(member, SourceKind.EXIF, Marks(stars=stars)))
    if file.rating is None:
        return
    if file.rating in range(6):
        sources.append(MarkSource(member, SourceKind.EXIF, Marks(stars=file.rating)))
    else:
        unread.append(Unread(member, f"its EXIF rating is {file.rating}, which is not from 0 to 5"))


def _add(
    path: Path, kind: SourceKind, said: Statement, sources: list[MarkSource], unread: list[Unread]
) -> None:
    if said.problem:
        unread.append(Unread(path, said.problem))
    if said.marks != _NOTHING:
        sources.append(MarkSource(path, kind, said.marks, said.dated))


def _decided(sources: list[MarkSource], unread: tuple[Unread, ...]) -> Reading:
    stars, flag, label = (_winner(_speaking(sources, name), name) for name in _FIELDS)
    marks = Marks(
        stars.marks.stars if stars else None,
        flag.marks.flag if flag else None,
        label.marks.label if label else None,
    )
    conflicts = tuple(source for source in sources if _disagrees(source.marks, marks))
    winners = zip(_FIELDS, (stars, flag, label), strict=True)
    said_by: dict[str, MarkSource] = {
        name: source for name, source in winners if source is not None
    }
    return Reading(marks, said_by, conflicts, unread)


def _speaking(
    sources: Sequence[MarkSource], name: Literal["stars", "flag", "label"]
) -> Sequence[MarkSource]:
    """Without the noughts that nobody has given, where another source has stars."""
    if name != "stars" or not any(one.marks.stars for one in sources):
        return sources
    weighty = (SourceKind.FULL_NAME, SourceKind.ADOBE_NAME)
    return [one for one in sources if one.marks.stars != 0 or one.dated or one.kind in weighty]


def _winner(
    sources: Iterable[MarkSource], name: Literal["stars", "flag", "label"]
) -> MarkSource | None:
    """Of the sources, in the order of their weight, the one to believe about this."""
    best: MarkSource | None = None
    for source in sources:
        if getattr(source.marks, name) is None:
            continue
        if best is None or _is_newer(source, best):
            best = source
    return best


def _is_newer(source: MarkSource, than: MarkSource) -> bool:
    return source.dated is not None and than.dated is not None and source.dated > than.dated


def _disagrees(said: Marks, decided: Marks) -> bool:
    rejects = said.flag is Flag.REJECT
    about_stars = bool(said.stars) and said.stars != decided.stars
    # Others cannot say "picked", and a mere "unrated" does not speak against a reject.
    about_flag = (rejects or bool(said.stars and said.flag)) and rejects != (
        decided.flag is Flag.REJECT
    )
    about_label = said.label is not None and said.label != decided.label
    return about_stars or about_flag or about_label
