"""Which of the system's libraries a window lacks, found out before Qt is loaded: it would end with
words for programmers, and name but the first."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable, Mapping

from photoaes.errors import Sentence

# What Qt's libraries are linked to, and Debian's, Ubuntu's and Mint's packages that have it.
ALWAYS = {
    "libEGL.so.1": "libegl1", "libGL.so.1": "libgl1", "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1", "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0", "libdbus-1.so.3": "libdbus-1-3", "libX11.so.6": "libx11-6",
}  # fmt: skip
ON_X11 = {
    "libxcb.so.1": "libxcb1", "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-util.so.1": "libxcb-util1", "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1", "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0", "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0", "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1", "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}  # fmt: skip


def libraries_problem(environment: Mapping[str, str] = os.environ) -> Sentence | None:
    """All that is missing for a window here, and what to do; None if nothing is."""
    if not sys.platform.startswith("linux"):
        return None
    # On Wayland Qt has two ways, and asked for another one it needs no X11.
    is_x11 = not environment.get("QT_QPA_PLATFORM") and not environment.get("WAYLAND_DISPLAY")
    return problem_of(one for one in (*ALWAYS, *(ON_X11 if is_x11 else ())) if not _is_there(one))


def problem_of(missing: Iterable[str]) -> Sentence | None:
    """In words, for libraries by their file names; None for none."""
    names = list(missing)
    if not names:
        return None
    packages = [ALWAYS.get(one) or ON_X11.get(one, one) for one in names]
    return Sentence(
        "The window needs {0}, which this system lacks. Install what is missing, for example by: "
        "sudo apt install {1}",
        ", ".join(names),
        " ".join(packages),
    )


def _is_there(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
