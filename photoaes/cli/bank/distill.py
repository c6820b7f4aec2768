"""`photoaes bank distill`: a small backbone learns from a teacher."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from photoaes.cli.commands import Commands, add_device
from photoaes.cli.progress import Meter
from photoaes.errors import InputInvalid
from photoaes.new_files import appended_table


def add_action(actions: Commands) -> None:
    """Add it to `photoaes bank`."""
    parser = actions.add_parser(
        "distill",
        help="train a small backbone of our own to see like a teacher",
        description="Run the same command again to go on after a break: the state is kept in "
        "OUT/checkpoint.pt, every two minutes.",
    )
    parser.add_argument("packs", metavar="PACKS", type=Path, help="what `bank pack` wrote")
    parser.add_argument("out", metavar="OUT", type=Path, help="folder of the student")
    parser.add_argument("--teacher", type=Path, required=True, help="ViT-Tiny/16 safetensors")
    parser.add_argument("--steps", type=int, default=1600, help="default 1600")
    parser.add_argument("--batch", type=int, default=64, help="photos a step (default 64)")
    parser.add_argument("--lr", type=float, default=2e-3, help="learning rate (default 2e-3)")
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
    add_device(parser)
    parser.add_argument("--seed", type=int, default=0)
    parser.set_defaults(run=_distill)


def _distill(options: argparse.Namespace) -> None:
    import torch

    from photoaes.model.device import choose_device
    from photoaes.offline.experts.distill import DistillSettings, distill
    from photoaes.offline.experts.photo_pack import PackedPhotos
    from photoaes.offline.experts.student import load_start, save_student
    from photoaes.offline.experts.towers import student_spec

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
    with appended_table(options.out / "log.csv") as log:
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
