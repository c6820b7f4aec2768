"""What the table of the trip is made of: one photo, and the roll that names and times them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from photoaes.sample.lens import Shot
from photoaes.sample.noise import Array, Random
from photoaes.sample.picture import View

Painter = Callable[[View, Random], Array]
FOLDERS = ("1 Mountains", "2 Coast", "3 Town")
WIDE, TALL, SQUARE, PANORAMA = (1200, 800), (800, 1200), (960, 960), (2000, 700)
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
        self, clock: str, subject: str, paint: Painter, flaw: str = "", shot: Shot | None = None,
        stars: int | None = None, size: tuple[int, int] = WIDE,
        settings: tuple[float, float, float] = DAY, phone: bool = False, turned: int = 1,
        burst: str = "", key: str = "",
    ) -> None:  # fmt: skip
        """One photo at `clock`, "HH:MM:SS.cc" on the present day."""
        taken = datetime.fromisoformat(f"2024-09-{12 + self.day}T{clock}0000")
        self.number += 1
        stem = taken.strftime("PXA_%Y%m%d_%H%M%S") if phone else f"IMG_{self.number:04d}"
        name = f"{stem}.jpg" if phone else f"{stem}.JPG"
        file = f"{FOLDERS[self.day - 1]}/{name}"
        base = ((46.52, 9.84), (44.31, 9.21), (44.41, 8.93))[self.day - 1]
        place = (base[0] + self.number % 7 / 900, base[1] + self.number % 5 / 700)
        self.scenes.append(Scene(
            file, subject, flaw, burst, taken, stars, paint, shot or Shot(), size, settings, phone,
            turned, place if phone else None, key or burst or f"{self.day} {subject} {clock}",
        ))  # fmt: skip

    def burst(
        self, name: str, clock: str, subject: str, paint: Painter,
        frames: list[tuple[str, Shot, int | None]], seconds: float = 0.4,
        settings: tuple[float, float, float] = DAY, size: tuple[int, int] = WIDE,
    ) -> None:  # fmt: skip
        """Frames `seconds` apart of one scene, the camera moving a little between them."""
        start = datetime.fromisoformat(f"2024-09-{12 + self.day}T{clock}0000")
        for i, (flaw, shot, stars) in enumerate(frames):
            at = (start + timedelta(seconds=seconds * i)).strftime("%H:%M:%S.%f")[:11]
            drift = (0.006 * i * (-1) ** i, 0.004 * i)
            moved = replace(shot, shift=(shot.shift[0] + drift[0], shot.shift[1] + drift[1]),
                            zoom=1.05)  # fmt: skip
            self.take(at, subject, paint, flaw, moved, stars, size, settings, burst=name)
