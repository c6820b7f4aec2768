"""Writing stars beside the photos: first what would be written, then the writing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from photoaes.gui.kit.theme import GAP
from photoaes.gui.views.dialogs.frame import fit

SHOWN = 200


class SidecarsDialog(QDialog):
    """Accepted if the person wants them written; `planned` is (photo, what it will say).

    `adobe_names` says how new ones are to be named.
    """

    def __init__(
        self, parent: QWidget | None, planned: Sequence[tuple[Path, str]], *, adobe_names: bool
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Write stars to sidecar files"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        text = QLabel(
            self.tr(
                "Small XMP files beside %Ln photos will say your stars, flags and labels, so "
                "that Lightroom, darktable and digiKam can read them. The photos themselves "
                "stay as they are; what other programs wrote in such files is kept. Lightroom "
                "reads them beside RAW files only.",
                "",
                len(planned),
            )  # fmt: skip
        )
        text.setWordWrap(True)
        column.addWidget(text)
        column.addWidget(self._preview(planned), 1)
        self.adobe_names = QCheckBox(
            self.tr("New files are IMG.xmp, as Lightroom and Capture One want it, not IMG.CR2.xmp")
        )
        self.adobe_names.setChecked(adobe_names)
        column.addWidget(self.adobe_names)
        buttons = QDialogButtonBox()
        write = buttons.addButton(self.tr("Write"), QDialogButtonBox.ButtonRole.AcceptRole)
        write.setProperty("primary", True)
        write.setEnabled(bool(planned))
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        fit(self, 640)

    def _preview(self, planned: Sequence[tuple[Path, str]]) -> QPlainTextEdit:
        lines = [f"{path.name}   {what}" for path, what in planned[:SHOWN]]
        if len(planned) > SHOWN:
            lines.append(self.tr("and %Ln more", "", len(planned) - SHOWN))
        preview = QPlainTextEdit("\n".join(lines))
        preview.setReadOnly(True)
        preview.setAccessibleName(self.tr("What will be written"))
        return preview
