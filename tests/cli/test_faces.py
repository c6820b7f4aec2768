"""`photoaes faces`, as a person types it."""

from pathlib import Path

import pytest
from PIL import ImageFilter

from photoaes.cli import main
from photoaes.model.faces import weights
from tests.drawn_faces import drawn_group, needs_faces


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    folder.mkdir()
    for name, closed in (("open", []), ("closed", [0])):
        drawn_group((400, 300), closed=closed).save(folder / f"{name}.jpg")
    drawn_group((400, 300), faces=0).save(folder / "nobody.jpg")
    blurred = drawn_group((400, 300)).filter(ImageFilter.GaussianBlur(4))
    blurred.save(folder / "soft.jpg")
    return folder


@needs_faces
def test_it_lists_photos_with_faults(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["faces", str(album)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "4 photos, 3 with faces, of these 1 with closed eyes and 1 with faces out of focus",
        f"{album / 'closed.jpg'}: closed eyes",
        f"{album / 'soft.jpg'}: out of focus",
    ]


def test_without_the_networks_it_says_how_to_install_them(
    album: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(weights, "_MODULE", "a_module_that_is_not_there")
    assert main(["faces", str(album)]) == 1
    assert weights.INSTALL in capsys.readouterr().err
