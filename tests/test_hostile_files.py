"""Preferences, profiles, results and lists by strangers: used or refused, never a traceback."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoaes.album.exclusions import exported_names, rules_in
from photoaes.album.ratings import read_ratings
from photoaes.album.sidecars.takeout import takeout_marks
from photoaes.album.store.opening import open_store
from photoaes.album.store.profile_file import read_profile, write_profile
from photoaes.album.store.profiles import (
    Profile,
    SupportPhoto,
    profiles,
    save_profile,
    with_free_name,
)
from photoaes.checked import Wrong, parsed_json, shown
from photoaes.errors import InputInvalid, PhotoaesError
from photoaes.offline.evaluation.result_files import read_results, read_run
from photoaes.preferences import FILE_NAME, Preferences, load_preferences, save_preferences

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and devices of POSIX")
quick = settings(max_examples=int(os.environ.get("PHOTOAES_FUZZ", "60")))
PROFILE = Profile(
    "Me", "Tiny bank", "ab" * 32, 7, {"light": {"head.0.weight": 0.5}},
    (SupportPhoto("0" * 32, 5),), {"pairs": 0.5}, "2026-01-01T00:00:00+00:00",
    {"constant": 1.0, "score": 0.5, "features": {"tasks": [0.5, -0.5]}},
)  # fmt: skip

odd_texts = st.text(st.characters(codec=None, categories=None), max_size=20) | st.sampled_from(
    ["\ud800", "\0", "\x1b[2J", "x" * 5000, "../..", "/etc/passwd", "hf-hub:a/b"]
)
odd_numbers = (
    st.integers()
    | st.floats()
    | st.sampled_from([10**400, -(10**400), 1e308, True, 1 << 63, 0.1 + 0.2j.imag])
)
odd = st.recursive(
    st.none() | st.booleans() | odd_numbers | odd_texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(odd_texts, inner, max_size=4),
    max_leaves=8,
)


def mutated(draw: Callable[[Any], Any], said: Any) -> Any:
    """One place at any depth replaced or removed."""
    places = list(_places(said))
    parent, key = draw(st.sampled_from(places))
    if draw(st.booleans()):
        parent[key] = draw(odd)
    else:
        del parent[key]
    return said


def _places(said: Any) -> Any:
    for key, value in list(said.items() if isinstance(said, dict) else enumerate(said)):
        yield said, key
        if isinstance(value, dict | list):
            yield from _places(value)


@quick
@given(st.data())
def test_mutated_preferences_give_way(tmp_path: Path, data: st.DataObject) -> None:
    """What is used is of the type and range that the window relies on."""
    names = st.sampled_from(list(Preferences.__dataclass_fields__))
    entries = data.draw(st.dictionaries(names | odd_texts, odd, max_size=6))
    (tmp_path / FILE_NAME).write_text(json.dumps(entries))
    found = load_preferences(tmp_path)
    assert 32 <= found.edge <= 2048
    assert 0 <= found.pace <= 1e6
    assert found.theme in ("system", "dark", "light")
    assert "/" not in found.bank
    assert all(isinstance(one, str) and one for one in found.recent)
    save_preferences(tmp_path, found)
    assert load_preferences(tmp_path) == found


@pytest.mark.parametrize(
    "text",
    ['{"pace": 1' + "0" * 400 + "}", '{"pace": 1' + "0" * 9999 + "}", "[" * 99_999, "\xff", "[1]"],
)
def test_preferences_that_cannot_be_read_give_way(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE_NAME).write_bytes(text.encode("latin-1"))
    assert load_preferences(tmp_path) == Preferences()
    assert "is not used" in caplog.text


@posix
def test_preferences_that_are_no_file_are_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    os.mkfifo(path)
    assert load_preferences(tmp_path) == Preferences()
    save_preferences(tmp_path, Preferences(edge=128))
    assert load_preferences(tmp_path).edge == 128
    path.unlink()
    path.symlink_to("/dev/zero")
    assert load_preferences(tmp_path) == Preferences()


@quick
@given(st.data())
def test_mutated_profiles_are_kept_whole_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    """What is taken goes into the store, out of it, and into a file again."""
    file, again = tmp_path / "a.json", tmp_path / "b.json"
    for one in (file, again):
        one.unlink(missing_ok=True)
    write_profile(PROFILE, file)
    said = json.loads(file.read_text())
    for _ in range(data.draw(st.integers(1, 3))):
        said = mutated(data.draw, said)
    file.write_text(json.dumps(said))
    try:
        found = read_profile(file)
    except InputInvalid as error:
        text = str(error)
    else:
        text = found.name
        with open_store(None) as store:
            save_profile(store, with_free_name(store, found))
            write_profile(profiles(store)[0], again)
        assert read_profile(again).coefficients == found.coefficients
    assert "\x1b" not in text


RESULTS = "person,shots,trial,method,srocc,pairs,plcc\r\nme,10,0,taste,0.5,0.6,0.4\r\n"


@quick
@given(st.data())
def test_mutated_results_are_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "r.csv"
    content = bytearray(RESULTS.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        stop = data.draw(st.integers(start, min(start + 6, len(content))))
        content[start:stop] = data.draw(st.binary(max_size=6) | st.just(b"9" * 5000))
    path.write_bytes(content)
    path.with_suffix(".json").write_bytes(data.draw(st.binary(max_size=20)))
    for read in (read_results, read_run):
        try:
            read(path)
        except PhotoaesError as error:
            assert "r." in str(error)  # noqa: PT017


@posix
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_no_reader_waits_for_what_is_no_file(tmp_path: Path, kind: str) -> None:
    def make(name: str) -> Path:
        path = tmp_path / name
        if kind == "pipe":
            os.mkfifo(path)
        else:
            path.symlink_to("/dev/zero")
        return path

    for read in (read_profile, read_results, lambda path: read_ratings(path, tmp_path, [])):
        with pytest.raises(PhotoaesError):
            read(make(f"{id(read)}.csv"))
    assert takeout_marks(make("a.json")) is None
    receipt = make("photoaes-export.json").name
    assert exported_names(str(tmp_path), [receipt], is_top=False) == frozenset()
    assert rules_in(str(tmp_path), [make(".photoaesignore").name], is_top=True) is None


@quick
@given(odd)
def test_what_is_wrong_is_shown_in_a_short_line(value: Any) -> None:
    text = shown(value)
    assert len(text) < 60
    assert text.isprintable()


@quick
@given(st.binary(max_size=60))
def test_json_is_read_or_wrong(data: bytes) -> None:
    try:
        parsed_json(data)
    except Wrong as wrong:
        assert str(wrong)  # noqa: PT017
