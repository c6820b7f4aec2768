"""The parts of a taste in a person's words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from photoaes.gui.kit.numerals import signed

TELLING = 0.05  # stars: less is not worth a line


class PartNames(QObject):
    """A QObject, since lupdate finds texts in its `tr`."""

    def name(self, part: str) -> str:
        """A task of the starter bank in words; others by their own name."""
        known = {
            "beauty": self.tr("beauty to most people"),
            "valence": self.tr("pleasant subjects"),
            "arousal": self.tr("stirring subjects"),
            "taste-1": self.tr("taste of some people (1)"),
            "taste-2": self.tr("taste of some people (2)"),
            "taste-3": self.tr("taste of some people (3)"),
            "sharpness": self.tr("sharpness"),
            "noise": self.tr("clean, without noise"),
            "compression": self.tr("without artefacts"),
            "exposure": self.tr("good exposure"),
            "colour": self.tr("rich colour"),
            "tone": self.tr("contrast"),
            "composition": self.tr("composition"),
            "level": self.tr("level horizon"),
            "people": self.tr("people"),
            "animals": self.tr("animals"),
            "food": self.tr("food"),
            "flowers": self.tr("flowers"),
            "sea-and-sky": self.tr("sea and sky"),
            "mountains": self.tr("mountains"),
            "forest": self.tr("forest"),
            "buildings": self.tr("streets and buildings"),
            "dark": self.tr("dark photos"),
            "row": self.tr("what else your stars show"),
            "strictness": self.tr("how many stars you give"),
        }
        return known.get(part, part.replace("_", " ").replace("-", " "))

    def lines(self, parts: Mapping[str, float], most: int = 4) -> list[str]:
        """Why a photo's score differs from the general one: the largest parts, in stars."""
        strongest = sorted(parts.items(), key=lambda one: -abs(one[1]))[:most]
        return [
            f"{signed(stars, 2)}  {self._reason(part, stars)}"
            for part, stars in strongest
            if abs(stars) >= TELLING
        ]

    def _reason(self, part: str, stars: float) -> str:
        """The part's name; what is the same for all photos is no name of anything in this one."""
        if part != "strictness":
            return self.name(part)
        if stars > 0:
            return self.tr("you give more stars than most people")
        return self.tr("you give fewer stars than most people")
