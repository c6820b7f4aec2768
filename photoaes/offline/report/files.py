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
from photoaes.offline.report.document import Data, Section
from photoaes.offline.report.markdown import markdown
from photoaes.offline.report.page import page

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


def write_report(
    folder: Path, sections: Sequence[Section], title: str = TITLE, files: Sequence[str] = FILES
) -> None:
    """Write report.md, report.html and the sections' data; an older report there, whose names are
    in `files`, is replaced.

    Raises InputInvalid if the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in files:  # what this report leaves out is not to look as if it belonged to it
            (folder / name).unlink(missing_ok=True)
        for data in (b for section in sections for b in section.blocks if isinstance(b, Data)):
            _write_table(folder / data.file, data)
        write_file(folder / MARKDOWN, markdown(title, sections).encode(), over=True)
        write_file(folder / HTML, page(title, sections).encode(), over=True)
    except OSError as error:
        message = f"The report cannot be written to {folder}: {error.strerror}."
        raise InputInvalid(message, folder) from error


def _write_table(path: Path, data: Data) -> None:
    # Names that are no text go out as the bytes they are.
    with new_text_file(path, over=True) as file:
        table = csv.writer(file)
        table.writerow(data.header)
        table.writerows(data.rows)
