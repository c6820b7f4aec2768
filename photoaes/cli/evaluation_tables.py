"""What `photoaes evaluate` prints, as Markdown tables."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING

from photoaes.errors import InputInvalid
from photoaes.new_files import new_text_file

if TYPE_CHECKING:
    from photoaes.offline.evaluation.calibration import Told
    from photoaes.offline.evaluation.protocol import Comparison, TableRow


def print_rows(rows: Sequence[TableRow]) -> None:
    """Print the results as a Markdown table, a line for each K and method."""
    print("| K | method | people | draws | SROCC | 95 % | SD of trials | PLCC | pairs |")
    print("|---|---|---|---|---|---|---|---|---|")
    for row in sorted(rows, key=lambda row: row.shots):
        low, high = row.interval
        print(
            f"| {row.shots} | {row.method} | {row.people} | {row.draws} | {row.mean:.3f} "
            f"| {low:.3f} .. {high:.3f} | {row.deviation:.3f} | {row.plcc:.3f} | {row.pairs:.3f} |"
        )


def print_comparison(rows: Sequence[Comparison]) -> None:
    """Print how far the judged method is above each other one, for each K."""
    print("| K | SROCC of | above | by | 95 % | people worse off | Wilcoxon p |")
    print("|---|---|---|---|---|---|---|")
    for row in sorted(rows, key=lambda row: row.shots):
        low, high = row.interval
        print(
            f"| {row.shots} | {row.method} | {row.other} | {row.gain:+.3f} "
            f"| {low:+.3f} .. {high:+.3f} | {row.worse:.0%} | {row.p:.1g} |"
        )


def print_agreement(draws: Sequence[Told], file: Path) -> None:
    """What was told and what came true: all draws to the file, their bins printed."""
    from photoaes.offline.evaluation.calibration import bins

    if not draws:
        raise InputInvalid("No draw has enough differently rated photos: give more --shots.")
    with new_text_file(file, over=True) as out:
        table = csv.writer(out)
        table.writerow(field.name for field in fields(draws[0]))
        table.writerows(astuple(told) for told in draws)
    print("| K | draws | pairs told | came true | within the margin |")
    print("|---|---|---|---|---|")
    for row in bins(draws):
        print(f"| {row.shots} | {row.draws} | {row.told:.3f} | {row.true:.3f} | {row.within:.0%} |")
