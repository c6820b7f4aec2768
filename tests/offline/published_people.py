"""The three databases that the paper judges people on, with as many photos each as was published.

People share photos where the database lets them, so that few are decoded.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from photoaes.offline.databases.flickr_people import TEST_WORKERS
from tests.offline.published_databases import put


def flickr_people(root: Path) -> None:
    """37 test workers, 105 to 171 photos each; and a training worker with photos of their own."""
    counts = np.linspace(105, 171, len(TEST_WORKERS)).round().astype(int)
    rows = ["worker, imagePair, score"]
    for worker, count in zip(TEST_WORKERS, counts, strict=True):
        rows += [f" {worker}, {n}.png, {_stars(worker, n)}" for n in range(count)]
    rows += [f" A9, {n}.png, {_stars('A9', n)}" for n in range(171, 201)]
    put(root / "FLICKR-AES_image_labeled_by_each_worker.csv", "\n".join(rows) + "\n")
    put(root / "FLICKR-AES_image_score.txt", "".join(f"{n}.png 0.{n:03}\n" for n in range(201)))
    for n in range(201):
        _photo(root / "40K" / f"{n}.png", n)


def aadb_people(root: Path) -> None:
    """22 workers with 110 to 190 ratings, and two with fewer and more."""
    counts = [*np.linspace(110, 190, 22).round().astype(int), 100, 200]
    urls = [f"Input.image_url{n}" for n in range(1, 11)]
    answers = [f"Answer.overallScore{n}" for n in range(1, 11)]
    rows = [",".join(["WorkerId", *urls, *answers])]
    for index, count in enumerate(counts):
        for start in range(0, count, 10):
            photos = [n if n < count else None for n in range(start, start + 10)]
            links = [f"http://farm1.staticflickr.com/2/{n or 0}.png" for n in photos]
            given = ["0" if n is None else str(_stars(f"W{index}", n)) for n in photos]
            rows.append(",".join([f"W{index:02}", *links, *given]))
    put(root / "AllinAll.csv", "\n".join(rows) + "\n")
    for n in range(200):
        _photo(root / "datasetImages_originalSize" / f"farm1_2_{n}.png", n)


def real_cur_people(root: Path) -> None:
    """14 albums of 197 to 222 photos, as they lie on a disk: with what systems leave in them."""
    for index, count in enumerate(np.linspace(197, 222, 14).round().astype(int)):
        for n in range(count):
            _photo(root / f"album{index:02}" / str(_stars(str(index), n)) / f"{n}.png", n)
        put(root / f"album{index:02}/3/Thumbs.db", "no photo")


def _stars(person: str, photo: int) -> int:
    return (photo * 7 + len(person) + photo // 5) % 5 + 1


def _photo(path: Path, number: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 8), (number, 255 - number, number * 3 % 256)).save(path)


PEOPLE = {
    "flickr-aes": (flickr_people, 37),
    "aadb": (aadb_people, 22),
    "real-cur": (real_cur_people, 14),
}
