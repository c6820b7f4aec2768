"""What the table of the trip is made of: one photo, and the roll that names and times them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sample_album.lens import Shot
from sample_album.noise import Array, Random
from sample_album.picture import View

Painter = Callable[[View, Random], Array]
Frame = tuple[str, Shot, int | None]  # of a burst: flaw, how it is taken, stars
FOLDERS = ("1 Mountains", "2 Coast", "3 Town")
WIDE, TALL, SQUARE, PANORAMA = (1140, 760), (760, 1140), (900, 900), (1900, 640)
DAY, DARK, NEAR = (35.0, 8.0, 1 / 250), (24.0, 2.8, 4.0), (50.0, 2.0, 1 / 200)


@dataclass(frozen=True)
class Scene:
    """One photo of the sample album."""

    file: str  # relative path with forward slashes
    subject: str
    flaw: str  # "" for none
    burst: str  # "" for a single frame; frames of a burst share a name
    taken: datetime  # local time
    stars: int | None  # of the invented person
    paint: Painter = field(repr=False)
    shot: Shot = field(repr=False)
    size: tuple[int, int]  # pixels as seen, upright
    settings: tuple[float, float, float]  # focal length in mm, f-number, seconds
    phone: bool
    orientation: int  # of EXIF: 1, or 6 or 8 with the pixels stored turned
    place: tuple[float, float] | None  # latitude and longitude in degrees
    key: str  # photos with the same key show the same scene


@dataclass
class Roll:
    """Hands out file names and times while the table below is written down."""

    scenes: list[Scene] = field(default_factory=list)
    number: int = 411
    day: int = 1

    def take(
        self, clock: str, subject: str, paint: Painter, stars: int | None = None, flaw: str = "",
        shot: Shot | None = None, size: tuple[int, int] = WIDE,
        settings: tuple[float, float, float] = DAY, phone: bool = False, turned: int = 1,
        burst: str = "",
    ) -> None:  # fmt: skip
        """One photo at `clock`, "HH:MM:SS.cc" on the present day."""
        taken = datetime.fromisoformat(f"2024-09-{12 + self.day}T{clock}0000")
        self.number += 1
        base = ((46.52, 9.84), (44.31, 9.21), (44.41, 8.93))[self.day - 1]
        place = (base[0] + self.number % 7 / 900, base[1] + self.number % 5 / 700)
        self.scenes.append(Scene(
            self._name(taken, phone), subject, flaw, burst, taken, stars, paint, shot or Shot(),
            size, settings, phone, turned, place if phone else None,
            f"{self.day} {burst or subject} {'' if burst else clock}",
        ))  # fmt: skip

    def _name(self, taken: datetime, phone: bool) -> str:
        stem = f"PXA_{taken:%Y%m%d_%H%M%S}.jpg" if phone else f"IMG_{self.number:04d}.JPG"
        return f"{FOLDERS[self.day - 1]}/{stem}"

    def again(
        self, clock: str, flaw: str, shot: Shot, stars: int | None = None, phone: bool = False
    ) -> None:
        """The scene taken last once more, spoilt."""
        last = self.scenes[-1]
        self.take(clock, last.subject, last.paint, stars, flaw, shot, last.size, last.settings,
                  phone)  # fmt: skip
        # The same key: the same clouds and waves, painted once for both.
        self.scenes[-1] = replace(self.scenes[-1], key=last.key)

    def burst(
        self, clock: str, subject: str, paint: Painter, frames: list[Frame], seconds: float = 0.4,
        settings: tuple[float, float, float] = DAY,
    ) -> None:  # fmt: skip
        """Frames `seconds` apart of one scene, the camera moving a little between them."""
        start = datetime.fromisoformat(f"2024-09-{12 + self.day}T{clock}0000")
        for i, (flaw, shot, stars) in enumerate(frames):
            at = f"{start + timedelta(seconds=seconds * i):%H:%M:%S.%f}"[:11]
            drift = (0.006 * i * (-1) ** i, 0.004 * i)
            moved = replace(shot, shift=drift, zoom=1.05)
            self.take(at, subject, paint, stars, flaw, moved, WIDE, settings, burst=subject)
