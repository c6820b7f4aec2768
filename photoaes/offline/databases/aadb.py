"""AADB (Kong et al. 2016): 9,958 photos, mean scores 0..1, single ratings 1..5.

AADBinfo.mat                      {train,test}NameList, {train,test}Score
imgListFiles_label/imgList{Train,TestNew}Regression_score.txt    name and score; without the above
AllinAll.csv, AADB_AllinAll.csv   one row is ten photos that one worker rated
datasetImages_originalSize/       the test photos are published as an archive of their own
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import scipy.io
from numpy.typing import NDArray

from photoaes.errors import InputInvalid
from photoaes.offline.databases.published import STARS, Publication
from photoaes.offline.databases.scores import RaterTable, ScoreDatabase
from photoaes.offline.databases.tables import number, read_table, read_words

PUBLICATION = Publication(
    "aadb", "AADB", "https://github.com/aimerykong/deepImageAestheticsAnalysis"
)
IMAGES = ("datasetImages_originalSize", "AADB_newtest_originalSize", "images",
          "datasetImages_warp256", "AADB_newtest")  # fmt: skip
PHOTO = re.compile(r"https?://(farm\d+)\.static\.?flickr\.com/(\d+)/([^/]+)$")
NUMBERS = range(1, 11)
RATERS = ("AllinAll.csv", "AADB_AllinAll.csv")
LISTS = ("imgListFiles_label/", "AADB_imgListFiles_label/imgListFiles_label/",
         "AADB_imgListFiles_label/", "")  # fmt: skip
# Names and scores of the training and the test photos, and the file's name.
Parts = tuple[list[list[str]], list[NDArray[np.float64]], str]
# Papers test on 22 workers "with 110 to 190 ratings" and publish no list.
TESTED = (110, 190)


def read_aadb(folder: Path) -> ScoreDatabase:
    """The published split of 8,458 and 1,000 photos. Raises InputInvalid."""
    table = PUBLICATION.optional(folder, "AADBinfo.mat")
    names, scores, origin = _of_mat(table) if table is not None else _of_lists(folder)
    both, values = [*names[0], *names[1]], np.concatenate(scores)
    if len(values) != len(both) or not ((values >= 0) & (values <= 1)).all():
        raise InputInvalid(f"{origin}: not one score from 0 to 1 for each name.", table or folder)
    paths = PUBLICATION.photos([folder / name for name in IMAGES], both)
    held_out = np.arange(len(both)) >= len(names[0])
    told = f"{origin}: {len(names[1])} of {len(both)} photos are the test split"
    return ScoreDatabase(paths, values, (0.0, 1.0), held_out=held_out, split=told)


def _of_mat(table: Path) -> Parts:
    try:
        content = scipy.io.loadmat(table)
        names = [_names(content[f"{part}NameList"]) for part in ("train", "test")]
        scores = [np.ravel(content[f"{part}Score"]).astype(float) for part in ("train", "test")]
    except (OSError, ValueError, TypeError, KeyError, NotImplementedError) as error:
        raise InputInvalid(f"The table {table} cannot be read: {error}.", table) from error
    return names, scores, table.name


def _of_lists(folder: Path) -> Parts:
    """The lists without the mat file; the 500 validation photos take part in nothing, as there."""
    train = PUBLICATION.file(
        folder, "AADBinfo.mat", *(f"{place}imgListTrainRegression_score.txt" for place in LISTS)
    )
    test = PUBLICATION.file(
        train.parent, "imgListTestNewRegression_score.txt", "imgListTestRegression_score.txt"
    )
    names: list[list[str]] = []
    scores = []
    for table in (train, test):
        lines = read_words(table, 2)
        names.append([words[0] for _, words in lines])
        scores.append(np.array([number(table, n, words[1], (0, 1)) for n, words in lines]))
    return names, scores, f"{train.name} and {test.name}"


def _names(cells: NDArray[np.object_]) -> list[str]:
    """MATLAB's cell array of texts."""
    return [str(np.ravel(cell)[0]) for cell in np.ravel(cells)]


def read_aadb_raters(folder: Path) -> RaterTable:
    """What each worker gave, photos named as in the folder. Raises InputInvalid.

    A rating of 0 is a photo that did not load for the worker.
    """
    table = PUBLICATION.file(folder, *RATERS)
    urls = [f"Input.image_url{n}" for n in NUMBERS]
    answers = [f"Answer.overallScore{n}" for n in NUMBERS]
    ratings: dict[str, dict[str, float]] = {}
    for line, row in read_table(table, ("WorkerId", *urls, *answers)):
        for url, answer in zip(urls, answers, strict=True):
            score = number(table, line, row[answer] or "0", (0, 5))
            if score:
                given = ratings.setdefault(row["WorkerId"], {})
                given[_photo(table, line, row[url])] = score
    few, many = TESTED
    tested = tuple(worker for worker, given in ratings.items() if few <= len(given) <= many)
    origin = f"{table.name}; the {len(tested)} workers with {few} to {many} ratings"
    return RaterTable(ratings, STARS, tuple(folder / name for name in IMAGES), tested, origin)


def _photo(table: Path, line: int, url: str) -> str:
    parts = PHOTO.match(url)
    if parts is None:
        raise InputInvalid(f"{table.name}, line {line}: {url!r} is no photo of Flickr.", table)
    return "_".join(parts.groups())
