"""`photoaes bank list`, `info`, `verify`, `install`, `download`, `remove` and `compress`."""

from __future__ import annotations

import argparse
from pathlib import Path

from photoaes.cli.commands import Commands
from photoaes.cli.opened import finished
from photoaes.cli.progress import Meter
from photoaes.errors import BankInvalid, InputInvalid
from photoaes.jobs.banks import (
    MANIFEST,
    bank_facts,
    banks_at_hand,
    fetch_backbone,
    install_bank,
    is_bank,
    remove_bank,
    verify_bank,
)
from photoaes.settings import banks_folder, starter_bank_folder


def add_action(actions: Commands) -> None:
    """Add `list`, `info`, `install` and the like to `photoaes bank`."""
    listing = actions.add_parser("list", help="the bundled bank and the installed ones")
    listing.set_defaults(run=_list)
    for name, text, run in (
        ("info", "what a bank knows, and where it is from", _info),
        ("verify", "read every file of a bank and check it", _verify),
    ):
        parser = actions.add_parser(name, help=text)
        parser.add_argument(
            "bank", metavar="BANK", nargs="?", help="name or folder (default: the bundled one)"
        )
        parser.set_defaults(run=run)
    install = actions.add_parser("install", help="check a bank and copy it to the installed ones")
    install.add_argument(
        "folder", metavar="FOLDER", type=Path, help="of the bank; its name is the bank's"
    )
    install.set_defaults(run=_install)
    download = actions.add_parser("download", help="fetch the backbone that a bank only names")
    download.add_argument("bank", metavar="BANK", help="name or folder")
    download.set_defaults(run=_download)
    remove = actions.add_parser("remove", help="delete an installed bank; taste profiles stay")
    remove.add_argument("name", metavar="NAME")
    remove.set_defaults(run=_remove)
    _add_compress(actions)


def _add_compress(actions: Commands) -> None:
    parser = actions.add_parser("compress", help="write a bank in fewer bits to a new folder")
    parser.add_argument("bank", metavar="BANK", help="name or folder")
    parser.add_argument("out", metavar="OUT", type=Path, help="new folder")
    parser.add_argument(
        "--to", choices=("fp16", "int8", "int4"), default="int8", help="default int8"
    )
    parser.add_argument("--rank", type=int, help="store matrices as factors of this rank")
    parser.set_defaults(run=_compress)


def _list(options: argparse.Namespace) -> None:
    for one in banks_at_hand(starter_bank_folder(), banks_folder()):
        if isinstance(one, BankInvalid):
            print(f"damaged: {one}")
        else:
            print(f"{one.folder.name}: {one.name}, {len(one.tasks)} tasks, {one.megabytes:.0f} MB")


def _folder(name: str | None) -> Path:
    """The bank that `name` means, as `model.bank.packs.find_bank` finds it, but without torch."""
    if name is None:
        return starter_bank_folder()
    bundled = starter_bank_folder()
    for folder in (Path(name), banks_folder() / name):
        if is_bank(folder):
            return folder
    if name == bundled.name:
        return bundled
    raise InputInvalid(
        f"There is no bank {name!r}: no folder with a {MANIFEST}, nor in `photoaes bank list`."
    )


def _info(options: argparse.Namespace) -> None:
    facts = bank_facts(_folder(options.bank))
    print(f"{facts.name}\n{facts.folder}\nbackbone: {facts.backbone}\nlicence: {facts.licence}")
    print(f"{facts.megabytes:.0f} MB, digest {facts.digest[:16]}")
    for name, description, srocc in facts.tasks:
        figure = "" if srocc != srocc else f" (SROCC {srocc:.2f} on held-out photos)"
        print(f"  {name}: {description}{figure}")


def _verify(options: argparse.Namespace) -> None:
    facts = finished(verify_bank(_folder(options.bank)), Meter())
    print(f"{facts.name}: {len(facts.tasks)} tasks, all files are as the manifest says")


def _install(options: argparse.Namespace) -> None:
    facts = finished(install_bank(options.folder.resolve(), banks_folder()), Meter())
    print(f"{facts.name} is installed; use it with --bank {facts.folder.name}")


def _download(options: argparse.Namespace) -> None:
    folder = _folder(options.bank)
    if bank_facts(folder).needs_download:
        finished(fetch_backbone(folder), Meter())
    print("The backbone is on this computer.")


def _remove(options: argparse.Namespace) -> None:
    print(f"removed {remove_bank(options.name, banks_folder())}")


def _compress(options: argparse.Namespace) -> None:
    from photoaes.model.bank.storage import Bits
    from photoaes.model.compression import compress

    source, bits = _folder(options.bank), {"fp16": None, "int8": 8, "int4": 4}[options.to]
    wanted: Bits | None = bits  # type: ignore[assignment]
    meter = Meter()
    for done, total in compress(source, options.out, bits=wanted, rank=options.rank):
        meter.show("Compressing", done, total)
    before, after = bank_facts(source).megabytes, bank_facts(options.out).megabytes
    print(f"{options.out}: {after:.1f} MB instead of {before:.1f}")
