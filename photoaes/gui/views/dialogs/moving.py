"""Moving rejected photos: what would be moved where, and the word of the person for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from photoaes.errors import PhotoaesError
from photoaes.gui.kit.numerals import decimal
from photoaes.gui.kit.sentences import said
from photoaes.gui.kit.theme import GAP
from photoaes.gui.views.dialogs.frame import fit
from photoaes.jobs.move_away import MovePlan


class MoveDialog(QDialog):
    """Accepted if `plan` is wanted. The tick that allows it is off each time."""

    def __init__(
        self, parent: QWidget | None, album: Path, planned: Callable[[Path], MovePlan]
    ) -> None:
        super().__init__(parent)
        self._album, self._planned = album, planned
        self.plan: MovePlan | None = None
        self.setWindowTitle(self.tr("Move rejected photos"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(2 * GAP)
        text = QLabel(
            self.tr(
                "The rejected photos leave the album for another folder, with their RAW files, "
                "sidecars and edits. Their stars and marks go along. Undo brings them back, also "
                "after a restart (Album, Move rejected photos back)."
            )
        )
        text.setWordWrap(True)
        column.addWidget(text)
        row = QHBoxLayout()
        self.folder = QLineEdit(str(album.parent / self.tr("{0} - rejected").format(album.name)))
        self.folder.setAccessibleName(self.tr("Folder to move to"))
        self.folder.textChanged.connect(self._replan)
        browse = QPushButton(self.tr("Choose\u2026"))
        browse.clicked.connect(self._browse)
        row.addWidget(self.folder, 1)
        row.addWidget(browse)
        column.addLayout(row)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.summary.setProperty("role", "dim")
        column.addWidget(self.summary)
        self.allowed = QCheckBox(self.tr("Yes, move my original files"))
        self.allowed.toggled.connect(self._allow)
        column.addWidget(self.allowed)
        buttons = QDialogButtonBox()
        self.go = buttons.addButton(self.tr("Move"), QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        cancel.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self._replan()
        fit(self, 520)

    def _replan(self) -> None:
        self.plan = None
        target = Path(self.folder.text()).expanduser()
        try:
            if not target.is_absolute():
                self.summary.setText(self.tr("Choose a folder."))
            else:
                self.plan = self._planned(target)
                self.summary.setText(self._words(self.plan, target))
        except PhotoaesError as problem:
            self.summary.setText(said(problem))
        self._allow()

    def _words(self, plan: MovePlan, target: Path) -> str:
        text = ", ".join(
            (
                self.tr("%Ln photos", "", len(plan.photos)),
                self.tr("%Ln files", "", len(plan.moves)),
                self.tr("{0} MB").format(decimal(max(plan.size / 1e6, 1), 0)),
            )
        )
        if target.resolve().is_relative_to(self._album.resolve()):
            text += ". " + self.tr("This folder is inside the album: they stay in it.")
        return text

    def _allow(self) -> None:
        self.go.setEnabled(self.allowed.isChecked() and self.plan is not None)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Move to"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)
