"""New scores fade in over the old ones, shorter than a blink, and not at all where the system asks
for less motion."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QVariantAnimation, Signal
from PySide6.QtWidgets import QStyle, QWidget

from photoaes.gui.state.session import Session

FADE_MS = 140
ALIKE = 0.05  # stars: less is the same number, and hardly another bar


class ScoreFade(QObject):
    """What a cell paints of its score: one value, or while they fade the old and the new one."""

    moved = Signal()

    def __init__(self, session: Session, view: QWidget) -> None:
        super().__init__(view)
        self._session, self._view = session, view
        self._now = session.standing.stars
        self._old: NDArray[np.float64] | None = None
        self._share = 1.0
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(FADE_MS)
        self._animation.valueChanged.connect(self._move)
        self._animation.finished.connect(self._end)
        session.scores_changed.connect(self._start)
        session.album_changed.connect(self._forget)

    def layers(self, index: int) -> list[tuple[float, float]]:
        """Values in stars with their opacities, 0..1; none for a photo without a score."""
        if index in self._session.blind:
            return []
        new = np.nan if self._now is None else float(self._now[index])
        if self._old is None:
            return [(new, 1.0)] if new == new else []
        old = float(self._old[index])
        if abs(old - new) < ALIKE:
            return [(new, 1.0)]
        both = ((old, 1 - self._share), (new, self._share))
        return [(value, opacity) for value, opacity in both if value == value]

    def _start(self) -> None:
        old, self._now = self._now, self._session.standing.stars
        self._animation.stop()
        self._old = None
        if self._now is not None and self._view.isVisible() and self._has_motion():
            self._old = np.full(len(self._now), np.nan) if old is None else old
            self._share = 0.0
            self._animation.start()

    def _has_motion(self) -> bool:
        """Styles say 0 where the desktop's effects are off."""
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return self._view.style().styleHint(hint, None, self._view) > 0

    def _move(self, share: float) -> None:
        self._share = share
        self.moved.emit()

    def _end(self) -> None:
        self._old = None
        self.moved.emit()

    def _forget(self) -> None:
        self._animation.stop()
        self._old, self._now = None, self._session.standing.stars
