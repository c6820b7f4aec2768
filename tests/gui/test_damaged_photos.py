"""Photos of which a part is lost: their badge, in the grid and in the loupe."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image

from photoaes.gui.kit import theme
from tests.gui.conftest import Person
from tests.mpf import FULL_HD, with_pictures


def test_a_part_that_is_lost_has_a_badge_and_its_picture(person: Person, tmp_path: Path) -> None:
    folder = tmp_path / "Card"
    folder.mkdir()
    rng = np.random.default_rng(1)
    noise = Image.fromarray(rng.integers(0, 255, (400, 600, 3), dtype=np.uint8))
    for name in ("whole.jpg", "torn.jpg"):
        noise.save(folder / name, quality=90)
    data = bytearray((folder / "torn.jpg").read_bytes())
    data[60_000:64_096] = bytes(4096)  # what a card gives for lost sectors
    (folder / "torn.jpg").write_bytes(data)
    thumbnails = person.parts.thumbnails
    torn, whole = folder / "torn.jpg", folder / "whole.jpg"
    for _ in ("made", "from the cache"):
        person.open(folder)
        person.wait(lambda: all(thumbnails.pixmap(one, 256) for one in (torn, whole)))
        assert thumbnails.is_torn(torn)
        assert not thumbnails.is_torn(whole)
        grid = person.window.grid
        cells = grid.grab().toImage()
        warning = theme.current().color("warning").rgb()
        found = {
            name: any(
                cells.pixel(x, y) == warning
                for x in range(cell.left(), cell.right())
                for y in range(cell.top(), cell.bottom())
            )
            for name, cell in (
                (name, grid.visualRect(grid.index(row))) for row, name in enumerate(person.shown())
            )
        }
        assert found == {"whole.jpg": False, "torn.jpg": True}
        person.session.close_album()


def test_the_loupe_tells_what_the_cameras_small_picture_hides(
    person: Person, tmp_path: Path
) -> None:
    folder = tmp_path / "Card"
    folder.mkdir()
    blots = np.random.default_rng(1).integers(0, 255, (30, 45, 3), dtype=np.uint8)
    files = []
    for edge in (4500, 1500):
        file = io.BytesIO()
        Image.fromarray(blots).resize((edge, edge * 2 // 3)).save(file, "JPEG")
        files.append(file.getvalue())
    photo, small = files
    made = bytearray(with_pictures(photo, [(FULL_HD, small)]))
    made[60_000:60_100] = b"\x12" * 100
    path = folder / "a.jpg"
    path.write_bytes(made)
    person.open(folder)
    thumbnails, pane = person.parts.thumbnails, person.window.loupe.pane
    person.wait(lambda: thumbnails.pixmap(path, 256) is not None)
    assert not thumbnails.is_torn(path)
    person.act("loupe")
    person.wait(lambda: bool(pane.figures()))
    assert pane.figures().startswith("\u26a0 Damaged \u00b7 4,500 \u00d7 3,000, ")
    assert thumbnails.is_torn(path)
