"""What the learning panel says, in the person's words."""

from __future__ import annotations

from PySide6.QtCore import QObject

from photoaes.gui.kit.numerals import decimal, whole
from photoaes.gui.kit.pace import Pace
from photoaes.gui.kit.sentences import said
from photoaes.gui.state.learning import Learning
from photoaes.gui.state.stage import Stage
from photoaes.gui.state.support import ENOUGH, SupportCounts


class Wording(QObject):
    """A QObject, since lupdate finds plurals in its `tr` alone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pace = Pace()

    def rated(self, support: SupportCounts) -> str:
        """How many photos are rated, in words."""
        if not support.is_enough:
            text = self.tr("{0} of {1} rated to start with.")
            return text.format(support.count, ENOUGH)
        here = sum(support.here)
        if not here:
            return self.tr("No photo of this album is rated yet.")
        return self.tr("%Ln photos rated.", "", here)

    def advice(self, learning: Learning) -> str:
        """The second step: what to do, or what came out, and what is there from earlier albums."""
        stage, earlier = learning.stage(), sum(learning.support.earlier)
        text = self._said(stage, learning)
        if not earlier or stage not in (Stage.FEW, Stage.ONE_VALUE, Stage.READY):
            return text
        more = self.tr("It goes on from %Ln photos that you rated in earlier albums.", "", earlier)
        return f"{text} {more}"

    def _said(self, stage: Stage, learning: Learning) -> str:
        match stage:
            case Stage.NO_ALBUM:
                return self.tr("Open a folder of photos first.")
            case Stage.FEW:
                return self.tr(
                    "Rate a few you love and a few you would delete: the difference is what "
                    "teaches."
                )
            case Stage.ONE_VALUE:
                return self.tr(
                    "All rated photos have the same stars. Use at least two different values."
                )
            case Stage.READY:
                return self._ready(learning)
            case Stage.WORKING:
                return self._working(learning)
            case Stage.LEARNED:
                return self._learned(learning)
        return self._not_better(learning)

    def _not_better(self, learning: Learning) -> str:
        taste = learning.taste
        assert taste is not None
        count = taste.rated + taste.earlier
        if taste.agreement is None or not taste.agreement.is_told:
            text = self.tr(
                "Cannot tell yet: %Ln stars given by chance could fit as well. Until you rate "
                "more, the order is {0} % yours, the rest is general.",
                "",
                count,
            )
            return text.format(decimal(100 * taste.blend, 0))
        return self.tr(
            "With these %Ln ratings no order agrees with you better than a coin would. Rate some "
            "more and try again.",
            "",
            count,
        )

    def _ready(self, learning: Learning) -> str:
        pace = learning.settings.pace
        if learning.recalling.is_due:
            return self.tr("Your taste is being brought back\u2026")
        if pace <= 0 or not learning.unmeasured:
            return self.tr("Ready to learn your taste.")
        text = self.tr("Ready to learn your taste: {0}.")
        return text.format(self.duration(learning.unmeasured / pace))

    def _working(self, learning: Learning) -> str:
        progress = learning.progress
        if progress is None or not progress.done:
            return self.tr("Getting ready\u2026")
        text = self.tr("Looking at photo {0} of {1}.")
        if progress.stage == "Scoring":
            text = self.tr("Your model scores {0} of {1}.")
        elif progress.stage == "Comparing similar photos":
            text = self.tr("Comparing the photos of each burst: {0} of {1}.")
        elif progress.stage == "Learning":
            text = self.tr("Learning your taste: step {0} of {1}.")
        lines = [text.format(whole(progress.done), whole(progress.total or 0))]
        left = self._pace.at(progress.stage, progress.done, progress.total)
        if left is not None:
            lines.append(self.tr("{0} left for this step").format(self.duration(left.seconds)))
        if learning.device:
            lines.append(said(learning.device))
        return "\n".join(lines)

    def _learned(self, learning: Learning) -> str:
        assert learning.taste is not None
        agreement = learning.taste.agreement
        assert agreement is not None
        text = self.tr(
            "It orders {0} of 10 pairs as you would (before: {1}; estimated from your own ratings, "
            "give or take {2}).",
        )
        return text.format(
            decimal(10 * agreement.pairs_personal),
            decimal(10 * agreement.pairs_general),
            decimal(10 * agreement.pairs_margin),
        )

    def duration(self, seconds: float) -> str:
        """About how long something takes, in words."""
        if seconds < 90:
            return self.tr("about %Ln seconds", "", max(1, round(seconds)))
        if seconds < 90 * 60:
            return self.tr("about %Ln minutes", "", round(seconds / 60))
        return self.tr("about %Ln hours", "", round(seconds / 3600))
