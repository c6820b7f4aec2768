"""What only a person can tell about photos and their marks: a line each, with the answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from photoaes.album.marks import Flag, Marks
from photoaes.album.store.conflicts import OpenConflict
from photoaes.album.store.rating_log import FIELDS, Field
from photoaes.gui.kit.theme import GAP
from photoaes.gui.views.dialogs.frame import fit
from photoaes.jobs.settle import Answers, OpenQuestions

SHOWN = 200


class QuestionsDialog(QDialog):
    """Accepted with `answers`; what is left at "later" stays open."""

    def __init__(self, parent: QWidget | None, questions: OpenQuestions) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Open questions"))
        self._same: dict[Path, QComboBox] = {}
        self._theirs: dict[Path, QComboBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        text = QLabel(
            self.tr(
                "A photo that replaced another one under its name has no stars until you say "
                "whether it is the same photo. Marks that were changed here and in another "
                "program stay yours until you say which count."
            )
        )
        text.setWordWrap(True)
        column.addWidget(text)
        column.addWidget(self._lines(questions), 1)
        buttons = QDialogButtonBox()
        done = buttons.addButton(self.tr("Settle"), QDialogButtonBox.ButtonRole.AcceptRole)
        done.setProperty("primary", True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        fit(self, 720)

    def answers(self) -> Answers:
        """The answers that are chosen now."""
        return Answers(_chosen(self._same), _chosen(self._theirs))

    def _lines(self, questions: OpenQuestions) -> QScrollArea:
        inside = QWidget()
        form = QFormLayout(inside)
        for doubt in questions.doubts[:SHOWN]:
            question = self.tr("{0}: the photo that had {1}?").format(
                doubt.path.name, self._words(doubt.marks)
            )
            answers = (self.tr("The same photo"), self.tr("Another photo"))
            self._same[doubt.path] = _line(form, question, self.tr("Later"), answers)
        contested: dict[Path, list[OpenConflict]] = {}
        for one in questions.conflicts:
            contested.setdefault(one.path, []).append(one)
        for path, conflicts in list(contested.items())[:SHOWN]:
            ours = self._words(_marks({one.field: one.ours for one in conflicts}))
            theirs = self._words(_marks({one.field: one.theirs for one in conflicts}))
            question = self.tr("{0}: {1} here, {2} in {3}").format(
                path.name, ours, theirs, Path(conflicts[0].source).name
            )
            answers = (self.tr("Theirs: {0}").format(theirs), self.tr("Mine: {0}").format(ours))
            self._theirs[path] = _line(form, question, self.tr("Later"), answers)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setAccessibleName(self.windowTitle())
        return area

    def _words(self, marks: Marks) -> str:
        parts = []
        if marks.stars:
            parts.append("\u2605" * marks.stars)
        if marks.flag is Flag.PICK:
            parts.append(self.tr("picked"))
        if marks.flag is Flag.REJECT:
            parts.append(self.tr("rejected"))
        if marks.label:
            parts.append(marks.label)
        return "  ".join(parts) or self.tr("nothing")


def _line(form: QFormLayout, question: str, later: str, answers: tuple[str, str]) -> QComboBox:
    box = QComboBox()
    box.addItems([later, *answers])
    box.setAccessibleName(question)
    label = QLabel(question)
    label.setWordWrap(True)
    label.setBuddy(box)
    form.addRow(label, box)
    return box


def _chosen(boxes: dict[Path, QComboBox]) -> dict[Path, bool]:
    """True for the first answer."""
    return {path: box.currentIndex() == 1 for path, box in boxes.items() if box.currentIndex()}


def _marks(values: Mapping[Field, int | str | None]) -> Marks:
    stars, flag, label = (values.get(field) for field in FIELDS)
    return Marks(
        stars if isinstance(stars, int) else None,
        Flag(flag) if isinstance(flag, str) else None,
        label if isinstance(label, str) else None,
    )
