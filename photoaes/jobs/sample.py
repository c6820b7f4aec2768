"""The sample album, which lies in the resources, copied to where it can be rated and ranked.

`packaging/sample_album` renders it: scenes made by code, no real photos.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from photoaes import checked
from photoaes.errors import InputInvalid
from photoaes.jobs.events import Progress
from photoaes.new_files import copy_file
from photoaes.plain_files import NotPlain

# What the album was rendered by; where it stands, the folder is ours. Copied first.
MARKER = ".photoaes-sample.json"
RATINGS = "ratings.csv"  # the stars of an invented person


def copy_sample(shipped: Path, folder: Path) -> Generator[Progress, None, Path]:
    """Copy what is missing of the sample album; the folder.

    Each file is whole or not there at all, so a copy that was broken off is completed. Another
    version's photos are replaced; what else lies beside them stays. Raises InputInvalid for a
    folder that holds something else, or where nothing can be written.
    """
    files = photos_of(shipped)
    try:
        _prepare(shipped, folder, files)
        for done, file in enumerate(files):
            yield Progress("Copying the sample album", done, len(files))
            if not (folder / file).exists():
                _copy(shipped / file, folder / file)
    except OSError as error:
        raise InputInvalid(f"{folder} cannot be made: {error.strerror}.", folder) from error
    yield Progress("Copying the sample album", len(files), len(files))
    return folder


def copy_ratings(shipped: Path, folder: Path) -> None:
    """Put the invented person's stars beside the photos, for `photoaes rank --ratings`."""
    _copy(shipped / RATINGS, folder / RATINGS)


def photos_of(shipped: Path) -> list[Path]:
    """The album's photos, relative to its folder."""
    found = (path.relative_to(shipped) for path in shipped.rglob("*"))
    return sorted(path for path in found if path.suffix.lower() == ".jpg")


def _prepare(shipped: Path, folder: Path, files: list[Path]) -> None:
    """Mark the folder as ours, and take away what another version has left there."""
    found, recipe = _recipe(folder), _recipe(shipped)
    if found is None and folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise InputInvalid(
            f"{folder} already holds something else. Choose another folder for the sample album.",
            folder,
        )
    if found == recipe:
        return
    if found is not None:
        for file in files:
            (folder / file).unlink(missing_ok=True)
    _copy(shipped / MARKER, folder / MARKER)


def _recipe(folder: Path) -> dict[str, object] | None:
    try:
        found = checked.read_json(folder / MARKER, 1 << 20)
    except (FileNotFoundError, NotADirectoryError, NotPlain, checked.Wrong):
        return None
    return found if isinstance(found, dict) else None


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    copy_file(source, target, over=True)
