"""The sheet of keys, made from the list of actions."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QScrollArea, QWidget

from photoaes.gui.kit.actions import CONTEXT, GROUPS, SPECS
from photoaes.gui.kit.theme import GAP
from photoaes.gui.views.dialogs.frame import FRAME, framed

LEFT = (0, 1)  # groups in the left column; the others stand on the right


def shortcuts_dialog(parent: QWidget | None) -> QDialog:
    """Two columns of what can be done and the keys for it."""
    body = QWidget()
    grid = QGridLayout(body)
    grid.setHorizontalSpacing(3 * GAP)
    grid.setVerticalSpacing(GAP // 2)
    rows = [0, 0]
    for number, group in enumerate(GROUPS):
        side = 0 if number in LEFT else 1
        heading = QLabel(QCoreApplication.translate(CONTEXT, group))
        heading.setProperty("role", "heading")
        grid.addWidget(heading, rows[side], 2 * side, 1, 2)
        rows[side] += 1
        for spec in SPECS:
            if spec.group != group or not spec.keys:
                continue
            keys = QLabel(spec.shown_keys())
            keys.setAlignment(Qt.AlignmentFlag.AlignRight)
            keys.setProperty("role", "title")
            grid.addWidget(QLabel(spec.title().rstrip("\u2026")), rows[side], 2 * side)
            grid.addWidget(keys, rows[side], 2 * side + 1)
            rows[side] += 1
    grid.setRowStretch(max(rows), 1)
    title = QCoreApplication.translate("Dialogs", "Keys")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidget(body)
    for label in body.findChildren(QLabel):
        label.ensurePolished()  # bold keys are wider than those that nobody has dressed yet
    grid.invalidate()
    wanted, room = body.sizeHint(), area.screen().availableSize()
    wide = wanted.width() + area.verticalScrollBar().sizeHint().width()
    high = min(wanted.height(), room.height() - 4 * FRAME)
    area.setMinimumSize(min(wide, room.width() - 2 * FRAME), high)
    return framed(parent, title, area, 720)
