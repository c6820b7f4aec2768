"""`photoaes bank`: make a bank, from photos to task vectors."""

from __future__ import annotations

import argparse
import csv
import time
from pathlib import Path

from photoaes.cli import bank_installed
from photoaes.cli.bank_prior import add_prior
from photoaes.cli.commands import Commands
from photoaes.cli.progress import Meter
from photoaes.errors import InputInvalid


def add_command(commands: Commands) -> None:
    """Add `bank` and what it can do to the command line."""
    parser = commands.add_parser("bank", help="make banks: pack, distill, train, starter, prior")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    bank_installed.add_actions(actions)
    _add_pack(actions)
    _add_distill(actions)
    _add_probe(actions)
    _add_train(actions)
    _add_starter(actions)
    add_prior(actions)


def _add_pack(actions: Commands) -> None:
    parser = actions.add_parser("pack", help="pack photos for `distill`, 44 MiB a file")
    parser.add_argument("photos", metavar="FOLDER", type=Path)
    parser.add_argument("out", metavar="PACKS", type=Path)
    parser.set_defaults(run=_pack)


def _pack(options: argparse.Namespace) -> None:
    import numpy as np

    from photoaes.album.photo import scan
    from photoaes.offline.photo_pack import write_packs

    paths = [photo.path for photo in scan(options.photos)]
    if not paths:
        raise InputInvalid(f"There are no photos in {options.photos}.", options.photos)
    # Shuffled, so that each pack alone is a fair sample.
    order = np.random.default_rng(0).permutation(len(paths))
    for pack in write_packs([paths[i] for i in order], options.out):
        print(pack)


def _add_distill(actions: Commands) -> None:
    parser = actions.add_parser(
        "distill",
        help="train a small backbone of our own to see like a teacher",
        description="Run the same command again to go on after a break: the state is kept in "
        "OUT/checkpoint.pt, every two minutes.",
    )
    parser.add_argument("packs", metavar="PACKS", type=Path)
    parser.add_argument("out", metavar="OUT", type=Path, help="folder of the student")
    parser.add_argument("--teacher", type=Path, required=True, help="ViT-Tiny/16 safetensors")
    parser.add_argument("--steps", type=int, default=1600)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--size", type=int, default=160, help="photo size in px (default 160)")
    parser.add_argument("--patch", type=int, default=32, help="16 or a multiple (default 32)")
    parser.add_argument("--blocks", type=int, default=6, help="a divisor of 12 (default 6)")
    parser.add_argument(
        "--joined-from",
        type=float,
        default=0.4,
        metavar="SHARE",
        help="share of the steps after which the blocks learn together (default 0.4)",
    )
    parser.add_argument(
        "--start",
        metavar="STUDENT",
        type=Path,
        help="go on from an earlier student or bank, also of another photo size",
    )
    parser.add_argument("--device", default="auto")
    parser.add_argument("--seed", type=int, default=0)
    parser.set_defaults(run=_distill)


def _distill(options: argparse.Namespace) -> None:
    import torch

    from photoaes.model.device import choose_device
    from photoaes.offline.distill import DistillSettings, distill, student_spec
    from photoaes.offline.photo_pack import PackedPhotos
    from photoaes.offline.student import load_start, save_student

    if 12 % options.blocks or options.patch % 16 or options.size % options.patch:
        raise InputInvalid(
            "Blocks must divide 12, the patch be a multiple of 16, and the size one of the patch."
        )
    spec = student_spec(size=options.size, patch=options.patch, blocks=options.blocks)
    settings = DistillSettings(
        options.steps,
        options.batch,
        options.lr,
        joined_from=options.joined_from,
        seed=options.seed,
    )
    start = load_start(options.start) if options.start else None
    device = choose_device(options.device)
    checkpoint = options.out / "checkpoint.pt"
    options.out.mkdir(parents=True, exist_ok=True)
    meter, begun = Meter(), time.monotonic()
    with (options.out / "log.csv").open("a", newline="", encoding="utf-8") as file:
        log = csv.writer(file)
        photos = PackedPhotos(options.packs)
        meter.say(f"{len(photos)} photos; {device.description}")
        steps = distill(photos, options.teacher, spec, settings, checkpoint, device.torch, start)
        for event in steps:
            meter.show("Distilling", event.step, event.steps, f"loss {event.loss:.3f}")
            log.writerow(
                (
                    event.step,
                    int(event.joined),
                    f"{event.loss:.4f}",
                    round(time.monotonic() - begun),
                )
            )
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    save_student(options.out, spec, state["model"])
    print(options.out)


def _add_probe(actions: Commands) -> None:
    parser = actions.add_parser(
        "probe",
        help="say how much a distilled backbone sees",
        description="The SROCC of a ridge on its frozen features on unseen themes, and how often "
        "a photo's nearest neighbour is of its theme. With --teacher the same for the teacher.",
    )
    parser.add_argument("student", metavar="STUDENT", type=Path)
    parser.add_argument("--images", type=Path, required=True, metavar="DIR")
    parser.add_argument("--scores", type=Path, required=True, metavar="CSV")
    parser.add_argument("--column", default="score", help="the score's column")
    parser.add_argument("--theme", default="theme", help="the theme's column")
    parser.add_argument("--teacher", type=Path, help="ViT-Tiny/16 safetensors")
    parser.add_argument("--teacher-sizes", type=int, nargs="+", default=[160, 224])
    parser.set_defaults(run=_probe)


def _probe(options: argparse.Namespace) -> None:
    import numpy as np

    from photoaes.offline.databases import read_table
    from photoaes.offline.distill import teacher_spec, teacher_tensors
    from photoaes.offline.probe import probe, tower_features
    from photoaes.offline.student import load_student
    from photoaes.offline.train import read_photos

    rows = [row for _, row in read_table(options.scores, ("image", options.column, options.theme))]
    paths = [options.images / row["image"] for row in rows]
    scores = np.array([float(row[options.column]) for row in rows])
    themes = [row[options.theme] for row in rows]
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


def _add_train(actions: Commands) -> None:
    parser = actions.add_parser(
        "train",
        help="fine-tune one expert on a score database and add it to a bank",
        description="The defaults of steps and rates are the paper's. A fifth of the photos, or "
        "those of --test, are held out and give the figures in the manifest.",
    )
    parser.add_argument("bank", metavar="BANK", type=Path, help="folder; made if it is not there")
    parser.add_argument("--task", required=True, help="the expert's name, such as ava")
    parser.add_argument("--scores", type=Path, required=True, metavar="CSV", help="image,score")
    parser.add_argument("--images", type=Path, required=True, metavar="DIR")
    parser.add_argument("--column", default="score", help="the score's column (default score)")
    parser.add_argument("--scale", type=float, nargs=2, required=True, metavar=("LOW", "HIGH"))
    parser.add_argument("--description", default="")
    parser.add_argument("--source", default="not stated", help="where the scores are from")
    parser.add_argument("--licence", default="not stated", help="of what is learned from them")
    tower = parser.add_argument_group("backbone of a new bank")
    tower.add_argument("--student", type=Path, metavar="DIR", help="a distilled one")
    tower.add_argument("--model", default="ViT-B-16", help="open_clip's name (default ViT-B-16)")
    tower.add_argument("--pretrained", default="datacomp_xl_s13b_b90k", help="open_clip's tag")
    rates = parser.add_argument_group("fine-tuning")
    rates.add_argument("--head-steps", type=int, default=60_000)
    rates.add_argument("--head-lr", type=float, default=1.5e-5, help="falls to a tenth")
    rates.add_argument("--steps", type=int, default=5_000)
    rates.add_argument("--lr", type=float, default=1.5e-6, help="falls to a tenth")
    rates.add_argument("--rank", type=int, help="store matrices low-rank (default: dense fp16)")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--seed", type=int, default=0)
    parser.set_defaults(run=_train)


def _train(options: argparse.Namespace) -> None:
    from photoaes.model.bank import Task
    from photoaes.model.device import choose_device
    from photoaes.offline.databases import read_scores
    from photoaes.offline.finetune import FinetuneSettings, Part
    from photoaes.offline.train import Storage, every_fifth, open_or_create, train_task

    low, high = options.scale
    if not low < high:
        raise InputInvalid("--scale wants the lowest score first, then the highest.")
    database = read_scores(options.scores, options.images, (low, high), options.column)
    device = choose_device(options.device)
    bank = open_or_create(options.bank, options.student, options.model, options.pretrained)
    task = Task(options.task, options.description, options.source, options.licence, (low, high))
    settings = FinetuneSettings(
        Part(options.head_steps, 128, options.head_lr, options.head_lr / 10),
        Part(options.steps, 32, options.lr, options.lr / 10),
        seed=options.seed,
    )
    meter = Meter()
    meter.say(f"{len(database.paths)} photos; {device.description}")
    steps = train_task(
        bank, bank.theta_pre(), task, database, every_fifth(len(database.paths)), settings,
        device.torch, Storage(rank=options.rank),
    )  # fmt: skip
    for event in steps:
        meter.show(
            f"{options.task}, {event.part}", event.step, event.steps, f"loss {event.loss:.3f}"
        )
    _print_figures(options.bank)


def _add_starter(actions: Commands) -> None:
    parser = actions.add_parser("starter", help="make the bundled bank by its recipe")
    parser.add_argument("data", metavar="DATA", type=Path, help="with oasis/ and photos240/")
    parser.add_argument("student", metavar="STUDENT", type=Path, help="what `distill` left")
    parser.add_argument("out", metavar="BANK", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder for the quality ladders")
    parser.add_argument(
        "--without-half",
        type=int,
        choices=(0, 1),
        help="for cross-fitting: leave out half of the OASIS themes and name the photos of the "
        "other half in BANK/seen.csv",
    )
    parser.add_argument(
        "--like",
        type=Path,
        metavar="BANK",
        help="take over from this bank what does not depend on the OASIS photos",
    )
    parser.add_argument("--device", default="auto")
    parser.set_defaults(run=_starter)


def _starter(options: argparse.Namespace) -> None:
    from photoaes.model.device import choose_device
    from photoaes.offline.starter import SETTINGS, Recipe, make_starter, seen_images

    recipe = Recipe(
        options.data,
        options.student,
        options.work,
        options.out,
        options.without_half,
        options.like,
    )
    meter = Meter()
    for task, event in make_starter(recipe, SETTINGS, choose_device(options.device).torch):
        meter.show(f"{task}, {event.part}", event.step, event.steps, f"loss {event.loss:.3f}")
    if options.without_half is not None:
        text = "\n".join(["image", *seen_images(recipe)]) + "\n"
        (options.out / "seen.csv").write_text(text, encoding="utf-8")
    _print_figures(options.out)


def _print_figures(folder: Path) -> None:
    from photoaes.model.bank import read_bank

    for task in read_bank(folder).tasks:
        figures = ", ".join(f"{name} {value:.3f}" for name, value in task.figures.items())
        print(f"{task.name}: {figures or 'not judged'} on held-out photos")
