"""The controls of the best shots' drawer: which photos, where to, and what goes with them."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from photoaes.album.best import Wanted
from photoaes.album.export.exporting import Mode
from photoaes.album.export.names import DEFAULT
from photoaes.gui.kit.flow import Flow
from photoaes.gui.kit.theme import GAP
from photoaes.jobs.export import Files


class StarsBeside(Enum):
    """Whether sidecars beside the copies say their stars, and what new ones are called."""

    NOT = "not"
    FULL_NAMES = "full"
    ADOBE_NAMES = "adobe"


class Kind(Enum):
    """Which photos are exported."""

    BEST = "best"
    THESE = "these"
    REJECTED = "rejected"


class Controls(QWidget):
    """Which photos, where to, and what would happen."""

    def __init__(self) -> None:
        super().__init__()
        self._titles = {
            Kind.BEST: self.tr("Best shots"),
            Kind.THESE: self.tr("These photos"),
            Kind.REJECTED: self.tr("Rejected photos"),
        }
        self._endings = {
            Kind.BEST: self.tr("best"),
            Kind.THESE: self.tr("selection"),
            Kind.REJECTED: self.tr("rejected"),
        }
        self._proposed = ""
        self._make_choice_of_photos()
        self._make_folder()
        self._make_names()
        self._make_company()
        self._make_last_line()
        self._lay_out()

    def _make_choice_of_photos(self) -> None:
        self.amount = QSpinBox()
        self.amount.setRange(1, 100_000)
        self.amount.setValue(50)
        self.amount.setAccessibleName(self.tr("How many"))
        self.unit = _choice(
            self.tr("Photos or percent"),
            ("photos", self.tr("photos")),
            ("percent", self.tr("percent")),
            ("per day", self.tr("of each day")),
            ("per hour", self.tr("of each hour")),
            ("per scene", self.tr("of each scene")),
        )
        self.unit.setToolTip(self.tr("A scene is what was taken without a pause of ten minutes"))
        self.least = QDoubleSpinBox()
        self.least.setRange(1.0, 5.0)
        self.least.setSingleStep(0.1)
        self.least.setDecimals(1)
        self.least.setSuffix(" \u2605")
        self.least.setAccessibleName(self.tr("At least this score"))
        self.one_per_burst = QCheckBox(self.tr("one per burst"))
        self.one_per_burst.setChecked(False)  # until bursts have been looked at
        self.take_out = QPushButton(self.tr("Take out selected"))
        self.take_out.setToolTip(self.tr("Backspace does the same; the next best moves up"))
        self.put_back = QPushButton(self.tr("Put all back"))

    def _make_folder(self) -> None:
        self.folder = QLineEdit()
        self.folder.setAccessibleName(self.tr("Folder to export to"))
        self.browse = QPushButton(self.tr("Choose\u2026"))
        self.browse.clicked.connect(self._browse)
        self.mode = _choice(
            self.tr("Copies or links"),
            (Mode.COPY, self.tr("copies")),
            (Mode.HARD_LINK, self.tr("hard links")),
            (Mode.SYMLINK, self.tr("symbolic links")),
        )
        self.files = _choice(
            self.tr("Which files of a photo"),
            (Files.BOTH, self.tr("RAW and JPEG")),
            (Files.JPEG, self.tr("JPEG only")),
            (Files.RAW, self.tr("RAW only")),
        )

    def _make_names(self) -> None:
        self.names = QLineEdit(DEFAULT)
        self.names.setAccessibleName(self.tr("Names of the files"))
        self.names.setToolTip(self.tr("{rank} is the place, {name} the photo's own name"))
        self.names.setMaximumWidth(140)
        self.names.hide()
        self.pattern = _choice(
            self.tr("Names of the files"),
            (DEFAULT, "0001_IMG_1234.jpg"),
            ("{name}", "IMG_1234.jpg"),
            ("{stem}_{rank:04}", "IMG_1234_0001.jpg"),
            ("", self.tr("names of my own\u2026")),
        )
        self.pattern.currentIndexChanged.connect(self._follow_pattern)

    def _make_company(self) -> None:
        """What comes with the photos."""
        self.sidecars = QCheckBox(self.tr("sidecars too"))
        self.stars = _choice(
            self.tr("Stars beside the copies"),
            (StarsBeside.NOT, self.tr("no XMP")),
            (StarsBeside.FULL_NAMES, self.tr("stars as IMG.CR2.xmp")),
            (StarsBeside.ADOBE_NAMES, self.tr("stars as IMG.xmp")),
        )
        self.stars.setToolTip(
            self.tr(
                "A small file beside each copy says its stars and score. IMG.xmp is for Lightroom "
                "and Capture One, IMG.CR2.xmp for darktable and digiKam"
            )
        )
        self.sheet = QCheckBox(self.tr("contact sheet"))
        self.web_page = QCheckBox(self.tr("web page"))
        self.web_page.setToolTip(self.tr("A folder with small and large pictures, for any server"))

    def _make_last_line(self) -> None:
        self.summary = QLabel()
        self.summary.setProperty("role", "dim")
        self.summary.setWordWrap(True)
        self.summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
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
        self._title = QLabel()
        self._title.setProperty("role", "title")
        grid.addWidget(self._title, 0, 0)
        limit = _together(QLabel(self.tr("with at least")), self.least)
        bursts = _together(self.one_per_burst)
        self._for_best = (self.amount, self.unit, limit, bursts)
        first = Flow(*self._for_best, self.take_out, self.put_back)
        grid.addLayout(first, 0, 1)
        grid.addWidget(QLabel(self.tr("Export to")), 1, 0)
        named = QLabel(self.tr("named"))
        second = Flow(self.folder, self.browse, self.mode, named, self.pattern, self.names,
                      self.files, stretches=self.folder)  # fmt: skip
        grid.addLayout(second, 1, 1)
        third = Flow(self.sidecars, self.stars, self.sheet, self.web_page)
        grid.addWidget(QLabel(self.tr("With them")), 2, 0)
        grid.addLayout(third, 2, 1)
        # What is said there changes, and a button that comes with it: the others stay in place.
        last = QHBoxLayout()
        last.setSpacing(GAP)
        last.addWidget(self.summary, 1)
        for widget in (self.bar, self.show_folder, self.close_button, self.export):
            last.addWidget(widget)
        grid.addLayout(last, 3, 0, 1, 2)
        grid.setColumnStretch(1, 1)

    def _follow_pattern(self) -> None:
        """A pattern by its example; words in braces are for those who want their own."""
        pattern = self.pattern.currentData()
        self.names.setHidden(bool(pattern))
        if pattern:
            self.names.setText(pattern)

    def begin_with(self, kind: Kind, album: Path | None) -> None:
        """Whether the best are chosen by these controls, or somebody has picked the photos."""
        self._title.setText(self._titles[kind])
        for widget in self._for_best:
            widget.setVisible(kind is Kind.BEST)
        if self.folder.text() in ("", self._proposed):  # else the person has said where to
            self._proposed = str(_default_folder(album, self._endings[kind]))
            self.folder.setText(self._proposed)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Export to"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def begin(self, total: int) -> None:
        """Show the bar of an export of so many files."""
        self.bar.setRange(0, total)
        self.bar.setValue(0)
        self.bar.show()
        self.summary.hide()
        self.close_button.setFocus()  # before it leaves a button that is switched off
        self.export.setEnabled(False)

    def offer_folder(self) -> None:
        """All is there; who has waited at the button looks at it next."""
        self.show_folder.show()
        if self.close_button.hasFocus():
            self.show_folder.setFocus()

    def short(self, path: Path) -> str:
        """A path as long as there is room for beside the buttons."""
        room = self.width() // 3
        return self.fontMetrics().elidedText(str(path), Qt.TextElideMode.ElideMiddle, room)

    def wanted(self) -> Wanted:
        """Which photos are the best, as it is put here."""
        return Wanted(
            self.amount.value(),
            self.unit.currentData(),
            self.least.value(),
            self.one_per_burst.isChecked(),
        )


def _default_folder(album: Path | None, ending: str) -> Path:
    """Beside the user's pictures, never inside the album: copies would be ranked the next time."""
    location = QStandardPaths.StandardLocation.PicturesLocation
    pictures = Path(QStandardPaths.writableLocation(location) or Path.home())
    return pictures / f"{album.name if album else 'photos'} - {ending}"


def _together(*widgets: QWidget) -> QWidget:
    """A phrase that is not cut at the end of a line, and stands off from what is beside it."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 2 * GAP, 0)
    row.setSpacing(GAP)
    for widget in widgets:
        row.addWidget(widget)
    return whole


def _choice(name: str, *entries: tuple[object, str]) -> QComboBox:
    """`entries` are what is chosen, and how it is shown."""
    box = QComboBox()
    for value, text in entries:
        box.addItem(text, value)
    box.setAccessibleName(name)
    return box
