"""`photoaes bank label`: a pseudo-database for `bank train`."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from photoaes.cli.commands import Commands, add_device, add_scale
from photoaes.cli.progress import Meter
from photoaes.errors import InputInvalid
from photoaes.new_files import new_text_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from photoaes.offline.experts.pseudo_labels import Encoders


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
    parser.add_argument("--images", type=Path, required=True, metavar="DIR", help="rated photos")
    parser.add_argument("--scores", type=Path, required=True, metavar="CSV", help="image,score")
    parser.add_argument("--column", default="score", help="the score's column (default score)")
    add_scale(parser)
    parser.add_argument("--only", type=Path, metavar="CSV", help="column image: no other photos")
    add_encoders(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    from photoaes.offline.databases import read_column, read_scores
    from photoaes.offline.experts.pseudo_labels import as_scores, levels_of, pseudo_labels

    encoders, meter = encoders_of(options), Meter()
    database = read_scores(options.scores, options.images, tuple(options.scale), options.column)
    only = read_column(options.only, "image") if options.only else None
    rows = [i for i, p in enumerate(database.paths) if only is None or p.name in only]
    rated = [database.paths[row] for row in rows]
    unrated = unrated_photos(options.photos, options.at_most)
    levels = []
    for name, paths in (("rated", rated), ("unrated", unrated)):
        job = levels_of(encoders, paths, options.work / name)
        levels.append(meter.through(job, f"Looking at {name} photos"))
    scores, correlation = pseudo_labels(levels[0], database.scores[rows], levels[1])
    write_scores(options.out, options.photos, unrated, as_scores(scores))
    print(f"{len(scores)} photos. On rated photos left out the teacher is at {correlation:.3f}.")


def add_encoders(parser: argparse.ArgumentParser) -> None:
    """Which encoders look, at how many photos, and where what they see is kept."""
    parser.add_argument("--teacher", type=Path, required=True, metavar="FILE", help="its weights")
    parser.add_argument("--companion", default="efficientnet-lite2", help="default %(default)s")
    parser.add_argument("--at-most", type=int, default=12_288, metavar="N", help="default 12288")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="for what is seen")
    add_device(parser)


def encoders_of(options: argparse.Namespace) -> Encoders:
    """Those of `add_encoders`. Raises InputInvalid."""
    from photoaes.model.device import choose_device
    from photoaes.model.paper.companion import load_companion
    from photoaes.model.paper.companions import COMPANIONS
    from photoaes.offline.experts.pseudo_labels import Encoders
    from photoaes.offline.experts.towers import TEACHER, load_teacher

    spec = COMPANIONS.get(options.companion)
    path = spec.path() if spec else None
    if spec is None or path is None:
        raise InputInvalid(f"The companion {options.companion!r} is not installed.")
    device = choose_device(options.device).torch
    teacher = load_teacher(options.teacher, TEACHER.preprocessing.crop).to(device)
    return Encoders(teacher, load_companion(spec, path).to(device), device)


def unrated_photos(folder: Path, at_most: int) -> list[Path]:
    """Photos of a folder at random, the same every time."""
    import numpy as np

    from photoaes.album.photo import walk

    found = sorted(photo.path for part in walk(folder) for photo in part)
    chosen = np.random.default_rng(0).permutation(len(found))[:at_most]
    return [found[row] for row in chosen]


def write_scores(
    out: Path, folder: Path, paths: Sequence[Path], scores: NDArray[np.float64]
) -> None:
    """Columns image,score for `photoaes bank train --scores`; a file that is there stays."""
    with new_text_file(out, over=False) as file:
        table = csv.writer(file)
        table.writerow(("image", "score"))
        names = [path.relative_to(folder.resolve()) for path in paths]
        table.writerows(zip(names, scores.round(4).tolist(), strict=True))
