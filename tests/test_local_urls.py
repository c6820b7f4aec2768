"""Files as desktops hand them over, by path or URL, and texts that are none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoaes.local_urls import local_path


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("file:///home/me/a%20b.jpg", "/home/me/a b.jpg"),
        ("FILE:///a", "/a"),
        ("file:/a", "/a"),
        ("file://localhost/a", "/a"),
        ("file:///a%FFb", "/a\udcffb"),
        ("file:///100%/b%zz", "/100%/b%zz"),
        ("file:///a%23b#mark", "/a#b"),
        ("file://server/share/a.jpg", None),
        ("file:a.jpg", None),
        ("file:///a%00b", None),
        ("http://example.org/a.jpg", None),
        ("/home/me/a.jpg", None),
        ("file:", None),
        ("", None),
    ],
)
def test_what_a_url_names(url: str, path: str | None) -> None:
    assert local_path(url) == path


@given(st.binary(min_size=1, max_size=60).filter(lambda name: b"\0" not in name))
def test_every_name_comes_back(name: bytes) -> None:
    import os

    path = "/" + os.fsdecode(name)
    url = "file://" + "".join(f"%{byte:02X}" for byte in os.fsencode(path)).replace("%2F", "/")
    assert local_path(url) == path


@given(st.text(max_size=40))
def test_no_text_raises(text: str) -> None:
    try:
        text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return  # no argument and no URL can hold it
    local_path("file://" + text)


def test_a_path_as_pathlib_writes_it(tmp_path: Path) -> None:
    folder = tmp_path / "älbum 100%"
    assert local_path(folder.as_uri()) == str(folder)
