"""Groups of people are found where there are groups, and their means are their own."""

from __future__ import annotations

import numpy as np

from photoaes.offline.experts.taste_groups import group_means


def _people(rng: np.random.Generator, images: list[str]) -> dict[str, dict[str, float]]:
    """Forty love even photos, twenty odd ones; each rates about half of them."""
    ratings: dict[str, dict[str, float]] = {}
    for number in range(60):
        loves = 0 if number < 40 else 1
        shift = rng.integers(0, 2)
        ratings[f"p{number}"] = {
            name: float(3 + 2 * (index % 2 == loves) + shift + rng.normal(0, 0.3))
            for index, name in enumerate(images)
            if rng.random() < 0.5
        }
    return ratings


def test_like_minded_people_are_found_together() -> None:
    images = [f"{n}.jpg" for n in range(40)]
    means = group_means(_people(np.random.default_rng(0), images), images, 2)
    assert means.shape == (2, 40)
    even = np.arange(40) % 2 == 0
    assert means[0, even].min() > means[0, ~even].max()  # the larger group first
    assert means[1, even].max() < means[1, ~even].min()


def test_the_same_seed_gives_the_same_groups_and_other_images_do_not_matter() -> None:
    images = [f"{n}.jpg" for n in range(40)]
    ratings = _people(np.random.default_rng(1), images)
    first = group_means(ratings, images[:20], 2, seed=3)
    for given in ratings.values():
        for name in images[20:]:
            given.pop(name, None)
    np.testing.assert_array_equal(first, group_means(ratings, images[:20], 2, seed=3))
