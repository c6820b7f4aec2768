"""`photoaes bank pack`: photos in few files, for `distill`."""

from __future__ import annotations

import argparse
from pathlib import Path

from photoaes.cli.commands import Commands
from photoaes.errors import InputInvalid


def add_action(actions: Commands) -> None:
    """Add it to `photoaes bank`."""
    parser = actions.add_parser("pack", help="pack photos for `distill`, 44 MiB a file")
    parser.add_argument("photos", metavar="FOLDER", type=Path)
    parser.add_argument("out", metavar="PACKS", type=Path, help="folder for the files")
    parser.set_defaults(run=_pack)


def _pack(options: argparse.Namespace) -> None:
    import numpy as np

    from photoaes.album.photo import scan
    from photoaes.offline.experts.photo_pack import write_packs

    paths = [photo.path for photo in scan(options.photos)]
    if not paths:
        raise InputInvalid(f"There are no photos in {options.photos}.", options.photos)
    # Shuffled, so that each pack alone is a fair sample.
    order = np.random.default_rng(0).permutation(len(paths))
    for pack in write_packs([paths[i] for i in order], options.out):
        print(pack)
