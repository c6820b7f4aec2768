"""A photo's score in words."""

from __future__ import annotations

from PySide6.QtCore import QObject

from photoaes.gui.kit.numerals import decimal, whole


class ScoreText(QObject):
    """A QObject, since lupdate finds texts in its `tr`."""

    def interval(self, stars: float, margin: float | None) -> str:
        """ "4.1", or "4.1 ± 0.6" where a taste tells how sure it is."""
        return decimal(stars) if margin is None else f"{decimal(stars)} \u00b1 {decimal(margin)}"

    def line(self, stars: float, margin: float | None, place: int, count: int) -> str:
        """For a tool tip: the score in the person's stars, and the place by it."""
        text = self.tr("Score {0} stars, rank {1} of {2}")
        return text.format(self.interval(stars, margin), whole(place), whole(count))

    def spoken(self, stars: float, margin: float | None) -> str:
        """For a screen reader, which may leave out signs."""
        if margin is None:
            return self.tr("score {0}").format(decimal(stars))
        return self.tr("score {0}, give or take {1}").format(decimal(stars), decimal(margin))

    def explained(self, stars: float, margin: float | None, place: int, count: int) -> list[str]:
        """For the facts about a photo, a line each."""
        lines = [self.line(stars, margin, place, count)]
        if margin is not None:
            lines.append(self.tr("Your own stars would lie in this range two times in three."))
        return lines
