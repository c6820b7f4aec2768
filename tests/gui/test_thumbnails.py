"""Which thumbnails come, when more are wanted than there are threads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from photoaes.gui.thumbnails import Thumbnails
from photoaes.images.thumbnail_cache import ThumbnailCache


@pytest.fixture
def thumbnails(qtbot: QtBot, tmp_path: Path) -> Iterator[Thumbnails]:
    found = Thumbnails(ThumbnailCache(tmp_path / "thumbnails"))
    yield found
    found.stop()


def test_pictures_beside_the_grid_come_though_it_is_scrolled_meanwhile(
    qtbot: QtBot, thumbnails: Thumbnails, album: Path
) -> None:
    photos = sorted(album.rglob("*.jpg"))
    beside, first, then = photos[:3], photos[3:10], photos[10:]
    thumbnails.want(first, 128)
    thumbnails.want_too(beside, 128)
    thumbnails.want(then, 128)
    thumbnails.want([], 128)
    qtbot.waitUntil(lambda: all(thumbnails.pixmap(one, 128) is not None for one in beside))
    assert thumbnails.pixmap(then[-1], 128) is None
