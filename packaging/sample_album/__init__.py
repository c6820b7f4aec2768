"""Paints the sample album: scenes made by code, so that no photo has to be shipped.

A tool: what it made lies in `resources/sample-album`, and photoaes copies that (`jobs.sample`).
`make_album` renders it, `SCENES` describes it, `demo_ratings` gives an invented person's stars.
"""

from sample_album.album import make_album
from sample_album.roll import Scene
from sample_album.trip import SCENES, demo_ratings

__all__ = ["SCENES", "Scene", "demo_ratings", "make_album"]
