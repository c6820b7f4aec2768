"""The report's Markdown as one HTML file that needs no other, no script and no network."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from photoaes.offline.report.words import for_html

CSS = """
:root { color-scheme: light; --ink: #1f1f1f; --faint: #5f5f5f; --grid: #e4e4e4; }
body { margin: 0 auto; padding: 24px 20px 60px; max-width: 900px; color: var(--ink);
  background: #fff; font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 24px; margin: 0 0 12px; }
h2 { font-size: 19px; margin: 40px 0 8px; }
p { margin: 8px 0; max-width: 76ch; overflow-wrap: break-word; }
a { color: #0072b2; }
img { display: block; max-width: 100%; height: auto; }
nav ol { margin: 0; padding-left: 28px; columns: 2; }
table { border-collapse: collapse; margin: 12px 0; font-size: 13.5px;
  font-variant-numeric: tabular-nums; display: block; overflow-x: auto; }
th, td { padding: 3px 14px 3px 0; vertical-align: top; text-align: left;
  border-bottom: 1px solid var(--grid); }
th { color: var(--faint); font-weight: 600; vertical-align: bottom; }
td { overflow-wrap: break-word; max-width: 34em; }
td[style*=right] { white-space: nowrap; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  table { display: table; font-size: 8pt; }
  h2, h2 + p, p:has(img) { break-after: avoid; } table, tr, img { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""
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
{before}
<nav><ol>
{contents}
</ol></nav>
{after}
</body>
</html>
"""


def can_make_pages() -> bool:
    """Whether markdown-it-py is installed."""
    return find_spec("markdown_it") is not None


def page(title: str, text: str, drawn: Mapping[str, bytes]) -> str:
    """The whole file; `drawn` are the SVGs by the path that the text has for them."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable("table")
    tokens = parser.parse(text)
    contents: list[str] = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            token.attrSet("id", f"s{len(contents) + 1}")
            name = "".join(child.content for child in tokens[place + 1].children or ())
            contents.append(f'<li><a href="#s{len(contents) + 1}">{for_html(name)}</a></li>')
        for image in (child for child in token.children or () if child.type == "image"):
            _put_in(image, drawn)
    first = next((i for i, token in enumerate(tokens) if token.tag == "h2"), len(tokens))
    return _PAGE.format(
        title=for_html(title),
        style=CSS,
        contents="\n".join(contents),
        before=parser.renderer.render(tokens[:first], parser.options, {}),
        after=parser.renderer.render(tokens[first:], parser.options, {}),
    )


def _put_in(image: Any, drawn: Mapping[str, bytes]) -> None:
    """The picture itself instead of its address."""
    svg = drawn.get(str(image.attrGet("src")))
    if svg is not None:
        image.attrSet("src", f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}")
