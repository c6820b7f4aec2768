"""The ways in which `photoaes rank` ranks, each by the job that the window has for it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from photoaes.album.photo import Photo
from photoaes.album.store.profiles import Profile, save_profile
from photoaes.cli.opened import Memory, finished
from photoaes.cli.progress import Meter
from photoaes.jobs.apply_profile import Applied, apply_general, apply_taste
from photoaes.jobs.coefficients import by_name
from photoaes.jobs.events import ScoredPhoto
from photoaes.jobs.keep import keep_scored, keep_seen
from photoaes.jobs.learn import Learned, learn_album
from photoaes.jobs.learn_paper import paper_profile
from photoaes.jobs.learn_taste import learn_and_keep
from photoaes.jobs.lesson import Lesson
from photoaes.jobs.rank import RankResult, ranking_of_learned, ranking_of_scores
from photoaes.jobs.rank_paper import rank_album

if TYPE_CHECKING:
    from photoaes.model.bank.manifest import Bank
    from photoaes.model.device import Device
    from photoaes.model.taste.basis import Basis
    from photoaes.model.taste.prior import Prior


@dataclass(frozen=True)
class RankingRun:
    """The ways to rank; with a memory no photo is looked at that was looked at before."""

    options: argparse.Namespace
    memory: Memory | None
    photos: Sequence[Photo]
    ratings: Mapping[Path, int]
    bank: Bank
    meter: Meter

    def by_taste(self, lesson: Lesson) -> RankResult:
        """The line that the window takes: learn, rank, keep."""
        options, bank = self.options, self.bank
        if self.memory is None:
            paths = [photo.path for photo in self.photos]
            job = learn_album(paths, lesson, bank, self._device(), {}, anyway=options.anyway)
            return self._ranking(finished(job, self.meter), lesson)
        if not (lesson.ratings or lesson.pairs or options.save):
            from photoaes.model.taste.basis import read_basis
            from photoaes.model.taste.prior import read_prior

            basis = read_basis(bank)
            if (prior := read_prior(bank, basis)) is not None:
                return self._generally(self.memory, prior, basis)
        name = options.save or ""
        line = learn_and_keep(
            *self.memory,
            self.photos,
            bank.folder,
            options.device,
            name,
            lesson=lesson,
            anyway=options.anyway,
        )
        kept = finished(line, self.meter)
        return self._ranking(kept.learned, lesson)

    def _ranking(self, learned: Learned, lesson: Lesson) -> RankResult:
        for problem in learned.unreadable:
            if problem.path in lesson.ratings:
                self.meter.say(f"A rated photo teaches nothing, since it cannot be read: {problem}")
        taste = learned.taste
        if taste.agreement is not None and not taste.is_known:
            self.meter.say(
                "Cannot tell yet whether this is your taste: stars given by chance could fit as "
                f"well. The order is {100 * taste.blend:.0f} % yours, the rest is general. Rate "
                "some more (or --anyway for all of it)."
            )
        return ranking_of_learned(learned, lesson.ratings)

    def by_profile(self, profile: Profile) -> RankResult:
        """By what was learned before; what it has scored is not opened again."""
        assert self.memory is not None
        job = apply_taste(*self.memory, self.photos, profile, self.bank.folder, self.options.device)
        result = self._applied(finished(job, self.meter))
        return replace(
            result,
            coefficients=profile.coefficients,
            rated=len(profile.support),
            readout=profile.readout,
        )

    def _generally(self, memory: Memory, prior: Prior, basis: Basis) -> RankResult:
        """By everybody's taste: nothing teaches, so nothing is measured for teaching."""
        from photoaes.model.taste.readout import general_readout

        device = self._device()
        job = apply_general(*memory, self.photos, self.bank, device)
        result = self._applied(finished(job, self.meter))
        readout = general_readout(basis, prior)
        alpha = readout.merged(basis).alpha
        return replace(
            result,
            coefficients=by_name(basis.tasks, basis.layers, alpha),
            readout=readout.as_json(),
            device=device.description if device.is_chosen else "",
        )

    def _applied(self, applied: Applied) -> RankResult:
        paths = [photo.path for photo in self.photos]
        known = {p: s for p, s in zip(paths, applied.scores.tolist(), strict=True) if s == s}
        result = ranking_of_scores(known, self.ratings, self.bank)
        return replace(result, unreadable=applied.unreadable)

    def by_the_paper(self) -> RankResult:
        """Rank by the paper's fit, on the exact merged model."""
        from photoaes.model.paper.fit_settings import FitSettings

        settings, scored = FitSettings(seed=self.options.seed), list[ScoredPhoto]()
        device = self._device()
        job = rank_album(self.photos, self.ratings, self.bank, device, settings)
        result = finished(job, self.meter, scored.append)
        if self.memory:
            if self.options.save:
                made = paper_profile(self.options.save, self.options.seed, self.ratings, result)
                save_profile(self.memory.store, made)
            name = self.options.save
            if name is None and result.rated:
                keep_seen(*self.memory, result.bank_digest, scored)
            else:
                keep_scored(*self.memory, result.bank_digest, name, scored)
        return result

    def _device(self) -> Device:
        from photoaes.model.device import device_when_needed

        return device_when_needed(self.options.device)
