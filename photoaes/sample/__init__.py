"""A sample album made by code, so that no photo has to be shipped: for trying out, and for tests.

`make_album` renders it, `SCENES` describes it, `demo_ratings` gives an invented person's stars.
"""

from photoaes.sample.album import make_album
from photoaes.sample.roll import Scene
from photoaes.sample.trip import SCENES, demo_ratings

__all__ = ["SCENES", "Scene", "demo_ratings", "make_album"]
