"""The files of a report: a page that needs no other, figures in three kinds, tidy tables."""

from __future__ import annotations

import base64
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from photoaes.offline.report.document import Data, Figure, Section
from photoaes.offline.report.files import what_is_missing, write_report
from photoaes.offline.report.plots.drawing import pictures
from tests.offline.judged import cells, whole_report


@pytest.fixture
def whole(tmp_path: Path) -> list[Section]:
    return whole_report(tmp_path)


def test_the_page_is_whole_in_itself_and_any_parser_can_read_it(
    tmp_path: Path, whole: list[Section]
) -> None:
    text = write_report(tmp_path / "report", whole).read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert not [one for one in root.iter() if one.tag in ("script", "link", "iframe")]
    ids = {f"#{one.attrib['id']}" for one in root.iter("h2")}
    assert {one.attrib["href"] for one in root.iter("a") if "#" in one.attrib["href"]} == ids
    files = {path.relative_to(tmp_path / "report").as_posix() for path in _files(tmp_path)}
    linked = {one.attrib["href"] for one in root.iter("a")} - ids
    assert linked == files - {"report.md", "report.html"}
    pictures = [one.attrib["src"] for one in root.iter("img")]
    # SROCC over K, three for each of two K, experts, counts, coefficients, cosines and agreement.
    assert len(pictures) == 13
    for picture in pictures:
        kind, _, data = picture.partition(",")
        assert kind == "data:image/svg+xml;base64"
        assert ElementTree.fromstring(base64.b64decode(data)).tag.endswith("svg")
    for word in ("http", "xmlns", "url(", "@import"):
        assert word not in text


def _files(folder: Path) -> list[Path]:
    return [path for path in (folder / "report").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("absent", "lacking", "read"),
    [
        ({"matplotlib"}, "no figures", "report.html"),
        ({"markdown_it"}, "no report.html", "report.md"),
        ({"matplotlib", "markdown_it"}, "no figures and no report.html", "report.md"),
    ],
)
def test_without_the_extra_the_tables_still_come(
    absent: set[str],
    lacking: str,
    read: str,
    tmp_path: Path,
    whole: list[Section],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert what_is_missing() is None
    for name in absent:
        monkeypatch.setitem(sys.modules, name, None)  # as if it were not installed
    sentence = what_is_missing()
    assert sentence is not None
    assert lacking in sentence
    assert "pip install 'photoaes[figures]'" in sentence
    written = write_report(tmp_path / "report", whole)
    assert written.name == read
    kinds = {path.suffix for path in _files(tmp_path)}
    assert (".png" in kinds) == ("matplotlib" not in absent)
    text = (tmp_path / "report/report.md").read_text(encoding="utf-8")
    assert ("Figure, not drawn" in text) == ("matplotlib" in absent)
    assert "figures/" not in text or "matplotlib" not in absent
    assert cells(text, "Each method in detail")


def test_each_figure_is_drawn_in_three_kinds_and_alike_each_time(
    tmp_path: Path, whole: list[Section]
) -> None:
    starts = {"pdf": b"%PDF", "svg": b"<?xml", "png": b"\x89PNG"}
    (figure,) = (b for b in whole[3].blocks if isinstance(b, Figure))
    found = pictures(figure.plot)
    assert {kind: data[: len(starts[kind])] for kind, data in found.items()} == starts
    assert pictures(figure.plot) == found
    write_report(tmp_path / "report", whole)
    names = [b.name for section in whole for b in section.blocks if isinstance(b, Figure)]
    assert len(set(names)) == len(names)
    written = {path.name for path in (tmp_path / "report/figures").iterdir()}
    assert written == {f"{name}.{kind}" for name in names for kind in starts}


def test_tables_are_tidy(whole: list[Section]) -> None:
    """A column is a variable, so no value of one stands in a header; keys are in one row each."""
    for data in (b for section in whole for b in section.blocks if isinstance(b, Data)):
        assert len(set(data.header)) == len(data.header)
        assert all(len(row) == len(data.header) for row in data.rows), data.file
        assert all(name.replace("_", "").isidentifier() for name in data.header), data.file
        assert not any(char.isdigit() for name in data.header if name != "gain_over_k0"
                       for char in name), data.file  # fmt: skip
    section = next(one for one in whole if one.title == "Task vectors beside each other")
    (cosines,) = (b for b in section.blocks if isinstance(b, Data))
    assert len(cosines.rows) == 4
