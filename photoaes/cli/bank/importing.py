"""`photoaes bank import`: the paper's bank from the checkpoints that its authors released."""

from __future__ import annotations

import argparse
from pathlib import Path

from photoaes.cli.commands import Commands
from photoaes.cli.progress import Meter
from photoaes.settings import banks_folder


def add_action(actions: Commands) -> None:
    """Add it to `photoaes bank`."""
    parser = actions.add_parser(
        "import",
        help="install the checkpoints that the paper's authors released as a bank",
        description="Give the six files clip_B_3fc_*.pth, or the six of L. The weights that they "
        "were fine-tuned from are fetched once through open_clip.",
    )
    parser.add_argument("name", metavar="NAME", help="of the new bank")
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+")
    parser.add_argument("--without", nargs="+", default=[], metavar="EXPERT", help="such as para")
    parser.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> None:
    from photoaes.errors import InputInvalid
    from photoaes.model.bank.import_released import LICENCE, import_released, released_spec
    from photoaes.model.bank.manifest import Bank
    from photoaes.model.bank.packs import installed_folder
    from photoaes.model.bank.pretrained import pretrained_weights
    from photoaes.new_files import new_folder

    spec = released_spec(options.files, options.without)
    folder = installed_folder(options.name, banks_folder())
    theta_pre = {f"backbone.{name}": t for name, t in pretrained_weights(spec).items()}
    how = "The authors' released checkpoints (Yun & Choo, ECCV 2024), by `photoaes bank import`."
    if folder.exists():
        raise InputInvalid(f"{folder} is there already; name another bank.", folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    meter = Meter()
    # Whole or not at all: a bank of four experts that a kill has left would be taken for the six.
    with new_folder(folder) as partial:
        bank = Bank(partial, options.name, spec, (), how, LICENCE)
        # Where open_clip has no weights under that name, the bank brings its own.
        steps = import_released(bank, options.files, theta_pre, carry=spec.pretrained is None)
        for done, expert in enumerate(steps, start=1):
            meter.show("Importing", done, len(options.files), expert)
    print(folder)
    meter.say(f"Next, with some hundred photos of yours: photoaes bank prior {folder} --photos DIR")
