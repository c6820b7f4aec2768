"""The store and an album in it, as the commands use them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypeVar

from photoaes.album.photo import Walked
from photoaes.album.store.feature_cache import FILE_NAME as CACHE_NAME
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.opening import FILE_NAME, Store, open_store
from photoaes.album.store.salvage import salvage
from photoaes.cli.progress import Meter
from photoaes.jobs.events import Notice, Progress, ScoredPhoto
from photoaes.jobs.open_album import open_album
from photoaes.jobs.read_album import Found, OpenedAlbum, read_album
from photoaes.settings import cache_folder, data_folder, excluded

Result = TypeVar("Result")


def add_split_pairs(parser: argparse.ArgumentParser) -> None:
    """Add --split-pairs, for all commands to which it matters what a photo is."""
    parser.add_argument(
        "--split-pairs",
        action="store_true",
        help="a RAW file and the JPEG beside it are two photos, not one",
    )


@contextmanager
def opened_store(meter: Meter) -> Iterator[Store]:
    """The user's store, with what its opening has to say said."""
    with open_store(data_folder() / FILE_NAME) as store:
        for notice in store.opening.notices:
            meter.say(notice)
        if store.opening.recovery and (saved := salvage(store)):
            meter.say(f"The marks of {saved} photos could still be read from the damaged file.")
        yield store


class Memory(NamedTuple):
    """What photoaes remembers: the user's store, and the cache of features that goes with it."""

    store: Store
    cache: FeatureCache


@contextmanager
def opened_memory(meter: Meter) -> Iterator[Memory]:
    """Both, opened in the order that the cache needs."""
    with opened_store(meter) as store, opened_cache() as cache:
        yield Memory(store, cache)


def opened_cache() -> FeatureCache:
    """The user's cache of features; open it while the store is open, whose lock it relies on."""
    return FeatureCache(cache_folder() / CACHE_NAME)


def opened_album(
    store: Store, options: argparse.Namespace, meter: Meter
) -> tuple[OpenedAlbum, Found]:
    """The folder of the options as an album, read to its end."""
    job = open_album(store, options.folder, split_pairs=options.split_pairs, exclude=excluded())
    album = finished(job, meter)
    return album, finished(read_album(store, album), meter)


def say_not_read(met: Walked, meter: Meter) -> None:
    """What lies in the folder that somebody might look for in the ranking."""
    for kind, count in met.not_read.counts.items():
        meter.say(f"not read: {kind}, {count}, such as {met.not_read.examples[kind]}")
    if locked := met.left_out.counts["locked"]:
        meter.say(
            f"left out: {locked} folders that cannot be read, such as "
            f"{met.left_out.examples['locked']}"
        )


def finished(
    job: Generator[object, None, Result],
    meter: Meter,
    keep: Callable[[ScoredPhoto], None] | None = None,
) -> Result:
    """Run a job to its end, showing what it yields; its result. `keep` gets the scored photos."""
    try:
        while True:
            event = next(job)
            if isinstance(event, Progress):
                meter.show(event.stage, event.done, event.total)
            elif isinstance(event, Notice):
                meter.say(event.text)
            elif isinstance(event, ScoredPhoto) and keep is not None:
                keep(event)
    except StopIteration as done:
        result: Result = done.value
        return result
    finally:
        job.close()
        meter.end()
