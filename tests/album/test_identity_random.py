"""Any sequence of what people do to files: stars stay with their picture, and with no other."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from photoaes.album.store.doubts import doubts
from photoaes.album.store.opening import open_store
from photoaes.album.store.rating_log import set_stars
from photoaes.jobs.open_album import open_album
from photoaes.jobs.read_album import read_album
from photoaes.running import finished
from tests.album.pictures import START, scene, write_photo
from tests.album.stores import marks

NAMES = st.sampled_from([f"IMG_{number}.jpg" for number in range(6)])
PICK = st.integers(0, 99)


class Files(RuleBasedStateMachine):
    """`shots` says of each file which scene it shows, and how often that was edited.

    `given` are all stars that a scene was ever given; `away` holds files that were taken away.
    """

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp(prefix="photoaes-identity-"))
        self.folder, self.away = self.top / "album", self.top / "away"
        self.folder.mkdir()
        self.away.mkdir()
        self.store = open_store(None)
        self.shots: dict[str, tuple[int, int]] = {}
        self.gone: dict[str, tuple[int, int]] = {}
        self.given: dict[int, set[int]] = {}
        self.scenes = self.writes = 0
        self.rows: dict[int, int] = {}
        # An album without any photo is no album.
        write_photo(self.folder / "always.jpg", scene(0))
        self.shoot("IMG_0.jpg")

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.top)

    def write(self, name: str) -> None:
        """Each writing has other metadata: no two files have the same bytes by chance."""
        self.writes += 1
        number, edits = self.shots[name]
        image = scene(number).point(lambda grey: min(255, grey + 9 * edits))
        taken = START + timedelta(hours=number)
        write_photo(self.folder / name, image, taken, keyword=f"note {self.writes:04}")

    def look(self) -> None:
        album = finished(open_album(self.store, self.folder))
        finished(read_album(self.store, album))

    def stars(self) -> dict[str, int | None]:
        return {name: marks(self.store, self.folder / name).stars for name in self.shots}

    def pick(self, number: int) -> str:
        return sorted(self.shots)[number % len(self.shots)]

    def alone(self, name: str) -> bool:
        """Whether no other file, here or away, shows or has shown the same scene."""
        scenes = [number for number, _ in (*self.shots.values(), *self.gone.values())]
        return scenes.count(self.shots[name][0]) == 1

    @rule(name=NAMES)
    def shoot(self, name: str) -> None:
        """Perhaps over another picture: the card was formatted, the camera counts anew."""
        self.scenes += 1
        self.shots[name] = (self.scenes, 0)
        self.write(name)
        self.look()
        assert self.stars()[name] is None

    @precondition(lambda self: self.shots)
    @rule(pick=PICK, stars=st.integers(1, 5))
    def rate(self, pick: int, stars: int) -> None:
        name = self.pick(pick)
        set_stars(self.store, [self.folder / name], stars)
        self.given.setdefault(self.shots[name][0], set()).add(stars)
        self.rows = dict(self.store.rows("SELECT id, stars FROM photos WHERE stars IS NOT NULL"))

    @precondition(lambda self: self.shots)
    @rule(pick=PICK, name=NAMES, tagged=st.booleans())
    def move(self, pick: int, name: str, tagged: bool) -> None:
        """To a free name, perhaps with a keyword written into the file on the way."""
        old = self.pick(pick)
        if name in self.shots:
            return
        before = self.stars()[old]
        (self.folder / old).rename(self.folder / name)
        self.shots[name] = self.shots.pop(old)
        if tagged:
            self.write(name)
        self.look()
        assert self.stars()[name] == before

    @precondition(lambda self: self.shots)
    @rule(pick=PICK, name=NAMES)
    def copy(self, pick: int, name: str) -> None:
        old = self.pick(pick)
        if name in self.shots:
            return
        before, was_alone = self.stars()[old], self.alone(old)
        self.shots[name] = self.shots[old]
        self.write(name)
        self.look()
        assert not was_alone or self.stars()[name] == before

    @precondition(lambda self: self.shots)
    @rule(pick=PICK)
    def edit_metadata(self, pick: int) -> None:
        name = self.pick(pick)
        before = self.stars()[name]
        self.write(name)
        self.look()
        assert self.stars()[name] == before

    @precondition(lambda self: self.shots)
    @rule(pick=PICK)
    def edit_pixels(self, pick: int) -> None:
        name = self.pick(pick)
        before, was_alone = self.stars()[name], self.alone(name)
        number, edits = self.shots[name]
        self.shots[name] = number, edits + 1
        self.write(name)
        self.look()
        assert not was_alone or self.stars()[name] == before

    @precondition(lambda self: self.shots)
    @rule(pick=PICK)
    def delete(self, pick: int) -> None:
        """A copy that nobody has rated takes over."""
        name = self.pick(pick)
        before = self.stars()
        (self.folder / name).replace(self.away / name)
        self.gone[name] = self.shots.pop(name)
        self.look()
        for other, now in self.stars().items():
            is_twin = self.shots[other] == self.gone[name]
            expected = before[name] if is_twin and before[other] is None else before[other]
            assert now == expected

    @precondition(lambda self: self.gone)
    @rule(pick=PICK)
    def bring_back(self, pick: int) -> None:
        name = sorted(self.gone)[pick % len(self.gone)]
        if name in self.shots:
            return
        (self.away / name).replace(self.folder / name)
        self.shots[name] = self.gone.pop(name)
        self.look()
        is_given = self.shots[name][0] in self.given
        assert not (self.alone(name) and is_given) or self.stars()[name] is not None

    @rule()
    def format_card(self) -> None:
        for name in self.shots:
            (self.folder / name).unlink()
        self.shots.clear()
        self.shoot("IMG_1.jpg")

    @invariant()
    def stars_are_the_pictures_own(self) -> None:
        for name, stars in self.stars().items():
            assert stars is None or stars in self.given[self.shots[name][0]]

    @invariant()
    def no_star_is_lost(self) -> None:
        now = dict(self.store.rows("SELECT id, stars FROM photos WHERE stars IS NOT NULL"))
        assert self.rows.items() <= now.items()
        self.rows = now

    @invariant()
    def what_is_asked_shows_the_same_scene(self) -> None:
        for doubt in doubts(self.store):
            assert doubt.marks.stars in self.given[self.shots[doubt.path.name][0]]


Files.TestCase.settings = settings(max_examples=25, stateful_step_count=25)
TestFiles = Files.TestCase
