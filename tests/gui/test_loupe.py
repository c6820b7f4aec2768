"""The loupe: figures, edges, aids, the whole screen, and the slideshow."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from photoaes.gui.views.photo_pane import PhotoPane, Zoom
from photoaes.images.tones import focus, tones
from tests.gui.conftest import Person


@pytest.fixture
def looking(person: Person, tmp_path: Path) -> Person:
    """An album of a large photo that is sharp on the right alone, of a dark and of a white one."""
    folder = tmp_path / "Large"
    folder.mkdir()
    rng = np.random.default_rng(2)
    noise = Image.fromarray(rng.integers(0, 255, (1000, 1500, 3), dtype=np.uint8))
    soft = noise.filter(ImageFilter.GaussianBlur(8))
    soft.paste(noise.crop((1100, 400, 1400, 600)), (1100, 400))
    soft.save(folder / "a sharp.jpg", quality=95)
    Image.new("RGB", (1500, 1000), (0, 0, 0)).save(folder / "b dark.jpg")
    Image.new("RGB", (1500, 1000), (255, 255, 255)).save(folder / "c white.jpg")
    person.open(folder)
    person.act("loupe")
    person.wait(lambda: bool(person.window.loupe.pane.figures()))
    return person


def _pane(person: Person) -> PhotoPane:
    return person.window.loupe.pane


def test_size_and_zoom_are_told(looking: Person) -> None:
    pane = _pane(looking)
    assert pane.figures().startswith("1,500 \u00d7 1,000, ")
    looking.act("full_size")
    assert pane.figures() == "1,500 \u00d7 1,000, 100 %"
    looking.act("larger")
    assert pane.figures() == "1,500 \u00d7 1,000, 125 %"


def test_panning_stops_at_the_edge(looking: Person) -> None:
    pane = _pane(looking)
    looking.act("full_size")
    for start, end in ((QPoint(50, 50), QPoint(800, 500)), (QPoint(800, 500), QPoint(20, 20))):
        for _ in range(6):
            QTest.mousePress(pane, Qt.MouseButton.LeftButton, pos=start)
            QTest.mouseMove(pane, end)
            QTest.mouseRelease(pane, Qt.MouseButton.LeftButton, pos=end)
        area = pane._area()
        assert area is not None
        assert area.adjusted(-1, -1, 1, 1).contains(QRectF(pane.rect())), "no ground beside it"
    pane.set_zoom(Zoom(1.0, (0.0, 1.0)))
    area = pane._area()
    assert area is not None
    assert area.left() == pytest.approx(0, abs=1)


def test_end_and_home(looking: Person) -> None:
    pane = _pane(looking)
    looking.tap(Qt.Key.Key_End)
    assert pane.path is not None
    assert pane.path.name == "c white.jpg"
    looking.tap(Qt.Key.Key_Home)
    assert pane.path.name == "a sharp.jpg"


def test_the_whole_screen_is_the_photo_alone(looking: Person) -> None:
    window = looking.window
    looking.act("full_screen")
    window.resize(1920, 1080)  # wide enough for the left panel
    bars = [*window._bars, window.facets, window.taste, window.loupe.strip, window.loupe._marks]
    QApplication.processEvents()
    assert not any(one.isVisible() for one in bars)
    looking.wait(lambda: _pane(looking).size() == window.size())
    looking.press("4")
    assert list(looking.stars().values()) == [4], "rating goes on"
    looking.act("back")
    assert all(one.isVisible() for one in window._bars)
    assert window.loupe.strip.isVisible()
    assert window.taste.isVisible()


def test_a_maximized_window_is_maximized_after_the_full_screen_too(looking: Person) -> None:
    looking.window.showMaximized()
    looking.act("full_screen")
    assert looking.window.isFullScreen()
    looking.act("full_screen")
    assert not looking.window.isFullScreen()
    assert looking.window.isMaximized()


def test_the_slideshow_shows_the_best_first_without_rejected_ones(looking: Person) -> None:
    session = looking.session
    scores = np.array([2.0, 3.0, 1.0])
    session.set_scores(scores, scores, resort=False)
    looking.act("slideshow")
    assert looking.window.isFullScreen()
    seen = [session.selection.current]
    looking.tap(Qt.Key.Key_Right)
    seen.append(session.selection.current)
    assert seen == [1, 0]
    looking.act("back")
    assert not looking.window.isFullScreen()
    session.set_flag(np.array([1]), -1)
    looking.act("slideshow")
    assert session.selection.current == 0
    looking.tap(Qt.Key.Key_Right)
    looking.tap(Qt.Key.Key_Right)
    assert not looking.window.isFullScreen(), "it ends after the last"


def test_a_slideshow_shows_photos_alone(looking: Person) -> None:
    aids = looking.window.loupe.aids
    scores = np.array([2.0, 3.0, 1.0])
    looking.session.set_scores(scores, scores, resort=False)
    looking.act("histogram")
    looking.wait(lambda: aids._tones is not None)
    looking.act("slideshow")
    assert not aids.is_on
    looking.tap(Qt.Key.Key_Right)
    looking.act("back")
    assert aids.with_histogram
    looking.wait(lambda: aids._tones is not None)


def test_the_focus_is_found_where_it_is(looking: Person) -> None:
    aids = looking.window.loupe.aids
    looking.act("focus_aid")
    looking.wait(lambda: aids.sharpest is not None)
    assert aids.sharpest is not None
    assert 1100 <= aids.sharpest[0] * 1500 <= 1400
    assert 400 <= aids.sharpest[1] * 1000 <= 600
    looking.tap(Qt.Key.Key_End)
    looking.wait(lambda: aids.sharpest is None)


def test_the_histogram_tells_what_is_clipped(looking: Person) -> None:
    aids = looking.window.loupe.aids
    looking.act("histogram")
    for key, low, high in ((Qt.Key.Key_End, 0.0, 1.0), (Qt.Key.Key_Left, 1.0, 0.0)):
        looking.tap(key)
        wanted = (low, high)
        looking.wait(
            lambda w=wanted: (t := aids._tones) is not None and (t.low, t.high) == w  # type: ignore[misc]
        )
    before = _pane(looking).grab().toImage()
    looking.act("histogram")
    assert _pane(looking).grab().toImage() != before


def test_a_comparison_has_the_same_aids_for_each_photo(looking: Person) -> None:
    looking.act("grid")
    looking.act("select_all")
    looking.act("compare")
    compare, loupe = looking.window.compare, looking.window.loupe
    looking.wait(lambda: all(pane.figures() for pane in compare.panes))
    before = [pane.grab().toImage() for pane in compare.panes]
    looking.act("histogram")
    looking.act("focus_aid")
    aids = [part.aids for part in compare._parts[:3]]
    looking.wait(lambda: all(one._tones is not None for one in aids))
    looking.wait(lambda: aids[0].sharpest is not None)
    assert [(one._tones.low, one._tones.high) for one in aids[1:] if one._tones] == [
        (1.0, 0.0), (0.0, 1.0)
    ]  # fmt: skip
    assert all(a != pane.grab().toImage() for a, pane in zip(before, compare.panes, strict=True))
    assert not loupe.aids.is_on, "each view has its own"
    looking.act("full_size")
    assert len({pane.zoom for pane in compare.panes}) == 1, "zoom goes together"


def test_tones_and_focus_of_small_and_flat_pictures() -> None:
    grey = np.full((2, 3, 3), 128, dtype=np.uint8)
    assert tones(grey).counts[:, 128].tolist() == [6, 6, 6]
    assert focus(grey).at is None
    assert not focus(grey).edges.any()
    half = np.zeros((4, 4, 3), dtype=np.uint8)
    half[:2, :, 0] = 255
    found = tones(half)
    assert (found.low, found.high) == (0.5, 0.5)


def test_in_full_screen_a_key_shows_for_a_moment_what_it_gave(person: Person, album: Path) -> None:
    person.open(album)
    person.act("loupe")
    brief = person.window.loupe._brief
    person.press("3")
    assert not brief.isVisible(), "the line below the photo says so"
    person.act("full_screen")
    person.press("5")
    assert brief.isVisible()
    assert person.window.loupe.pane.rect().contains(brief.geometry())
    person.tap(Qt.Key.Key_Right)
    assert not brief.isVisible()
    person.press("x")
    assert brief.isVisible()
    person.wait(lambda: not brief.isVisible())
    person.act("full_screen")
    person.press("2")
    assert not brief.isVisible()
