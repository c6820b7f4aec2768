"""`photoaes bank starter`: the bundled bank by its recipe."""

from __future__ import annotations

import argparse
from pathlib import Path

from photoaes.cli.bank.figures import print_figures
from photoaes.cli.commands import Commands, add_device
from photoaes.cli.progress import Meter
from photoaes.new_files import write_file


def add_action(actions: Commands) -> None:
    """Add it to `photoaes bank`."""
    parser = actions.add_parser("starter", help="make the bundled bank by its recipe")
    parser.add_argument("data", metavar="DATA", type=Path, help="with oasis/ and photos240/")
    parser.add_argument(
        "student",
        metavar="STUDENT",
        type=Path,
        help="what `distill` left, or a bank whose backbone to take",
    )
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
    add_device(parser)
    parser.set_defaults(run=_starter)


def _starter(options: argparse.Namespace) -> None:
    from photoaes.model.device import choose_device
    from photoaes.offline.experts.starter import SETTINGS, Recipe, make_starter, seen_images

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
        write_file(options.out / "seen.csv", text.encode(), over=True)
    print_figures(options.out)
