"""Opens files and folders in other programs; where there is none, says so and offers the path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

LOOK_MS = 100
LIBRARIES = "LD_LIBRARY_PATH"


def open_elsewhere(paths: Sequence[Path], window: QWidget) -> None:
    """Each in the program that the desktop has for it; a box names the first that has none."""
    told: list[Path] = []

    def failed(path: Path) -> None:
        if not told:
            told.append(path)
            nobody_box(path, paths, window).open()

    for path in paths:
        _open(path, window, partial(failed, path))


def _open(path: Path, window: QWidget, failed: Callable[[], None]) -> None:
    opener = shutil.which("xdg-open") if sys.platform.startswith("linux") else None
    if opener is None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            failed()
        return
    # Qt would start the same and look no further, so that nothing at all would happen where it
    # finds no program. And Qt replaces bytes in names that are no letters.
    try:
        begun = subprocess.Popen(
            [opener, os.fsencode(path)],
            env=own_environment(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        failed()
        return
    _watch(begun, window, failed)


def _watch(begun: subprocess.Popen[bytes], window: QWidget, failed: Callable[[], None]) -> None:
    timer = QTimer(window)

    def look() -> None:
        if (code := begun.poll()) is None:
            return  # some openers stay until their program is closed
        timer.stop()
        timer.deleteLater()
        if code != 0:
            failed()

    timer.timeout.connect(look)
    timer.start(LOOK_MS)


def own_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """For programs that are not ours: without the libraries of a bundle that is started as one."""
    found = dict(environment)
    before = found.pop(f"{LIBRARIES}_ORIG", None)  # PyInstaller's
    if before is not None:
        found[LIBRARIES] = before
    elif getattr(sys, "frozen", False):
        found.pop(LIBRARIES, None)
    return found


def nobody_box(path: Path, paths: Sequence[Path], window: QWidget) -> QMessageBox:
    """No program opens it: where it is, and the path to take along."""
    box = QMessageBox(window)
    box.setWindowTitle("photoaes")
    box.setIcon(QMessageBox.Icon.Information)
    text = QCoreApplication.translate(
        "Elsewhere", "This computer has no program set up that opens {0}."
    )
    box.setText(text.format(path))
    box.setInformativeText(
        QCoreApplication.translate(
            "Elsewhere", "Set one up in the desktop's settings, or copy the path."
        )
    )
    copy = box.addButton(
        QCoreApplication.translate("Elsewhere", "Copy the path"), QMessageBox.ButtonRole.AcceptRole
    )
    copy.clicked.connect(
        lambda: QGuiApplication.clipboard().setText("\n".join(str(one) for one in paths))
    )
    box.addButton(QMessageBox.StandardButton.Close)
    return box
