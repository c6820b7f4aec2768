"""Writing stars beside the photos: first what would be written, then the writing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from photoaes.gui.theme import GAP

SHOWN = 200


def sidecars_dialog(parent: QWidget | None, planned: Sequence[tuple[Path, str]]) -> QDialog:
    """Accepted if the person wants them written; `planned` is (photo, what it will say)."""
    said = QCoreApplication.translate
    dialog = QDialog(parent)
    dialog.setWindowTitle(said("Dialogs", "Write stars to sidecar files"))
    column = QVBoxLayout(dialog)
    column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
    column.setSpacing(GAP)
    text = QLabel(
        said(
            "Dialogs",
            "Beside %n photos a small XMP file will say your stars, flags and labels, so that "
            "Lightroom, darktable and digiKam can read them. The photos themselves stay as they "
            "are; what other programs wrote in those files is kept.",
            "",
            len(planned),
        )
    )
    text.setWordWrap(True)
    column.addWidget(text)
    preview = QPlainTextEdit()
    preview.setReadOnly(True)
    lines = [f"{photo.name}   {what}" for photo, what in planned[:SHOWN]]
    if len(planned) > SHOWN:
        lines.append(said("Dialogs", "and %n more", "", len(planned) - SHOWN))
    preview.setPlainText("\n".join(lines))
    preview.setAccessibleName(said("Dialogs", "What will be written"))
    column.addWidget(preview, 1)
    buttons = QDialogButtonBox()
    write = buttons.addButton(said("Dialogs", "Write"), QDialogButtonBox.ButtonRole.AcceptRole)
    write.setProperty("primary", True)
    write.setEnabled(bool(planned))
    buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    column.addWidget(buttons)
    dialog.resize(640, 420)
    return dialog
