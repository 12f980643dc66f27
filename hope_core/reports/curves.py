"""The curves of several runs as one SVG drawing that stands inside a page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hope_core.reports.facts import Points, RunFacts

WIDTH, HEIGHT = 860, 340
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 12, 34
COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
"""Okabe and Ito's, told apart by every kind of colour vision."""
DASHES = ("", "7 3", "2 3", "9 3 2 3")


@dataclass(frozen=True)
class Line:
    """One curve, ready to draw."""

    path: str
    color: str
    dash: str
    width: float
    opacity: float


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where (pixels) and its text."""

    at: float
    text: str


@dataclass(frozen=True)
class Chart:
    """A chart in pixels."""

    lines: tuple[Line, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    floor: float | None
    """Height of the known entropy, if all runs share one."""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def chart_of(runs: Sequence[RunFacts]) -> Chart | None:
    """The training (thin) and held-out (strong) curves of the runs; None when none has a point."""
    everything = [point for run in runs for point in (*run.training, *run.validation)]
    if not everything:
        return None
    last = max(step for step, _ in everything) or 1.0
    floors = {run.floor for run in runs}
    floor = floors.pop() if len(floors) == 1 else None
    values = [value for _, value in everything] + ([floor] if floor is not None else [])
    low, high = min(values), max(values)
    room = 0.05 * (high - low or 1.0)
    low, high = low - room, high + room

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return (
            LEFT + point[0] / last * (WIDTH - LEFT - RIGHT),
            TOP + (high - point[1]) / (high - low) * (HEIGHT - TOP - BOTTOM),
        )

    lines = []
    for index, run in enumerate(runs):
        color, dash = COLORS[index % len(COLORS)], DASHES[index // len(COLORS) % len(DASHES)]
        lines.append(Line(_path([place(p) for p in run.training]), color, dash, 1, 0.45))
        lines.append(Line(_path([place(p) for p in run.validation]), color, dash, 2.2, 1))
    return Chart(
        lines=tuple(line for line in lines if line.path),
        across=tuple(Tick(place((at, low))[0], f"{at:,.0f}") for at in ticks(0, last)),
        up=tuple(Tick(place((0, at))[1], f"{at:g}") for at in ticks(low, high)),
        floor=None if floor is None else place((0, floor))[1],
    )


def ticks(low: float, high: float, count: int = 6) -> list[float]:
    """Round numbers between low and high, about `count` of them."""
    rough = (high - low) / count or 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= rough)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(index * step, 10) for index in range(first, last + 1)]


def _path(points: Points) -> str:
    return " ".join(f"{'L' if i else 'M'}{x:.1f} {y:.1f}" for i, (x, y) in enumerate(points))
