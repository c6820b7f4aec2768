"""A taste profile as one small file that can be shared: JSON, with a version.

It holds no photo, path or name of a file; of the support set, hashes and stars.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from photoaes.album import atomic
from photoaes.album.store.profiles import Profile, SupportPhoto, is_name
from photoaes.checked import Wrong, parsed_json
from photoaes.errors import InputInvalid, Sentence
from photoaes.new_files import write_file
from photoaes.plain_files import NotPlain, read_plain

VERSION = 1
_FORMAT = "photoaes taste profile"
_MAX_BYTES = 16 << 20
_LARGEST = 1e9  # number: more would make every score infinite
_HASH = re.compile("[0-9a-f]{32}")  # of `identity.content_hash`
_TEXTS = ("name", "bank", "bank_digest", "learned_at")


def write_profile(profile: Profile, path: Path, *, over: bool = False) -> None:
    """Write the file whole or not at all. Raises InputInvalid if it cannot be written, or exists
    and shall not be written `over`."""
    said = {"format": _FORMAT, "version": VERSION, **asdict(profile)}
    data = json.dumps(said, indent=1, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    try:
        if over:
            write_file(path, data, over=True)
        is_written = over or atomic.replace(path, data, None)
    except OSError as error:
        text = Sentence("The taste profile cannot be written to {0}: {1}.", path, error.strerror)
        raise InputInvalid(text, path) from error
    if not is_written:
        text = Sentence("There is a file {0} already. Choose another name.", path)
        raise InputInvalid(text, path)


def read_profile(path: Path) -> Profile:
    """The profile in a file of `write_profile`. Raises InputInvalid with what is wrong with it."""
    try:
        data = read_plain(path, _MAX_BYTES)
    except NotPlain as error:
        text = Sentence("{0} is no taste profile to be used: {1}.", path.name, error.strerror)
        raise InputInvalid(text, path) from error
    except OSError as error:
        text = Sentence("{0} cannot be read: {1}.", path, error.strerror)
        raise InputInvalid(text, path) from error
    try:
        return _profile(_said(data))
    except _Wrong as wrong:
        text = Sentence("{0} is no taste profile to be used: {1}.", path.name, *wrong.args)
        raise InputInvalid(text, path) from None


class _Wrong(Exception):
    """A clause on what is wrong with the file."""


def _said(data: bytes) -> dict[str, Any]:
    try:
        said = parsed_json(data, finite=False)
    except Wrong as error:
        raise _Wrong("it is not JSON, or cut short") from error
    if not isinstance(said, dict) or said.get("format") != _FORMAT:
        raise _Wrong("it was not written by photoaes")
    version = said.get("version")
    if version != VERSION or isinstance(version, bool):
        newer = "a newer photoaes wrote it; install that (version {0!r}, this program reads {1})"
        unknown = "no version (version {0!r}, this program reads {1})"
        raise _Wrong(Sentence(newer if _is_newer(version) else unknown, _short(version), VERSION))
    return said


def _short(version: object) -> object:
    """What fits into a sentence."""
    is_short = isinstance(version, str) and len(version) < 20
    return version if is_short or (isinstance(version, int) and abs(version) < 1 << 60) else "?"


def _is_newer(version: object) -> bool:
    return isinstance(version, int) and version > VERSION


def _profile(said: dict[str, Any]) -> Profile:
    for name in _TEXTS:
        if not isinstance(said.get(name), str) or not said[name].strip():
            raise _Wrong(f"{name} is missing")
        _check_text(said[name], name)
    if type(said.get("seed")) is not int or abs(said["seed"]) >= 1 << 63:
        raise _Wrong("the seed is no whole number")
    return Profile(
        **{name: said[name] for name in _TEXTS},
        seed=said["seed"],
        coefficients=_coefficients(said.get("coefficients")),
        support=_support(said.get("support")),
        agreement=_numbers(said.get("agreement"), "the agreement"),
        readout=_readout(said.get("readout") or {}),
    )


def _check_text(said: str, what: str) -> None:
    if any("\ud800" <= sign <= "\udfff" for sign in said):  # no store takes them
        raise _Wrong(f"{what} holds halves of characters")
    if not is_name(said):
        raise _Wrong(f"{what} is too long, or holds characters that cannot be shown")


def _readout(said: object) -> dict[str, Any]:
    """Empty where there is none, as in files of the first version; weights by group of features,
    or of experts and embedding, as profiles of store version 2 have them."""
    if said == {}:
        return {}
    if not isinstance(said, dict):
        raise _Wrong("its readout is incomplete")
    if isinstance(said.get("features"), dict):
        numbers = {name: said.get(name) for name in ("constant", "score")}
        for group in said["features"]:
            _check_text(group, "a group's name")
        groups = {group: _row(row, "features") for group, row in said["features"].items()}
        return {**_numbers(numbers, "the readout"), "features": groups}
    embedding = _row(said.get("embedding"), "embedding")
    return {
        **_numbers({"constant": said.get("constant")}, "the readout"),
        "experts": _numbers(said.get("experts"), "the readout's experts"),
        "embedding": embedding,
    }


def _row(said: object, name: str) -> list[float]:
    if not isinstance(said, list):
        raise _Wrong("its readout is incomplete")
    return list(_numbers(dict(enumerate(said)), f"the readout's {name}").values())


def _coefficients(said: object) -> dict[str, dict[str, float]]:
    if not isinstance(said, dict) or not said:
        raise _Wrong("the coefficients are missing")
    for task in said:
        _check_text(task, "a task's name")
    tasks = {task: _numbers(row, f"the coefficients of {task!r}") for task, row in said.items()}
    if len({frozenset(row) for row in tasks.values()}) > 1 or not all(tasks.values()):
        raise _Wrong("the coefficients do not name the same layers for each task")
    return tasks


def _numbers(said: object, what: str) -> dict[Any, float]:
    if not isinstance(said, dict):
        raise _Wrong(f"it lacks {what}")
    for name, value in said.items():
        _check_text(str(name), f"a name in {what}")
        is_number = type(value) in (int, float) and abs(value) <= _LARGEST
        if not is_number:  # nan compares as false
            raise _Wrong(f"of {what}, {name!r} is no number")
    return {name: float(value) for name, value in said.items()}


def _support(said: object) -> tuple[SupportPhoto, ...]:
    if not isinstance(said, list):
        raise _Wrong("the support set is missing")
    return tuple(_support_photo(one) for one in said)


def _support_photo(said: object) -> SupportPhoto:
    match said:
        case {"hash": str(digest), "stars": int(stars)}:
            if stars in range(1, 6) and _HASH.fullmatch(digest):
                return SupportPhoto(digest, stars)
    raise _Wrong(f"{said!r:.80} is no rated photo of the support set")
