"""`photoaes bank probe`: what a backbone sees."""

from __future__ import annotations

import argparse
from pathlib import Path

from photoaes.cli.commands import Commands


def add_action(actions: Commands) -> None:
    """Add it to `photoaes bank`."""
    parser = actions.add_parser(
        "probe",
        help="say how much a distilled backbone sees",
        description="The SROCC of a ridge on its frozen features on unseen themes, and how often "
        "a photo's nearest neighbour is of its theme. With --teacher the same for the teacher.",
    )
    parser.add_argument("student", metavar="STUDENT", type=Path)
    parser.add_argument("--images", type=Path, required=True, metavar="DIR")
    parser.add_argument("--scores", type=Path, required=True, metavar="CSV")
    parser.add_argument("--column", default="score", help="the score's column (default score)")
    parser.add_argument("--theme", default="theme", help="the theme's column (default theme)")
    parser.add_argument("--teacher", type=Path, help="ViT-Tiny/16 safetensors")
    parser.add_argument(
        "--teacher-sizes",
        type=int,
        nargs="+",
        default=[160, 224],
        metavar="PX",
        help="photo sizes for the teacher (default 160 224)",
    )
    parser.set_defaults(run=_probe)


def _probe(options: argparse.Namespace) -> None:
    import numpy as np

    from photoaes.offline.databases.tables import number, read_table
    from photoaes.offline.experts.decoding import read_photos
    from photoaes.offline.experts.probe import probe, tower_features
    from photoaes.offline.experts.student import load_student
    from photoaes.offline.experts.towers import teacher_spec, teacher_tensors

    rows = read_table(options.scores, ("image", options.column, options.theme))
    paths = [options.images / row["image"] for _, row in rows]
    scores = np.array([number(options.scores, line, row[options.column]) for line, row in rows])
    themes = [row[options.theme] for _, row in rows]
    spec, student = load_student(options.student)
    tensors = {name.removeprefix("backbone."): tensor for name, tensor in student.items()}
    towers = [(f"student {spec.preprocessing.crop} px", spec, tensors)]
    for size in options.teacher_sizes if options.teacher else []:
        weights = teacher_tensors(options.teacher, size)
        towers.append((f"teacher {size} px", teacher_spec(size), weights))
    for name, tower, state in towers:
        features, pace = tower_features(tower, state, read_photos(paths, tower.preprocessing))
        found = probe(features, scores, themes)
        print(f"{name}: ridge {found.ridge:.3f}, same theme {found.same_theme:.3f}, {pace:.0f}/s")
