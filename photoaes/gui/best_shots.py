"""The drawer below the grid: choose the best photos, look at them as they will be, export them.

While it is open the grid shows the chosen photos and nothing else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QWidget,
)

from photoaes.album.best import Wanted, best_shots
from photoaes.album.export.exporting import Mode, Plan, plan_export
from photoaes.album.export.names import DEFAULT
from photoaes.album.filtering import Among
from photoaes.album.ordering import SortKey
from photoaes.album.ranking import RankedPhoto
from photoaes.errors import PhotoaesError
from photoaes.gui.learning import Learning
from photoaes.gui.session import Session
from photoaes.gui.theme import GAP
from photoaes.gui.worker import Worker
from photoaes.jobs.events import Progress
from photoaes.jobs.exporting import Files, export_with_sheet, files_to_export


class BestShots(QFrame):
    """Opened by `start`, closed by `finish`; what was on show before comes back."""

    closed = Signal()

    def __init__(
        self, session: Session, learning: Learning, worker: Worker, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._learning, self._worker = session, learning, worker
        self._chosen: list[RankedPhoto] = []
        self._taken_out: set[int] = set()
        self._plan: Plan | None = None
        self._before: tuple[SortKey, bool, tuple[Any, ...]] | None = None
        self._is_exporting = False
        self._exported: Path | None = None
        self._make()
        self._lay_out()
        self._connect()
        self.hide()

    # -- controls -------------------------------------------------------------------------------

    def _make(self) -> None:
        self.amount = QSpinBox()
        self.amount.setRange(1, 100_000)
        self.amount.setValue(50)
        self.amount.setAccessibleName(self.tr("How many"))
        self.unit = QComboBox()
        self.unit.addItem(self.tr("photos"), "photos")
        self.unit.addItem(self.tr("percent"), "percent")
        self.unit.setAccessibleName(self.tr("Photos or percent"))
        self.least = QDoubleSpinBox()
        self.least.setRange(1.0, 5.0)
        self.least.setSingleStep(0.1)
        self.least.setDecimals(1)
        self.least.setSuffix(" \u2605")
        self.least.setAccessibleName(self.tr("At least this score"))
        self.one_per_burst = QCheckBox(self.tr("one per burst"))
        self.one_per_burst.setChecked(True)
        self.take_out = QPushButton(self.tr("Take out selected"))
        self.take_out.setToolTip(self.tr("Backspace does the same; the next best moves up"))
        self.put_back = QPushButton(self.tr("Put all back"))
        self.folder = QLineEdit()
        self.folder.setAccessibleName(self.tr("Folder to export to"))
        self.browse = QPushButton(self.tr("Choose\u2026"))
        self.mode = QComboBox()
        for mode, text in (
            (Mode.COPY, self.tr("copies")),
            (Mode.HARD_LINK, self.tr("hard links")),
            (Mode.SYMLINK, self.tr("symbolic links")),
        ):
            self.mode.addItem(text, mode)
        self.mode.setAccessibleName(self.tr("Copies or links"))
        self.names = QLineEdit(DEFAULT)
        self.names.setAccessibleName(self.tr("Names of the files"))
        self.names.setToolTip(self.tr("{rank} is the place, {name} the photo's own name"))
        self.names.setMaximumWidth(140)
        self.files = QComboBox()
        for files, text in (
            (Files.BOTH, self.tr("RAW and JPEG")),
            (Files.JPEG, self.tr("JPEG only")),
            (Files.RAW, self.tr("RAW only")),
        ):
            self.files.addItem(text, files)
        self.files.setAccessibleName(self.tr("Which files of a photo"))
        self.sidecars = QCheckBox(self.tr("sidecars too"))
        self.stars = QCheckBox(self.tr("stars as XMP"))
        self.stars.setToolTip(self.tr("A small file beside each copy says its stars and score"))
        self.sheet = QCheckBox(self.tr("contact sheet"))
        self.summary = QLabel()
        self.summary.setProperty("role", "dim")
        self.summary.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.export = QPushButton(self.tr("Export"))
        self.export.setProperty("primary", True)
        self.show_folder = QPushButton(self.tr("Open folder"))
        self.show_folder.hide()
        self.close_button = QPushButton(self.tr("Close"))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        grid.setVerticalSpacing(GAP)
        title = QLabel(self.tr("Best shots"))
        title.setProperty("role", "title")
        grid.addWidget(title, 0, 0)
        at_least = QLabel(self.tr("at least"))
        first = _row(self.amount, self.unit, self.one_per_burst, at_least, self.least,
                     self.take_out, self.put_back)  # fmt: skip
        grid.addLayout(first, 0, 1)
        grid.addWidget(QLabel(self.tr("Export to")), 1, 0)
        second = _row(self.browse, self.mode, QLabel(self.tr("named")), self.names, self.files,
                      self.sidecars, self.stars, self.sheet)  # fmt: skip
        second.insertWidget(0, self.folder, 1)
        grid.addLayout(second, 1, 1)
        third = QHBoxLayout()
        third.addWidget(self.summary, 1)
        third.addWidget(self.bar, 1)
        for widget in (self.show_folder, self.close_button, self.export):
            third.addWidget(widget)
        grid.addLayout(third, 2, 0, 1, 2)
        grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        for changed in (
            self.amount.valueChanged,
            self.unit.currentIndexChanged,
            self.least.valueChanged,
            self.one_per_burst.toggled,
        ):
            changed.connect(self._choose)
        for changed in (
            self.folder.textChanged,
            self.mode.currentIndexChanged,
            self.names.textChanged,
            self.files.currentIndexChanged,
            self.sidecars.toggled,
        ):
            changed.connect(self._replan)
        self.take_out.clicked.connect(self.take_out_selected)
        self.put_back.clicked.connect(self._put_back)
        self.browse.clicked.connect(self._browse)
        self.export.clicked.connect(self._export)
        self.show_folder.clicked.connect(self._open_folder)
        self.close_button.clicked.connect(self.finish)
        self._session.scores_changed.connect(self._choose)
        self._session.album_changed.connect(self._album_changed)

    # -- choosing -------------------------------------------------------------------------------

    def start(self) -> None:
        """Open the drawer, with the grid showing what is chosen."""
        if self._session.star_scores is None:
            return
        if not self.isVisible():
            session = self._session
            self._before = (session.key, session.descending, session.conditions)
            session.key, session.descending = SortKey.SCORE, True
            if not self.folder.text():
                self.folder.setText(str(_default_folder(session.folder)))
            self.files.setVisible(bool(session.paired.companions))
        self.show()
        self._choose()
        self._session.go_to_first()
        self.amount.setFocus()

    def finish(self) -> None:
        """Close the drawer, cancelling an export that is under way."""
        if self._is_exporting:
            self._worker.cancel()
            self._ended(self.tr("The export was stopped; what is in the folder is whole."))
            return
        self.hide()
        if self._before is not None:
            self._session.key, self._session.descending, conditions = self._before
            self._before = None
            self._session.filter(conditions)
        self.closed.emit()

    def take_out_selected(self) -> None:
        """The selected photos are not among the best; the next ones move up."""
        if self.isVisible():
            self._taken_out |= set(self._session.selection().tolist())
            self._choose()

    def _put_back(self) -> None:
        self._taken_out.clear()
        self._choose()

    def _album_changed(self) -> None:
        self._taken_out.clear()
        if self.isVisible():
            self._before = None
            self.hide()
            self.closed.emit()

    def _choose(self) -> None:
        session = self._session
        if self.isHidden() or session.columns is None or session.star_scores is None:
            return
        wanted = Wanted(
            self.amount.value(),
            self.unit.currentData(),
            self.least.value(),
            self.one_per_burst.isChecked(),
        )
        self._chosen = best_shots(session.columns, session.star_scores, wanted, self._taken_out)
        index = {path: number for number, path in enumerate(session.columns.paths)}
        session.filter([Among(frozenset(index[photo.path] for photo in self._chosen))])
        self.put_back.setVisible(bool(self._taken_out))
        self._replan()

    # -- exporting ------------------------------------------------------------------------------

    def _replan(self) -> None:
        """Say what an export would do, without doing it."""
        if self.isHidden() or self._is_exporting:
            return
        self._plan = None
        self.show_folder.hide()
        try:
            self._plan = self._planned()
        except PhotoaesError as problem:
            self.summary.setText(str(problem))
        else:
            self.summary.setText(self._words(self._plan))
        self.export.setEnabled(self._plan is not None and bool(self._plan.files))

    def _planned(self) -> Plan:
        which = files_to_export(
            self._session.paired,
            [photo.path for photo in self._chosen],
            self.files.currentData(),
            sidecars=self.sidecars.isChecked(),
        )
        target = Path(self.folder.text()).expanduser()
        return plan_export(
            self._chosen,
            target,
            mode=self.mode.currentData(),
            template=self.names.text(),
            files=which,
        )

    def _words(self, plan: Plan) -> str:
        megabytes = plan.size / 1e6
        parts = [self.tr("%n photos", "", len(self._chosen))]
        if len(plan.files) != len(self._chosen):
            parts.append(self.tr("%n files", "", len(plan.files)))
        if plan.size:
            parts.append(self.tr("{0:.0f} MB").format(max(megabytes, 1)))
        if plan.renamed:
            parts.append(self.tr("%n names are taken and get a number", "", plan.renamed))
        else:
            parts.append(self.tr("no name collides"))
        if plan.missing:
            parts.append(self.tr("%n files are missing", "", len(plan.missing)))
        return ", ".join(parts) + "."

    def _export(self) -> None:
        if self._plan is None:
            return
        self._is_exporting = True
        self.bar.setRange(0, len(self._plan.files))
        self.bar.setValue(0)
        self.bar.show()
        self.summary.hide()
        self.export.setEnabled(False)
        self.close_button.setText(self.tr("Cancel"))
        title = self._session.folder.name if self._session.folder else ""
        sheet = title if self.sheet.isChecked() else None
        receipt = self._learning.receipt()
        marks = self._session.marks() if self.stars.isChecked() else None
        job = export_with_sheet(self._plan, receipt, self._chosen, sheet, marks)
        self._worker.start(job, done=self._done, failed=self._failed, progress=self._progress)

    def _progress(self, events: list[Any]) -> None:
        for event in events[-1:]:
            if isinstance(event, Progress):
                self.bar.setRange(0, event.total or 0)
                self.bar.setValue(event.done)

    def _done(self, _: object) -> None:
        assert self._plan is not None
        self._exported = self._plan.target
        text = self.tr("%n files exported to {0}.", "", len(self._plan.files))
        self._ended(text.format(self._plan.target))
        self.show_folder.show()

    def _failed(self, error: Exception) -> None:
        self._ended(str(error))

    def _ended(self, text: str) -> None:
        self._is_exporting = False
        self.bar.hide()
        self.summary.setText(text)
        self.summary.show()
        self.close_button.setText(self.tr("Close"))
        self.export.setEnabled(True)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Export to"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _open_folder(self) -> None:
        if self._exported is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._exported)))


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GAP)
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addStretch(0)
    return row


def _default_folder(album: Path | None) -> Path:
    """Beside the user's pictures, never inside the album: copies would be ranked the next time."""
    location = QStandardPaths.StandardLocation.PicturesLocation
    pictures = Path(QStandardPaths.writableLocation(location) or Path.home())
    return pictures / f"{album.name if album else 'photos'} - best"
