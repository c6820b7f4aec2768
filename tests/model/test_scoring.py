"""Scoring: right scores, bad photos passed on, memory that runs out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from photoaes.images import open_image
from photoaes.jobs.apply_profile import general_scorer
from photoaes.model.bank.manifest import Bank, read_bank
from photoaes.model.device import choose_device, has_bfloat16
from photoaes.model.looking import Looker, Retreat, Seen
from photoaes.model.metrics import srocc
from photoaes.model.paper.backbone import Preprocessing
from photoaes.model.paper.merge import Merger
from photoaes.model.scoring import Scored, Scorer
from photoaes.settings import sample_album_folder, starter_bank_folder
from tests.tiny import tiny_bank

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return tiny_bank(tmp_path_factory.mktemp("bank"))


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    paths = []
    for number in range(7):
        path = tmp_path / f"{number}.jpg"
        Image.new("RGB", (80 + number, 60), (number * 30, 90, 200 - number * 20)).save(path)
        paths.append(path)
    return paths


def _merged(bank: Bank) -> tuple[Merger, torch.Tensor]:
    merger = bank.merger(CPU)
    return merger, merger.vectors.uniform(torch.tensor([0.5, 0.5]))


def _looker(bank: Bank, batch: int, kind: type[Scorer] = Scorer) -> Looker[Scored]:
    merger, alpha = _merged(bank)
    scorer = kind(bank.model(), merger.merged(alpha), bank.backbone.preprocessing, CPU)
    return Looker(scorer, batch)


def _scores(events: Iterable[object]) -> list[float | None]:
    seen = [event for event in events if isinstance(event, Seen)]
    return [event.result.score if event.result else None for event in seen]


def test_scores_are_those_of_the_merged_model_whatever_the_batch(
    bank: Bank, photos: list[Path]
) -> None:
    merger, alpha = _merged(bank)
    steps: Preprocessing = bank.backbone.preprocessing
    pixels = np.stack([steps.pixels(Image.open(path).convert("RGB")) for path in photos])
    expected = merger.scores_of(alpha, pixels)
    for batch in (1, 3, 7, 20):
        found = _scores(_looker(bank, batch).look(photos))
        assert found == pytest.approx(list(expected), abs=1e-4)
        assert all(1 <= score <= 10 for score in found if score is not None)


def test_a_bad_photo_is_passed_on_in_its_place(bank: Bank, photos: list[Path]) -> None:
    photos[2].write_bytes(b"not a photo")
    events = [e for e in _looker(bank, 3).look(photos) if isinstance(e, Seen)]
    assert [event.path for event in events] == photos
    assert events[2].result is None
    assert events[2].problem is not None
    assert sum(event.result is not None for event in events) == 6


def test_features_and_a_measure_come_with_the_scores(bank: Bank, photos: list[Path]) -> None:
    photos[2].write_bytes(b"not a photo")
    merger, alpha = _merged(bank)
    scorer = Scorer(bank.model(), merger.merged(alpha), bank.backbone.preprocessing, CPU)
    events = Looker(scorer, 3).look(photos, measure=lambda image: float(image.width))
    found = {event.path: event for event in events if isinstance(event, Seen)}
    assert (found[photos[2]].result, found[photos[2]].measured) == (None, None)
    for path in (photos[0], photos[6]):
        image = open_image(path, min_edge=36)
        pixels = torch.from_numpy(bank.backbone.preprocessing.pixels(image).copy())
        with torch.inference_mode():
            inputs = bank.backbone.preprocessing.normalise(pixels[None])
            expected = scorer._model.backbone(inputs)[0]
        assert found[path].measured == image.width
        result = found[path].result
        assert result is not None
        assert result.embedding == pytest.approx(expected.numpy(), abs=1e-2)


def test_scores_flow_while_later_photos_are_not_read_yet(bank: Bank, photos: list[Path]) -> None:
    asked: list[Path] = []

    def paths() -> Iterator[Path]:
        for _ in range(100):
            for path in photos:
                asked.append(path)
                yield path

    scores = _looker(bank, 2).look(paths(), workers=1)
    next(scores)
    assert len(asked) < 20
    scores.close()


class _SmallGpu(Scorer):
    """Runs the real model, and out of memory as a GPU does for more than two photos at once."""

    def look(self, pixels: NDArray[np.uint8]) -> list[Scored]:
        if len(pixels) > 2:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return super().look(pixels)


def test_without_memory_the_batch_is_halved_and_no_photo_is_lost(
    bank: Bank, photos: list[Path]
) -> None:
    events = list(_looker(bank, 6, _SmallGpu).look(photos))
    seen = [event for event in events if isinstance(event, Seen)]
    assert [event.path for event in seen] == photos
    assert all(score is not None for score in _scores(events))
    notices = [event.text for event in events if isinstance(event, Retreat)]
    assert ["going on with 3" in notices[0], "going on with 1" in notices[1]] == [True, True]


class _NoGpu(Scorer):
    """Fails for any batch until it has been moved off the GPU."""

    failures = 0

    def look(self, pixels: NDArray[np.uint8]) -> list[Scored]:
        if self.failures < 3:
            self.failures += 1
            raise torch.OutOfMemoryError("CUDA out of memory")
        return super().look(pixels)


def test_when_not_even_one_fits_the_cpu_takes_over_and_says_so(
    bank: Bank, photos: list[Path]
) -> None:
    looker = _looker(bank, 4, _NoGpu)
    events = list(looker.look(photos))
    assert "going on with the CPU" in [e.text for e in events if isinstance(e, Retreat)][-1]
    assert len([score for score in _scores(events) if score is not None]) == 7
    assert looker.batch == 16


def test_in_half_precision_the_order_is_the_same() -> None:
    """On processors that have it; on others nothing changes."""
    bank, device = read_bank(starter_bank_folder()), choose_device("cpu")
    edge, paths = bank.backbone.preprocessing.resize, sorted(sample_album_folder().rglob("*.JPG"))
    pixels = np.stack(
        [bank.backbone.preprocessing.pixels(open_image(path, min_edge=edge)) for path in paths]
    )

    def seen(*, is_near: bool) -> tuple[NDArray[np.float64], NDArray[np.float16]]:
        found = general_scorer(bank, device, is_near=is_near).look(pixels)
        return np.array([one.score for one in found]), np.stack([one.embedding for one in found])

    exact, looks = seen(is_near=False)
    near, near_looks = seen(is_near=True)
    assert (near != exact).any() == has_bfloat16(CPU)
    assert srocc(near, exact) > 0.99  # photos of an album of scenes that are much alike
    assert np.abs(near - exact).max() < 0.1
    a, b = looks.astype(np.float64), near_looks.astype(np.float64)
    cosine = (a * b).sum(axis=1) / np.sqrt((a * a).sum(axis=1) * (b * b).sum(axis=1))
    assert cosine.min() > 0.999
