"""From files to a personal order, by way of features that are kept."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from photoaes.errors import InputInvalid, PhotoUnreadable
from photoaes.jobs.measure import Measured, measure_album
from photoaes.jobs.personalize import (
    MeasuredAlbum,
    Personalization,
    _table,
    measured_album,
    personalize,
    suggest_photos,
)
from photoaes.model.bank.manifest import Bank
from photoaes.model.device import Device
from photoaes.model.taste.readout import read_readout
from tests.tiny import tiny_bank

CPU = Device(torch.device("cpu"), "CPU")


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return tiny_bank(tmp_path_factory.mktemp("bank"))


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("album")
    rng = np.random.default_rng(0)
    for number in range(30):
        colour = rng.integers(0, 256, 3)
        pixels = np.clip(colour + rng.normal(0, 20, (48, 64, 3)), 0, 255)
        Image.fromarray(pixels.astype(np.uint8)).save(folder / f"{number:02}.png")
    return sorted(folder.iterdir())


def _measure(
    photos: list[Path], bank: Bank, known: Collection[Path] = (), first: Collection[Path] = ()
) -> tuple[list[Measured], list[PhotoUnreadable]]:
    run = measure_album(photos, bank, CPU, known, first)
    measured = []
    try:
        while True:
            event = next(run)
            if isinstance(event, Measured):
                measured.append(event)
    except StopIteration as finished:
        unreadable: list[PhotoUnreadable] = finished.value
        return measured, unreadable


@pytest.fixture(scope="module")
def album(bank: Bank, photos: list[Path]) -> MeasuredAlbum:
    measured, _ = _measure(photos, bank)
    return measured_album(bank, {m.path: m.features for m in measured})


def test_rated_photos_are_measured_first_and_known_ones_not_at_all(
    bank: Bank, photos: list[Path]
) -> None:
    measured, unreadable = _measure(photos, bank, known=photos[:20], first=photos[28:])
    assert [m.path for m in measured] == photos[28:] + photos[20:28]
    assert unreadable == []


def test_a_photo_that_cannot_be_read_is_told_and_stops_nothing(
    tmp_path: Path, bank: Bank, photos: list[Path]
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no photo")
    measured, unreadable = _measure([broken, *photos[:3]], bank)
    assert [m.path for m in measured] == photos[:3]
    assert [problem.path for problem in unreadable] == [broken]
    with pytest.raises(InputInvalid, match="Not one photo"):
        measured_album(bank, {})


def test_stars_turn_the_album_and_tell_how_well(album: MeasuredAlbum) -> None:
    def redness(path: Path) -> float:
        with Image.open(path) as image:
            return float(np.asarray(image)[..., 0].mean())

    stars = {path: 1 + int(redness(path) / 52) for path in album.paths[:24]}
    result = personalize(album, stars)
    assert result.paths == album.paths
    assert (result.rated, result.compared) == (24, 0)
    assert result.agreement is not None
    assert result.agreement.rated == 24
    unseen = [redness(path) for path in album.paths[24:]]
    assert np.corrcoef(result.personal[24:], unseen)[0, 1] > 0.3
    assert list(result.coefficients) == ["light", "sharp"]
    assert np.abs(_alpha(result) - result.start).max() > 1e-4
    assert list(result.leanings) == ["light", "sharp", "row", "strictness"]
    assert 0 <= result.blend <= 1
    said = json.loads(json.dumps(result.readout.as_json()))
    carried = read_readout(said, album.basis).scores(album.basis, album.features)
    np.testing.assert_allclose(carried, result.scores, atol=2e-3)


def _alpha(result: Personalization) -> NDArray[np.float64]:
    return np.array([list(row.values()) for row in result.coefficients.values()])


def test_without_ratings_the_order_is_general(album: MeasuredAlbum) -> None:
    result = personalize(album, {})
    np.testing.assert_array_equal(result.scores, result.general)
    assert result.agreement is None
    assert result.blend == 0
    np.testing.assert_allclose(_alpha(result), result.start, atol=1e-5)


def test_choices_count_and_unknown_photos_do_not(album: MeasuredAlbum) -> None:
    a, b = album.paths[:2]
    elsewhere = Path("/elsewhere.jpg")
    result = personalize(album, {elsewhere: 5}, [(a, b), (a, elsewhere)])
    assert (result.rated, result.compared) == (0, 1)
    gap = result.scores[0] - result.scores[1]
    assert gap > result.general[0] - result.general[1]


def test_photos_to_rate_next_are_new_ones_of_the_album(album: MeasuredAlbum) -> None:
    judged = [*album.paths[:3], Path("/elsewhere.jpg")]
    suggested = suggest_photos(album, judged, 5)
    assert len(set(suggested)) == 5
    assert set(suggested) <= set(album.paths[3:])


def test_rows_of_one_table_are_not_copied_into_another() -> None:
    whole = np.zeros((4, 3), dtype=np.float16)
    whole[:] = np.arange(12).reshape(4, 3)
    assert np.shares_memory(_table(list(whole)), whole)
    assert np.array_equal(_table(list(whole[:2])), whole[:2])
    for rows in ([whole[1], whole[0]], [whole[1]], [whole[0], whole[0].copy()]):
        found = _table(rows)
        assert np.array_equal(found, np.stack(rows))
        assert not np.shares_memory(found, whole)
