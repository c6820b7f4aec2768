"""The album is whole, repeatable, and never half made."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoaes.album.ratings import read_ratings
from photoaes.errors import InputInvalid
from photoaes.jobs.sample import MARKER, RATINGS, photos_of
from sample_album import SCENES, demo_ratings, make_album
from sample_album.album import VERSION
from tests.sample.conftest import SCALE, run

FEW = SCENES[:6]
PAINTED = ("", "noise")


@pytest.mark.parametrize(("made", "scale"), [("album", SCALE), ("shipped", 1.0)])
def test_every_scene_is_a_photo_of_its_size(
    made: str, scale: float, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(made)
    for scene in SCENES:
        with Image.open(folder / scene.file) as image:
            size = image.size if scene.orientation == 1 else image.size[::-1]
            assert size == tuple(max(16, round(side * scale)) for side in scene.size)


@pytest.mark.parametrize("made", ["album", "shipped"])
def test_pictures_are_neither_empty_nor_alike(made: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(made)
    seen = []
    for scene in SCENES:
        with Image.open(folder / scene.file) as image:
            small = np.asarray(image.convert("L").resize((12, 8)), float)
        assert small.std() > 1.5, scene.file
        seen.append(small)
    for i, one in enumerate(seen):
        for j in range(i):
            if not SCENES[i].burst or SCENES[i].burst != SCENES[j].burst:
                assert np.abs(one - seen[j]).mean() > 1, (SCENES[i].file, SCENES[j].file)


def test_same_seed_same_pixels_other_seed_others(album: Path, tmp_path: Path) -> None:
    for seed, same in ((0, True), (1, False)):
        for _ in make_album(tmp_path / str(seed), seed, SCALE, FEW):
            pass
        files = [scene.file for scene in FEW]
        pairs = [((tmp_path / str(seed) / f).read_bytes(), (album / f).read_bytes()) for f in files]
        assert all((one == other) is same for one, other in pairs)


def test_progress_counts_to_the_total(tmp_path: Path) -> None:
    assert list(make_album(tmp_path / "new", 0, SCALE, FEW)) == [(i, 6) for i in range(7)]


def test_interrupted_album_is_completed(album: Path, tmp_path: Path) -> None:
    folder = tmp_path / "half"
    run(folder, stop_after=4)
    made = [scene for scene in SCENES if (folder / scene.file).exists()]
    assert made == list(SCENES[:4])
    times = {scene.file: (folder / scene.file).stat().st_mtime_ns for scene in made}
    for _ in make_album(folder, 0, SCALE, FEW):
        pass
    assert all((folder / file).stat().st_mtime_ns == time for file, time in times.items())
    for scene in FEW:
        assert (folder / scene.file).read_bytes() == (album / scene.file).read_bytes()
    assert not list(folder.rglob("*.part"))


def test_whole_album_is_not_made_again(album: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in album.rglob("*.[jJ][pP][gG]")}
    assert run(album) == [album / scene.file for scene in SCENES]
    assert all(path.stat().st_mtime_ns == time for path, time in before.items())


def test_album_of_another_recipe_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "album"
    for seed in (1, 0):
        for _ in make_album(folder, seed, SCALE, FEW[:2]):
            pass
    assert json.loads((folder / MARKER).read_text("utf-8"))["seed"] == 0


def test_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(InputInvalid, match="already holds something else"):
        next(make_album(tmp_path, 0, SCALE))
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_shipped_album_is_whole_and_small(shipped: Path) -> None:
    assert photos_of(shipped) == sorted(Path(scene.file) for scene in SCENES)
    assert json.loads((shipped / MARKER).read_text("utf-8"))["version"] == VERSION
    assert sum(path.stat().st_size for path in shipped.rglob("*")) < 8 * 2**20


def test_shipped_album_is_what_the_painter_makes(shipped: Path, tmp_path: Path) -> None:
    few = [next(s for s in SCENES if s.flaw == flaw and s.orientation == 1) for flaw in PAINTED]
    for _ in make_album(tmp_path / "new", 0, 1.0, few):
        pass
    for scene in few:
        new, old = (
            np.asarray(Image.open(folder / scene.file), float)
            for folder in (tmp_path / "new", shipped)
        )
        gap = np.abs(new - old)
        assert gap.mean() < 1, scene.file  # another JPEG library may round otherwise


def test_shipped_stars_are_those_of_the_invented_person(shipped: Path) -> None:
    stars = read_ratings(shipped / RATINGS, shipped).stars
    assert stars == {shipped / file: value for file, value in demo_ratings().items()}
