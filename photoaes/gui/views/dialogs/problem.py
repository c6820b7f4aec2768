"""An error in the user's words, with details to copy where there are any."""

from __future__ import annotations

import traceback

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from photoaes.errors import PhotoaesError
from photoaes.gui.kit.sentences import said


def problem_box(parent: QWidget | None, error: Exception) -> QMessageBox:
    """What happened and what to do; of a bug also the traceback."""
    box = QMessageBox(parent)
    box.setWindowTitle("photoaes")
    box.setIcon(QMessageBox.Icon.Warning)
    if isinstance(error, PhotoaesError):
        box.setText(said(error))
        return box
    box.setText(
        QCoreApplication.translate(
            "Dialogs",
            "Something went wrong that should not have. Your ratings are saved. The details below "
            "help to find the cause; they are in the log file too.",
        )
    )
    box.setDetailedText("".join(traceback.format_exception(error)))
    return box
