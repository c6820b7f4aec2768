"""Methods that run the merged model itself for every person."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from photoaes.model.paper.fit import Support, fit, initial_coefficients
from photoaes.model.paper.fit_settings import as_released
from photoaes.offline.evaluation.full_finetune import fine_tune
from photoaes.offline.evaluation.material import Answer, Case, Material


def initialised(material: Material, case: Case) -> Answer:
    """Equations 4 and 6, no step."""
    return _scored(material, case, _start(material, case))


def fitted(material: Material, case: Case) -> Answer:
    """Stage two of the paper."""
    run = fit(material.merger, _support(material, case), material.settings)
    try:
        while True:
            next(run)
    except StopIteration as finished:
        return _scored(material, case, finished.value.to(material.merger.device))


def released(material: Material, case: Case) -> Answer:
    """Stage two as the authors' code does it."""
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
