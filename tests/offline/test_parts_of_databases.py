"""Parts of databases, and attributes in the place of their scores."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from photoaes.errors import InputInvalid
from photoaes.offline.databases.catalogue import published, scored_part
from tests.offline.published_databases import MAKERS, put
from tests.offline.test_splits import koniq_sets


def _scores(text: str, folder: Path) -> dict[str, float]:
    _, _, database = scored_part(text, folder)
    return {p.name: float(s) for p, s in zip(database.paths, database.scores, strict=True)}


def _tagged(root: Path) -> Path:
    votes = "0 1 5 17 38 36 15 6 5 1"
    tags = ("1 22", "14 0", "22 14", "0 0", "2 3")
    rows = [f"{n} {n} {votes} {pair} 1396" for n, pair in enumerate(tags)]
    put(root / "AVA.txt", "\n".join(rows) + "\n")
    put(root / "tags.txt", "1 Abstract\n2 Cityscape\n14 Nature\n22 Black and White\n")
    for number in range(len(tags)):
        put(root / f"images/{number}.jpg")
    return root


@pytest.mark.parametrize(
    ("tags", "found"),
    [("22", "02"), ("14+1", "012"), ("nature", "12"), ("Black and White+cityscape", "024")],
)
def test_tags_of_ava_by_number_and_by_name(tags: str, found: str, tmp_path: Path) -> None:
    name, _, database = scored_part(f"ava:tags={tags}", _tagged(tmp_path))
    assert "".join(path.stem for path in database.paths) == found
    assert database.levels is not None
    assert len(database.levels) == len(found)
    assert name.startswith("ava-")
    assert name.replace("-", "").isalnum()


@pytest.mark.parametrize("tags", ["sunset", "0", "66"])
def test_a_tag_that_no_photo_has_is_named(tags: str, tmp_path: Path) -> None:
    with pytest.raises(InputInvalid, match=f"{tags}"):
        scored_part(f"ava:tags={tags}", _tagged(tmp_path))


def test_a_theme_of_tad66k(tmp_path: Path) -> None:
    MAKERS["tad66k"](tmp_path)
    # c is in the merged test part: a theme does not learn from it.
    assert _scores("tad66k:theme=sky", tmp_path) == {"a.jpg": 2, "d.jpg": 6}
    with pytest.raises(InputInvalid, match="sea.csv"):
        scored_part("tad66k:theme=sea", tmp_path)


def test_attributes_instead_of_the_score(tmp_path: Path) -> None:
    for name in ("para", "spaq", "eva"):
        MAKERS[name](tmp_path / name)
    para = scored_part("para:attribute=light", tmp_path / "para")[2]
    assert para.scores.tolist() == [3.0, 3.0]
    assert para.held_out is not None
    assert para.held_out.tolist() == [False, True]
    eva = scored_part("eva:attribute=semantic", tmp_path / "eva")[2]
    assert eva.scores.tolist() == [1.5] * 5
    assert eva.targets().tolist() == [2.5] * 5
    for text in ("para:attribute=taste", "spaq:attribute=MOS", "eva:attribute=score"):
        with pytest.raises(InputInvalid, match="has no attribute .* it has: "):
            scored_part(text, tmp_path / text.partition(":")[0])


@pytest.mark.parametrize("text", ["koniq:tags=1", "ava:theme=x", "ava:tags=", "ava:"])
def test_what_names_no_part_is_refused(text: str, tmp_path: Path) -> None:
    koniq_sets(tmp_path)
    with pytest.raises(InputInvalid, match="names no part of a database"):
        scored_part(text, tmp_path)


def test_kadid_never_parts_the_distortions_of_one_photo(tmp_path: Path) -> None:
    MAKERS["kadid"](tmp_path)
    database = published("kadid").scores(tmp_path)
    assert database.held_out is not None
    parts: dict[str, set[bool]] = {path.name[:3]: set() for path in database.paths}
    for path, out in zip(database.paths, database.held_out, strict=True):
        parts[path.name[:3]].add(bool(out))
    assert sorted(map(sorted, parts.values())) == [[False]] * 4 + [[True]]
    assert database.scores.max() == 4.5  # the least distorted: higher is better


def test_people_of_eva(tmp_path: Path) -> None:
    MAKERS["eva"](tmp_path)
    read = published("eva").raters
    assert read is not None
    table = read(tmp_path)
    assert table.ratings["E1"] == {f"{n}.jpg": n + 1.0 for n in range(5)}
    means = published("eva").scores(tmp_path).scores
    np.testing.assert_allclose(means, [n + 0.5 for n in range(5)])


def test_live_fb_takes_the_official_split_where_it_lies_there(tmp_path: Path) -> None:
    MAKERS["live-fb"](tmp_path)
    assert "drawn by seed 0" in published("live-fb").scores(tmp_path).split
    rows = [f"voc_emotic_ava/AVA__{n}.jpg,1,{'test' if n == 2 else 'train'}" for n in range(4)]
    table = "\n".join(["img_name/patch_name,mos,split", *rows]) + "\n"
    put(tmp_path / "meta_info_FLIVEDataset.csv", table)
    database = published("live-fb").scores(tmp_path)
    assert database.held_out is not None
    assert database.held_out.tolist() == [False, False, True, False, False]
    assert "meta_info_FLIVEDataset.csv" in database.split
