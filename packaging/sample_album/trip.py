"""The invented trip: which picture was taken when, by which camera, with which flaw.

Everything here is made up: the places, the two cameras, the person whose stars are given.
"""

from functools import partial

from sample_album import indoors, outdoors
from sample_album.lens import Shot
from sample_album.light import BLUE, DAWN, DUSK, GOLD, GREY, NIGHT, NOON, STORM
from sample_album.roll import DARK, NEAR, PANORAMA, SQUARE, TALL, Frame, Roll, Scene

SOFT, BLURRED = Shot(defocus=0.004), Shot(defocus=0.014)
SHAKEN = Shot(shake=0.03, direction=12)
UNDER, OVER = Shot(exposure=-2.6, iso=800), Shot(exposure=1.9)
DULL = Shot(contrast=0.66, colour=0.85, exposure=-0.1)


def _mountains(roll: Roll) -> None:
    p, o = partial, outdoors
    roll.take("06:31:04.20", "ranges at dawn", p(o.blue_ranges, hour=DAWN), 5)
    roll.again("06:33:40.80", "tilted horizon", Shot(tilt=6.5), 2)
    frames: list[Frame] = [("out of focus", SOFT, None), ("", Shot(), 5)]
    frames += [("motion blur", Shot(shake=0.014), 2), ("", Shot(exposure=0.15), None)]
    roll.burst("06:48:11.10", "lake at dawn", p(o.lake, hour=DAWN, boat=True), frames)
    roll.take("07:20:17.00", "firs in fog", p(o.misty_forest, hour=DAWN), 4, size=TALL, turned=8)
    roll.take("07:26:45.00", "firs in fog", p(o.misty_forest, hour=GREY), 2, "dull light", DULL)
    roll.take("08:02:30.50", "balloons", p(o.blue_ranges, hour=GOLD, balloons=5), 5)
    roll.again("08:03:12.00", "subject cut off", Shot(zoom=2.1, shift=(-0.12, -0.24)), phone=True)
    roll.take("11:40:09.00", "peaks at noon", p(o.mountains, hour=NOON), 3)
    roll.take("11:41:55.00", "peaks", p(o.mountains, hour=NOON, u=720), 1, "overexposed", OVER)
    roll.take("11:58:20.00", "mountain lake", p(o.lake, hour=NOON, peaks=True, shore=0.58))
    roll.take("12:10:33.00", "meadow", p(o.meadow, hour=NOON), phone=True)
    yellow = p(o.meadow, hour=GOLD, codes=("f0c330", "f4f1ea", "e87a3a"))
    roll.take("12:12:01.00", "meadow", yellow, 1, "out of focus", BLURRED, phone=True)
    frames = [("out of focus", BLURRED, None), ("", Shot(), 4), ("out of focus", SOFT, None)]
    roll.burst("12:30:02.00", "daisy", indoors.flower, frames, 0.7, NEAR)
    roll.take("17:20:40.00", "firs in the snow", p(o.snowfield, hour=GOLD), 4)
    grey = p(o.snowfield, hour=GREY)
    roll.take("17:31:13.00", "firs in the snow", grey, None, "dull light", DULL, phone=True)
    roll.take("18:52:48.00", "bare tree at dusk", p(o.lone_tree, hour=DUSK))
    wide = p(o.blue_ranges, hour=DUSK, count=7)
    roll.take("18:54:10.00", "alpine panorama", wide, 5, size=PANORAMA, phone=True)
    roll.take("19:34:00.00", "moonrise", o.moonrise, settings=DARK)
    stars = p(o.mountains, hour=NIGHT, stars=True, horizon=0.86)
    high = Shot(iso=1600, exposure=0.5)
    roll.take("22:47:31.00", "Milky Way", stars, 4, "", high, size=TALL, settings=DARK, turned=6)
    roll.take("23:20:15.00", "aurora", o.aurora, shot=Shot(iso=800), settings=DARK)


def _coast(roll: Roll) -> None:
    p, o = partial, outdoors
    roll.day = 2
    roll.take("07:05:22.00", "harbour", p(o.harbour, hour=DAWN), 4)
    crowd = p(o.harbour, hour=GREY, boats=9)
    roll.take("07:09:48.00", "harbour", crowd, None, "cluttered", DULL, phone=True)
    roll.take("10:15:31.00", "sailing boats", p(o.sea, hour=NOON, boats=4, rough=0.025), 3)
    single = p(o.sea, hour=NOON, boats=1, rough=0.025)
    roll.take("10:16:44.00", "sailing boat", single, 2, "tilted horizon", Shot(tilt=-7), phone=True)
    storm = p(o.sea, hour=STORM, rough=0.05, foam=0.7, cover=0.8, birds=9)
    roll.take("13:40:00.00", "rough sea", storm, shot=Shot(exposure=0.5))
    roll.again("13:42:20.00", "underexposed", UNDER, 1)
    roll.take("15:02:12.00", "desert dunes", p(o.dunes, hour=GOLD, walker=True), 5)
    roll.again("15:04:51.00", "overexposed", Shot(exposure=2.6, zoom=1.5), phone=True)
    frames: list[Frame] = [
        ("motion blur", SHAKEN, None),
        ("", Shot(), 5),
        ("", Shot(exposure=-0.2), None),
    ]
    frames += [("out of focus", SOFT, None), ("tilted horizon", Shot(tilt=2.5), None)]
    roll.burst("18:20:05.30", "couple on the beach", p(o.beach, hour=GOLD), frames, 0.3)
    roll.take("18:31:20.00", "dog on the beach", p(o.beach, hour=DUSK, who="dog"), 4)
    roll.again("18:32:02.00", "subject cut off", Shot(zoom=2.2, shift=(0.21, 0.16)))
    child = p(o.beach, hour=GOLD, who="child")
    roll.take("18:36:40.00", "child and dog", child, None, "motion blur", SHAKEN, phone=True)
    roll.take("18:44:58.00", "sunset at sea", p(o.sea, hour=DUSK), size=SQUARE)
    face = p(indoors.portrait, hour=DUSK)
    roll.take("18:50:11.00", "portrait", face, size=TALL, settings=NEAR, turned=6)
    tower = p(o.lighthouse, hour=BLUE)
    roll.take("19:12:37.00", "lighthouse", tower, 5, "", Shot(exposure=0.7), settings=DARK)
    roll.again("19:14:02.00", "noise", Shot(iso=12800, zoom=1.25), phone=True)


def _town(roll: Roll) -> None:
    p, i = partial, indoors
    roll.day = 3
    roll.take("08:12:00.00", "cup of coffee", i.coffee, 4, settings=NEAR)
    roll.again("08:13:30.00", "subject cut off", Shot(zoom=1.7, shift=(-0.36, 0.02)), 1, True)
    frames: list[Frame] = [("", Shot(), 4), ("out of focus", SOFT, None)]
    frames += [("overexposed", Shot(exposure=1.3), None)]
    roll.burst("09:01:10.00", "bowl of fruit", i.fruit, frames, 1.1, NEAR)
    roll.take("10:22:41.00", "glass front", p(i.glass, hour=NOON), size=TALL, turned=8)
    roll.take("10:40:05.00", "stairwell", i.stairs, 3, size=SQUARE)
    roll.again("10:41:33.00", "noise", Shot(iso=12800, exposure=-1.0, zoom=1.3), phone=True)
    poppy = p(i.flower, petal="e0482f", heart="3a2418", x=-0.1)
    roll.take("11:15:10.00", "red flower", poppy, settings=NEAR)
    roll.take("17:48:19.00", "cat at the window", i.cat_window, 4, settings=NEAR)
    roll.again("17:48:40.00", "motion blur", Shot(shake=0.03, direction=12, zoom=1.2), phone=True)
    roll.take("18:49:26.00", "bridge at sunset", p(i.bridge, hour=DUSK))
    grey = p(i.bridge, hour=GREY)
    roll.take("18:51:00.00", "bridge", grey, 2, "dull light", DULL, phone=True)
    roll.take("19:22:14.00", "skyline", p(i.skyline, hour=BLUE), 3, settings=DARK)
    roll.again("19:24:57.00", "motion blur", Shot(shake=0.04, direction=35), 1, True)
    roll.take("19:55:20.00", "rain on the window", i.rainy_window, settings=NEAR)
    roll.take("20:10:02.00", "street", i.street, shot=Shot(iso=800), size=TALL, settings=DARK)
    roll.take("20:31:45.00", "city lights", i.city_lights, settings=NEAR)
    roll.take("21:02:30.00", "candles", i.candles, shot=Shot(iso=400), settings=NEAR)
    frames = [("", Shot(), 3), ("motion blur", Shot(shake=0.02, direction=70), None)]
    frames += [("underexposed", Shot(exposure=-1.8), None)]
    roll.burst("22:00:07.00", "fireworks", i.fireworks, frames, 2.2, DARK)


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
