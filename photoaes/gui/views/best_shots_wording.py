"""What an export would do, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from photoaes.album.best import left_out_of_bursts
from photoaes.album.columns import Columns
from photoaes.album.export.exporting import ExportPlan
from photoaes.album.ranking import RankedPhoto
from photoaes.gui.kit.numerals import decimal


class PlanWording(QObject):
    """Says in words what an export would do. A QObject, since `tr` needs one for plurals."""

    def plan(
        self,
        columns: Columns,
        plan: ExportPlan,
        chosen: Sequence[RankedPhoto],
        behind: int,
        is_thinned: bool,
    ) -> str:
        """Photos, files and size, and what stays behind: `behind` edits and films, and of bursts,
        if it `is_thinned` to one of each, the rest."""
        parts = [self.tr("%Ln photos", "", len(chosen))]
        if len(plan.files) != len(chosen):
            parts.append(self.tr("%Ln files", "", len(plan.files)))
        if plan.size:
            parts.append(self.tr("{0} MB").format(decimal(max(plan.size / 1e6, 1), 0)))
        if plan.renamed:
            parts.append(self.tr("%Ln names are taken and get a number", "", plan.renamed))
        else:
            parts.append(self.tr("no name collides"))
        if plan.missing:
            parts.append(self.tr("%Ln files are missing", "", len(plan.missing)))
        if behind:
            parts.append(self.tr("%Ln edits and films stay behind", "", behind))
        left_out = self._left_out(columns, chosen) if is_thinned else ""
        return ", ".join(parts) + "." + left_out

    def _left_out(self, columns: Columns, chosen: Sequence[RankedPhoto]) -> str:
        """What "one per burst" leaves out, with a way to see it."""
        photos, bursts = left_out_of_bursts(columns, (one.path for one in chosen))
        if not photos:
            return ""
        text = self.tr("%Ln photos of {0} bursts left out", "", photos).format(bursts)
        show = self.tr("show")
        return f" {text}: <a href='bursts'>{show}</a>"
