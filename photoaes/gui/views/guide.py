"""The first five minutes: three steps, one at a time, in a line above the photos.

It goes away when the last step was taken, or when the person has had enough of it, and stays away.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from photoaes.gui.kit.theme import GAP
from photoaes.gui.state.learning import Learning
from photoaes.gui.state.stage import Stage
from photoaes.gui.state.support import ENOUGH

STEP_OF = {
    Stage.FEW: 1, Stage.ONE_VALUE: 1, Stage.READY: 2, Stage.WORKING: 2,
    Stage.NOT_BETTER: 3, Stage.LEARNED: 3,
}  # fmt: skip


class Guide(QFrame):
    """Shown while `is_wanted` and an album is open."""

    commanded = Signal(str)  # an action's name
    ended = Signal()

    def __init__(self, learning: Learning, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._learning = learning
        self.is_wanted = False
        self._action = ""
        self._step, self._text = QLabel(), QLabel()
        self._step.setProperty("role", "heading")
        self._text.setWordWrap(True)
        self._go = QPushButton()
        self._go.clicked.connect(self._pressed)
        close = QToolButton()
        close.setText("\u00d7")
        close.setProperty("flat", True)
        close.setAccessibleName(self.tr("Close the guide"))
        close.setToolTip(self.tr("Close the guide"))
        close.clicked.connect(self.finish)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GAP, GAP // 2, GAP, GAP // 2)
        row.setSpacing(GAP)
        row.addWidget(self._step)
        row.addWidget(self._text, 1)
        row.addWidget(self._go)
        row.addWidget(close)
        learning.changed.connect(self.refresh)
        self.refresh()

    @property
    def step(self) -> int:
        """The step that is shown, 1 to 3; 0 without an album."""
        return STEP_OF.get(self._learning.stage(), 0)

    def refresh(self) -> None:
        """Show the step that comes now."""
        step = self.step
        self.setVisible(self.is_wanted and step > 0)
        if not self.is_wanted or not step:
            return
        text, button, self._action = self._said(step)
        self._step.setText(self.tr("Step {0} of 3").format(step))
        self._text.setText(text)
        self._go.setText(button)
        self._go.setEnabled(self._learning.stage() is not Stage.WORKING)

    def _said(self, step: int) -> tuple[str, str, str]:
        if self._learning.stage() is Stage.ONE_VALUE:
            text = self.tr(
                "All stars so far are alike. Give some that differ: love and dislike teach most."
            )
            return text, self.tr("Suggest photos"), "suggest"
        if step == 1:
            text = self.tr(
                "Give stars with the keys 1 to 5: love and dislike teach most. {0} of {1} rated."
            ).format(self._learning.support.count, ENOUGH)
            return text, self.tr("Suggest photos"), "suggest"
        if step == 2:
            text = self.tr("Enough to start with. Now have the whole album put in your order.")
            return text, self.tr("Personalize"), "personalize"
        text = self.tr("This is your order, the best first. Now take the best shots out.")
        if self._learning.stage() is Stage.NOT_BETTER:
            text = self.tr(
                "The best come first; with more stars they are ever more yours. Now take the best "
                "shots out."
            )
        return text, self.tr("Best shots"), "best_shots"

    def _pressed(self) -> None:
        self.commanded.emit(self._action)

    def finish_if_last(self) -> None:
        """End the guide if it was at its last step: the best shots were opened."""
        if self.step == 3:
            self.finish()

    def finish(self) -> None:
        """End the guide for good."""
        if self.is_wanted:
            self.is_wanted = False
            self.refresh()
            self.ended.emit()
