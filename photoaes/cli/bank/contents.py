"""`photoaes bank contents`: pseudo-databases of what photos show and how they look."""

from __future__ import annotations

import argparse
from pathlib import Path

from photoaes.cli.bank.label import add_encoders, encoders_of, unrated_photos, write_scores
from photoaes.cli.commands import Commands
from photoaes.cli.progress import Meter
from photoaes.errors import InputInvalid
from photoaes.new_files import new_file

SHEET = "clusters.jpg"


def add_action(actions: Commands) -> None:
    """Add it to `photoaes bank`."""
    parser = actions.add_parser(
        "contents",
        help="score unrated photos by what they show (people, food ...) and how they look",
        description=f"Without --name it writes {SHEET}: look at it and say what the clusters show. "
        "With it, a table image,score for each name and each look, for `photoaes bank train`.",
    )
    parser.add_argument("photos", metavar="PHOTOS", type=Path, help="unrated ones")
    parser.add_argument("out", metavar="DIR", type=Path)
    parser.add_argument("--clusters", type=int, default=24, metavar="N", help="default 24")
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        type=_named,
        metavar="NAME=NUMBER,NUMBER",
        help="the clusters that show this, such as animals=2,3; once for each name",
    )
    add_encoders(parser)
    parser.set_defaults(run=_run)


def _named(text: str) -> tuple[str, tuple[int, ...]]:
    name, _, numbers = text.partition("=")
    if not (name.strip() and all(n.strip().isdecimal() for n in numbers.split(","))):
        raise argparse.ArgumentTypeError(f"{text!r} is not a name and numbers, as in animals=2,3")
    return name.strip(), tuple(int(n) for n in numbers.split(","))


def _run(options: argparse.Namespace) -> None:
    import numpy as np

    from photoaes.offline.experts.contents import (
        LOOKS,
        cluster_distances,
        cluster_sheet,
        content_scores,
        content_space,
        looks_of,
    )
    from photoaes.offline.experts.pseudo_labels import as_scores, levels_of

    for name, clusters in options.name:
        if max(clusters) >= options.clusters:
            raise InputInvalid(f"{name}: the clusters are numbered 0 to {options.clusters - 1}.")
    photos, meter = unrated_photos(options.photos, options.at_most), Meter()
    if len(photos) <= options.clusters:
        raise InputInvalid(f"{len(photos)} photos are too few for {options.clusters} clusters.")
    job = levels_of(encoders_of(options), photos, options.work / "unrated")
    levels = meter.through(job, "Looking at photos")
    distances = cluster_distances(content_space(levels), options.clusters)
    options.out.mkdir(parents=True, exist_ok=True)
    if not options.name:
        with new_file(options.out / SHEET, over=True) as file:
            cluster_sheet(distances, photos).save(file, "JPEG", quality=88)
        print(f"Look at {options.out / SHEET}, then run it again with --name for what you see.")
        return
    tables = {name: content_scores(distances, clusters) for name, clusters in options.name}
    looks = np.array([looks_of(path) for path in photos])
    tables |= dict(zip(LOOKS, looks.T, strict=True))
    for name, values in tables.items():
        write_scores(options.out / f"{name}.csv", options.photos, photos, as_scores(values))
    print(f"{len(photos)} photos, {len(tables)} tables in {options.out}: {', '.join(tables)}.")
