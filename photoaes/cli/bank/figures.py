"""What is said of a bank that was made."""

from __future__ import annotations

from pathlib import Path


def print_figures(folder: Path) -> None:
    """Each task with its agreement on held-out photos, a line each."""
    from photoaes.model.bank.manifest import read_bank

    for task in read_bank(folder).tasks:
        figures = ", ".join(f"{name} {value:.3f}" for name, value in task.figures.items())
        print(f"{task.name}: {figures or 'not judged'} on held-out photos")
