"""Plain values from EXIF tags; nonsense becomes None."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest

from photoaes.album.metadata.exif_values import (
    Tags,
    altitude,
    iso,
    number,
    position,
    text,
    time_changed,
    time_taken,
)

TAKEN = datetime(2023, 4, 5, 6, 7, 8, 250_000)


@pytest.mark.parametrize(
    ("stamp", "fraction", "offset", "expected"),
    [
        ("2023:04:05 06:07:08", "25", "+05:30", (TAKEN, timedelta(hours=5.5))),
        ("2023-04-05T06:07:08", "250000000", "-03:00", (TAKEN, timedelta(hours=-3))),
        ("2023:04:05 06:07:08 ", " 25 ", "Z", (TAKEN, timedelta())),
        ("2023:04:05 06:07:08", "-5", "+15:00", (TAKEN.replace(microsecond=0), None)),
        ("2023:04:05 06:07:08", "٣", "+05:75", (TAKEN.replace(microsecond=0), None)),
        ("2023:04:05 06:07", None, "later", (TAKEN.replace(second=0, microsecond=0), None)),
        ("0000:00:00 00:00:00", None, None, (None, None)),
        ("    :  :     :  :  ", "5", "+01:00", (None, None)),
        ("2023:02:30 06:07:08", None, None, (None, None)),
        ("2023:04:05 25:00:00", None, None, (None, None)),
        ("2023:04:05 06:07:61", None, None, (None, None)),
        ("0001:01:01 00:00:00", None, None, (None, None)),
        ("yesterday", None, None, (None, None)),
        (None, "5", None, (None, None)),
    ],
)
def test_times(
    stamp: str | None, fraction: str | None, offset: str | None, expected: tuple[object, object]
) -> None:
    tags = {0x9003: stamp, 0x9291: fraction, 0x9011: offset}
    assert time_taken(tags) == expected


def test_the_truest_time_wins() -> None:
    digitized, changed = "2020:01:01 00:00:00", "2024:01:01 00:00:00"
    broken = {0x9003: "0000:00:00 00:00:00", 0x9004: digitized, 0x0132: changed}
    assert time_taken(broken)[0] == datetime(2020, 1, 1)
    assert time_taken({0x0132: changed}) == (None, None)
    assert time_changed({0x0132: changed, 0x9291: "5"})[0] == datetime(2024, 1, 1)


def test_numbers() -> None:
    unknown = Fraction(0)
    unknown._denominator = 0  # type: ignore[attr-defined]  # as exifread keeps n/0
    tags: Tags = {
        1: [unknown], 2: [Fraction(-1, 2)], 3: "text", 4: [float("nan")], 5: [(0.25,)], 6: [],
        7: [7, 8], 8: b"\xff", 9: [None], 10: [float("inf")],
    }  # fmt: skip
    found = [number(tags, tag, 0, 100) for tag in range(1, 12)]
    assert found == [None, None, None, None, Fraction(1, 4), None, 7, None, None, None, None]
    assert iso({0x8827: [0, 200]}) == 200
    assert iso({0x8827: [65535], 0x8833: [102400]}) == 102400
    assert iso({0x8827: [0]}) is None


def test_texts() -> None:
    tags: Tags = {
        1: "  Canon \0junk",
        2: b"Caf\xe9",
        3: "\x01\x02",
        4: [1, 2],
        5: "a\nb",
        6: "x" * 999,
    }
    found = [text(tags, tag) for tag in range(1, 6)]
    assert found == ["Canon", "Café", None, None, "a b"]
    assert len(text(tags, 6) or "") == 200


def place(latitude: object, longitude: object, **refs: str) -> Tags:
    return {1: refs.get("lat", "N"), 2: latitude, 3: refs.get("lon", "E"), 4: longitude}


def test_places() -> None:
    assert position(place([51, 30], [Fraction(0)])) == (51.5, 0.0)
    assert position(place([51], [7], lat="s", lon="West")) == (-51.0, -7.0)
    for wrong in (
        place([91], [0]),
        place([90, 1], [0]),
        place([10], [181]),
        place([10], [10], lat=""),
        place([10], [10], lon="N"),
        place([-10], [10]),
        place([0, 0, 0], [0, 0, 0]),
        place([], [10]),
        place([1, 2, 3, 4], [10]),
        {**place([10], [10]), 9: "V"},
        {2: [10], 4: [10]},
        {},
    ):
        assert position(wrong) is None
    assert altitude({6: [100]}) == 100.0
    assert altitude({5: [1], 6: [100]}) == -100.0
    assert altitude({6: [Fraction(10**9)]}) is None
