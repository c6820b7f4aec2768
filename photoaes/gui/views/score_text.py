"""A photo's score in words."""

from __future__ import annotations

from PySide6.QtCore import QObject

from photoaes.gui.kit.numerals import decimal, whole

LEAST, MOST = 1.0, 5.0  # stars that somebody can give


class ScoreText(QObject):
    """A QObject, since lupdate finds texts in its `tr`."""

    def interval(self, stars: float, margin: float | None) -> str:
        """ "4.1", or "4.1 (3.5 to 4.7)" where a taste tells how sure it is."""
        if margin is None:
            return decimal(stars)
        return self.tr("{0} ({1} to {2})").format(decimal(stars), *_reach(stars, margin))

    def line(self, stars: float, margin: float | None, place: int, count: int) -> str:
        """For a tool tip: the score in the person's stars, and the place by it."""
        text = self.tr("Score {0} stars, rank {1} of {2}")
        return text.format(self.interval(stars, margin), whole(place), whole(count))

    def spoken(self, stars: float, margin: float | None) -> str:
        """For a screen reader, which may leave out signs."""
        if margin is None:
            return self.tr("score {0}").format(decimal(stars))
        text = self.tr("score {0}, likely from {1} to {2}")
        return text.format(decimal(stars), *_reach(stars, margin))

    def explained(self, stars: float, margin: float | None, place: int, count: int) -> list[str]:
        """A score's lines for the facts beside the loupe."""
        lines = [self.line(stars, margin, place, count)]
        if margin is not None:
            lines.append(self.tr("Your own stars would lie in this range two times in three."))
        return lines


def _reach(stars: float, margin: float) -> tuple[str, str]:
    """From where to where: nobody gives fewer stars than one."""
    return decimal(max(stars - margin, LEAST)), decimal(min(stars + margin, MOST))
