"""Whether a window can be opened at all: Qt itself would end the program with a word of its own."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

from photoaes.errors import Sentence
from photoaes.window_libraries import problem_of


def display_problem(environment: Mapping[str, str] = os.environ) -> Sentence | None:
    """Why there can be no window, and what to do; None if nothing is known to stand against it.

    What Qt is known to need was looked for before it was loaded (`window_libraries`).
    """
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return None
    if environment.get("WAYLAND_DISPLAY"):
        return None  # Qt has two ways there
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    return library_problem(plugins / "platforms" / "libqxcb.so")


def library_problem(plugin: Path) -> Sentence | None:
    """What the system lacks to load this part of Qt."""
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return problem_of([Path(str(error).partition(":")[0]).name])
    return None
