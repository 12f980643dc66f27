"""Horizontal bars as an SVG picture: one a name, its value written at its end."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from hope_core.reports.curves import COLORS

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, LABEL, ROW, HEAD = 760, 220, 26, 34
ROOM = 110
"""Pixels kept free behind the longest bar, for its text."""


class Bar(NamedTuple):
    """One bar; a value of None is drawn as a text alone."""

    name: str
    value: float | None
    text: str


class Chart(NamedTuple):
    """Bars that share a scale."""

    title: str
    bars: Sequence[Bar]


def bars_svg(charts: Sequence[Chart]) -> str:
    """All charts, one below the other."""
    parts: list[str] = []
    top = 8.0
    for index, chart in enumerate(charts):
        tint = COLORS[index % len(COLORS)]
        parts.append(_text(8, top + 18, chart.title, "font-weight='600'"))
        top += HEAD
        largest = max((bar.value for bar in chart.bars if bar.value), default=1.0)
        for bar in chart.bars:
            length = (bar.value or 0.0) / largest * (WIDTH - LABEL - ROOM)
            shape = f"x='{LABEL}' y='{top + 4:.0f}' width='{length:.1f}' height='{ROW - 9}'"
            parts.append(_text(LABEL - 8, top + 17, bar.name, "text-anchor='end'"))
            parts.append(f"<rect {shape} rx='3' fill='{tint}'/>")
            parts.append(_text(LABEL + length + 6, top + 17, bar.text))
            top += ROW
        top += 10
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {top:.0f}'"
    style = "font-family='system-ui, sans-serif' font-size='13' fill='#182130'"
    ground = f"<rect width='{WIDTH}' height='{top:.0f}' fill='#ffffff'/>"
    return f"{head} {style}>{ground}{''.join(parts)}</svg>\n"


def _text(x: float, y: float, words: str, more: str = "") -> str:
    return f"<text x='{x:.1f}' y='{y:.1f}' {more}>{escape(words)}</text>"
