"""The right panel: the story of the app in three steps, of which the one that makes sense now is
highlighted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from photoaes.gui.kit.theme import GAP
from photoaes.gui.state.checking import Checking
from photoaes.gui.state.learning import Learning
from photoaes.gui.state.session import Session
from photoaes.gui.state.stage import Stage
from photoaes.gui.views.taste.charts import AgreementPlot, LeaningBars, StarSpread
from photoaes.gui.views.taste.check_line import CheckLine
from photoaes.gui.views.taste.movers import Movers
from photoaes.gui.views.taste.part_names import PartNames
from photoaes.gui.views.taste.wording import Wording
from photoaes.gui.views.thumbnails import Thumbnails

SHOWN = 0.01  # stars by which a part moves scores, to have a bar


class _StepFrame(QFrame):
    """A numbered step with its heading; the highlighted one has the accent at its side."""

    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self.setObjectName("step")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(GAP + 4, GAP, GAP, GAP)
        self.column.setSpacing(GAP)
        heading = QLabel(f"{number}  {title}")
        heading.setProperty("role", "title")
        self.column.addWidget(heading)
        self._is_now: bool | None = None
        self.highlight(False)

    def highlight(self, is_now: bool) -> None:
        """Mark the step as the one to take now, or not."""
        if is_now == self._is_now:  # a style sheet costs milliseconds
            return
        self._is_now = is_now
        colour = "palette(highlight)" if is_now else "transparent"
        self.setStyleSheet(f"#step {{ border: none; border-left: 3px solid {colour}; }}")


class TastePanel(QWidget):
    """Rate, learn, choose. What was learned may be long and scrolls; the last step stays."""

    suggest_wanted = Signal()
    best_shots_wanted = Signal()
    details_wanted = Signal()
    profiles_wanted = Signal()

    def __init__(
        self,
        session: Session,
        learning: Learning,
        checking: Checking,
        thumbnails: Thumbnails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._learning = session, learning
        self._checking = checking
        self._wording = Wording(self)
        self._parts = PartNames(self)
        self._thumbnails = thumbnails
        self._steps = [self._rate_step(), self._learn_step(), self._choose_step()]
        self._lay_out()
        learning.changed.connect(self.refresh)
        session.album_changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(self._steps[0])
        column.addWidget(self._steps[1])
        column.addStretch(1)
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("Your taste"))
        area.setWidget(body)
        self._last = last = QVBoxLayout()
        last.addWidget(self._steps[2])
        area.verticalScrollBar().rangeChanged.connect(self._align)
        self._align()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addLayout(last)

    def _align(self) -> None:
        """The last step ends where the others do, beside the scroll bar if there is one."""
        bar = self._area.verticalScrollBar()
        beside = bar.sizeHint().width() if bar.maximum() else 0
        self._last.setContentsMargins(GAP, 0, GAP + beside, GAP)

    # -- the three steps ------------------------------------------------------------------------

    def _rate_step(self) -> _StepFrame:
        step = _StepFrame(1, self.tr("Rate"))
        self._rated = _text()
        self._spread = StarSpread()
        self._suggest = QPushButton(self.tr("Suggest photos"))
        self._suggest.setToolTip(self.tr("Show a few photos that would teach the most"))
        self._suggest.clicked.connect(self.suggest_wanted)
        for widget in (self._rated, self._spread, self._suggest):
            step.column.addWidget(widget)
        return step

    def _learn_step(self) -> _StepFrame:
        step = _StepFrame(2, self.tr("Learn"))
        self.advice = _text()
        self.start = QPushButton(self.tr("Personalize"))
        self.start.setProperty("primary", True)
        self.start.clicked.connect(self._learning.personalize)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.clicked.connect(self._learning.cancel)
        self._agreement = AgreementPlot()
        self._axis = _text("dim")
        self._axis.setText(self.tr("of 10 pairs ordered as you would"))
        self._leaning_title = _text("heading")
        self._leaning_title.setText(self.tr("What moves your scores, in stars"))
        self._leanings = LeaningBars()
        self._movers = Movers(self._session, self._thumbnails)
        self.check = CheckLine(self._checking)
        self._details = QPushButton(self.tr("Details"))
        self._details.setProperty("flat", True)
        self._details.clicked.connect(self.details_wanted)
        self._profile = QPushButton()
        self._profile.setProperty("flat", True)
        self._profile.setToolTip(self.tr("Taste profiles: name, switch, share"))
        self._profile.clicked.connect(self.profiles_wanted)
        for widget in (self.advice, self._agreement, self._axis, self._bar, self.start,
                       self._cancel, self.check, self._leaning_title, self._leanings,
                       self._movers):  # fmt: skip
            step.column.addWidget(widget)
        # One below the other, and never wider than the panel: other languages are longer.
        for button in (self._profile, self._details):
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            step.column.addWidget(button)
        return step

    def _choose_step(self) -> _StepFrame:
        step = _StepFrame(3, self.tr("Choose"))
        self._best = QPushButton(self.tr("Best shots"))
        self._best.setToolTip(self.tr("Choose the best photos and export them"))
        self._best.clicked.connect(self.best_shots_wanted)
        step.column.addWidget(self._best)
        return step

    # -- what they show now ---------------------------------------------------------------------

    def refresh(self) -> None:
        """Show where the person stands."""
        learning, stage = self._learning, self._learning.stage()
        counts = learning.support.here
        self._rated.setText(self._wording.rated(learning.support))
        self._spread.show_counts(counts)
        self._spread.setVisible(sum(counts) > 0)
        self._suggest.setEnabled(stage is not Stage.NO_ALBUM)
        self.advice.setText(self._wording.advice(learning))
        self._show_learning(stage)
        self._show_result(stage)
        self._best.setEnabled(self._session.standing.stars is not None)
        now = {
            Stage.NO_ALBUM: -1, Stage.FEW: 0, Stage.ONE_VALUE: 0, Stage.READY: 1,
            Stage.WORKING: 1, Stage.LEARNED: 2, Stage.NOT_BETTER: 0,
        }[stage]  # fmt: skip
        for index, step in enumerate(self._steps):
            step.highlight(index == now)
        self._fit()

    def _fit(self) -> None:
        """As wide as the widest part, which in a large font is wider than the panel at first."""
        body = self._area.widget()
        assert body is not None
        needed = body.minimumSizeHint().width()
        needed += self._area.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(max(self.minimumWidth(), needed))

    def _name_profile(self) -> None:
        """As much of the name as there is room for."""
        text = self.tr("Profile: {0}").format(self._learning.profile)
        room = max(self._profile.width() - 2 * GAP, 0)
        elided = self._profile.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        self._profile.setText(elided if self._profile.isVisible() else text)
        self._profile.setAccessibleName(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the profile's name to the new width."""
        super().resizeEvent(event)
        self._name_profile()

    def _show_learning(self, stage: Stage) -> None:
        working = stage is Stage.WORKING
        self.start.setVisible(not working)
        self.start.setEnabled(self._learning.can_start())
        self.start.setText(
            self.tr("Personalize again") if self._learning.taste else self.tr("Personalize")
        )
        self._bar.setVisible(working)
        self._cancel.setVisible(working)
        progress = self._learning.progress
        self._bar.setRange(0, (progress.total or 0) if progress else 0)
        self._bar.setValue(progress.done if progress else 0)

    def _show_result(self, stage: Stage) -> None:
        taste = self._learning.taste
        agreement = taste.agreement if taste else None
        has_result = taste is not None and stage is not Stage.WORKING
        for widget in (self._agreement, self._axis):
            widget.setVisible(has_result and agreement is not None)
        for shown in (self._leaning_title, self._leanings, self._movers):
            shown.setVisible(has_result and bool(taste and taste.blend))
        self._details.setVisible(has_result)
        has_scores = self._session.standing.stars is not None and stage is not Stage.WORKING
        self.check.setVisible(has_scores or self._checking.is_under_way)
        self._profile.setVisible(stage is not Stage.NO_ALBUM)
        self._name_profile()
        if agreement is not None:
            # The margin is of the personal share; the general one has about the same.
            margin = 10 * agreement.pairs_margin
            self._agreement.show_agreement(
                [
                    (self.tr("general"), 10 * agreement.pairs_general, margin, "dim"),
                    (self.tr("yours"), 10 * agreement.pairs_personal, margin, "score"),
                ]
            )
        if has_result and taste is not None and taste.blend:
            names = {
                self._parts.name(name): value
                for name, value in taste.leanings.items()
                if value >= SHOWN
            }
            self._leanings.show_weights(names)
            for shown in (self._leaning_title, self._leanings):
                shown.setVisible(bool(names))
            self._movers.refresh()


def _text(role: str = "") -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label
