"""One line of a plot: found in the run's history by its name, drawn raw, smoothed or as points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from hope_core.analysis.series import nearest
from hope_core.analysis.smoothing import SmoothedSeries
from hope_studio.theme import color, series_color
from hope_studio.widgets.plot_base import curve_pen, ghost_pen, pg

if TYPE_CHECKING:
    import numpy.typing as npt

    from hope_core.analysis.column import Column
    from hope_core.analysis.history import RunHistory
    from hope_core.analysis.series import Series
    from hope_core.analysis.smoothing import Smoothing
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
        ghost: whether another run's curve may stand behind it.
    """

    def __init__(
        self,
        y: str,
        *,
        color: int = 0,
        smooth: bool = False,
        points: bool = False,
        ghost: bool = False,
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
        self.ghost = GhostLine(self) if ghost else None
        if self.smooth_line is not None:
            self.smooth_line.setZValue(2)
        self._smoothing = SmoothedTwin()

    @property
    def items(self) -> list[Any]:
        """What stands in the plot."""
        ghost = self.ghost.line if self.ghost is not None else None
        whole = (ghost, self.line, self.smooth_line, self.marks)
        return [item for item in whole if item is not None]

    def dress(self, smoothing: Smoothing) -> None:
        """Take the theme's colours; the raw line steps back where it is also smoothed."""
        behind = self.smooth and smoothing.weight > 0
        self.line.setPen(curve_pen(self.color, self.dash, faded=behind))
        if self.smooth_line is not None:
            self.smooth_line.setPen(curve_pen(self.color, self.dash, width=2))
        if self.ghost is not None:
            self.ghost.line.setPen(ghost_pen(self.color))
        if self.marks is not None:
            self.marks.setBrush(pg.mkBrush(series_color(self.color)))
            self.marks.setPen(pg.mkPen(color("card")))

    def length(self, history: RunHistory) -> int:
        """How many points there are."""
        found = history.find(self.y)
        return 0 if found is None else len(found[0])

    def draw(
        self, history: RunHistory, view: View, pixels: int, smoothing: Smoothing, *, log_y: bool
    ) -> list[npt.NDArray[Any]]:
        """Hand the plot what its pixels can show; the values drawn, in the plot's own scale."""
        found = history.find(self.y)
        if found is None:
            self.line.setData(np.empty(0), np.empty(0))
            return []
        series, axes = found
        places = axes[view.axis]
        drawn = [_set(self.line, series, places, view, pixels, log_y=log_y)]
        if self.marks is not None:
            self.marks.setData(*self.line.getData())
        if self.smooth_line is not None:
            smooth = self._smoothing.of(history, series, smoothing)
            few = max(pixels // _SMOOTH_PIXELS, 50)
            drawn.append(_set(self.smooth_line, smooth, places, view, few, log_y=log_y))
        return drawn

    def read(
        self, history: RunHistory, axis: str, place: float | None, smoothing: Smoothing
    ) -> Reading | None:
        """The (smoothed) value nearest to a place; the newest one for None."""
        found = history.find(self.y)
        if found is None or not len(found[0]):
            return None
        series, axes = found
        shown = self._smoothing.of(history, series, smoothing) if self.smooth else series
        places = axes[axis].values[: len(shown)]
        if not len(places):
            return None
        at = len(places) - 1 if place is None else nearest(places, place)
        return Reading(float(places[at]), float(shown.y[at]))

    def catching_up(self, history: RunHistory) -> bool:
        """Whether the smoothed line still lags behind the raw one."""
        return self._smoothing.lags(self.length(history))


class GhostLine:
    """The same curve of another run, behind the one in front; it tells no value of this run."""

    def __init__(self, curve: Curve) -> None:
        self._curve = curve
        self.line = pg.PlotCurveItem(connect="finite")
        self.line.setZValue(-1)
        self._smoothing = SmoothedTwin()
        self._drawn: object = None
        self._values: list[npt.NDArray[Any]] = []

    def draw(
        self,
        history: RunHistory | None,
        view: View,
        pixels: int,
        smoothing: Smoothing,
        *,
        log_y: bool,
    ) -> list[npt.NDArray[Any]]:
        """Like `Curve.draw`, of the other run; smoothed where the curve in front is."""
        wanted = (history, view, pixels, smoothing, log_y)
        if wanted != self._drawn or self.catching_up(history):
            self._drawn = wanted
            self._values = self._draw(history, view, pixels, smoothing, log_y=log_y)
        return self._values

    def _draw(
        self,
        history: RunHistory | None,
        view: View,
        pixels: int,
        smoothing: Smoothing,
        *,
        log_y: bool,
    ) -> list[npt.NDArray[Any]]:
        found = None if history is None else history.find(self._curve.y)
        if history is None or found is None:
            self.line.setData(np.empty(0), np.empty(0))
            return []
        series, axes = found
        if self._curve.smooth:
            series = self._smoothing.of(history, series, smoothing)
        few = max(pixels // _SMOOTH_PIXELS, 50)
        return [_set(self.line, series, axes[view.axis], view, few, log_y=log_y)]

    def read(
        self, history: RunHistory, axis: str, place: float | None, smoothing: Smoothing
    ) -> Reading | None:
        """The other run's value nearest to a place; None beyond its end."""
        found = history.find(self._curve.y)
        if found is None or place is None or not len(found[0]):
            return None
        places = found[1][axis].values
        if place > places[-1]:
            return None
        series = (
            self._smoothing.of(history, found[0], smoothing) if self._curve.smooth else found[0]
        )
        if not len(series):
            return None
        at = min(nearest(places, place), len(series) - 1)
        return Reading(float(places[at]), float(series.y[at]))

    def catching_up(self, history: RunHistory | None) -> bool:
        """Whether the smoothed line still lags behind its run."""
        found = None if history is None else history.find(self._curve.y)
        return found is not None and self._smoothing.lags(len(found[0]))


class SmoothedTwin:
    """The smoothed twin of a series, made anew when the run or the kind of smoothing is another."""

    def __init__(self) -> None:
        self._twin: SmoothedSeries | None = None
        self._key: object = None

    def of(self, history: RunHistory, series: Series, smoothing: Smoothing) -> Series:
        """The series itself without smoothing; else what is smoothed of it so far."""
        if smoothing.weight == 0.0:
            self._twin = None
            return series
        key = (history.revision, smoothing)
        if self._twin is None or self._twin.raw is not series or self._key != key:
            self._twin, self._key = SmoothedSeries(series, smoothing), key
        self._twin.catch_up()
        return self._twin.series

    def lags(self, length: int) -> bool:
        """Whether less than so many values are smoothed."""
        return self._twin is not None and len(self._twin.series) < length


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
