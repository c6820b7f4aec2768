"""Which thumbnails come, when more are wanted than there are threads."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from photoaes.album.photo import photos_in
from photoaes.gui.views.large_images import LargeImages
from photoaes.gui.views.thumbnails import Thumbnails
from photoaes.gui.views.versions import versions_in
from photoaes.images.thumbnail_cache import ThumbnailCache
from tests.patience import PATIENCE_MS


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
    qtbot.waitUntil(
        lambda: all(thumbnails.pixmap(one, 128) is not None for one in beside), timeout=PATIENCE_MS
    )
    assert thumbnails.pixmap(then[-1], 128) is None


def test_what_was_read_before_the_foundwas_is_not_shown_after_it(
    qtbot: QtBot, thumbnails: Thumbnails, album: Path
) -> None:
    """Old pictures that are decoded already, and wait for the window's thread to take them."""
    images = LargeImages(thumbnails)
    photo = album / "day 1" / "IMG_00.jpg"
    thumbnails.want([photo], 128)
    images.want([(photo, False)])
    time.sleep(0.5)  # no event is handled meanwhile
    Image.new("RGB", (96, 64), (0, 255, 0)).save(photo)
    found = photos_in(photo.parent)
    now = versions_in(found, {one.at: n for n, one in enumerate(found)}, [photo])
    thumbnails.follow(now)
    images.follow(now)
    qtbot.waitUntil(lambda: thumbnails.pixmap(photo, 128) is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: images.best(photo) is not None, timeout=PATIENCE_MS)
    images.stop()
    small, large = thumbnails.pixmap(photo, 128), images.best(photo)
    assert small is not None
    assert large is not None
    for pixmap in (small, large.pixmap):
        colour = pixmap.toImage().pixelColor(48, 32)
        assert colour.green() > 200
        assert colour.blue() < 50


def test_an_image_for_qt_has_the_same_pixels() -> None:
    import numpy as np

    from photoaes.gui.views.pixmaps import to_qimage
    from tests.photo_files import smooth

    image = smooth((333, 700))  # more than one band, and lines that end within a word
    made = to_qimage(image)
    pixels = np.frombuffer(made.constBits(), np.uint8).reshape(700, made.bytesPerLine() // 4, 4)
    assert (pixels[:, :333, 2::-1] == np.asarray(image)).all()
    assert (pixels[:, :333, 3] == 255).all()
