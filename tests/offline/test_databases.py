"""Plain CSV databases: read exactly, refused with the line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from photoaes.errors import InputInvalid
from photoaes.offline.databases import read_ratings, read_scores


def _table(folder: Path, text: str) -> Path:
    for name in ("a.jpg", "b.jpg"):
        (folder / name).write_bytes(b"x")
    path = folder / "scores.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_scores_are_mapped_to_the_heads_scale(tmp_path: Path) -> None:
    table = _table(tmp_path, "image, mean\r\na.jpg, 1\r\nb.jpg,4\r\n")
    database = read_scores(table, tmp_path, (1, 7), "mean")
    assert [path.name for path in database.paths] == ["a.jpg", "b.jpg"]
    np.testing.assert_allclose(database.targets(), [1, 5.5])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("image,value\na.jpg,1\n", "no column 'score'; it has: image, value"),
        ("image,score\na.jpg,6\n", "line 2: '6' is not a number from 1 to 5"),
        ("image,score\na.jpg,nan\n", "line 2: 'nan' is not a number"),
        ("image,score\na.jpg,\n", "line 2: '' is not a number"),
        ("image,score\nc.jpg,3\n", "names c.jpg, which is not in"),
        ("image,score\n", "has no rows"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(InputInvalid, match=sentence):
        read_scores(_table(tmp_path, text), tmp_path, (1, 5))


def test_raters_are_told_apart_and_the_last_rating_counts(tmp_path: Path) -> None:
    text = "rater,image,score\nx,a.jpg,3\ny,a.jpg,1\nx,b.jpg,2\nx,a.jpg,5\n"
    table = read_ratings(_table(tmp_path, text))
    assert table.ratings == {"x": {"a.jpg": 5, "b.jpg": 2}, "y": {"a.jpg": 1}}
    assert table.people(at_least=2) == ["x"]
