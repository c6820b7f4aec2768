"""Shows files in the desktop's file manager."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QUrl
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtGui import QDesktopServices

from photoaes.system import revealing

NAME, PATH = "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1"


def show_files(files: Sequence[Path], parent: QObject) -> None:
    """Selected in their folder where the file manager can do that, else the folder alone."""
    command = revealing([str(file) for file in files])
    if command is None:
        _ask_by_dbus(files, parent)
    else:
        QProcess.startDetached(command[0], command[1:])


def _ask_by_dbus(files: Sequence[Path], parent: QObject) -> None:
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        _open_folder(files[0])
        return
    message = QDBusMessage.createMethodCall(NAME, PATH, NAME, "ShowItems")
    message.setArguments([[QUrl.fromLocalFile(str(one)).toString() for one in files], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message), parent)

    def answered(_: QDBusPendingCallWatcher) -> None:
        if watcher.isError():
            _open_folder(files[0])
        watcher.deleteLater()

    watcher.finished.connect(answered)


def _open_folder(file: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))
