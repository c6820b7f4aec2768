"""`photoaes profile`: taste profiles, kept and shared."""

from __future__ import annotations

import argparse
import contextlib
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from photoaes.album.store.opening import Store
from photoaes.album.store.profile_file import read_profile, write_profile
from photoaes.album.store.profiles import (
    Profile,
    damaged_profiles,
    load_profile,
    profiles,
    remove_profile,
    rename_profile,
    save_profile,
    with_free_name,
)
from photoaes.cli.commands import Commands
from photoaes.cli.opened import opened_store
from photoaes.cli.progress import Meter
from photoaes.cli.wording import local_time
from photoaes.errors import InputInvalid
from photoaes.jobs.banks import BankFacts, banks_at_hand
from photoaes.new_files import copy_file
from photoaes.settings import banks_folder, resources_folder, starter_bank_folder

MODEL = "write the merged model as safetensors, with a script that scores photos by it"
Action = Callable[[argparse.Namespace, Store], None]


def add_command(commands: Commands) -> None:
    """Add `profile` and what it can do to the command line."""
    parser = commands.add_parser(
        "profile",
        help="list, show, share and remove taste profiles",
        description="A taste profile is what `photoaes rank --save NAME` has learned. As a file of "
        "some kilobytes it can be given to others and used on any album with the same bank.",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    _action(actions, "list", "all profiles", _list)
    _action(actions, "show", "all that a profile holds, as JSON", _show, "name")
    _action(actions, "export", "write a profile to a new file", _export, "name", "file")
    _action(actions, "model", MODEL, _model, "name", "file")
    _action(actions, "import", "keep the profile in a file", _import, "file")
    _action(actions, "rename", "give a profile another name", _rename, "name", "to")
    _action(actions, "remove", "forget a profile and its scores", _remove, "name")


def _action(actions: Commands, name: str, text: str, run: Action, *arguments: str) -> None:
    parser = actions.add_parser(name, help=text)
    for argument in arguments:
        kind = Path if argument == "file" else str
        parser.add_argument(argument, metavar=argument.upper(), type=kind)

    def opened(options: argparse.Namespace) -> None:
        with opened_store(Meter()) as store:
            run(options, store)

    parser.set_defaults(run=opened)


def _list(options: argparse.Namespace, store: Store) -> None:
    found = profiles(store)
    for profile in found:
        when = local_time(profile.learned_at)
        print(f"{profile.name}: {len(profile.support)} ratings, {when}, {profile.bank}")
    damaged = damaged_profiles(store)
    for name in damaged:
        print(f"{name}: damaged. Learn it anew under its name, or remove it.")
    if not found and not damaged:
        print("There are no taste profiles yet. `photoaes rank FOLDER --save NAME` makes one.")


def _show(options: argparse.Namespace, store: Store) -> None:
    print(json.dumps(asdict(load_profile(store, options.name)), indent=2))


def _export(options: argparse.Namespace, store: Store) -> None:
    write_profile(load_profile(store, options.name), options.file)
    print(options.file)


def _model(options: argparse.Namespace, store: Store) -> None:
    from photoaes.model.bank.manifest import read_bank
    from photoaes.model.model_file import write_model
    from photoaes.model.taste.basis import read_basis
    from photoaes.model.taste.readout import read_readout

    profile = load_profile(store, options.name)
    bank = read_bank(_bank_of(profile))
    if not profile.readout:
        raise InputInvalid(f"{profile.name!r} was learned by the paper's method; it has no row.")
    basis = read_basis(bank)
    write_model(bank, basis, read_readout(profile.readout, basis), options.file)
    script = options.file.with_name("score_a_photo.py")
    with contextlib.suppress(FileExistsError):  # it may be a person's own
        copy_file(resources_folder() / script.name, script, over=False)
    print(f"{options.file}\n{script}")


def _bank_of(profile: Profile) -> Path:
    """Where the bank lies that the profile was learned with. Raises InputInvalid."""
    for facts in banks_at_hand(starter_bank_folder(), banks_folder()):
        if isinstance(facts, BankFacts) and facts.digest == profile.bank_digest:
            return facts.folder
    raise InputInvalid(f"The bank {profile.bank!r} that {profile.name!r} needs is not here.")


def _import(options: argparse.Namespace, store: Store) -> None:
    profile = with_free_name(store, read_profile(options.file))
    save_profile(store, profile)
    print(f"kept as {profile.name!r}")


def _rename(options: argparse.Namespace, store: Store) -> None:
    rename_profile(store, options.name, options.to)


def _remove(options: argparse.Namespace, store: Store) -> None:
    remove_profile(store, options.name)
