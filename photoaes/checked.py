"""What a JSON file may hold, said as a table of checks, and read no further than it says so.

A check takes a value and gives it back, or raises `Wrong` with a clause for a person. Checks are
put together as the files are: `fields({"name": text(200), "scale": listed(number(), 2, 2)})`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from photoaes.plain_files import read_plain

Check = Callable[[Any], Any]
HEX = re.compile("[0-9a-f]{64}")
_SHOWN = 40  # characters of what is wrong


class Wrong(ValueError):
    """A clause on what a file gets wrong."""

    def within(self, place: str) -> Wrong:
        """The same fault, said of the named part of the file that it is in."""
        return Wrong(f"{place}: {self}")


def read_json(path: Path, most: int) -> Any:
    """The file's content. Raises OSError, and Wrong for what is no JSON, has a name twice in one
    object, or is deeper than can be read."""
    return parsed_json(read_plain(path, most))


def parsed_json(data: bytes | str, *, finite: bool = True) -> Any:
    """The same of what was read already; if not `finite`, with nan for whoever checks numbers."""
    try:
        # Not the machine's memory but the reader's own stack limits depth: it raises.
        return json.loads(
            data, object_pairs_hook=_once, parse_constant=_no_number if finite else None
        )
    except Wrong:
        raise
    except RecursionError:
        raise Wrong("it is nested too deep") from None
    except ValueError as error:  # also for a number of thousands of digits, and for no UTF-8
        raise Wrong(f"it is no JSON, or cut short ({str(error)[:80]})") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Wrong("it has an entry twice")
    return found


def _no_number(said: str) -> NoReturn:
    raise Wrong(f"{said} is no number")


def fields(
    needed: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *, more: bool = False
) -> Check:
    """An object with these entries; with `more`, others are let be."""
    known = {**needed, **(optional or {})}

    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Wrong(f"{shown(value)} is no object with entries")
        for name in needed:
            if name not in value:
                raise Wrong(f"{name} is missing")
        if not more and (others := [name for name in value if name not in known]):
            raise Wrong(f"an entry {shown(others[0])} is not known")
        return {
            name: _inside(name, known[name], one) if name in known else one
            for name, one in value.items()
        }

    return check


def mapped(check: Check, most: int, key: Check | None = None) -> Check:
    """Checks an object of at most so many entries, whose values pass `check` and names `key`."""
    name_of = key or text(200)

    def every(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or len(value) > most:
            raise Wrong(f"{shown(value)} is no object of at most {most} entries")
        return {name_of(name): _inside(shown(name), check, one) for name, one in value.items()}

    return every


def listed(check: Check, least: int, most: int) -> Check:
    """Checks a list of `least` to `most` values, which all pass `check`."""

    def every(value: Any) -> list[Any]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            wanted = f"{least}" if least == most else f"{least} to {most}"
            raise Wrong(f"{shown(value)} is no list of {wanted} values")
        return [_inside(f"[{place}]", check, one) for place, one in enumerate(value)]

    return every


def text(most: int, least: int = 0) -> Check:
    """A text of so many characters, lines among them, but nothing that steers a terminal and no
    halves of characters, which neither SQLite nor a file in UTF-8 takes."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or not least <= len(value.strip()) <= len(value) <= most:
            raise Wrong(f"{shown(value)} is no text of {least} to {most} characters")
        if any(not (sign.isprintable() or sign in "\n\t") for sign in value):
            raise Wrong(f"{shown(value)} holds characters that cannot be shown")
        return value

    return check


def matching(pattern: str, what: str) -> Check:
    """Checks a text that matches the pattern as a whole; `what` names it if it does not."""
    compiled = re.compile(pattern)

    def check(value: Any) -> str:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise Wrong(f"{shown(value)} is no {what}")
        return value

    return check


def one_of(*choices: str) -> Check:
    """Checks a text that is one of the choices."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise Wrong(f"{shown(value)} is none of {', '.join(choices)}")
        return value

    return check


def number(low: float = -1e9, high: float = 1e9) -> Check:
    """Checks a number from `low` to `high`, and makes it a float."""

    def check(value: Any) -> float:
        if type(value) not in (int, float) or not low <= value <= high:  # nan compares as false
            raise Wrong(f"{shown(value)} is no number from {low:g} to {high:g}")
        return float(value)

    return check


def whole(low: int, high: int) -> Check:
    """Checks a whole number from `low` to `high`."""

    def check(value: Any) -> int:
        if type(value) is float and math.isfinite(value) and value.is_integer():
            value = int(value)
        if type(value) is not int or not low <= value <= high:
            raise Wrong(f"{shown(value)} is no whole number from {low} to {high}")
        return int(value)

    return check


def flag(value: Any) -> bool:
    """Checks that a value is true or false."""
    if not isinstance(value, bool):
        raise Wrong(f"{shown(value)} is neither true nor false")
    return value


def none_or(check: Check) -> Check:
    """Checks what may also be null."""
    return lambda value: None if value is None else check(value)


def shown(value: Any) -> str:
    """A wrong value for a sentence: short, in one line, whatever it is."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and value.bit_length() > 200:
        return "a huge number"
    said = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}..."


def _inside(place: str, check: Check, value: Any) -> Any:
    try:
        return check(value)
    except Wrong as wrong:
        raise wrong.within(place) from None
