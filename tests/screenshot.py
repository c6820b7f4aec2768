"""The pictures of the window in README: the sample album as its invented person would order it, and
its best photo in the loupe, with what moved its score.

    python -m tests.screenshot resources/screenshots

The window is the real one, offscreen; everything it keeps goes into a folder that is thrown away.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from photoaes import app
from photoaes.album.columns import PICKED
from photoaes.album.ratings import read_ratings
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.opening import open_store
from photoaes.gui.kit import theme
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.parts import Parts
from photoaes.jobs.sample import RATINGS, copy_sample
from photoaes.preferences import Preferences
from photoaes.settings import sample_album_folder

SIZE = (1440, 900)
MOST_BYTES = 230_000  # README is read over slow networks too
PATIENCE = 600  # seconds; machines are busy


def main() -> None:
    """Make the album, rate, personalize, and save what the window looks like."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where window.jpg and loupe.jpg are replaced")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["PHOTOAES_HOME"] = home
        album = Path(home) / "sample album"
        for _ in copy_sample(sample_album_folder(), album):
            pass
        application = QApplication([])
        theme.apply(application, "dark")
        with open_store(None) as store, FeatureCache(None) as cache:
            window, parts = app.build(store, cache, Preferences())
            _show(window)
            window.dropped.emit(album)
            _until(lambda: parts.session.columns is not None and not parts.opening.is_busy)
            _rate(parts, album)
            parts.learning.personalize()
            _until(lambda: not parts.learning.is_working)
            window.filters.set(replace(window.filters.choice, best_only=True))
            window.grid.clearSelection()
            _rest(2)  # thumbnails come, scores fade in
            (options.folder / "window.jpg").write_bytes(_jpeg(window.grab()))
            window.actions_by_name["first"].trigger()
            window.actions_by_name["loupe"].trigger()
            window.loupe.toggle_facts()
            _rest(3)  # the whole photo comes
            (options.folder / "loupe.jpg").write_bytes(_jpeg(window.grab()))
            parts.stop()


def _show(window: MainWindow) -> None:
    window.show()
    QApplication.processEvents()
    window.setWindowState(Qt.WindowState.WindowNoState)  # the offscreen screen is small
    window.resize(*SIZE)


def _rate(parts: Parts, album: Path) -> None:
    """As the invented person does, who picks what has five stars."""
    session = parts.session
    ratings = read_ratings(sample_album_folder() / RATINGS, album).stars
    assert session.columns is not None
    for photo, path in enumerate(session.columns.paths):
        stars = ratings.get(path, 0)
        if stars:
            session.set_stars(np.array([photo]), stars)
        if stars == 5:
            session.set_flag(np.array([photo]), PICKED)


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        QApplication.processEvents()
        time.sleep(0.01)


def _rest(seconds: float) -> None:
    end = time.monotonic() + seconds
    _until(lambda: time.monotonic() > end)


def _jpeg(picture: QPixmap) -> bytes:
    """As good as fits."""
    for quality in range(95, 40, -5):
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        picture.save(buffer, "JPEG", quality)
        if content.size() < MOST_BYTES:
            return bytes(content.data())
    raise AssertionError("it cannot be made small enough")


if __name__ == "__main__":
    main()
