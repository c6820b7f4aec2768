"""`photoaes bank`: banks at hand, and how they are made, from photos to task vectors."""

from __future__ import annotations

from photoaes.cli.bank import (
    contents,
    distill,
    importing,
    installed,
    label,
    pack,
    prior,
    probe,
    starter,
    train,
)
from photoaes.cli.commands import Commands

ACTIONS = (installed, importing, pack, distill, probe, label, contents, train, starter, prior)


def add_command(commands: Commands) -> None:
    """Add `bank` and what it can do to the command line."""
    parser = commands.add_parser("bank", help="list, check, import and make banks")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    for action in ACTIONS:
        action.add_action(actions)
