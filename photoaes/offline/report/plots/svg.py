"""SVG as text: elements, scales and axes. Without a namespace, for it stands inside HTML."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from xml.sax.saxutils import quoteattr

from photoaes.offline.report.words import MINUS, for_html, plain

Scale = Callable[[float], float]
WIDTH = 860.0


def element(tag: str, *inside: str, **attributes: object) -> str:
    """An element around finished SVG; `stroke_width=2` is stroke-width, `class_` is class."""
    given = "".join(
        f" {name.rstrip('_').replace('_', '-')}={quoteattr(_text(value))}"
        for name, value in attributes.items()
    )
    return f"<{tag}{given}>{''.join(inside)}</{tag}>" if inside else f"<{tag}{given}/>"


def words(text: str, x: float, y: float, **attributes: object) -> str:
    """A line of text at a point."""
    return element("text", for_html(text), x=x, y=y, **attributes)


def said(text: str) -> str:
    """What stands beside the pointer over the element that it is inside of."""
    return element("title", for_html(text))


def picture(width: float, height: float, label: str, *inside: str) -> str:
    """The outermost element; `label` is for those who hear the page."""
    box = f"0 0 {_text(width)} {_text(height)}"
    return element(
        "svg", *inside, viewBox=box, width=width, height=height, role="img", aria_label=label
    )


def linear(low: float, high: float, start: float, end: float) -> Scale:
    """Takes low..high to start..end; low and high differ."""
    return lambda value: start + (value - low) / (high - low) * (end - start)


def ticks(low: float, high: float, about: int = 6) -> list[float]:
    """Round values at even steps, the first at or below `low`, the last at or above `high`."""
    rough = max(high - low, 1e-6) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(index * step, 10) for index in range(first, max(last, first + 1) + 1)]


def across(values: Sequence[float], y: Scale, left: float, right: float) -> str:
    """Horizontal lines at the values, which stand left of them; the line at zero is darker."""
    parts = []
    for value in values:
        kind = "axis" if value == 0 else "grid"
        parts.append(element("line", x1=left, x2=right, y1=y(value), y2=y(value), class_=kind))
        parts.append(faint(shown(value), left - 8, y(value) + 4, text_anchor="end"))
    return "".join(parts)


def faint(text: str, x: float, y: float, **attributes: object) -> str:
    """A line of text of less weight."""
    return words(text, x, y, class_="faint", **attributes)


def upright(text: str, x: float, y: float, **attributes: object) -> str:
    """Faint text read from below."""
    turn = f"rotate(-90 {_text(x)} {_text(y)})"
    return faint(text, x, y, transform=turn, **attributes)


def shown(value: float) -> str:
    """A tick's value."""
    return f"{value:.4g}".replace("-", MINUS)


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return plain(str(value))
