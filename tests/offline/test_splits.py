"""Published splits in each form in which public loaders find them, and which of several counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoaes.cli import main
from photoaes.errors import InputInvalid
from photoaes.model.bank.manifest import read_bank
from photoaes.offline.databases import ScoreDatabase
from photoaes.offline.databases.catalogue import published
from photoaes.offline.experts.student import save_student
from tests.offline.published_databases import AADB_PHOTOS, MAKERS, put
from tests.tiny import SPEC

AVA_IDS = ("953619", "953958")


def koniq_sets(root: Path, place: str = "") -> None:
    sets = ("training", "validation", "test", "training", "test")
    rows = [f"{n}.jpg,0,0,0.25,0.75,0,100,{n * 20}.5,0.4,{s}" for n, s in enumerate(sets)]
    header = "image_name,c1,c2,c3,c4,c5,c_total,MOS,SD,set"
    put(root / place / "koniq10k_distributions_sets.csv", "\n".join([header, *rows]) + "\n")
    for number in range(5):
        put(root / "512x384" / f"{number}.jpg")


def koniq_meta(root: Path) -> None:
    rows = [f"{n}.jpg,{n * 20},0.4,{s}" for n, s in enumerate(("train", "val", "test"))]
    put(root / "meta_info_KonIQ10kDataset.csv", "\n".join(["img_name,mos,std,split", *rows]) + "\n")
    for number in range(3):
        put(root / "512x384" / f"{number}.jpg")


def ava_list(root: Path) -> None:
    MAKERS["ava"](root)
    put(root / "aesthetics_image_lists/generic_test.jpgl", f"{AVA_IDS[0]} \n404\n")


def ava_table(name: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        MAKERS["ava"](root)
        _ava_sets(root / name)

    return make


def ava_means(root: Path) -> None:
    """The photos and the table alone, without AVA.txt."""
    MAKERS["ava"](root)
    (root / "AVA.txt").unlink()
    _ava_sets(root / "metadata/AVA_data_official_test.csv")


def ava_meta(root: Path) -> None:
    MAKERS["ava"](root)
    votes = ",".join(f"c{n}" for n in range(1, 11))
    header = f"img_name,MOS,{votes},semantic_tag1,semantic_tag2,official split,ILGnet split"
    rows = [f"{i}.jpg,5,{','.join('1' * 10)},1,2,{s},train"
            for i, s in zip(AVA_IDS, ("test", "train"), strict=True)]  # fmt: skip
    put(root / "meta_info_AVADataset.csv", "\n".join([header, *rows]))


def ava_downloader(root: Path) -> None:
    """As the repository ava_downloader has it: a folder for the lists, another for the photos."""
    MAKERS["ava"](root)
    (root / "AVA_dataset/aesthetics_image_lists").mkdir(parents=True)
    (root / "AVA.txt").rename(root / "AVA_dataset/AVA.txt")
    (root / "images").rename(root / "image")
    put(root / "AVA_dataset/aesthetics_image_lists/generic_test.jpgl", f"{AVA_IDS[0]}\n")


def _ava_sets(table: Path) -> None:
    header = "image_name,image_id,MOS,set"
    rows = [f"{i}.jpg,{i},5.5,{s}" for i, s in zip(AVA_IDS, ("test", "training"), strict=True)]
    put(table, "\n".join([header, *rows]) + "\n")


def aadb_lists(place: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        MAKERS["aadb"](root)
        (root / "AADBinfo.mat").unlink()
        parts = {"Train": AADB_PHOTOS[:2], "Validation": (), "TestNew": AADB_PHOTOS[2:]}
        for part, names in parts.items():
            lines = "".join(f"{name} 0.5\n" for name in names)
            put(root / place / f"imgList{part}Regression_score.txt", lines)

    return make


FORMS: dict[str, tuple[str, Callable[[Path], None], list[str], str]] = {
    "koniq, sets": ("koniq", koniq_sets, ["2.jpg", "4.jpg"], "koniq10k_distributions_sets.csv"),
    "koniq, sets in metadata": (
        "koniq", lambda root: koniq_sets(root, "metadata"), ["2.jpg", "4.jpg"], "column set",
    ),
    "koniq, pyiqa": ("koniq", koniq_meta, ["2.jpg"], "meta_info_KonIQ10kDataset.csv"),
    "ava, list": ("ava", ava_list, [f"{AVA_IDS[0]}.jpg"], "generic_test.jpgl"),
    "ava, downloader": ("ava", ava_downloader, [f"{AVA_IDS[0]}.jpg"], "generic_test.jpgl"),
    "ava, mlsp": (
        "ava", ava_table("AVA_data_official_test.csv"), [f"{AVA_IDS[0]}.jpg"],
        "AVA_data_official_test.csv",
    ),
    "ava, authors": (
        "ava", ava_table("AVA_data_official.csv"), [f"{AVA_IDS[0]}.jpg"], "AVA_data_official.csv",
    ),
    "ava, means alone": ("ava", ava_means, [f"{AVA_IDS[0]}.jpg"], "AVA_data_official_test.csv"),
    "ava, pyiqa": ("ava", ava_meta, [f"{AVA_IDS[0]}.jpg"], "column official split"),
    "aadb, lists": ("aadb", aadb_lists("imgListFiles_label"), [AADB_PHOTOS[2]], "TestNew"),
    "aadb, lists two deep": (
        "aadb", aadb_lists("AADB_imgListFiles_label/imgListFiles_label"), [AADB_PHOTOS[2]], "Train",
    ),
}  # fmt: skip


def _held_out(database: ScoreDatabase) -> list[str]:
    assert database.held_out is not None
    return [path.name for path, out in zip(database.paths, database.held_out, strict=True) if out]


@pytest.mark.parametrize("form", FORMS)
def test_the_published_split_is_taken_and_named(form: str, tmp_path: Path) -> None:
    name, make, expected, origin = FORMS[form]
    make(tmp_path / name)
    database = published(name).scores(tmp_path / name)
    assert _held_out(database) == expected
    assert origin in database.split
    assert all(path.is_file() for path in database.paths)
    assert ((database.targets() >= 1) & (database.targets() <= 10)).all()


def test_means_of_koniqs_sets_are_of_a_hundred_and_votes_of_five(tmp_path: Path) -> None:
    koniq_sets(tmp_path)
    database = published("koniq").scores(tmp_path)
    assert database.scale == (0.0, 100.0)
    assert database.scores.tolist() == [0.5, 20.5, 40.5, 60.5, 80.5]
    assert database.levels is not None
    np.testing.assert_allclose(database.levels[0, [5, 7]], [0.25, 0.75])


def test_the_authors_split_of_koniq_goes_before_a_drawn_one(tmp_path: Path) -> None:
    MAKERS["koniq"](tmp_path)
    assert "drawn by seed 0" in published("koniq").scores(tmp_path).split
    koniq_sets(tmp_path)
    assert _held_out(published("koniq").scores(tmp_path)) == ["2.jpg", "4.jpg"]


def test_what_the_papers_code_reads_goes_before_avas_own_list(tmp_path: Path) -> None:
    ava_list(tmp_path)
    assert "generic_test.jpgl" in published("ava").scores(tmp_path).split
    _ava_sets(tmp_path / "AVA_data_official_test.csv")
    assert "AVA_data_official_test.csv" in published("ava").scores(tmp_path).split
    _ava_sets(tmp_path / "AVA_data_official.csv")
    assert "AVA_data_official.csv" in published("ava").scores(tmp_path).split


def test_a_set_of_another_name_is_refused_with_its_line(tmp_path: Path) -> None:
    MAKERS["ava"](tmp_path)
    put(tmp_path / "AVA_data_official.csv", f"image_name,MOS,set\n{AVA_IDS[0]}.jpg,5,somewhere\n")
    with pytest.raises(InputInvalid, match="line 2: 'somewhere' is no set; known are training"):
        published("ava").scores(tmp_path)


def test_ratings_of_aadb_are_read_under_their_other_name(tmp_path: Path) -> None:
    MAKERS["aadb"](tmp_path / "aadb")
    read = published("aadb").raters
    assert read is not None
    before = read(tmp_path / "aadb").ratings
    (tmp_path / "aadb/AllinAll.csv").rename(tmp_path / "aadb/AADB_AllinAll.csv")
    raters = read(tmp_path / "aadb")
    assert raters.ratings == before
    assert raters.origin.startswith("AADB_AllinAll.csv")


@pytest.mark.parametrize("name", ["para", "lapis"])
def test_without_a_list_of_test_people_all_are_taken_and_that_is_said(
    name: str, tmp_path: Path
) -> None:
    MAKERS[name](tmp_path / name)
    read = published(name).raters
    assert read is not None
    assert read(tmp_path / name).tested is None
    assert "all who rated enough are judged" in read(tmp_path / name).origin
    put(tmp_path / name / "userset/TestUserIDs_Fold1.txt", "A1\np1\n")
    assert read(tmp_path / name).tested == ("A1", "p1")


def test_the_manifest_of_a_bank_tells_the_split(tmp_path: Path) -> None:
    koniq_sets(tmp_path / "koniq")
    for number in range(5):
        Image.new("RGB", (40, 40), (number * 40,) * 3).save(
            tmp_path / "koniq/512x384" / f"{number}.jpg"
        )
    save_student(tmp_path / "student", SPEC, SPEC.build().state_dict())
    command = ["bank", "train", str(tmp_path / "bank"), "--database", "koniq"]
    command += [str(tmp_path / "koniq"), "--student", str(tmp_path / "student")]
    assert main([*command, "--head-steps", "2", "--steps", "1", "--device", "cpu"]) == 0
    (task,) = read_bank(tmp_path / "bank").tasks
    assert "koniq10k_distributions_sets.csv, column set" in task.source
    assert "2 of 5 photos are the test split" in task.source
