"""The clocks of an album's cameras, asked and put right where nobody waits for the store."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from photoaes.album.store.clocks import cameras_of, set_clocks
from photoaes.album.store.opening import Store
from photoaes.jobs.read_album import Job


def find_clocks(store: Store, folder: Path) -> Job[dict[str, tuple[int, int]]]:
    """`cameras_of` as a job."""
    yield from ()
    return cameras_of(store, folder)


def put_right(store: Store, folder: Path, seconds: Mapping[str, int]) -> Job[None]:
    """`set_clocks` as a job."""
    yield from ()
    set_clocks(store, folder, seconds)
