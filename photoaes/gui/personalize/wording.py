"""What the learning panel says, in the person's words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from photoaes.gui.learning import ENOUGH, Learning, Stage

CONTEXT = "Taste"


def rated(count: int) -> str:
    """How many photos are rated."""
    if count < ENOUGH:
        text = QCoreApplication.translate(CONTEXT, "{0} of {1} rated to start with.")
        return text.format(count, ENOUGH)
    return QCoreApplication.translate(CONTEXT, "%n photos rated.", "", count)


def advice(learning: Learning) -> str:
    """The sentence of the second step."""
    match learning.stage():
        case Stage.NO_ALBUM:
            return QCoreApplication.translate(CONTEXT, "Open a folder of photos first.")
        case Stage.FEW:
            return QCoreApplication.translate(
                CONTEXT,
                "Rate a few you love and a few you would delete: the difference is what teaches.",
            )
        case Stage.ONE_VALUE:
            return QCoreApplication.translate(
                CONTEXT, "All rated photos have the same stars. Use at least two different values."
            )
        case Stage.READY:
            return _ready(learning)
        case Stage.WORKING:
            return _working(learning)
        case Stage.LEARNED:
            return _learned(learning)
    return QCoreApplication.translate(
        CONTEXT,
        "With these %n ratings the general score fits you as well. The order stays general; rate "
        "some more and try again.",
        "",
        learning.rated,
    )


def _ready(learning: Learning) -> str:
    pace = learning.settings.pace
    if pace <= 0:
        return QCoreApplication.translate(CONTEXT, "Ready to learn your taste.")
    text = QCoreApplication.translate(CONTEXT, "Ready to learn your taste: {0}.")
    return text.format(duration(learning.album_size / pace))


def _working(learning: Learning) -> str:
    progress = learning.progress
    if progress is None or not progress.done:
        return QCoreApplication.translate(CONTEXT, "Getting ready\u2026")
    text = QCoreApplication.translate(CONTEXT, "Looking at photo {0} of {1}.")
    said = text.format(progress.done, progress.total)
    return f"{said}\n{learning.device}" if learning.device else said


def _learned(learning: Learning) -> str:
    assert learning.taste is not None
    agreement = learning.taste.agreement
    assert agreement is not None
    text = QCoreApplication.translate(
        CONTEXT,
        "It orders {0} of 10 pairs as you would (before: {1}; estimated from your own ratings, "
        "give or take {2}).",
    )
    return text.format(
        f"{10 * agreement.pairs_personal:.1f}",
        f"{10 * agreement.pairs_generic:.1f}",
        f"{10 * agreement.pairs_margin:.1f}",
    )


def duration(seconds: float) -> str:
    """About how long something takes."""
    if seconds < 90:
        return QCoreApplication.translate("Taste", "about %n seconds", "", max(1, round(seconds)))
    return QCoreApplication.translate("Taste", "about %n minutes", "", round(seconds / 60))


def task(name: str) -> str:
    """A task of the starter bank in words; others by their own name."""
    known = {
        "beauty": QCoreApplication.translate(CONTEXT, "crowd beauty"),
        "valence": QCoreApplication.translate(CONTEXT, "pleasant subjects"),
        "arousal": QCoreApplication.translate(CONTEXT, "stirring subjects"),
        "sharpness": QCoreApplication.translate(CONTEXT, "sharpness"),
        "noise": QCoreApplication.translate(CONTEXT, "clean, without noise"),
        "compression": QCoreApplication.translate(CONTEXT, "without artefacts"),
        "exposure": QCoreApplication.translate(CONTEXT, "good exposure"),
        "colour": QCoreApplication.translate(CONTEXT, "rich colour"),
        "tone": QCoreApplication.translate(CONTEXT, "contrast"),
        "composition": QCoreApplication.translate(CONTEXT, "composition"),
        "level": QCoreApplication.translate(CONTEXT, "level horizon"),
    }
    return known.get(name, name.replace("_", " ").replace("-", " "))
