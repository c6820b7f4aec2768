"""Where our files lie. Nothing here creates a folder before somebody writes into it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import platformdirs

from photoaes.errors import PhotoaesError
from photoaes.plain_files import read_plain

APP = "photoaes"


def data_folder() -> Path:
    """The store, installed banks, habits, the log. `PHOTOAES_HOME` puts all under one folder."""
    home = os.environ.get("PHOTOAES_HOME")
    return Path(home) / "data" if home else _at_home(platformdirs.user_data_path, APP)


def cache_folder() -> Path:
    """What can be made again: measured features, the sample album. Safe to delete."""
    home = os.environ.get("PHOTOAES_HOME")
    return Path(home) / "cache" if home else _at_home(platformdirs.user_cache_path, APP)


def _at_home(folder: Callable[..., Path], name: str | None) -> Path:
    """A folder of the user's. Raises PhotoaesError where nobody says where the user is at home:
    what was made relative to the working directory would not be found again."""
    try:
        found = folder(name, appauthor=False)
    except RuntimeError:
        found = Path()
    if not found.is_absolute() or os.environ.get("HOME") == "":
        raise PhotoaesError(
            "There is no home folder to keep ratings in. Set HOME, or PHOTOAES_HOME to a folder."
        )
    return found


def views_folder() -> Path:
    """The folder with how each album was left."""
    return data_folder() / "views"


def moves_folder() -> Path:
    """What was moved out of albums, so that it can be taken back."""
    return data_folder() / "moves"


def log_file() -> Path:
    """What the window has to say to those who help with a problem."""
    return data_folder() / "photoaes.log"


def excluded() -> list[str]:
    """Names and paths that no album shows: the lines of `exclude.txt`, where there is one."""
    try:
        data = read_plain(data_folder() / "exclude.txt", 1 << 20)
    except OSError:
        return []
    return data.decode("utf-8-sig", errors="replace").splitlines()


def thumbnails_folder() -> Path:
    """The desktop's own folder of thumbnails, shared with other programs (freedesktop.org)."""
    home = os.environ.get("PHOTOAES_HOME")
    if home:
        return Path(home) / "cache" / "thumbnails"
    return _at_home(platformdirs.user_cache_path, None) / "thumbnails"


def banks_folder() -> Path:
    """The folder with a folder for each installed bank."""
    return data_folder() / "banks"


def resources_folder() -> Path:
    """Icons, translations, bank, samples: in the package once installed, else in the checkout."""
    package = Path(__file__).parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def sample_album_folder() -> Path:
    """The sample album as it is shipped; a person gets a copy."""
    return resources_folder() / "sample-album"


def starter_bank_folder() -> Path:
    """The bundled bank, with which the program works offline at once."""
    return resources_folder() / "starter-bank"
