"""The complex plane, or the Riemann sphere as two discs: where points and lines of a map lie."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hope_core.analysis.moebius import clipped, on_discs
from hope_studio.theme import color, control, series_color
from hope_studio.theme.blend import blend
from hope_studio.widgets.plot_base import curve_pen, pg
from hope_studio.widgets.plot_canvas import PlotCanvas

if TYPE_CHECKING:
    import numpy.typing as npt

    Points = npt.NDArray[np.complex128]

LIMIT = 10.0
"""What lies further out is told by an arrow at the edge."""
VIEW = 2.6
"""Half the width of the plane in view."""
COLOURS_OPACITY = 0.5
"""Of the domain colours, so that lines and points stay in sight before them."""
MOST_ACROSS = 5
"""Times VIEW that are coloured to either side, at most."""
_FADES = 4


class PlaneCanvas(QWidget):
    """Draws what it is handed in the plane or on the sphere.

    Signals:
        seed_moved: the point that was dragged (complex).
        view_changed: more or less of the plane is seen.
    """

    seed_moved = Signal(object)
    view_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.on_sphere = False
        self.canvas = PlotCanvas("plain", "plain")
        self.colours = pg.ImageItem()
        self.colours.setOpacity(COLOURS_OPACITY)
        self.colours.hide()
        self.grid = pg.PlotCurveItem(connect="finite")
        self.frame = pg.PlotCurveItem(connect="finite")
        self.path = [pg.PlotCurveItem(connect="finite") for _ in range(_FADES)]
        self.fixed = pg.ScatterPlotItem(size=11)
        self.trail = pg.ScatterPlotItem(size=6, pxMode=True)
        self.edge = pg.ScatterPlotItem(size=10, symbol="t")
        self.seed = pg.TargetItem(size=12, movable=True)
        lines = (self.frame, self.grid, *self.path)
        for item in (self.colours, *lines, self.trail, self.fixed, self.edge, self.seed):
            self.canvas.addItem(item)
        box = self.canvas.getViewBox()
        box.setAspectLocked(True)
        box.setMouseEnabled(x=False, y=False)
        box.sigRangeChanged.connect(self._tell_view)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas.setMinimumSize(240, 320)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)
        self.seed.sigPositionChanged.connect(self._seed_dragged)
        control.theme_changed.connect(self.restyle)
        self.restyle()

    def set_sphere(self, on: bool) -> None:
        """Show the sphere's two halves instead of the plane; the seed is dragged in the plane."""
        self.on_sphere = on
        self.seed.setVisible(not on)
        self.draw_frame()

    def draw_frame(self) -> None:
        """The unit circle and the axes, or the edges of both discs; sets the view."""
        circle = np.exp(1j * np.linspace(0.0, 2 * np.pi, 129))
        gap = np.array([np.nan + 0j])
        if self.on_sphere:
            parts = [circle - 1.1, gap, circle + 1.1]
            ranges = (-2.2, 2.2), (-1.1, 1.1)
        else:
            axes = np.array([-LIMIT, LIMIT]), gap, np.array([-1j * LIMIT, 1j * LIMIT])
            parts = [circle, gap, *axes]
            ranges = (-VIEW, VIEW), (-VIEW, VIEW)
        for side in ("bottom", "left"):
            self.canvas.getAxis(side).setOpacity(0.0 if self.on_sphere else 1.0)
        whole = np.concatenate(parts)
        self.frame.setData(whole.real.copy(), whole.imag.copy())
        box = self.canvas.getViewBox()
        box.setRange(xRange=ranges[0], yRange=ranges[1], padding=0, disableAutoRange=True)

    def draw_map(self, grid: Points, path: Points, fixed: list[complex]) -> None:
        """A grid's image, the path of the seed, and the fixed points, the attracting one first."""
        line, gone = self._places(grid)
        self.grid.setData(line.real.copy(), line.imag.copy())
        steps, _ = self._places(path)
        pieces = np.array_split(np.arange(len(steps)), _FADES)
        for item, piece in zip(self.path, pieces, strict=True):
            points = steps[piece[0] : piece[-1] + 2]
            item.setData(points.real.copy(), points.imag.copy())
        marks, far = self._places(np.array(fixed, np.complex128), line=False)
        fills = [pg.mkBrush(series_color(2)), pg.mkBrush(None)]
        spots = [
            {"pos": (mark.real, mark.imag), "brush": fill}
            for mark, fill in zip(marks, fills, strict=False)
            if np.isfinite(mark)
        ]
        self.fixed.setData(spots)
        edge = np.concatenate([far, gone[:: max(len(gone) // 12, 1)]]) * (VIEW * 0.97)
        self.edge.setData(edge.real.copy(), edge.imag.copy())

    @property
    def across(self) -> float:
        """How far the plane is seen to both sides, rounded up so that it rarely changes."""
        left, right = self.canvas.getViewBox().viewRange()[0]
        times: int = math.ceil(max(-left, right) / VIEW)
        return VIEW * min(max(times, 1), MOST_ACROSS)

    def draw_colours(self, picture: npt.NDArray[Any] | None) -> None:
        """A picture (rows, columns, 4) behind everything, over all that is in view; None: none."""
        if picture is not None:
            rows, columns = picture.shape[:2]
            up = 1.1 if self.on_sphere else VIEW
            across = up * columns / rows
            self.colours.setImage(picture, autoLevels=False, levels=None)
            self.colours.setRect(QRectF(-across, -up, 2 * across, 2 * up))
        self.colours.setVisible(picture is not None)

    def draw_trail(self, points: Points, ages: npt.NDArray[Any]) -> None:
        """Points (N,) of all heads over training; age 0 is the first look, 1 the last."""
        places, _ = self._places(points, line=False)
        seen = np.isfinite(places)
        shades = [blend(series_color(0), series_color(1), float(age)) for age in ages[seen]]
        self.trail.setData(
            x=places.real[seen], y=places.imag[seen], brush=[pg.mkBrush(x) for x in shades]
        )

    def _places(self, points: Points, *, line: bool = True) -> tuple[Points, Points]:
        if self.on_sphere:
            return on_discs(points, line=line), np.empty(0, np.complex128)
        return clipped(points, LIMIT)

    @Slot()
    def _tell_view(self) -> None:
        self.view_changed.emit()

    @Slot(object)
    def _seed_dragged(self, _item: object) -> None:
        place: QPointF = self.seed.pos()
        self.seed_moved.emit(complex(place.x(), place.y()))

    @Slot()
    def restyle(self) -> None:
        """Take the theme's colours."""
        self.canvas.setBackground(color("card"))
        for side in ("bottom", "left"):
            axis = self.canvas.getAxis(side)
            axis.setPen(pg.mkPen(color("strong_border")))
            axis.setTextPen(pg.mkPen(color("muted")))
        self.frame.setPen(pg.mkPen(color("muted")))
        self.grid.setPen(pg.mkPen(blend(color("card"), series_color(0), 0.55), width=1))
        for place, item in enumerate(self.path):
            shade = blend(series_color(1), color("card"), 0.2 * place)
            item.setPen(pg.mkPen(shade, width=1))
        self.fixed.setPen(curve_pen(2, width=2))
        self.trail.setPen(pg.mkPen(None))
        self.edge.setBrush(pg.mkBrush(color("warning")))
        self.seed.setPen(pg.mkPen(color("text"), width=2))
        self.draw_frame()
