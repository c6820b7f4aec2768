"""Shows files in the desktop's file manager."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtWidgets import QWidget

from photoaes.gui.kit.elsewhere import open_elsewhere
from photoaes.system import revealing

NAME, PATH = "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1"


def show_files(files: Sequence[Path], window: QWidget) -> None:
    """Selected in their folder where the file manager can do that, else the folder alone."""
    command = revealing([str(file) for file in files])
    if command is None:
        _ask_by_dbus(files, window)
    elif not QProcess.startDetached(command[0], command[1:])[0]:
        open_elsewhere([files[0].parent], window)


def _ask_by_dbus(files: Sequence[Path], window: QWidget) -> None:
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        open_elsewhere([files[0].parent], window)
        return
    message = QDBusMessage.createMethodCall(NAME, PATH, NAME, "ShowItems")
    message.setArguments([[QUrl.fromLocalFile(str(one)).toString() for one in files], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message), window)

    def answered(_: QDBusPendingCallWatcher) -> None:
        if watcher.isError():
            open_elsewhere([files[0].parent], window)
        watcher.deleteLater()

    watcher.finished.connect(answered)
