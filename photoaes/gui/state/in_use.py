"""By what the photos on show are scored: what was learned here, or a profile from before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from photoaes.album.export.receipt import Receipt
from photoaes.album.store.profiles import Profile
from photoaes.jobs.keep import receipt_of
from photoaes.jobs.learn import Learned
from photoaes.jobs.learn_taste import LearnedAlbum
from photoaes.jobs.personalize import Personalization, why


@dataclass(frozen=True)
class InUse:
    """`digest` is the bank's. `taste` is the newest that was learned from what is `learned` of the
    photos; a `profile` that was learned before, and applied to this album, comes before it."""

    digest: str = ""
    learned: Learned | None = None
    taste: Personalization | None = None
    profile: Profile | None = None

    @classmethod
    def of(cls, outcome: LearnedAlbum) -> InUse:
        """The taste that has just been learned or recalled."""
        return cls(outcome.bank_digest, outcome.learned, outcome.learned.taste)

    @property
    def is_personal(self) -> bool:
        """Whether the scores on show are of what was learned, now or before."""
        return self.learned is not None or self.profile is not None

    def why(self, path: Path) -> dict[str, float]:
        """By how many stars each part of the taste moves this photo from the general score."""
        if self.learned is None or self.taste is None or not self.taste.blend:
            return {}
        album = self.learned.album
        return why(album, self.taste, path) if path in album.rows else {}

    def receipt(self, name: str) -> Receipt:
        """For an export; `name` is the profile's that what was learned is kept in."""
        if self.profile is not None:
            return receipt_of(self.profile)
        if self.learned is None or self.taste is None:
            return Receipt("", self.digest, 0)
        return Receipt(
            self.learned.album.bank.name,
            self.digest,
            0,
            name if self.taste.blend else "",
            self.taste.rated,
            coefficients=self.taste.coefficients,
            readout=self.taste.readout.as_json(),
        )
