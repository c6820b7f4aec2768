"""Photos of an album that are gone: found, and forgotten if the user wants that."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

from photoaes.album.store.missing import missing, purge
from photoaes.album.store.opening import Store
from photoaes.jobs.events import Progress


def find_missing(store: Store, folder: Path) -> Generator[Progress, None, list[Path]]:
    """`missing` as a job: the former paths of photos that are gone."""
    yield Progress("Looking for missing photos", 0, None)
    return missing(store, folder)


def forget_missing(store: Store, gone: Sequence[Path]) -> Generator[Progress, None, int]:
    """How many were forgotten, with their stars and history."""
    yield Progress("Forgetting missing photos", 0, None)
    return purge(store, gone)
