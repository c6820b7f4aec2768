"""The table of the trip: what files say of themselves, bursts, and the invented person's stars."""

import re
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import exifread
import pytest
from PIL import Image

from sample_album import SCENES, Scene, demo_ratings
from sample_album.lens import _aim


def read(album: Path, scene: Scene) -> dict[str, str]:
    with (album / scene.file).open("rb") as stream:
        return {name: str(value) for name, value in exifread.process_file(stream).items()}


@pytest.fixture(scope="session")
def tags(shipped: Path) -> dict[str, dict[str, str]]:
    return {scene.file: read(shipped, scene) for scene in SCENES}


def test_about_sixty_photos_in_three_folders_by_two_cameras(
    tags: dict[str, dict[str, str]],
) -> None:
    assert 55 <= len(SCENES) == len({scene.file for scene in SCENES}) <= 70
    assert len({scene.file.split("/")[0] for scene in SCENES}) == 3
    assert len({tag["Image Model"] for tag in tags.values()}) == 2
    names = {re.sub(r"\d+", "0", scene.file.split("/")[1]) for scene in SCENES}
    assert names == {"IMG_0.JPG", "PXA_0_0.jpg"}


def test_times_read_back_and_run_forward(tags: dict[str, dict[str, str]]) -> None:
    for scene in SCENES:
        tag = tags[scene.file]
        text = f"{tag['EXIF DateTimeOriginal']}.{tag['EXIF SubSecTimeOriginal']}0000"
        assert datetime.strptime(text, "%Y:%m:%d %H:%M:%S.%f") == scene.taken
        assert tag["EXIF OffsetTimeOriginal"] == "+02:00"
    assert all(one.taken < other.taken for one, other in pairwise(SCENES))
    assert SCENES[-1].taken - SCENES[0].taken < timedelta(days=3)


def test_camera_settings_read_back(tags: dict[str, dict[str, str]]) -> None:
    for scene in SCENES:
        tag = tags[scene.file]
        assert tag["EXIF ISOSpeedRatings"] == str(scene.shot.iso)
        assert tag["Image Orientation"]
        for name in ("LensModel", "ExposureTime", "FNumber", "FocalLength"):
            assert tag[f"EXIF {name}"]
        assert ("GPS GPSLatitude" in tag) is scene.phone


def test_some_photos_are_stored_turned(tags: dict[str, dict[str, str]]) -> None:
    turned = Counter(scene.orientation for scene in SCENES)
    assert set(turned) == {1, 6, 8}
    assert all(
        ("otated" in tags[s.file]["Image Orientation"]) is (s.orientation != 1) for s in SCENES
    )


def test_bursts_are_seconds_apart_and_hold_one_good_frame() -> None:
    bursts = {scene.burst for scene in SCENES} - {""}
    assert len(bursts) >= 4
    for burst in bursts:
        frames = [scene for scene in SCENES if scene.burst == burst]
        assert 3 <= len(frames) <= 5
        assert frames[-1].taken - frames[0].taken < timedelta(seconds=5)
        assert any(not frame.flaw for frame in frames)


def test_a_good_part_is_flawed() -> None:
    flaws = Counter(scene.flaw for scene in SCENES)
    assert 0.3 < 1 - flaws[""] / len(SCENES) < 0.6
    assert {"out of focus", "motion blur", "underexposed", "overexposed", "tilted horizon",
            "subject cut off", "noise", "dull light", "cluttered"} < set(flaws)  # fmt: skip


def test_demo_ratings_use_all_stars_and_dislike_flaws() -> None:
    stars = demo_ratings()
    flaws = {scene.file: scene.flaw for scene in SCENES}
    assert set(stars) <= set(flaws)
    assert 20 <= len(stars) <= 40
    assert set(stars.values()) == {1, 2, 3, 4, 5}
    assert all((value < 3) is bool(flaws[file]) for file, value in stars.items())


def test_a_frame_moved_to_the_edge_fits_at_any_size() -> None:
    edge = next(scene.shot for scene in SCENES if scene.shot.shift == (-0.36, 0.02))
    for height in range(30, 200):
        image = Image.new("RGB", (height * 3 // 2, height))
        assert _aim(image, edge).size == image.size
