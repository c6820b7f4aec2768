"""What belongs to a photo travels along with it, or is said to stay behind."""

import re
from pathlib import Path

import pytest

from photoaes.__main__ import main
from tests.photo_files import quarters, smooth, write_dng


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    folder.mkdir()
    smooth((64, 48)).save(folder / "IMG_1.JPG")
    write_dng(folder / "IMG_1.DNG", quarters(), 1)
    (folder / "IMG_1.xmp").write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""/>'
        "</rdf:RDF></x:xmpmeta>"
    )
    (folder / "IMG_1.DNG.pp3").write_text("[Version]\n")
    smooth((65, 48)).save(folder / "IMG_2.JPG")
    (folder / "IMG_2.MOV").write_bytes(b"a live photo's film")
    (folder / "IMG_2.AAE").write_text("<plist/>")
    return folder


BEHIND = re.compile(r"stays? behind(:|, such)")


def names(folder: Path) -> set[str]:
    """Without the rank that an export puts in front."""
    every = (one.name for one in folder.iterdir() if not one.name.startswith("photoaes-export"))
    return {re.sub(r"^\d{4}_", "", name) for name in every}


@pytest.mark.parametrize("command", ["rank", "export"])
def test_companions_stay_behind_aloud_or_travel_along(
    album: Path, tmp_path: Path, bank: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ranked = ["rank", str(album), "--bank", bank, "--device", "cpu"]
    for number, stars in (("1", "5"), ("2", "2")):
        assert main(["rate", str(album / f"IMG_{number}.JPG"), "--stars", stars]) == 0
    assert main([*ranked, "--save", "me", "--anyway"]) == 0

    def export(target: Path, *more: str) -> str:
        capsys.readouterr()
        if command == "rank":
            assert main([*ranked, "--export", str(target), *more]) == 0
        else:
            assert main(["export", str(album), str(target), "--profile", "me", *more]) == 0
        said = capsys.readouterr()
        return said.out + said.err

    before = {one.name: one.read_bytes() for one in album.iterdir()}
    alone = tmp_path / "alone"
    said = export(alone)
    assert names(alone) == {"IMG_1.JPG", "IMG_1.DNG", "IMG_2.JPG"}
    assert BEHIND.search(said)
    assert "--sidecars" in said
    whole = tmp_path / "whole"
    said = export(whole, "--sidecars")
    assert names(whole) == names(album)
    assert not BEHIND.search(said)
    for one in whole.iterdir():
        if one.name[5:] in before:
            assert one.read_bytes() == before[one.name[5:]]
    assert {one.name: one.read_bytes() for one in album.iterdir()} == before
