"""Marks on a plot for what happened beside its numbers: saves, resumes, changes, warnings.

One row of symbols along the lower edge; what changes the run's course has a line up to the top.
Shape tells the kind, the colour only repeats it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt

from hope_core.analysis.markers import KINDS
from hope_studio.theme import color
from hope_studio.widgets.plot_base import pg
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from hope_core.analysis.history import RunHistory
    from hope_core.analysis.limits import Range
    from hope_core.analysis.markers import Marker
    from hope_studio.widgets.plot_group import View

translate = QCoreApplication.translate


class Look(NamedTuple):
    """How a kind is drawn: pyqtgraph's name of its symbol, the theme's colour, with a line."""

    symbol: str
    role: str
    line: bool = True
    size: int = 9


LOOKS = {
    "checkpoint": Look("s", "muted", line=False, size=5),
    "best": Look("star", "warning", line=False, size=12),
    "rate": Look("t1", "accent"),
    "resumed": Look("o", "good"),
    "warning": Look("t", "warning"),
    "skipped": Look("x", "bad"),
    "failed": Look("d", "bad"),
}
APART = 8
"""Pixels between two marks of a kind; of those that are closer the newest is drawn."""
NEAR = 6
"""Pixels from a mark at which the pointer is on it."""
_HEIGHT = 0.035
"""Of the row of symbols, as a share of the plot."""


class Marks:
    """The marks of one plot; hidden, and free of cost, while there are none."""

    def __init__(self) -> None:
        self.symbols = pg.ScatterPlotItem(size=9)
        self.lines = pg.PlotCurveItem(connect="pairs")
        self.symbols.setZValue(4)
        self.lines.setZValue(-2)
        self.shown: list[tuple[float, Marker]] = []
        """What is drawn, each with its place in the plot's own scale."""
        self._pixel = 1.0
        self._drawn: object = None
        for item in self.items:
            item.setVisible(False)

    @property
    def items(self) -> list[Any]:
        """What stands in the plot."""
        return [self.lines, self.symbols]

    def dress(self) -> None:
        """Take the theme's colours."""
        pen = pg.mkPen(color("strong_border"), width=1)
        pen.setStyle(Qt.PenStyle.DotLine)
        self.lines.setPen(pen)
        self._drawn = None

    def draw(self, history: RunHistory | None, view: View, pixels: int, heights: Range) -> None:
        """Put every mark of the view where it belongs.

        Args:
            history: the run.
            view: the stretch in view.
            pixels: its width.
            heights: the y range in the plot's own scale.
        """
        wanted = (history, _state(history), view, pixels, heights)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        self.shown = [] if history is None else _in_view(history, view, pixels)
        left, right = (_scaled(end, view) for end in (view.left, view.right))
        self._pixel = (right - left) / pixels
        for item in self.items:
            item.setVisible(bool(self.shown))
        if not self.shown:
            return
        low, high = heights
        looks = [LOOKS[marker.kind] for _, marker in self.shown]
        brushes = {look.role: pg.mkBrush(color(look.role)) for look in looks}
        places = np.array([place for place, _ in self.shown])
        self.symbols.setData(
            places,
            np.full(len(places), low + _HEIGHT * (high - low)),
            symbol=[look.symbol for look in looks],
            size=[look.size for look in looks],
            brush=[brushes[look.role] for look in looks],
            pen=pg.mkPen(color("card")),
        )
        upright = places[[look.line for look in looks]]
        self.lines.setData(np.repeat(upright, 2), np.tile([low, high], len(upright)))

    def near(self, place: float) -> list[Marker]:
        """The marks at a place of the plot's own scale, the most important first."""
        reach = NEAR * self._pixel
        found = [marker for at, marker in self.shown if abs(at - place) <= reach]
        return sorted(found, key=lambda marker: KINDS.index(marker.kind), reverse=True)


def mark_words(markers: list[Marker]) -> str:
    """What a tooltip says about marks: one line each, with its step."""
    from hope_studio.docks.sentences import sentence_of

    text = translate("PlotMarks", "Step {step}: {words}")
    return "\n".join(
        text.format(step=number(marker.step), words=sentence_of(marker.event)) for marker in markers
    )


def _state(history: RunHistory | None) -> object:
    """What changes when there is something else to mark."""
    return None if history is None else (history.revision, len(history.markers))


def _in_view(history: RunHistory, view: View, pixels: int) -> list[tuple[float, Marker]]:
    """The marks to draw, each with its place; of those on one spot the newest of a kind."""
    best = history.best
    found: dict[tuple[str, int], tuple[float, Marker]] = {}
    left, right = (_scaled(end, view) for end in (view.left, view.right))
    spot = APART * (right - left) / pixels
    for marker in history.markers:
        if marker.kind == "best" and marker.event is not best:
            continue
        place = history.place_of(marker.step, view.axis)
        if view.left <= place <= view.right and (place > 0 or not view.log):
            at = _scaled(place, view)
            found[marker.kind, int((at - left) / spot)] = (at, marker)
    return sorted(found.values(), key=lambda pair: KINDS.index(pair[1].kind))


def _scaled(place: float, view: View) -> float:
    return float(np.log10(max(place, 1e-9))) if view.log else place
