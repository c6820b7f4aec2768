"""Writes the sample album into a folder, photo by photo."""

import json
import zlib
from collections.abc import Generator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from photoaes.errors import InputInvalid
from photoaes.jobs.sample import MARKER
from photoaes.new_files import new_file, write_file
from sample_album.exif import make_exif
from sample_album.lens import develop
from sample_album.noise import Array
from sample_album.picture import View
from sample_album.roll import Scene
from sample_album.trip import SCENES

VERSION = 1  # counts up whenever the pictures change
QUALITY = 82  # 6.4 MiB in all; 87 would make 8.4
TURNS = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}

Progress = tuple[int, int]


def make_album(
    folder: Path, seed: int = 0, scale: float = 1.0, scenes: Sequence[Scene] = SCENES
) -> Generator[Progress, None, list[Path]]:
    """Renders the scenes into `folder`; yields (done, total), returns the files in trip order.

    The same seed gives the same pixels. Photos already made with this seed, scale and version are
    kept, so an interrupted album is completed. `scale` shrinks the pictures, for tests.
    """
    recipe: dict[str, object] = {"version": VERSION, "seed": seed, "scale": scale}
    files = [folder / scene.file for scene in scenes]
    kept = _prepare(folder, recipe)
    painted: tuple[str, Array] | None = None
    for done, (scene, file) in enumerate(zip(scenes, files, strict=True)):
        yield done, len(scenes)
        if kept and file.exists():
            continue
        if painted is None or painted[0] != scene.key:
            painted = (scene.key, _paint(scene, seed, scale))
        _save(_photograph(painted[1], scene, seed), scene, file)
    yield len(scenes), len(scenes)
    return files


def _prepare(folder: Path, recipe: dict[str, object]) -> bool:
    """Marks the folder as ours; False if what it holds was made by another recipe."""
    found = _read_marker(folder)
    if found is None and folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise InputInvalid(
            f"{folder} already holds something else. Choose another folder for the sample album.",
            folder,
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputInvalid(f"{folder} cannot be made: {error.strerror}.", folder) from error
    kept = found is None or all(found.get(name) == value for name, value in recipe.items())
    if not kept:
        # Photos of another recipe may not survive an interruption under the new one's marker.
        for scene in SCENES:
            (folder / scene.file).unlink(missing_ok=True)
    _write_marker(folder, recipe)
    return kept


def _read_marker(folder: Path) -> dict[str, object] | None:
    try:
        found = json.loads((folder / MARKER).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _write_marker(folder: Path, content: dict[str, object]) -> None:
    write_file(folder / MARKER, json.dumps(content).encode(), over=True)


def _random(seed: int, *names: str) -> np.random.Generator:
    return np.random.default_rng([seed, *(zlib.crc32(name.encode()) for name in names)])


def _paint(scene: Scene, seed: int, scale: float) -> Array:
    width, height = (max(16, round(side * scale)) for side in scene.size)
    return scene.paint(View(width, height), _random(seed, scene.key))


def _photograph(light: Array, scene: Scene, seed: int) -> Image.Image:
    image = develop(light, scene.shot, _random(seed, scene.file, "grain"))
    return image.transpose(TURNS[scene.orientation]) if scene.orientation in TURNS else image


def _save(image: Image.Image, scene: Scene, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # The album's files are whole or not there at all.
    with new_file(file, over=True) as made:
        image.save(made, "JPEG", quality=QUALITY, optimize=True, exif=make_exif(scene))
