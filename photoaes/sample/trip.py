"""The invented trip: which picture was taken when, by which camera, with which flaw.

Everything here is made up: the places, the two cameras, the person whose stars are given.
"""

from functools import partial

from photoaes.sample import indoors, outdoors
from photoaes.sample.lens import Shot
from photoaes.sample.light import BLUE, DAWN, DUSK, GOLD, GREY, NIGHT, NOON, STORM
from photoaes.sample.roll import DARK, NEAR, PANORAMA, SQUARE, TALL, Roll, Scene

SOFT, BLURRED = Shot(defocus=0.004), Shot(defocus=0.014)
SHAKEN = Shot(shake=0.03, direction=12)
UNDER, OVER = Shot(exposure=-2.6, iso=800), Shot(exposure=1.9)
DULL = Shot(contrast=0.55, colour=0.55, exposure=-0.2)
NOISY = Shot(iso=12800, exposure=-0.4, colour=0.9)


def _mountains(roll: Roll) -> None:
    p = partial
    roll.take("06:31:04.20", "ranges at dawn", p(outdoors.blue_ranges, hour=DAWN), stars=5)
    roll.take(
        "06:33:40.80",
        "ranges at dawn",
        p(outdoors.blue_ranges, hour=DAWN, count=5),
        "tilted horizon",
        Shot(tilt=6.5),
        2,
    )
    roll.burst(
        "lake",
        "06:48:11.10",
        "lake at dawn",
        p(outdoors.lake, hour=DAWN, boat=True),
        [
            ("out of focus", SOFT, None),
            ("", Shot(), 5),
            ("motion blur", Shot(shake=0.014), 2),
            ("", Shot(exposure=0.15), None),
        ],
    )
    roll.take(
        "07:20:17.00",
        "fir forest in fog",
        p(outdoors.misty_forest, hour=DAWN),
        size=TALL,
        turned=8,
        stars=4,
    )
    roll.take(
        "07:26:45.00",
        "fir forest in fog",
        p(outdoors.misty_forest, hour=GREY),
        "dull light",
        DULL,
        2,
    )
    roll.take(
        "08:02:30.50",
        "balloons over ranges",
        p(outdoors.blue_ranges, hour=GOLD, balloons=5),
        stars=5,
    )
    roll.take(
        "08:03:12.00",
        "balloons over ranges",
        p(outdoors.blue_ranges, hour=GOLD, balloons=5),
        "subject cut off",
        Shot(zoom=2.1, shift=(-0.12, -0.24)),
        phone=True,
    )
    roll.take("11:40:09.00", "peaks at noon", p(outdoors.mountains, hour=NOON), stars=3)
    roll.take(
        "11:41:55.00",
        "peaks at noon",
        p(outdoors.mountains, hour=NOON, u=420),
        "overexposed",
        OVER,
        1,
    )
    roll.take("11:58:20.00", "mountain lake", p(outdoors.lake, hour=NOON, peaks=True, shore=0.58))
    roll.take("12:10:33.00", "meadow", p(outdoors.meadow, hour=NOON), phone=True)
    roll.take(
        "12:12:01.00",
        "meadow",
        p(outdoors.meadow, hour=GOLD, codes=("f0c330", "f4f1ea", "e87a3a")),
        "out of focus",
        BLURRED,
        1,
        phone=True,
    )
    roll.burst(
        "daisy",
        "12:30:02.00",
        "daisy",
        indoors.flower,
        [("out of focus", BLURRED, None), ("", Shot(), 4), ("out of focus", SOFT, None)],
        0.7,
        NEAR,
    )
    roll.take("17:20:40.00", "firs in the snow", p(outdoors.snowfield, hour=GOLD), stars=4)
    roll.take(
        "17:31:13.00",
        "firs in the snow",
        p(outdoors.snowfield, hour=GREY),
        "dull light",
        DULL,
        phone=True,
    )
    roll.take("18:52:48.00", "bare tree at dusk", p(outdoors.lone_tree, hour=DUSK))
    roll.take(
        "18:54:10.00",
        "alpine panorama",
        p(outdoors.blue_ranges, hour=DUSK, count=7),
        size=PANORAMA,
        phone=True,
        stars=5,
    )
    roll.take("19:34:00.00", "moonrise", outdoors.moonrise, settings=DARK)
    roll.take(
        "22:47:31.00",
        "Milky Way",
        p(outdoors.mountains, hour=NIGHT, stars=True, horizon=0.72, cover=0.0),
        settings=DARK,
        shot=Shot(iso=1600),
        size=TALL,
        turned=6,
        stars=4,
    )
    roll.take("23:20:15.00", "aurora", outdoors.aurora, settings=DARK, shot=Shot(iso=800))


def _coast(roll: Roll) -> None:
    p = partial
    roll.day = 2
    roll.take("07:05:22.00", "harbour in the morning", p(outdoors.harbour, hour=DAWN), stars=4)
    roll.take(
        "07:09:48.00",
        "harbour in the morning",
        p(outdoors.harbour, hour=GREY, boats=9),
        "cluttered",
        DULL,
        phone=True,
    )
    roll.take(
        "10:15:31.00", "sailing boats", p(outdoors.sea, hour=NOON, boats=4, rough=0.025), stars=3
    )
    roll.take(
        "10:16:44.00",
        "sailing boat",
        p(outdoors.sea, hour=NOON, boats=1, rough=0.025),
        "tilted horizon",
        Shot(tilt=-7),
        2,
        phone=True,
    )
    roll.take(
        "13:40:00.00",
        "rough sea",
        p(outdoors.sea, hour=STORM, rough=0.05, foam=0.7, cover=0.8, birds=9),
    )
    roll.take(
        "13:42:20.00",
        "rough sea",
        p(outdoors.sea, hour=STORM, rough=0.05, foam=0.5, cover=0.8),
        "underexposed",
        UNDER,
        1,
    )
    roll.take("15:02:12.00", "desert dunes", p(outdoors.dunes, hour=GOLD, walker=True), stars=5)
    roll.take(
        "15:04:51.00",
        "desert dunes",
        p(outdoors.dunes, hour=NOON, u=420),
        "overexposed",
        OVER,
        phone=True,
    )
    roll.burst(
        "couple",
        "18:20:05.30",
        "couple on the beach",
        p(outdoors.beach, hour=GOLD),
        [
            ("motion blur", SHAKEN, None),
            ("", Shot(), 5),
            ("", Shot(exposure=-0.2), None),
            ("out of focus", SOFT, None),
            ("tilted horizon", Shot(tilt=2.5), None),
        ],
        0.3,
    )
    roll.take("18:31:20.00", "dog on the beach", p(outdoors.beach, hour=DUSK, who="dog"), stars=4)
    roll.take(
        "18:32:02.00",
        "dog on the beach",
        p(outdoors.beach, hour=DUSK, who="dog"),
        "subject cut off",
        Shot(zoom=1.7, shift=(0.19, 0.16)),
    )
    roll.take(
        "18:36:40.00",
        "child and dog",
        p(outdoors.beach, hour=GOLD, who="child"),
        "motion blur",
        SHAKEN,
        phone=True,
    )
    roll.take("18:44:58.00", "sunset at sea", p(outdoors.sea, hour=DUSK), size=SQUARE)
    roll.take(
        "18:50:11.00",
        "portrait against the light",
        p(indoors.portrait, hour=DUSK),
        size=TALL,
        turned=6,
        settings=NEAR,
    )
    roll.take(
        "19:12:37.00", "lighthouse", p(outdoors.lighthouse, hour=BLUE), settings=DARK, stars=5
    )
    roll.take(
        "19:14:02.00",
        "lighthouse",
        p(outdoors.lighthouse, hour=BLUE, x=-0.2),
        "noise",
        NOISY,
        phone=True,
    )


def _town(roll: Roll) -> None:
    p = partial
    roll.day = 3
    roll.take("08:12:00.00", "cup of coffee", indoors.coffee, settings=NEAR, stars=4)
    roll.take(
        "08:13:30.00",
        "cup of coffee",
        p(indoors.coffee, wall="77685c"),
        "subject cut off",
        Shot(zoom=1.7, shift=(-0.36, 0.02)),
        1,
        settings=NEAR,
        phone=True,
    )
    roll.burst(
        "fruit",
        "09:01:10.00",
        "bowl of fruit",
        indoors.fruit,
        [("", Shot(), 4), ("out of focus", SOFT, None), ("overexposed", Shot(exposure=1.3), None)],
        1.1,
        NEAR,
    )
    roll.take("10:22:41.00", "glass front", p(indoors.glass, hour=NOON), size=TALL, turned=8)
    roll.take("10:40:05.00", "stairwell", indoors.stairs, size=SQUARE, stars=3)
    roll.take(
        "10:41:33.00",
        "stairwell",
        indoors.stairs,
        "noise",
        Shot(iso=12800, exposure=-1.0),
        phone=True,
    )
    roll.take(
        "11:15:10.00",
        "poppy",
        p(indoors.flower, petal="e0482f", heart="3a2418", x=-0.1),
        settings=NEAR,
    )
    roll.take("17:48:19.00", "cat at the window", indoors.cat_window, settings=NEAR, stars=4)
    roll.take(
        "17:48:40.00",
        "cat at the window",
        p(indoors.cat_window, x=0.3),
        "motion blur",
        SHAKEN,
        settings=NEAR,
        phone=True,
    )
    roll.take("18:49:26.00", "bridge at sunset", p(indoors.bridge, hour=DUSK))
    roll.take(
        "18:51:00.00", "bridge", p(indoors.bridge, hour=GREY), "dull light", DULL, 2, phone=True
    )
    roll.take("19:22:14.00", "skyline", p(indoors.skyline, hour=BLUE), settings=DARK, stars=3)
    roll.take(
        "19:24:57.00",
        "skyline",
        p(indoors.skyline, hour=NIGHT),
        "motion blur",
        Shot(shake=0.04, direction=35),
        1,
        settings=DARK,
        phone=True,
    )
    roll.take("19:55:20.00", "rain on the window", indoors.rainy_window, settings=NEAR)
    roll.take(
        "20:10:02.00",
        "street in the rain",
        indoors.street,
        settings=DARK,
        size=TALL,
        shot=Shot(iso=800),
    )
    roll.take("20:31:45.00", "city lights", indoors.city_lights, settings=NEAR)
    roll.take("21:02:30.00", "candles", indoors.candles, settings=NEAR, shot=Shot(iso=400))
    roll.burst(
        "fireworks",
        "22:00:07.00",
        "fireworks",
        indoors.fireworks,
        [
            ("", Shot(), 3),
            ("motion blur", Shot(shake=0.02, direction=70), None),
            ("underexposed", Shot(exposure=-1.8), None),
        ],
        2.2,
        DARK,
    )


def scenes() -> tuple[Scene, ...]:
    """All photos of the sample album, in the order they were taken."""
    roll = Roll()
    _mountains(roll)
    _coast(roll)
    _town(roll)
    return tuple(roll.scenes)


SCENES = scenes()


def demo_ratings() -> dict[str, int]:
    """Stars, 1 to 5, by relative path, of an invented person.

    The person loves calm, sharp pictures in warm light and dislikes spoilt ones. No real user
    gave these stars; they let a program without a display rank the album.
    """
    return {scene.file: scene.stars for scene in SCENES if scene.stars is not None}
