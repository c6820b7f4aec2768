"""What is measured of photos once, and kept in a file for the next time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photoaes.new_files import new_file

Arrays = Mapping[str, NDArray[Any]]


def kept_arrays(file: Path | None, photos: list[str], measure: Callable[[], Arrays]) -> Arrays:
    """Arrays by name of these photos in this order: from the file, else measured and kept there.
    Without a file nothing is kept."""
    if file is not None and file.is_file():
        with np.load(file) as kept:
            if np.array_equal(kept["names"], np.array(photos)):
                return {name: kept[name] for name in kept.files}
    found = measure()
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        with new_file(file, over=True) as opened:
            np.savez(opened, names=np.array(photos), **found)  # type: ignore[arg-type]
    return found
