"""Marks that were saved, in the columns on show: arrays change in place, labels make new ones."""

from __future__ import annotations

from dataclasses import replace

from photoaes.album.columns import UNRATED, Codes, Columns, codes, replaced
from photoaes.album.marks import Marks
from photoaes.gui.state.marking import FLAGS, Indices
from photoaes.jobs.mark import Marked


def put_on(columns: Columns, indices: Indices, marks: Marks) -> Columns:
    """The columns with these marks on these photos, given by the person."""
    if marks.stars is not None:
        columns.stars[indices] = marks.stars or UNRATED
        columns.by_machine[indices] = False
    if marks.flag is not None:
        columns.flag[indices] = FLAGS[marks.flag]
    return columns if marks.label is None else _labelled(columns, indices, codes([marks.label]))


def taken_over(columns: Columns, marked: Marked) -> Columns:
    """The columns with the marks that the store has now."""
    columns.stars[marked.photos] = marked.stars
    columns.by_machine[marked.photos] = marked.by_machine
    columns.flag[marked.photos] = marked.flag
    return _labelled(columns, marked.photos, marked.label)


def _labelled(columns: Columns, indices: Indices, labels: Codes) -> Columns:
    return replace(columns, label=replaced(columns.label, indices, labels))
