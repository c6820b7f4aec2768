"""The report as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from photoaes.offline.report.document import Block, Data, Figure, Section, Table
from photoaes.offline.report.words import for_markdown


def markdown(title: str, sections: Sequence[Section]) -> str:
    """The whole text. Figures are described here, and drawn in the HTML."""
    parts = [f"# {for_markdown(title)}"]
    for section in sections:
        parts.append(f"## {for_markdown(section.title)}")
        parts += [_block(block) for block in section.blocks]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    match block:
        case Table():
            return _table(block)
        case Figure():
            return f"*Figure, drawn in report.html:* {for_markdown(block.caption)}"
        case Data():
            return f"Numbers: `{block.file}`"
        case _:
            return for_markdown(block)


def _table(table: Table) -> str:
    dashes = ["---" if i < table.texts else "---:" for i in range(len(table.header))]
    lines = [_line([for_markdown(cell) for cell in table.header]), _line(dashes)]
    for index, row in enumerate(table.rows):
        cells = [for_markdown(cell) for cell in row]
        lines.append(
            _line([f"**{c}**" if c else c for c in cells] if index in table.judged else cells)
        )
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
