"""The methods that `evaluate` compares. Each gets cases without query ratings, returns scores.

    K=0             mean of the experts' z-scores over all photos: nothing learned
    general         what the bank's prior thinks of a photo before anyone has rated
    best            the expert that agrees best with the support set
    initialisation  the paper's adaptive initialisation, exact
    paper           the paper's fit, exact: a minute a person on two cores
    released        the same as the authors' code does it (model.paper.fit_settings)
    finetune        the best expert, all its tensors trained on (Table 5), exact
    linear          the paper's fit in the linear model
    stack           ridge on the n experts' scores, its mean 1/n each
    ridge           K=0, and a ridge on the embedding for what it leaves
    gp              the same with a Gaussian process, its kernel a squared exponential
    logistic        K=0, and a pairwise logistic regression on the embedding for what it leaves
                    (these three also on another tower's: ridge:tower=ViT-B-16/laion2b_s34b_b88k)
    ours-ungated    our posterior, in the linear model
    ours-merged     the same without the head's linear row: coefficients alone
    ours-linear     our posterior as far as evidence supports it, in the linear model
    ours            the same by the exact merged model, as the app ranks
    general-exact   the general score by the exact merged model

Where there is no order to learn (one photo, or equal ratings), `best`, `linear`, `logistic` and the
exact methods give the K=0 scores.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Literal

import numpy as np

from photoaes.errors import InputInvalid
from photoaes.model.metrics import srocc
from photoaes.model.taste.agreement import estimate_agreement
from photoaes.model.taste.posterior import Taste, fit_taste
from photoaes.model.taste.readout import Readout, general_readout, readout_of
from photoaes.offline.evaluation import baselines
from photoaes.offline.evaluation.exact import finetuned, fitted, initialised, personal, released
from photoaes.offline.evaluation.frozen_tower import frozen_tower, tower_features
from photoaes.offline.evaluation.full_finetune import BACKBONE_LR
from photoaes.offline.evaluation.group_ablation import limited_to, without_row
from photoaes.offline.evaluation.linear_fit import linear_fit
from photoaes.offline.evaluation.material import Answer, Case, Material, Scores, z_scores
from photoaes.offline.evaluation.method_spec import MethodSpec, read_spec
from photoaes.offline.evaluation.protocol import EXPERTS_ALIKE

PEOPLE_AT_ONCE = 64
Run = Callable[[Material, Sequence[Case]], list[Answer]]


@dataclass(frozen=True)
class Method:
    """What runs, which options it takes, and whether it runs the merged model for each case.

    `defaults` are settings of its own, which options still change; `alters` is done to the material
    first.
    """

    run: Run
    takes: Literal["nothing", "tasks", "groups", "tower", "settings"] = "nothing"
    exact: bool = False
    defaults: Mapping[str, Any] = field(default_factory=dict)
    alters: Callable[[Material], Material] | None = None


def method_of(label: str) -> tuple[Method, MethodSpec]:
    """The method that a label such as `paper:loss=mse` names. Raises InputInvalid."""
    spec = read_spec(label, {name: method.takes for name, method in METHODS.items()})
    return METHODS[spec.name], spec


def prepared(material: Material, label: str) -> Callable[[Sequence[Case]], list[Answer]]:
    """The method that `label` names, on the material as its options want it.

    What it computes of all photos it keeps from one call to the next. Raises InputInvalid.
    """
    method, spec = method_of(label)
    settings = spec.changed(replace(material.settings, **method.defaults))
    own = material.limited(spec.chosen(material.tasks), settings)
    if spec.groups is not None:
        own = limited_to(own, spec.groups)
    if spec.tower is not None:
        seen = tower_features(frozen_tower(spec.tower), own.paths, own.merger.device, own.cache)
        own = replace(own, seen_by=seen)
    if method.alters is not None:
        own = method.alters(own)
    return partial(method.run, own)


def _each(one: Callable[[Material, Case], Scores]) -> Run:
    """A method that looks at one case at a time and gives no coefficients."""

    def run(material: Material, cases: Sequence[Case]) -> list[Answer]:
        return [Answer(one(material, case)) for case in cases]

    return run


def _exact(one: Callable[[Material, Case], Answer]) -> Method:
    """A method that runs the merged model; it needs an order to learn."""

    def run(material: Material, cases: Sequence[Case]) -> list[Answer]:
        return [
            one(material, case) if case.can_teach else Answer(_experts_mean(material, case))
            for case in cases
        ]

    return Method(run, takes="settings", exact=True)


def _experts_mean(material: Material, case: Case) -> Scores:
    scores: Scores = material.experts_mean[case.query]
    return scores


def _general(material: Material, case: Case) -> Scores:
    return material.space.general[case.query].astype(np.float64)


def _best(material: Material, case: Case) -> Scores:
    if not case.can_teach:
        return _experts_mean(material, case)
    agreement = [srocc(scores[case.support], case.stars) for scores in material.experts]
    scores: Scores = material.experts[np.nan_to_num(agreement).argmax(), case.query]
    return scores


def _linear(material: Material, cases: Sequence[Case]) -> list[Answer]:
    answers = [Answer(_experts_mean(material, case)) for case in cases]
    able = [i for i, case in enumerate(cases) if case.can_teach]
    for start in range(0, len(able), PEOPLE_AT_ONCE):
        part = able[start : start + PEOPLE_AT_ONCE]
        supports = [cases[i].support for i in part]
        stars = [cases[i].stars for i in part]
        learned = linear_fit(material.linear, supports, stars, material.settings)
        for i, alpha in zip(part, learned, strict=True):
            scores = material.linear.at(alpha, cases[i].query)
            answers[i] = Answer(scores, alpha.double().mean(dim=1).numpy())
    return answers


def _stack(material: Material, case: Case) -> Scores:
    z = z_scores(material.experts).T
    return baselines.ridge(z / np.sqrt(z.shape[1]), z.mean(axis=1), case)


def _ridge(material: Material, case: Case) -> Scores:
    return baselines.ridge(material.embeddings, baselines.mean_of(material.experts_mean), case)


def _process(material: Material, case: Case) -> Scores:
    mean = baselines.mean_of(material.experts_mean)
    return baselines.gaussian_process(material.embeddings, mean, case)


def _logistic(material: Material, case: Case) -> Scores:
    return baselines.logistic(material.embeddings, baselines.mean_of(material.experts_mean), case)


def _taste(material: Material, case: Case) -> Taste:
    return fit_taste(material.space, case.support.tolist(), case.stars)


def _ungated(material: Material, case: Case) -> Scores:
    return _taste(material, case).scores[case.query].astype(np.float64)


def _readout(material: Material, case: Case) -> Readout:
    """The taste as far as the evidence lets it rank."""
    taste, space = _taste(material, case), material.space
    agreement = estimate_agreement(taste, space.general, space.likeness)
    return readout_of(space, taste, agreement.blend if agreement else 0.0)


def _ours_linear(material: Material, case: Case) -> Scores:
    scores = _readout(material, case).scores(material.basis, material.features[case.query])
    return scores.astype(np.float64)


def _ours(material: Material, case: Case) -> Scores:
    return personal(material, case, _readout(material, case))


def _general_exact(material: Material, case: Case) -> Scores:
    return personal(material, case, general_readout(material.basis, material.prior))


METHODS: dict[str, Method] = {
    EXPERTS_ALIKE: Method(_each(_experts_mean), takes="tasks"),
    "general": Method(_each(_general)),
    "best": Method(_each(_best), takes="tasks"),
    "initialisation": _exact(initialised),
    "paper": _exact(fitted),
    "released": _exact(released),
    "finetune": replace(_exact(finetuned), defaults={"lr": BACKBONE_LR}),
    "linear": Method(_linear, takes="settings"),
    "stack": Method(_each(_stack), takes="tasks"),
    "ridge": Method(_each(_ridge), takes="tower"),
    "gp": Method(_each(_process), takes="tower"),
    "logistic": Method(_each(_logistic), takes="tower"),
    "ours-ungated": Method(_each(_ungated), takes="groups"),
    "ours-merged": Method(_each(_ungated), takes="tasks", alters=without_row),
    "ours-linear": Method(_each(_ours_linear), takes="groups"),
    "ours": Method(_each(_ours)),
    "general-exact": Method(_each(_general_exact)),
}


def check_methods(labels: Sequence[str], tasks: tuple[str, ...]) -> None:
    """Raises InputInvalid for a label that no method answers to, before hours have been spent."""
    for label in labels:
        spec = method_of(label)[1]
        spec.chosen(tasks)
        if spec.tower is not None:
            frozen_tower(spec.tower)
    if len(set(labels)) < len(labels):
        raise InputInvalid("A method stands twice in --methods.")
