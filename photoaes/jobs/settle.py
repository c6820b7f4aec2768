"""What only a person can tell about an album's photos: found, and answered."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path

from photoaes.album.pairs import Paired
from photoaes.album.store.conflicts import OpenConflict, open_conflicts, settle_conflict
from photoaes.album.store.doubts import Doubt, doubts, settle
from photoaes.album.store.opening import Store
from photoaes.jobs.events import Progress


@dataclass(frozen=True)
class OpenQuestions:
    """Is it the missing photo? Do the marks given here count, or those given outside?"""

    doubts: tuple[Doubt, ...] = ()
    conflicts: tuple[OpenConflict, ...] = ()

    def __len__(self) -> int:
        return len(self.doubts) + len({one.path for one in self.conflicts})


@dataclass(frozen=True)
class Answers:
    """By photo; one that is not in them stays open."""

    is_same: Mapping[Path, bool]
    take_theirs: Mapping[Path, bool]


def find_questions(store: Store, folder: Path) -> Generator[Progress, None, OpenQuestions]:
    """The questions about an album that only the person can answer."""
    yield Progress("Looking at marks", 0, None)
    return OpenQuestions(tuple(doubts(store, folder)), tuple(open_conflicts(store, folder)))


def settle_questions(
    store: Store, paired: Paired, answers: Answers
) -> Generator[Progress, None, int]:
    """Do as answered; how many questions were settled."""
    yield Progress("Looking at marks", 0, None)
    settled = sum(settle(store, path, is_same=same) for path, same in answers.is_same.items())
    for path, take in answers.take_theirs.items():
        settle_conflict(store, path, take_theirs=take, files=paired.members(path))
    return settled + len(answers.take_theirs)
