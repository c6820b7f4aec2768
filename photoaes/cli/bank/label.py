"""`photoaes bank label`: a pseudo-database for `bank train`."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from photoaes.cli.commands import Commands, add_device, add_scale
from photoaes.cli.progress import Meter
from photoaes.errors import InputInvalid
from photoaes.new_files import new_text_file


def add_action(actions: Commands) -> None:
    """Add it to `photoaes bank`."""
    parser = actions.add_parser(
        "label",
        help="score many unrated photos as strong encoders do that learned from a few rated ones",
        description="Writes columns image,score, in 1 to 10 with a mean of 5.5 and a deviation of "
        "1.5, for `photoaes bank train --scores`.",
    )
    parser.add_argument("photos", metavar="PHOTOS", type=Path, help="unrated ones")
    parser.add_argument("out", metavar="CSV", type=Path)
    parser.add_argument("--teacher", type=Path, required=True, metavar="FILE", help="its weights")
    parser.add_argument("--companion", default="efficientnet-lite2", help="default %(default)s")
    parser.add_argument("--images", type=Path, required=True, metavar="DIR", help="rated photos")
    parser.add_argument("--scores", type=Path, required=True, metavar="CSV", help="image,score")
    parser.add_argument("--column", default="score", help="the score's column (default score)")
    add_scale(parser)
    parser.add_argument("--only", type=Path, metavar="CSV", help="column image: no other photos")
    parser.add_argument("--at-most", type=int, default=12_288, metavar="N", help="default 12288")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="for what is seen")
    add_device(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    import numpy as np

    from photoaes.album.photo import walk
    from photoaes.model.device import choose_device
    from photoaes.model.paper.companion import load_companion
    from photoaes.model.paper.companions import COMPANIONS
    from photoaes.offline.databases import read_column, read_scores
    from photoaes.offline.experts.pseudo_labels import Encoders, levels_of, pseudo_labels
    from photoaes.offline.experts.towers import TEACHER, load_teacher

    spec = COMPANIONS.get(options.companion)
    path = spec.path() if spec else None
    if spec is None or path is None:
        raise InputInvalid(f"The companion {options.companion!r} is not installed.")
    device, meter = choose_device(options.device).torch, Meter()
    teacher = load_teacher(options.teacher, TEACHER.preprocessing.crop).to(device)
    encoders = Encoders(teacher, load_companion(spec, path).to(device), device)
    database = read_scores(options.scores, options.images, tuple(options.scale), options.column)
    only = read_column(options.only, "image") if options.only else None
    rows = [i for i, p in enumerate(database.paths) if only is None or p.name in only]
    rated = [database.paths[row] for row in rows]
    found = sorted(photo.path for part in walk(options.photos) for photo in part)
    chosen = np.random.default_rng(0).permutation(len(found))[: options.at_most]
    unrated = [found[row] for row in chosen]
    levels = []
    for name, paths in (("rated", rated), ("unrated", unrated)):
        job = levels_of(encoders, paths, options.work / name)
        levels.append(meter.through(job, f"Looking at {name} photos"))
    scores, correlation = pseudo_labels(levels[0], database.scores[rows], levels[1])
    spread = 5.5 + 1.5 * (scores - scores.mean()) / scores.std()
    with new_text_file(options.out, over=False) as file:
        table = csv.writer(file)
        table.writerow(("image", "score"))
        names = [path.relative_to(options.photos.resolve()) for path in unrated]
        table.writerows(zip(names, np.clip(spread, 1, 10).round(4).tolist(), strict=True))
    print(f"{len(scores)} photos. On rated photos left out the teacher is at {correlation:.3f}.")
