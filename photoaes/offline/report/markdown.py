"""The report as Markdown, with its figures beside it."""

from __future__ import annotations

from collections.abc import Sequence

from photoaes.offline.report.document import Block, Data, Figure, Section, Table
from photoaes.offline.report.words import for_markdown

FIGURES = "figures"


def markdown(title: str, sections: Sequence[Section], has_figures: bool = True) -> str:
    """The whole text; with `has_figures`, they lie in the folder of that name as SVG."""
    parts = [f"# {for_markdown(title)}"]
    for section in sections:
        parts.append(f"## {for_markdown(section.title)}")
        parts += [_block(block, has_figures) for block in section.blocks]
    return "\n\n".join(parts) + "\n"


def _block(block: Block, has_figures: bool) -> str:
    match block:
        case Table():
            return _table(block)
        case Figure():
            return _figure(block, has_figures)
        case Data():
            return f"Numbers: [{block.file}]({block.file})"
        case _:
            return for_markdown(block)


def _figure(figure: Figure, is_drawn: bool) -> str:
    caption = for_markdown(figure.caption)
    if not is_drawn:
        return f"*Figure, not drawn:* {caption}"
    path = f"{FIGURES}/{figure.name}"
    files = f"[PDF]({path}.pdf), [SVG]({path}.svg), [PNG]({path}.png)"
    return f"![{figure.name}]({path}.svg)\n\n{caption} {files}"


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
