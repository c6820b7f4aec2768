"""Agreement figures against scipy and by hand."""

import numpy as np
import pytest
from scipy.stats import pearsonr, spearmanr

from photoaes.model.metrics import pair_accuracy, plcc, srocc


def test_correlations_are_scipys_with_ties_too() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        a, b = rng.integers(1, 6, 30), rng.normal(size=30)
        assert srocc(a, b) == pytest.approx(spearmanr(a, b).statistic)
        assert plcc(a, b) == pytest.approx(pearsonr(a, b).statistic)


def test_a_constant_side_has_no_correlation() -> None:
    assert np.isnan(srocc([3, 3, 3], [1, 2, 3]))
    assert np.isnan(plcc([1, 2, 3], [0, 0, 0]))


def test_pairs_are_counted_where_ratings_differ() -> None:
    # Pairs (1,2), (1,3), (2,3) of ratings 1, 2, 3; the tie of two 3s is no pair.
    assert pair_accuracy([1, 2, 3, 9], [1, 2, 3, 3]) == 1
    assert pair_accuracy([3, 2, 1], [1, 2, 3]) == 0
    assert pair_accuracy([0, 0, 0], [1, 2, 3]) == 0.5
    assert pair_accuracy([1, 3, 2], [1, 2, 3]) == pytest.approx(2 / 3)
    assert np.isnan(pair_accuracy([1, 2], [4, 4]))


def test_what_is_no_number_has_no_place_in_an_order() -> None:
    assert np.isnan(srocc([1, float("nan"), 3], [1, 2, 3]))
