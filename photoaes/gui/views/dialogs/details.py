"""What was learned, in the researchers' words: figures, and coefficients by task and layer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from photoaes.errors import PhotoUnreadable
from photoaes.gui.kit.numerals import decimal
from photoaes.gui.kit.sentences import said
from photoaes.gui.kit.theme import GAP
from photoaes.gui.views.dialogs.frame import framed
from photoaes.gui.views.taste.charts import HeatMap, heat_height
from photoaes.gui.views.taste.part_names import PartNames
from photoaes.jobs.personalize import Personalization


class DetailsBody(QWidget):
    """Agreement as pairs and SROCC, the blend, and the heat map."""

    def __init__(self, taste: Personalization, unreadable: Sequence[PhotoUnreadable]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GAP)
        text = QLabel(self._figures(taste))
        text.setWordWrap(True)
        column.addWidget(text)
        tasks = list(taste.coefficients)
        layers = list(next(iter(taste.coefficients.values())))
        values = np.array([list(row.values()) for row in taste.coefficients.values()])
        moved = values - taste.start
        area = QScrollArea()
        area.setWidgetResizable(True)
        names = PartNames(self)
        area.setWidget(HeatMap([names.name(task) for task in tasks], layers, moved))
        area.setMinimumHeight(min(heat_height(self, len(tasks)) + 3 * GAP, 480))
        column.addWidget(area, 1)
        if unreadable:
            column.addWidget(QLabel(self.tr("Could not be read, and have no score:")))
            column.addWidget(self._list(unreadable))

    def _list(self, unreadable: Sequence[PhotoUnreadable]) -> QPlainTextEdit:
        texts = "\n".join(f"{one.path}: {said(one.reason)}" for one in unreadable)
        shown = QPlainTextEdit(texts)
        shown.setReadOnly(True)
        shown.setMaximumHeight(140)
        shown.setAccessibleName(self.tr("Photos that could not be read"))
        return shown

    def _figures(self, taste: Personalization) -> str:
        lines = [self.tr("%Ln rated photos", "", taste.rated)]
        if taste.earlier:
            lines.append(self.tr("%Ln more of earlier albums", "", taste.earlier))
        if taste.compared:
            lines.append(self.tr("%Ln compared pairs", "", taste.compared))
        agreement = taste.agreement
        if agreement is not None:
            text = self.tr(
                "Held-out pairs ordered alike: {0} \u00b1 {1} (general score {2}). "
                "Rank correlation (SROCC) {3} \u00b1 {4} (general {5}).",
            )
            lines.append(
                text.format(
                    decimal(agreement.pairs_personal, 3),
                    decimal(agreement.pairs_margin, 3),
                    decimal(agreement.pairs_general, 3),
                    decimal(agreement.srocc_personal, 3),
                    decimal(agreement.srocc_margin, 3),
                    decimal(agreement.srocc_general, 3),
                )
            )
        lines.append(self._which(taste))
        if taste.blend < 1:
            share = self.tr("Your own taste has a share of {0} % in the order.")
            lines.append(share.format(decimal(100 * taste.blend, 0)))
        return "<br>".join(lines)

    def _which(self, taste: Personalization) -> str:
        """Which of the two models is on show."""
        if not taste.is_exact:
            return self.tr(
                "On show are the scores of the linear model, which follows every star at once. "
                "Personalize again for those of the merged model."
            )
        if np.isnan(taste.alike):
            return self.tr("On show are the merged model's own scores.")
        text = self.tr(
            "On show are the merged model's own scores. Its linear model, which answers while you "
            "rate, orders the album alike with SROCC {0}."
        )
        return text.format(decimal(taste.alike, 3))


def details_dialog(
    parent: QWidget | None, taste: Personalization, unreadable: Sequence[PhotoUnreadable]
) -> QDialog:
    """The dialog *What was learned*."""
    title = QCoreApplication.translate("Dialogs", "What was learned")
    return framed(parent, title, DetailsBody(taste, unreadable), 820)
