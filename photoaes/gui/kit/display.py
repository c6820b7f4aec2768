"""Whether a window can be opened at all: Qt itself would end the program with a word of its own."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

from photoaes.errors import Sentence

PACKAGES = {  # Debian's, Ubuntu's and Mint's, by the files that a minimal system lacks
    "libxcb-cursor": "libxcb-cursor0", "libxcb-icccm": "libxcb-icccm4",
    "libxcb-image": "libxcb-image0", "libxcb-keysyms": "libxcb-keysyms1",
    "libxcb-render-util": "libxcb-render-util0", "libxkbcommon-x11": "libxkbcommon-x11-0",
    "libxcb-shape": "libxcb-shape0", "libxcb-xkb": "libxcb-xkb1", "libEGL": "libegl1",
    "libGL": "libgl1", "libdbus-1": "libdbus-1-3", "libfontconfig": "libfontconfig1",
}  # fmt: skip


def display_problem(environment: Mapping[str, str] = os.environ) -> Sentence | None:
    """Why there can be no window, and what to do; None if nothing is known to stand against it."""
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
        missing = str(error).partition(":")[0]
        package = next((name for part, name in PACKAGES.items() if part in missing), missing)
        return Sentence(
            "The window needs {0}, which this system lacks. Install it, for example by: "
            "sudo apt install {1}",
            missing,
            package,
        )
    return None
