"""Whatever happens to photos and sidecars: no picture gets stars that nobody gave it."""

from __future__ import annotations

import os
import random
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from photoaes.album.marks import Marks
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.rating_log import Wish, known, set_marks
from photoaes.jobs.open_album import known_photos, open_album
from photoaes.jobs.read_album import read_album
from photoaes.jobs.sidecars import sidecar_plan
from photoaes.jobs.write_back import write_back
from photoaes.running import finished
from tests.album.pictures import shot
from tests.album.xmp_files import rated

STEPS, PICTURES = 16, 9


class Album:
    """Photos by their picture's number, and what was given to each picture: by hand, or in the
    sidecar beside it."""

    def __init__(self, folder: Path, store: Store, seed: int) -> None:
        self.folder, self.store, self.dice = folder, store, random.Random(seed)
        self.at: dict[Path, int] = {}
        self.given: defaultdict[int, set[int]] = defaultdict(set)
        self.new = iter(range(PICTURES))
        for name in "abc":
            self.put(folder / f"{name}.jpg")
        self.scan()

    def scan(self) -> None:
        finished(read_album(self.store, finished(open_album(self.store, self.folder))))
        for path, picture in self.at.items():
            found = known(self.store, path)
            assert found is not None
            assert found.marks.stars in (None, *self.given[picture]), (path.name, picture)

    def put(self, path: Path) -> None:
        picture = next(self.new, None)
        if picture is not None and not path.exists():
            self.at[shot(path, picture)] = picture

    def free(self) -> Path:
        return self.folder / f"{self.dice.choice('abcdefgh')}.jpg"

    def rate(self, path: Path) -> None:
        if known(self.store, path) is None:
            return
        stars, writes = self.dice.randint(1, 5), self.dice.random() < 0.5
        photos = known_photos(self.store, [path])
        set_marks(self.store, [Wish(path, Marks(stars))])
        self.given[self.at[path]].add(stars)
        if writes:
            finished(write_back(self.store, sidecar_plan(photos, {path: Marks(stars)})))

    def edit(self, path: Path) -> None:
        """The scan is at once: before, a sidecar is as much the next photo's as this one's."""
        sidecar = _sidecar(path)
        before = sidecar.stat() if sidecar.exists() else None
        stars = self.dice.randint(1, 5)
        sidecar.write_bytes(rated(stars))
        self.given[self.at[path]].add(stars)
        if before and self.dice.random() < 0.5:
            os.utime(sidecar, ns=(before.st_atime_ns, before.st_mtime_ns))
        self.scan()

    def move(self, path: Path) -> None:
        target = self.free()
        if not target.exists():
            self.at[path.rename(target)] = self.at.pop(path)

    def swap(self, path: Path) -> None:
        other = self.dice.choice(list(self.at))
        if other != path:
            path.rename(self.folder / "t")
            other.rename(path)
            (self.folder / "t").rename(other)
            self.at[path], self.at[other] = self.at[other], self.at[path]

    def copy(self, path: Path) -> None:
        target = self.free()
        if not target.exists():
            self.at[Path(shutil.copy2(path, target))] = self.at[path]

    def remove(self, path: Path) -> None:
        if len(self.at) > 1:
            path.unlink()
            del self.at[path]

    def forget(self, path: Path) -> None:
        _sidecar(path).unlink(missing_ok=True)

    def arrive(self, _: Path) -> None:
        self.put(self.free())

    def step(self) -> None:
        todo = [self.rate, self.edit, self.move, self.swap, self.copy, self.remove, self.forget]
        self.dice.choice([*todo, self.arrive])(self.dice.choice(sorted(self.at)))
        if self.dice.random() < 0.5:
            self.scan()


def _sidecar(path: Path) -> Path:
    return path.with_name(f"{path.name}.xmp")


@pytest.mark.skipif(os.name == "nt", reason="needs the system's own times")
@pytest.mark.parametrize("seed", range(40))
def test_no_picture_gets_stars_that_nobody_gave_it(tmp_path: Path, seed: int) -> None:
    with open_store(None) as store:
        album = Album(tmp_path, store, seed)
        for _ in range(STEPS):
            album.step()
        album.scan()
