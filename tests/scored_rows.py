"""Scoring as a user does it, and the rows that come of it."""

from __future__ import annotations

from pathlib import Path

from photoaes.cli import main
from photoaes.settings import sample_album_folder

PHOTOS = sorted(sample_album_folder().rglob("*.JPG"))[:12]
Rows = list[tuple[str, float | None, str | None]]


def mixed_folder(folder: Path) -> Path:
    """Fill it with twelve photos, one broken file and one that is no photo, in two folders."""
    for number, photo in enumerate(PHOTOS):
        inner = folder / f"{number % 2}"
        inner.mkdir(exist_ok=True)
        (inner / photo.name).write_bytes(photo.read_bytes())
    (folder / "0" / "broken.jpg").write_bytes(PHOTOS[0].read_bytes()[:3000])
    (folder / "notes.txt").write_text("no photo")
    return folder


def score(source: Path, out: Path, *options: str) -> int:
    """`photoaes score` of the source; its exit value."""
    return main(["score", str(source), "--out", str(out), "--quiet", "--device", "cpu", *options])


def rows_of(out: Path) -> Rows:
    """Of all parts, in the order of the parts."""
    from pyarrow import parquet

    files = sorted(out.glob("*.parquet"))
    tables = [parquet.read_table(file) for file in files]
    return [
        (row["key"], row["stars"], row["problem"]) for table in tables for row in table.to_pylist()
    ]
