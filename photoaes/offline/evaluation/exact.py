"""Methods that run the merged model itself for every person."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from photoaes.model.paper.fit import Support, fit, initial_coefficients
from photoaes.model.paper.fit_settings import as_released
from photoaes.model.scoring import personal_scorer
from photoaes.model.taste.readout import Readout
from photoaes.offline.evaluation.full_finetune import fine_tune
from photoaes.offline.evaluation.material import Answer, Case, Material, Scores
from photoaes.running import finished

BATCH = 16


def initialised(material: Material, case: Case) -> Answer:
    """Scores by equations 4 and 6: the initial coefficients, without a step."""
    return _scored(material, case, _start(material, case))


def fitted(material: Material, case: Case) -> Answer:
    """Scores after the paper's stage two, equation 5."""
    run = fit(material.merger, _support(material, case), material.settings)
    return _scored(material, case, finished(run).to(material.merger.device))


def released(material: Material, case: Case) -> Answer:
    """Scores after stage two as the authors' code does it."""
    return fitted(replace(material, settings=as_released(material.settings)), case)


def finetuned(material: Material, case: Case) -> Answer:
    """The best expert with all its tensors trained on."""
    best = _start(
        replace(material, settings=replace(material.settings, initialisation="best")), case
    )
    start = material.merger.merged(best)
    tensors = fine_tune(material.merger, start, _support(material, case), material.settings)
    return Answer(material.merger.scores_with(tensors, material.pixels[case.query]))


def _support(material: Material, case: Case) -> Support:
    return Support(material.pixels[case.support], case.stars)


def _start(material: Material, case: Case) -> Tensor:
    return initial_coefficients(material.merger, _support(material, case), material.settings)


def _scored(material: Material, case: Case, alpha: Tensor) -> Answer:
    scores = material.merger.scores_of(alpha, material.pixels[case.query])
    return Answer(scores, alpha.detach().to("cpu", torch.float64).mean(dim=1).numpy())


def personal(material: Material, case: Case, readout: Readout) -> Scores:
    """The exact scores of a person's merged model with its row, as they rank the window's album.

    What the row reads of the companion does not move with the coefficients: it is taken from the
    features.
    """
    basis, tower = material.basis, material.basis.without_companion()
    scorer = personal_scorer(material.bank, material.merger, readout.tower(basis), tower)
    pixels = material.pixels[case.query]
    parts = [scorer.look(pixels[i : i + BATCH]) for i in range(0, len(pixels), BATCH)]
    scores = np.array([one.score for part in parts for one in part])
    return scores + readout.companion_scores(basis, material.features[case.query])
