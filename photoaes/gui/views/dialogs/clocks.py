"""By how much the clocks of the album's cameras were wrong."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from photoaes.album.store.clocks import parse_duration
from photoaes.errors import InputInvalid
from photoaes.gui.kit.sentences import said
from photoaes.gui.kit.theme import GAP


class ClocksDialog(QDialog):
    """Accepted once `seconds` can be told. `cameras` as `cameras_of` says them."""

    def __init__(self, parent: QWidget | None, cameras: Mapping[str, tuple[int, int]]) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Clocks of the cameras"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        text = QLabel(
            self.tr(
                "If a camera\u2019s clock was an hour late, write 1h (or 1:00:00) behind it; if it "
                "was ahead, -1h. The photos stay as they are; only their order changes."
            )
        )
        text.setWordWrap(True)
        column.addWidget(text)
        form = QFormLayout()
        self.lines: dict[str, QLineEdit] = {}
        for camera, (count, seconds) in cameras.items():
            line = QLineEdit(_written(seconds))
            line.setPlaceholderText("0")
            line.setAccessibleName(camera)
            self.lines[camera] = line
            form.addRow(self.tr("{0} (%Ln photos)", "", count).format(camera), line)
        column.addLayout(form)
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        column.addWidget(self._problem)
        buttons = QDialogButtonBox()
        done = buttons.addButton(self.tr("Put right"), QDialogButtonBox.ButtonRole.AcceptRole)
        done.setProperty("primary", True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def seconds(self) -> dict[str, int]:
        """What to add to each camera's times. Raises InputInvalid."""
        return {camera: parse_duration(line.text()) for camera, line in self.lines.items()}

    def accept(self) -> None:
        """Close if all that was typed can be understood, else say what cannot."""
        try:
            self.seconds()
        except InputInvalid as error:
            self._problem.setText(said(error))
        else:
            super().accept()


def _written(seconds: int) -> str:
    if not seconds:
        return ""
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02}:{rest:02}"
