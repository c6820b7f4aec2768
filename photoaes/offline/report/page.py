"""The report as one HTML file that needs no other, no script and no network."""

from __future__ import annotations

import re
from collections.abc import Sequence

from photoaes.offline.report.document import Block, Data, Figure, Section, Table
from photoaes.offline.report.style import CSS
from photoaes.offline.report.words import for_html

# Where a method's label may go on in the next line.
_BREAKS = re.compile(r"[:,=](?=\S)")
# Closed like XML: any parser of either can read it.
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
<nav><ol>
{contents}
</ol></nav>
{sections}
</body>
</html>
"""


def page(title: str, sections: Sequence[Section]) -> str:
    """The whole file."""
    contents = [
        f'<li><a href="#s{number}">{for_html(section.title)}</a></li>'
        for number, section in enumerate(sections, start=1)
    ]
    return _PAGE.format(
        title=for_html(title),
        style=CSS,
        contents="\n".join(contents),
        sections="\n".join(_section(n, section) for n, section in enumerate(sections, start=1)),
    )


def _section(number: int, section: Section) -> str:
    blocks = "\n".join(_block(block) for block in section.blocks)
    return f'<section id="s{number}">\n<h2>{for_html(section.title)}</h2>\n{blocks}\n</section>'


def _block(block: Block) -> str:
    match block:
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)
        case Data():
            return f'<p class="files">Numbers: <code>{for_html(block.file)}</code></p>'
        case _:
            return f"<p>{for_html(block)}</p>"


def _figure(figure: Figure) -> str:
    caption, drawn = for_html(figure.caption), f'<div class="wide">{figure.svg}</div>'
    if figure.folded:
        return f"<details><summary>{caption}</summary>{drawn}</details>"
    return f"<figure>{drawn}<figcaption>{caption}</figcaption></figure>"


def _table(table: Table) -> str:
    rows = [_row(table, index) for index in range(len(table.rows))]
    head = _cells(table, table.header, "th")
    return (
        f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{chr(10).join(rows)}\n</tbody></table></div>"
    )


def _row(table: Table, index: int) -> str:
    classes = ["judged"] if index in table.judged else []
    if table.grouped and index and table.rows[index][0] != table.rows[index - 1][0]:
        classes.append("first")
    kind = f' class="{" ".join(classes)}"' if classes else ""
    return f"<tr{kind}>{_cells(table, table.rows[index], 'td')}</tr>"


def _cells(table: Table, texts: Sequence[str], tag: str) -> str:
    kind = "text long" if table.wraps else "text"
    cells = []
    for place, text in enumerate(texts):
        given = f' class="{kind}"' if place < table.texts else ""
        inside = for_html(text)
        if tag == "th":
            inside = _BREAKS.sub(r"\g<0><wbr/>", inside)
        cells.append(f"<{tag}{given}>{inside}</{tag}>")
    return "".join(cells)
