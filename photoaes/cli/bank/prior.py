"""`photoaes bank prior`: teach a bank how people's tastes lie before anyone has rated."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from photoaes.cli.commands import Commands, add_device, add_scale
from photoaes.errors import InputInvalid

if TYPE_CHECKING:
    import torch

    from photoaes.model.bank.manifest import Bank
    from photoaes.offline.experts.learn_prior import Twins


def add_action(actions: Commands) -> None:
    """Add `bank prior` to the command line."""
    parser = actions.add_parser(
        "prior",
        help="learn from many people's ratings what the general score is and how people differ",
        description="Writes prior.safetensors into the bank's folder. To judge with it afterwards "
        "(`photoaes evaluate`), give with --only the photos that the bank has seen. With --photos "
        "alone nobody's ratings are wanted: the general score is the mean of the bank's experts, "
        "as they score these photos.",
    )
    parser.add_argument("bank", metavar="BANK", type=Path)
    parser.add_argument("--images", type=Path, metavar="DIR", help="photos that people rated")
    parser.add_argument(
        "--ratings", type=Path, metavar="CSV", help="and a table: columns rater,image,score"
    )
    add_scale(parser)
    parser.add_argument(
        "--themes",
        type=Path,
        metavar="CSV",
        help="columns image,theme: photos of one theme look alike (default: each is its own)",
    )
    parser.add_argument(
        "--photos",
        type=Path,
        metavar="DIR",
        help="photos that nobody need have rated: the basis, what a photo's features are, is "
        "learned anew from them",
    )
    parser.add_argument(
        "--at-most",
        type=int,
        default=1536,
        metavar="N",
        help="so many of them, at random (default 1536)",
    )
    parser.add_argument(
        "--experts",
        nargs="+",
        metavar="TASK",
        help="with --photos: the experts that the general score is made of, in equal parts "
        "(default: all)",
    )
    parser.add_argument(
        "--unrated",
        nargs="+",
        default=[],
        metavar="TASK",
        help="with --photos: the experts that learned from nobody's ratings (`bank contents`)",
    )
    parser.add_argument(
        "--twins",
        type=int,
        default=160,
        metavar="N",
        help="with --photos: so many of them teach that black and white and low light are no "
        "faults (default %(default)s)",
    )
    parser.add_argument(
        "--leave-out",
        nargs="+",
        default=[],
        metavar="GROUP",
        help="groups of features that are to tell nothing, such as blocks (an ablation)",
    )
    parser.add_argument("--only", type=Path, metavar="CSV", help="column image: no other photos")
    add_device(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    if options.images and options.ratings:
        _learn(options)
    elif options.photos and not (options.images or options.ratings):
        _of_experts(options)
    else:
        raise InputInvalid("Name --images and --ratings, or --photos alone.")


def _of_experts(options: argparse.Namespace) -> None:
    from photoaes.model.bank.manifest import read_bank
    from photoaes.model.device import choose_device
    from photoaes.model.metrics import srocc
    from photoaes.model.taste.basis import read_basis, without_companion
    from photoaes.model.taste.experts_prior import FEWEST_PHOTOS, experts_prior, has_equal_parts
    from photoaes.model.taste.prior import save_prior
    from photoaes.offline.evaluation.gathering import features_of
    from photoaes.offline.evaluation.material import mean_of_experts
    from photoaes.offline.experts.decoding import read_photos

    bank, photos = read_bank(options.bank), _unrated(options)
    if len(photos) < FEWEST_PHOTOS or not bank.tasks:
        raise InputInvalid(
            f"A prior wants experts and {FEWEST_PHOTOS} photos or more, the more the better; "
            f"there are {len(bank.tasks)} and {len(photos)}."
        )
    basis = read_basis(bank)
    if not has_equal_parts(basis):
        raise InputInvalid(
            f"What {bank.name} says of photos was learned from people's ratings, and orders them "
            "better than the mean of its experts: name --images and --ratings."
        )
    device, pixels = choose_device(options.device), read_photos(photos, bank.backbone.preprocessing)
    features, _ = features_of(bank, pixels, device.torch)
    general = mean_of_experts(bank.merger(device.torch).expert_scores(pixels))
    tower, prior = basis.without_companion(), experts_prior(basis, features, general)
    alone = None
    if tower.width < basis.width:
        alone = experts_prior(tower, without_companion(basis, features), general)
    save_prior(bank, prior, alone)
    agrees = srocc(prior.general_scores(basis, features), general)
    print(
        f"{len(bank.tasks)} experts, {len(photos)} photos. The general score orders these photos "
        f"as the mean of the experts at {agrees:.3f}."
    )


def _learn(options: argparse.Namespace) -> None:
    from photoaes.model.bank.manifest import read_bank
    from photoaes.model.device import choose_device
    from photoaes.model.taste.basis import read_basis, without_companion
    from photoaes.model.taste.prior import save_prior
    from photoaes.offline.databases import read_column, read_ratings
    from photoaes.offline.evaluation.gathering import features_of
    from photoaes.offline.experts.decoding import read_photos
    from photoaes.offline.experts.learn_prior import learn_prior, raters_of

    bank = read_bank(options.bank)
    table = read_ratings(options.ratings)
    names = sorted({name for given in table.ratings.values() for name in given})
    if options.only:
        only = read_column(options.only, "image")
        names = [name for name in names if name in only]
    if not names:
        raise InputInvalid("Not one of these photos has a rating.")
    themes = read_column(options.themes, "theme") if options.themes else {}
    device = choose_device(options.device).torch
    unrated = _unrated(options) if options.photos else []
    if unrated:
        bank = _with_basis(bank, unrated, options, device)
    paths = [options.images / name for name in names]
    pixels = read_photos(paths, bank.backbone.preprocessing)
    features, _ = features_of(bank, pixels, device)
    raters = raters_of(table.ratings, names, tuple(options.scale))
    themed = [themes.get(name, name) for name in names]
    basis, twins = read_basis(bank), _twins(bank, unrated[: options.twins], device)
    learned = learn_prior(basis, features, raters, themed, twins, options.leave_out)
    tower = basis.without_companion()
    alone = None
    if tower.width < basis.width:
        own = without_companion(basis, features)
        alone_twins = twins and twins.without_companion(basis)
        alone = learn_prior(tower, own, raters, themed, alone_twins, options.leave_out).prior
    save_prior(bank, learned.prior, alone)
    spread = learned.prior.spread
    print(
        f"{len(raters)} people, {len(names)} photos. The general score correlates with mean "
        f"ratings of unseen themes at {learned.correlation:.3f}. In stars, people differ by "
        f"{spread.mean:.2f} in their mean and {spread.slope:.2f} in the general score's slope; "
        f"one rating is off by {spread.noise:.2f}."
    )
    for group, (crowd, people) in learned.strengths.items():
        print(f"{group}: variance {crowd:.3f} for the crowd, {people:.3f} between people")


def _unrated(options: argparse.Namespace) -> list[Path]:
    import numpy as np

    from photoaes.album.photo import walk

    found = sorted(photo.path for part in walk(options.photos) for photo in part)
    chosen = np.random.default_rng(0).permutation(len(found))[: options.at_most]
    return [found[row] for row in chosen]


def _with_basis(
    bank: Bank, paths: list[Path], options: argparse.Namespace, device: torch.device
) -> Bank:
    from photoaes.model.taste.basis import save_basis
    from photoaes.offline.experts.decoding import read_photos
    from photoaes.offline.experts.learn_basis import expert_parts, learn_basis

    pixels = read_photos(paths, bank.backbone.preprocessing)
    experts = options.experts or [task.name for task in bank.tasks]
    basis = learn_basis(bank, expert_parts(bank, experts), pixels, device, options.unrated)
    return save_basis(bank, basis)


def _twins(bank: Bank, paths: list[Path], device: torch.device) -> Twins | None:
    import numpy as np

    from photoaes.offline.evaluation.gathering import features_of
    from photoaes.offline.experts.learn_prior import Twins
    from photoaes.offline.experts.twins import COPIES, twins_of

    if not paths:
        return None
    originals, copies = twins_of(paths, bank.backbone.preprocessing)
    # Each original stands there once for each kind of copy, and is measured once.
    once, _ = features_of(bank, originals[: len(paths)], device)
    return Twins(np.tile(once, (len(COPIES), 1)), features_of(bank, copies, device)[0])
