"""What Google Photos said of a photo: the JSON beside it in a Takeout."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from photoaes.album.folding import folded
from photoaes.album.marks import Flag, Marks
from photoaes.plain_files import read_plain

SUFFIX = ".json"
_MAX_BYTES = 1 << 20
_TAIL = "supplemental-metadata"
_CUT = 45  # letters of a name before its suffix, from which on Google may have cut it short
_SURE = 38  # of these are what the name begins with, whatever number follows
_NUMBERED = re.compile(r"(.+?)(\(\d+\))?")
# What Google appends to an edit, in the person's language; it has no JSON of its own.
_EDIT = re.compile(
    r"-(?:edited|effects|bearbeitet|modifié|editado|modificato|bewerkt|edytowane|編集済み|수정됨)"
    r"(?=(?:\(\d+\))?\.[^.]*$)"
)


def match_takeouts(photos: Iterable[str], names: Iterable[str]) -> dict[str, str]:
    """Of photos of one folder the JSON of each; those without lack.

    `IMG.jpg.json` and `IMG.jpg.supplemental-metadata.json`, however much of it fits a name of 46
    letters, of which the photo's own may be cut. The second photo of one name is `IMG(1).jpg`, its
    JSON `IMG.jpg(1).json`: the number moves, and the other photo has nothing to do with it.
    """
    jsons = [name for name in sorted(names) if name[-len(SUFFIX) :].lower() == SUFFIX]
    if not jsons:
        return {}
    here = {folded(photo): photo for photo in photos}
    stems: defaultdict[str, list[str]] = defaultdict(list)
    for photo in here:
        stems[photo.rpartition(".")[0]].append(photo)
        if len(photo) > _SURE:
            stems[photo[:_SURE]].append(photo)
    found: dict[str, tuple[int, str]] = {}
    for name in jsons:
        for weight, photo in _photo_of(folded(name)[: -len(SUFFIX)], here, stems):
            if photo not in found or weight < found[photo][0]:
                found[photo] = (weight, name)
    by_photo = {here[photo]: name for photo, (_, name) in found.items()}
    for photo in here:
        original = _EDIT.sub("", photo)
        if original != photo and here[photo] not in by_photo and original in found:
            by_photo[here[photo]] = found[original][1]
    return by_photo


def _photo_of(
    stem: str, here: Mapping[str, str], stems: Mapping[str, list[str]]
) -> list[tuple[int, str]]:
    """The photo that a JSON of this stem is about, with 0 where its name is whole."""
    match = _NUMBERED.fullmatch(stem)
    core, number = (match[1], match[2] or "") if match else (stem, "")
    before, _, tail = core.rpartition(".")
    names = [core, before] if before and _TAIL.startswith(tail) else [core]
    whole = [with_number for one in names if (with_number := _numbered(one, number)) in here]
    if whole:
        return [(0, whole[0])]
    if len(stem) >= _CUT:
        near = dict.fromkeys(stems.get(core[:_SURE], ()))
        cut = [one for one in near if one.startswith(core) and number in one]
        return [(1, cut[0])] if len(cut) == 1 else []
    bare = stems.get(stem, [])
    return [(2, bare[0])] if len(bare) == 1 else []


def _numbered(name: str, number: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}{number}{dot}{suffix}" if number else name


def takeout_marks(path: Path) -> Marks | None:
    """None for what is no such file, or cannot be read."""
    try:
        content = json.loads(read_plain(path, _MAX_BYTES).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or "photoTakenTime" not in content:
        return None
    if content.get("trashed") is True:
        return Marks(flag=Flag.REJECT)
    return Marks(flag=Flag.PICK) if content.get("favorited") is True else None
