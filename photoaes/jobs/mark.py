"""What a person decides about photos, and takes back: saved, then read again for the window.

Each is one transaction, on the disk when the function returns. With 100,000 photos it takes
seconds, so a thread that may wait does it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import UNRATED, Codes, Numbers, codes
from photoaes.album.marks import Marks
from photoaes.album.pairs import Paired
from photoaes.album.photo import Photo
from photoaes.album.store.identity import path_key
from photoaes.album.store.opening import Store
from photoaes.album.store.outside import outdated
from photoaes.album.store.rating_log import Wish, marks_said, said_by_people, set_marks
from photoaes.album.store.undo import Step

Indices = NDArray[np.int64]
Event = TypeVar("Event")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Marked:
    """Photos of an album by their places [M], and the marks that they have now, as in `Columns`.

    `first` is the photo to look at, None if the album has none of those that it was about. `again`
    are photos whose sidecars say what was taken back, or not what was done again.
    """

    photos: Indices
    stars: Numbers
    by_machine: NDArray[np.bool_]
    flag: Numbers
    label: Codes
    first: int | None = None
    again: tuple[Path, ...] = ()


def rate_photos(
    store: Store, paired: Paired, paths: Iterable[Path], marks: Marks, source: str = ""
) -> int:
    """What a person decided about photos, for all their files, as one step; how many changed."""
    wishes = [Wish(member, marks) for path in paths for member in paired.members(path)]
    return set_marks(store, wishes, source)


def mark_photos(store: Store, paired: Paired, indices: Indices, marks: Marks) -> None:
    """Put marks on the photos at these places, and on all their files."""
    rate_photos(store, paired, (paired.photos[one].path for one in indices.tolist()), marks)


def travel(
    store: Store, photos: Sequence[Photo], go: Callable[[Store], Step | None]
) -> Marked | None:
    """Undo or redo, as `go` does; None if there is nothing to go to."""
    with store.turn():
        step = go(store)
        if step is None:
            return None
        rows = marks_said(store, step.seq, step.seq)
        again = tuple(outdated(store, step.paths))
    places = _places(photos)
    about = (places.get(path_key(path)) for path in step.paths)
    marked = _marked(rows, places, next((one for one in about if one is not None), None))
    return replace(marked, again=again)


def marked_since(store: Store, photos: Sequence[Photo], step: int) -> Marked:
    """The photos that anything was said of after this step."""
    return _marked(marks_said(store, step + 1), _places(photos))


def with_marks(
    store: Store,
    paths: Iterable[Path],
    job: Callable[[dict[Path, Marks]], Generator[Event, None, Result]],
) -> Generator[Event, None, Result]:
    """A job that is given what people, not machines, have put on these photos."""
    return (yield from job(said_by_people(store, paths)))


def _places(photos: Sequence[Photo]) -> dict[bytes, int]:
    return {path_key(photo.at): place for place, photo in enumerate(photos)}


def _marked(
    rows: Sequence[tuple[Any, ...]], places: Mapping[bytes, int], first: int | None = None
) -> Marked:
    here = [row for row in rows if row[0] in places]
    return Marked(
        np.array([places[path] for path, *_ in here], dtype=np.int64),
        np.array([stars or UNRATED for _, stars, *_ in here], dtype=np.int32),
        np.array([by_machine for _, _, by_machine, *_ in here], dtype=bool),
        np.array([flag for *_, flag, _ in here], dtype=np.int32),
        codes([label for *_, label in here]),
        first,
    )
