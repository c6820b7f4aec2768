"""One evaluation, put together: a bank, people's ratings, the protocol, and where it runs."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import torch

from photoaes import __version__
from photoaes.errors import InputInvalid
from photoaes.model.bank.manifest import Bank
from photoaes.model.device import Device, has_bfloat16
from photoaes.model.paper.fit_settings import FitSettings
from photoaes.offline.databases import RaterTable
from photoaes.offline.evaluation.evaluate import EvaluationPlan
from photoaes.offline.evaluation.gathering import gather
from photoaes.offline.evaluation.judging import Judge, JudgePool
from photoaes.offline.evaluation.methods import check_methods
from photoaes.offline.evaluation.missing_people import MissingPerson, as_records, missing_people
from photoaes.offline.evaluation.photo_set import PhotoSet
from photoaes.offline.evaluation.result_files import MISSING


@dataclass(frozen=True)
class Contest:
    """All that an evaluation depends on. The table's ratings are of `photos` alone; `seen` are
    those that the bank knows, `origin` is the database's name or the file of ratings."""

    bank: Bank
    table: RaterTable
    photos: PhotoSet
    plan: EvaluationPlan
    settings: FitSettings
    device: Device
    seen: frozenset[str]
    cache: Path | None
    part: str
    origin: str
    # Who should be judged, of whom the plan has those with enough photos.
    expected: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_methods(self.plan.methods, tuple(task.name for task in self.bank.tasks))

    @property
    def ratings(self) -> dict[str, dict[str, float]]:
        """The ratings by person and photo."""
        return self.table.ratings

    @cached_property
    def names(self) -> list[str]:
        """The photos that the people rated, sorted."""
        return sorted({name for person in self.plan.people for name in self.ratings[person]})

    @cached_property
    def missing(self) -> list[MissingPerson]:
        """Who is not judged at some K, and why."""
        expected = dict.fromkeys((*self.plan.people, *self.expected))
        return missing_people(self.plan, expected, self.ratings, self.seen)

    def described(self) -> str:
        """One line that says what is about to run."""
        return (
            f"{len(self.plan.people)} people, {len(self.names)} photos; "
            f"{self.device.description}; {self.bank.name}"
        )

    def run(self) -> dict[str, Any]:
        """What it takes to do the same again, for JSON."""
        plan = self.plan
        return {
            "bank": self.bank.name,
            "bank_digest": self.bank.digest(),
            "bank_prior": self.bank.prior_sha256 or None,
            "ratings": self.origin,
            "images": [str(folder) for folder in self.table.folders if folder.is_dir()],
            "people": list(plan.people),
            "people_from": self.table.origin,
            "min_query": plan.min_query,
            MISSING: as_records(self.missing),
            "photos": len(self.names),
            "photos_left_out": len(self.photos.gaps),
            "backbone": self.bank.backbone.model,
            "seen": len(self.seen),
            "scale": list(plan.scale),
            "shots": list(plan.shots),
            "trials": plan.trials,
            "methods": list(plan.methods),
            "seed": plan.seed,
            "steps": self.settings.steps,
            "temperature": self.settings.temperature,
            "device": self.device.description,
            "exact_fits_in": "bfloat16" if has_bfloat16(self.device.torch) else "fp32",
            "machine": f"{platform.system()} {platform.machine()}",
            "python": sys.version.split()[0],
            "torch": torch.__version__,
            "photoaes": __version__,
        }

    def judge(self) -> Judge:
        """The judge of this process: reads and measures all photos."""
        paths, pixels = self.photos.paths_of(self.names), self.photos.pixels_of(self.names)
        found = gather(self.bank, paths, self.settings, self.device.torch, self.cache, pixels)
        return Judge(found, self.names, self.ratings, self.plan.scale, self.part)

    def judging(self, jobs: int) -> Judge | JudgePool:
        """This process's judge, or `jobs` processes that share what is measured in `cache`.

        Raises InputInvalid for several without a cache.
        """
        if jobs <= 1:
            return self.judge()
        if self.cache is None:
            raise InputInvalid("Several --jobs need a --cache, where they share the features.")
        self.judge()  # measured once, here
        return JudgePool(partial(_judge_of, self), jobs)


def _judge_of(contest: Contest) -> Judge:
    return contest.judge()
