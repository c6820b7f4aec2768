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
from photoaes.offline.evaluation.evaluate import Plan
from photoaes.offline.evaluation.gathering import gather
from photoaes.offline.evaluation.judging import Judge, JudgePool
from photoaes.offline.evaluation.methods import check_methods


@dataclass(frozen=True)
class Contest:
    """All that an evaluation depends on. `seen` are the photos that the bank knows, `origin` is the
    database's name or the file of ratings."""

    bank: Bank
    table: RaterTable
    plan: Plan
    settings: FitSettings
    device: Device
    seen: frozenset[str]
    cache: Path | None
    part: str
    origin: str

    def __post_init__(self) -> None:
        check_methods(self.plan.methods, tuple(task.name for task in self.bank.tasks))

    @property
    def ratings(self) -> dict[str, dict[str, float]]:
        """By person and photo."""
        return self.table.ratings

    @cached_property
    def names(self) -> list[str]:
        """The photos that the people rated, sorted."""
        return sorted({name for person in self.plan.people for name in self.ratings[person]})

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
            "images": [str(folder) for folder in self.table.folders],
            "people": list(plan.people),
            "photos": len(self.names),
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
        found = gather(self.bank, self._paths(), self.settings, self.device.torch, self.cache)
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

    def _paths(self) -> list[Path]:
        """The photos' files. Raises InputInvalid naming the first that is missing."""
        found = []
        for name in self.names:
            path = next((f / name for f in self.table.folders if (f / name).is_file()), None)
            if path is None:
                raise InputInvalid(
                    f"The photo {name} that people rated is not in {self.table.folders[0]}.",
                    self.table.folders[0] / name,
                )
            found.append(path)
        return found


def _judge_of(contest: Contest) -> Judge:
    return contest.judge()
