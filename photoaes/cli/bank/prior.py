"""`photoaes bank prior`: teach a bank how people's tastes lie before anyone has rated."""

from __future__ import annotations

import argparse
from pathlib import Path

from photoaes.cli.commands import Commands, add_device, add_scale
from photoaes.errors import InputInvalid


def add_action(actions: Commands) -> None:
    """Add `bank prior` to the command line."""
    parser = actions.add_parser(
        "prior",
        help="learn from many people's ratings what the general score is and how people differ",
        description="Writes prior.safetensors into the bank's folder. To judge with it afterwards "
        "(`photoaes evaluate`), give with --only the photos that the bank has seen.",
    )
    parser.add_argument("bank", metavar="BANK", type=Path)
    parser.add_argument("--images", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--ratings", type=Path, required=True, metavar="CSV", help="columns rater,image,score"
    )
    add_scale(parser)
    parser.add_argument(
        "--themes",
        type=Path,
        metavar="CSV",
        help="columns image,theme: photos of one theme look alike (default: each is its own)",
    )
    parser.add_argument("--only", type=Path, metavar="CSV", help="column image: no other photos")
    add_device(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    from photoaes.model.bank.manifest import read_bank
    from photoaes.model.device import choose_device
    from photoaes.model.taste.prior import save_prior
    from photoaes.model.taste.tangent import layout_of
    from photoaes.offline.databases import read_column, read_ratings
    from photoaes.offline.evaluation.gathering import features_of
    from photoaes.offline.experts.learn_prior import learn_prior, raters_of
    from photoaes.offline.experts.train import read_photos

    bank = read_bank(options.bank)
    table = read_ratings(options.ratings)
    names = sorted({name for given in table.ratings.values() for name in given})
    if options.only:
        only = read_column(options.only, "image")
        names = [name for name in names if name in only]
    if not names:
        raise InputInvalid("Not one of these photos has a rating.")
    themes = read_column(options.themes, "theme") if options.themes else {}
    paths = [options.images / name for name in names]
    pixels = read_photos(paths, bank.backbone.preprocessing)
    features = features_of(bank, pixels, choose_device(options.device).torch)
    raters = raters_of(table.ratings, names, tuple(options.scale))
    themed = [themes.get(name, name) for name in names]
    learned = learn_prior(layout_of(bank), features, raters, themed)
    save_prior(bank, learned.prior)
    spread = learned.prior.spread
    print(
        f"{len(raters)} people, {len(names)} photos. The general score correlates with mean "
        f"ratings of unseen themes at {learned.correlation:.3f}. In stars, people differ by "
        f"{spread.mean:.2f} in their mean, {spread.slope:.2f} in the general score's slope and "
        f"{spread.residual:.2f} beyond it; one rating is off by {spread.noise:.2f}."
    )
