"""Whether photos that are gone shall be forgotten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

SHOWN = 1_000


def missing_box(
    parent: QWidget | None, question: str, gone: Sequence[Path], forget: Callable[[], None]
) -> QMessageBox:
    """Asks, and calls `forget` if so; what is not answered keeps them."""
    box = QMessageBox(parent)
    box.setWindowTitle(QCoreApplication.translate("Dialogs", "Forget missing photos"))
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(question)
    box.setInformativeText(
        QCoreApplication.translate(
            "Dialogs",
            "Photos on a drive that is not connected, or in another folder now, keep their stars: "
            "they are recognised when you open that folder. Forget them only if they are gone for "
            "good. Their stars, flags and history go too, and that cannot be undone.",
        )
    )
    box.setDetailedText("\n".join(map(str, gone[:SHOWN])))
    yes = box.addButton(
        QCoreApplication.translate("Dialogs", "Forget them"), QMessageBox.ButtonRole.DestructiveRole
    )
    keep = box.addButton(
        QCoreApplication.translate("Dialogs", "Keep them"), QMessageBox.ButtonRole.RejectRole
    )
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    yes.clicked.connect(forget)
    return box
