"""`photoaes help TOPIC`: the pages that lie beside the code."""

from __future__ import annotations

import argparse
from importlib.resources import files

from photoaes.cli.commands import Commands

# The page's file in the package, and what it is about.
TOPICS = {
    "marks": ("album/sidecars/PROGRAMS.md", "what other programs' stars, flags and labels become"),
    "scripts": ("SCRIPTS.md", "scores from Python"),
    "cluster": ("bulk/CLUSTER.md", "very many images, many machines, and what they cost"),
    "safety": ("THREATS.md", "who could hand you what, and what it can do at worst"),
    "paper": ("offline/PAPER.md", "what differs from the paper, and how to have its way"),
    "extending": ("offline/EXTENDING.md", "a bank, a database, a method of your own"),
    "training": ("offline/TRAINING.md", "what training experts costs"),
    "findings": ("model/NOTES.md", "what was tried for taste, with figures"),
}


def add_command(commands: Commands) -> None:
    """Add `help` to the command line."""
    listed = "\n".join(f"  {topic:10} {what}" for topic, (_, what) in TOPICS.items())
    parser = commands.add_parser(
        "help",
        help="print a page on a topic",
        description="Prints a page; `photoaes COMMAND --help` tells the options of a command.\n\n"
        f"topics:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("topic", metavar="TOPIC", nargs="?", choices=list(TOPICS), help="see above")
    parser.set_defaults(run=lambda options: _run(parser, options))


def _run(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    if options.topic is None:
        print(parser.format_help(), end="")
        return
    page, _ = TOPICS[options.topic]
    print(files("photoaes").joinpath(page).read_text("utf-8"), end="")
