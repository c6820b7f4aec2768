"""`photoaes bank`: make a bank, from photos to task vectors."""

from __future__ import annotations

from photoaes.cli.bank import distill, pack, probe, starter, train
from photoaes.cli.commands import Commands

ACTIONS = (pack, distill, probe, train, starter)


def add_command(commands: Commands) -> None:
    """Add `bank` and what it can do to the command line."""
    parser = commands.add_parser("bank", help="make banks: pack, distill, train, starter")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    for action in ACTIONS:
        action.add_action(actions)
