"""Methods that leave the network alone and learn on its frozen embedding or the experts' scores.

All learn what a mean [N] leaves of the stars, so that with few ratings they fall back on it.
"""

from __future__ import annotations

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize
from scipy.spatial.distance import cdist

from photoaes.offline.evaluation.material import Case, Scores

# Of `ridge` the best of nine pairs tried on OASIS at K = 10 and 50 (model/NOTES.md).
SLOPE, STRENGTH = 0.25, 1.5
# A length at which the middle pair of photos has a correlation of about 0.6.
MIDDLE_CORRELATION = 0.6
# Of the weights in `logistic`: the mean over pairs is of the size of one pair's loss.
PENALTY = 0.1


def mean_of(experts_mean: Scores) -> Scores:
    """The experts' mean [N] as stars around 0: a deviation of it is `SLOPE` stars."""
    scaled: Scores = experts_mean / max(experts_mean.std(), 1e-9) * SLOPE
    return scaled


def ridge(x: Scores, mean: Scores, case: Case) -> Scores:
    """Ridge in dual form, x [N, D], with an intercept that is held as the weights are."""
    return _regressed(
        x[case.support] @ x[case.support].T + 1, x[case.query] @ x[case.support].T + 1, mean, case
    )


def gaussian_process(x: Scores, mean: Scores, case: Case) -> Scores:
    """A Gaussian process with a squared-exponential kernel on x [N, D], and an intercept."""
    between = cdist(x[case.support], x[case.support], "sqeuclidean")
    across = cdist(x[case.query], x[case.support], "sqeuclidean")
    # The album's own distances set the length; the ratings do not, ten of them could not.
    scale = np.log(MIDDLE_CORRELATION) / max(
        float(np.median(across)) if across.size else 1.0, 1e-12
    )
    return _regressed(np.exp(scale * between) + 1, np.exp(scale * across) + 1, mean, case)


def _regressed(between: Scores, across: Scores, mean: Scores, case: Case) -> Scores:
    """mean + across (between + strength I)^-1 (stars - 3 - mean); kernels [K, K] and [Q, K]."""
    if len(case.support) == 0:
        query: Scores = mean[case.query]
        return query
    left = case.stars - 3 - mean[case.support]
    factor = cho_factor(between + STRENGTH * np.eye(len(left)))
    scores: Scores = mean[case.query] + across @ cho_solve(factor, left)
    return scores


def logistic(x: Scores, mean: Scores, case: Case) -> Scores:
    """Pairwise logistic regression on x [N, D]: equation 3 with a penalty on the weights.

    Solved for the support's dual weights [K], of which there are few.
    """
    better, worse = np.nonzero(case.stars[:, None] > case.stars[None, :])
    if len(better) == 0:
        query: Scores = mean[case.query]
        return query
    between = x[case.support] @ x[case.support].T
    base = mean[case.support]

    def loss(weights: Scores) -> tuple[float, Scores]:
        scores = base + between @ weights
        gap = scores[worse] - scores[better]
        share = 1 / (1 + np.exp(-gap)) / len(better)
        pull = np.bincount(worse, share, len(base)) - np.bincount(better, share, len(base))
        held = between @ weights
        value = np.logaddexp(0, gap).mean() + PENALTY / 2 * float(weights @ held)
        return float(value), between @ pull + PENALTY * held

    found = minimize(loss, np.zeros(len(base)), jac=True, method="L-BFGS-B")
    scores: Scores = mean[case.query] + x[case.query] @ (x[case.support].T @ found.x)
    return scores
