"""A bar for each person."""

from __future__ import annotations

from collections.abc import Sequence

from photoaes.offline.report.plots.svg import (
    WIDTH,
    across,
    element,
    linear,
    picture,
    said,
    ticks,
    upright,
    words,
)
from photoaes.offline.report.words import decimal, plain

NAMED_UP_TO = 60
LEFT, RIGHT, TOP, BOTTOM = 56.0, WIDTH - 90, 10.0, 210.0


def bars_plot(
    gains: Sequence[tuple[str, float]], limits: tuple[float, float], y_name: str, label: str
) -> str:
    """Gains in the given order, between limits that are the same for all K; few are named."""
    marks = ticks(min(0.0, limits[0]), max(0.0, limits[1]), about=8)
    y = linear(marks[0], marks[-1], BOTTOM, TOP)
    step = (RIGHT - LEFT) / len(gains)
    parts = [across(marks, y, LEFT, RIGHT)]
    parts.append(upright(y_name, 12, (TOP + BOTTOM) / 2, text_anchor="middle"))
    for place, (person, gain) in enumerate(gains):
        top, bottom = sorted((y(0), y(gain)))
        bar = element(
            "rect",
            said(f"{person}: {decimal(gain, sign=True)}"),
            x=LEFT + place * step,
            y=top,
            width=step * 0.84,
            height=max(bottom - top, 0.3),
            class_="better" if gain >= 0 else "worse",
        )
        parts.append(bar)
    mean = sum(gain for _, gain in gains) / len(gains)
    # Beside the bars, where it covers none of them.
    parts.append(element("line", x1=LEFT, x2=RIGHT, y1=y(mean), y2=y(mean), class_="mean"))
    parts.append(words(f"mean {decimal(mean, sign=True)}", RIGHT + 6, y(mean) + 4))
    if len(gains) <= NAMED_UP_TO:
        parts += [
            upright(name, LEFT + (i + 0.5) * step + 3, BOTTOM + 8, text_anchor="end", font_size=9)
            for i, (name, _) in enumerate(gains)
        ]
        return picture(WIDTH, BOTTOM + 14 + 5.6 * _longest(gains), label, *parts)
    return picture(WIDTH, BOTTOM + 10, label, *parts)


def _longest(gains: Sequence[tuple[str, float]]) -> int:
    return max(len(plain(name)) for name, _ in gains)
