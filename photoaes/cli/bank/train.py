"""`photoaes bank train`: fine-tune one expert on a score database."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from photoaes.cli.bank.figures import print_figures
from photoaes.cli.commands import Commands, add_device, add_missing
from photoaes.cli.progress import Meter
from photoaes.errors import InputInvalid

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from photoaes.model.bank.manifest import Task
    from photoaes.model.device import Device
    from photoaes.offline.databases import ScoreDatabase
    from photoaes.offline.experts.finetune import FinetuneSettings


PRETRAINED = "datacomp_xl_s13b_b90k"


def add_action(actions: Commands) -> None:
    """Add it to `photoaes bank`."""
    parser = actions.add_parser(
        "train",
        help="fine-tune one expert on a score database and add it to a bank",
        description="Either a published database by its name, in the layout it is published in, "
        "or photos of your own with a CSV. The defaults of steps and rates are the paper's. The "
        "published test split, else a fifth of the photos, is held out and gives the figures in "
        "the manifest. A run that was stopped goes on with the same command. Several GPUs or "
        "hosts: torchrun --no-python --nproc-per-node=N photoaes bank train ...",
    )
    parser.add_argument("bank", metavar="BANK", type=Path, help="folder; made if it is not there")
    parser.add_argument(
        "--database",
        nargs=2,
        metavar=("NAME", "FOLDER"),
        help="ava, tad66k, flickr-aes, para, koniq, spaq, aadb, lapis, eva, kadid or live-fb, and "
        "where it lies; a part of it as ava:tags=nature+sky, tad66k:theme=food, or instead of its "
        "scores an attribute: para:attribute=light, spaq:attribute=Sharpness, eva:attribute=visual",
    )
    parser.add_argument("--task", help="the expert's name (default: the database's)")
    own = parser.add_argument_group("photos of your own, instead of --database")
    own.add_argument("--scores", type=Path, metavar="CSV", help="image,score")
    own.add_argument("--images", type=Path, metavar="DIR")
    own.add_argument("--column", default="score", help="the score's column (default score)")
    own.add_argument("--scale", type=float, nargs=2, metavar=("LOW", "HIGH"), help="of the scores")
    own.add_argument("--description", default="")
    own.add_argument("--source", help="where the scores are from")
    own.add_argument("--licence", help="of what is learned from them")
    tower = parser.add_argument_group("backbone of a new bank")
    tower.add_argument("--student", type=Path, metavar="DIR", help="a distilled one")
    tower.add_argument("--model", default="ViT-B-16", help="open_clip's name (default ViT-B-16)")
    tower.add_argument(
        "--pretrained", default=PRETRAINED, help=f"open_clip's tag (default {PRETRAINED})"
    )
    rates = parser.add_argument_group("fine-tuning")
    rates.add_argument("--head-steps", type=int, default=60_000, help="default 60000")
    rates.add_argument(
        "--head-lr", type=float, default=1.5e-5, help="falls to a tenth (default 1.5e-5)"
    )
    rates.add_argument("--steps", type=int, default=5_000, help="of the whole model (default 5000)")
    rates.add_argument("--lr", type=float, default=1.5e-6, help="falls to a tenth (default 1.5e-6)")
    rates.add_argument("--rank", type=int, help="store matrices low-rank (default: dense fp16)")
    parser.add_argument(
        "--work",
        type=Path,
        metavar="DIR",
        help="for decoded photos, checkpoints and log.csv (default BANK.work/TASK)",
    )
    parser.add_argument(
        "--checkpoint-every", type=float, default=120, metavar="SECONDS", help="default 120"
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="train nothing: say how many hours and how much disk it will take, from a few steps",
    )
    add_missing(parser)
    add_device(parser)
    parser.add_argument("--seed", type=int, default=0)
    parser.set_defaults(run=_train)


def _train(options: argparse.Namespace) -> None:
    from photoaes.model.device import choose_device
    from photoaes.offline.databases.gaps import check_gaps, in_words, read_gaps
    from photoaes.offline.experts.decoding import absent
    from photoaes.offline.experts.finetune import FinetuneSettings, Phase
    from photoaes.offline.experts.processes import joined_processes
    from photoaes.offline.experts.train import (
        SKIPPED,
        LongRun,
        Storage,
        open_or_create,
        train_task,
    )

    database, task = _own(options) if options.database is None else _published(options)
    held_out = _held_out(database)
    lost = absent(database.paths)
    check_gaps(lost, len(database.paths), options.missing_at_most)
    device = choose_device(options.device)
    settings = FinetuneSettings(
        Phase(options.head_steps, 128, options.head_lr, options.head_lr / 10),
        Phase(options.steps, 32, options.lr, options.lr / 10),
        seed=options.seed,
    )
    if options.dry_run:
        _say_cost(options, database, settings, device)
        return
    folder = options.work or options.bank.with_name(f"{options.bank.name}.work") / task.name
    meter = Meter()
    with joined_processes(device.torch) as processes:
        if processes.first:
            meter.say(f"{len(database.paths)} photos; {device.description}")
            meter.say(f"Split: {database.split or 'every fifth photo, by seed, is held out'}")
            open_or_create(options.bank, options.student, options.model, options.pretrained)
        processes.wait()
        bank = open_or_create(options.bank, options.student, options.model, options.pretrained)
        steps = train_task(
            bank, bank.theta_pre(), task, database, held_out, settings,
            device.torch, Storage(rank=options.rank),
            LongRun(folder, options.checkpoint_every, processes, partial(meter.show, "Decoding")),
            options.missing_at_most,
        )  # fmt: skip
        for event in steps:
            if processes.first:
                name = f"{task.name}, {event.part}"
                meter.show(name, event.step, event.steps, f"loss {event.loss:.3f}")
        if processes.first:
            if left_out := read_gaps(folder / SKIPPED):
                meter.say(in_words(left_out, folder / SKIPPED))
            print_figures(options.bank)


def _say_cost(
    options: argparse.Namespace, database: ScoreDatabase, settings: FinetuneSettings, device: Device
) -> None:
    from photoaes.model.bank.manifest import read_bank
    from photoaes.model.bank.schema import is_bank
    from photoaes.model.paper.backbone import BackboneSpec
    from photoaes.offline.experts.cost import stage_one_cost
    from photoaes.offline.experts.student import load_student

    if is_bank(options.bank):
        spec = read_bank(options.bank).backbone
    elif options.student:
        spec = load_student(options.student)[0]
    else:
        spec = BackboneSpec(options.model, options.pretrained)
    print(f"{len(database.paths)} photos; {device.description}; {spec.model}")
    print(f"Split: {database.split or 'every fifth photo, by seed, is held out'}")
    for line in stage_one_cost(spec, database, settings, device.torch).lines():
        print(line)


def _published(options: argparse.Namespace) -> tuple[ScoreDatabase, Task]:
    from photoaes.model.bank.manifest import Task
    from photoaes.offline.databases.catalogue import scored_part

    asked, folder = options.database
    name, publication, database = scored_part(asked, Path(folder))
    part = asked.partition(":")[2]
    task = Task(
        options.task or name,
        options.description or f"Mean scores of {publication.title}{part and f', {part}'}",
        options.source or f"{publication.title}, {publication.page}; split: {database.split}",
        options.licence or publication.licence,
        database.scale,
    )
    return database, task


def _own(options: argparse.Namespace) -> tuple[ScoreDatabase, Task]:
    from photoaes.model.bank.manifest import Task
    from photoaes.offline.databases import read_scores

    if not (options.task and options.scores and options.images and options.scale):
        raise InputInvalid(
            "Give a published database with --database NAME FOLDER, or photos of your own with "
            "--task, --scores, --images and --scale."
        )
    low, high = options.scale
    if not low < high:
        raise InputInvalid("--scale wants the lowest score first, then the highest.")
    database = read_scores(options.scores, options.images, (low, high), options.column)
    source, licence = options.source or "not stated", options.licence or "not stated"
    return database, Task(options.task, options.description, source, licence, (low, high))


def _held_out(database: ScoreDatabase) -> NDArray[np.bool_]:
    from photoaes.offline.experts.train import every_fifth

    if database.held_out is None:
        return every_fifth(len(database.paths))
    if database.held_out.all():
        raise InputInvalid("This database is for testing only: it has no photos to train on.")
    return database.held_out
