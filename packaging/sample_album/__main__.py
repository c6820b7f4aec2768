"""Renders the sample album that photoaes ships: PYTHONPATH=packaging python -m sample_album.

Takes some twenty seconds. Only what is missing is rendered; after a change of the pictures count
`album.VERSION` up, and all are made anew.
"""

import argparse
import csv
from pathlib import Path

from photoaes.new_files import new_text_file
from sample_album.album import make_album
from sample_album.trip import demo_ratings

SHIPPED = Path(__file__).parents[2] / "resources/sample-album"


def main() -> None:
    """The photos, and `ratings.csv` with the invented person's stars."""
    parser = argparse.ArgumentParser(prog="sample_album", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=SHIPPED, help=f"default: {SHIPPED}")
    folder = parser.parse_args().folder
    for done, total in make_album(folder):
        print(f"\r{done} of {total}", end="", flush=True)
    with new_text_file(folder / "ratings.csv", over=True) as file:
        writer = csv.writer(file)
        writer.writerow(("path", "stars"))
        writer.writerows(demo_ratings().items())
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"\r{folder}: {size / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
