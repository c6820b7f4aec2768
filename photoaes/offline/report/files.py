"""Writes a report into a folder."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from photoaes.errors import InputInvalid
from photoaes.new_files import new_text_file, write_file
from photoaes.offline.report import (
    bank_sections,
    people_section,
    person_section,
    published_experts,
    published_section,
    result_sections,
)
from photoaes.offline.report.document import Data, Figure, Section
from photoaes.offline.report.markdown import FIGURES, markdown
from photoaes.offline.report.page import can_make_pages, page
from photoaes.offline.report.plots.drawing import KINDS, can_draw, pictures

TITLE = "Evaluation of personalisation"
MARKDOWN, HTML = "report.md", "report.html"
TABLES = (
    people_section.FILE,
    result_sections.SROCC_FILE,
    result_sections.COMPARISON_FILE,
    published_section.FILE,
    published_experts.FILE,
    published_experts.SPEED_FILE,
    result_sections.GAINS_FILE,
    person_section.GAINS_FILE,
    person_section.PEOPLE_FILE,
    person_section.EXPERTS_FILE,
    bank_sections.COSINES_FILE,
    bank_sections.COUNTS_FILE,
    bank_sections.COEFFICIENTS_FILE,
    bank_sections.AGREEMENT_FILE,
)
FILES = (MARKDOWN, HTML, *TABLES)


def what_is_missing() -> str | None:
    """The sentence for whoever wants a report without what draws it; None where all is there."""
    wanted = {"figures": can_draw(), "report.html": can_make_pages()}
    lacking = [name for name, is_there in wanted.items() if not is_there]
    if not lacking:
        return None
    return (
        f"The report will have its tables, but no {' and no '.join(lacking)}: for those "
        "pip install 'photoaes[figures]' first."
    )


def write_report(
    folder: Path, sections: Sequence[Section], title: str = TITLE, files: Sequence[str] = FILES
) -> Path:
    """Write report.md, the sections' data, figures and report.html as far as what makes them is
    installed, and return the one to read; an older report there, whose names are in `files`, is
    replaced.

    Raises InputInvalid if the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder, files)  # what this report leaves out is not to look as if it belonged to it
        for data in (b for section in sections for b in section.blocks if isinstance(b, Data)):
            _write_table(folder / data.file, data)
        drawn = _write_figures(folder, sections) if can_draw() else {}
        text = markdown(title, sections, has_figures=can_draw())
        write_file(folder / MARKDOWN, text.encode(), over=True)
        if not can_make_pages():
            return folder / MARKDOWN
        write_file(folder / HTML, page(title, text, drawn).encode(), over=True)
    except OSError as error:
        message = f"The report cannot be written to {folder}: {error.strerror}."
        raise InputInvalid(message, folder) from error
    return folder / HTML


def _clear(folder: Path, files: Sequence[str]) -> None:
    for name in files:
        (folder / name).unlink(missing_ok=True)
    for kind in KINDS:
        for path in (folder / FIGURES).glob(f"figure-*.{kind}"):
            path.unlink()


def _write_figures(folder: Path, sections: Sequence[Section]) -> dict[str, bytes]:
    """Returns the SVGs by their paths in the folder."""
    drawn = {}
    for figure in (b for section in sections for b in section.blocks if isinstance(b, Figure)):
        (folder / FIGURES).mkdir(exist_ok=True)
        for kind, data in pictures(figure.plot).items():
            path = f"{FIGURES}/{figure.name}.{kind}"
            write_file(folder / path, data, over=True)
            if kind == "svg":
                drawn[path] = data
    return drawn


def _write_table(path: Path, data: Data) -> None:
    # Names that are no text go out as the bytes they are.
    with new_text_file(path, over=True) as file:
        table = csv.writer(file)
        table.writerow(data.header)
        table.writerows(data.rows)
