"""One line of a plot: found in the run's history by its name, drawn raw, smoothed or as points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from hope_core.analysis.series import nearest
from hope_core.analysis.smoothing import SmoothedSeries
from hope_studio.theme import color, series_color
from hope_studio.widgets.plot_base import curve_pen, pg

if TYPE_CHECKING:
    import numpy.typing as npt

    from hope_core.analysis.column import Column
    from hope_core.analysis.history import RunHistory
    from hope_core.analysis.series import Series
    from hope_studio.widgets.plot_group import View


_SMOOTH_PIXELS = 3
"""Pixels of the smoothed line that share two points; a thick line costs by the point."""


class Reading(NamedTuple):
    """What a curve shows at one place."""

    x: float
    y: float


class Curve:
    """A named series of the run.

    Args:
        y: the name by which `RunHistory.find` knows it.
        color: number of its colour.
        smooth: draw a smoothed line in front of the raw one.
        points: mark each point, for series with few of them.
    """

    def __init__(
        self, y: str, *, color: int = 0, smooth: bool = False, points: bool = False
    ) -> None:
        self.y = y
        self.label = ""
        """What the legend calls it."""
        self.color = color
        self.dash = 0
        """Number of its dash pattern; its place in the plot."""
        self.smooth = smooth
        self.points = points
        self.line = pg.PlotCurveItem(connect="finite")
        self.smooth_line = pg.PlotCurveItem(connect="finite") if smooth else None
        self.marks = pg.ScatterPlotItem(size=6) if points else None
        if self.smooth_line is not None:
            self.smooth_line.setZValue(2)
        self._smoothing: SmoothedSeries | None = None
        self._smoothing_key = (0, 0.0)

    @property
    def items(self) -> list[Any]:
        """What stands in the plot."""
        return [item for item in (self.line, self.smooth_line, self.marks) if item is not None]

    def dress(self, weight: float) -> None:
        """Take the theme's colours; the raw line steps back where it is also smoothed."""
        behind = self.smooth and weight > 0
        self.line.setPen(curve_pen(self.color, self.dash, faded=behind))
        if self.smooth_line is not None:
            self.smooth_line.setPen(curve_pen(self.color, self.dash, width=2))
        if self.marks is not None:
            self.marks.setBrush(pg.mkBrush(series_color(self.color)))
            self.marks.setPen(pg.mkPen(color("card")))

    def length(self, history: RunHistory) -> int:
        """How many points there are."""
        found = history.find(self.y)
        return 0 if found is None else len(found[0])

    def draw(
        self, history: RunHistory, view: View, pixels: int, weight: float, *, log_y: bool
    ) -> list[npt.NDArray[Any]]:
        """Hand the plot what its pixels can show; the values drawn, in the plot's own scale."""
        found = history.find(self.y)
        if found is None:
            self.line.setData(np.empty(0), np.empty(0))
            return []
        series, axes = found
        places = axes[view.axis]
        drawn = [self._set(self.line, series, places, view, pixels, log_y=log_y)]
        if self.marks is not None:
            self.marks.setData(*self.line.getData())
        if self.smooth_line is not None:
            smooth = self._smoothed(history, series, weight)
            few = max(pixels // _SMOOTH_PIXELS, 50)
            drawn.append(self._set(self.smooth_line, smooth, places, view, few, log_y=log_y))
        return drawn

    def read(
        self, history: RunHistory, axis: str, place: float | None, weight: float
    ) -> Reading | None:
        """The (smoothed) value nearest to a place; the newest one for None."""
        found = history.find(self.y)
        if found is None or not len(found[0]):
            return None
        series, axes = found
        shown = self._smoothed(history, series, weight) if self.smooth else series
        places = axes[axis].values[: len(shown)]
        if not len(places):
            return None
        at = len(places) - 1 if place is None else nearest(places, place)
        return Reading(float(places[at]), float(shown.y[at]))

    def catching_up(self, history: RunHistory) -> bool:
        """Whether the smoothed line still lags behind the raw one."""
        smoothing = self._smoothing
        return smoothing is not None and len(smoothing.series) < self.length(history)

    def _smoothed(self, history: RunHistory, series: Series, weight: float) -> Series:
        if weight == 0.0:
            self._smoothing = None
            return series
        known = self._smoothing
        key = (history.revision, weight)
        if known is None or known.raw is not series or self._smoothing_key != key:
            known = self._smoothing = SmoothedSeries(series, weight)
            self._smoothing_key = key
        known.catch_up()
        return known.series

    @staticmethod
    def _set(
        item: Any,  # noqa: ANN401 - pyqtgraph has no types
        series: Series,
        places: Column,
        view: View,
        pixels: int,
        *,
        log_y: bool,
    ) -> npt.NDArray[Any]:
        x, y = series.window(view.left, view.right, pixels, x=places, log=view.log)
        with np.errstate(divide="ignore", invalid="ignore"):
            x = np.log10(x) if view.log else x
            y = np.log10(y) if log_y else y
        good = np.isfinite(x)
        values: npt.NDArray[Any] = np.where(np.isfinite(y), y, np.nan)[good]
        item.setData(x[good], values)
        return values
