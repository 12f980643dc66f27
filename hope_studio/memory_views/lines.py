"""A few lines with names over one axis: a small plot that is drawn whole each time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from hope_core.analysis.limits import span_of
from hope_studio.theme import control
from hope_studio.widgets.plot_base import curve_pen, dress_axes, pg
from hope_studio.widgets.plot_canvas import PlotCanvas
from hope_studio.widgets.plot_legend import Entry, Legend

if TYPE_CHECKING:
    import numpy.typing as npt


class Line(NamedTuple):
    """One line: places x (N,) and values y (N,); tint its colour, dash its pattern.

    One without a name is not in the legend.
    """

    name: str
    x: npt.NDArray[Any]
    y: npt.NDArray[Any]
    tint: int = 0
    dash: int = 0
    value: str = ""


class Lines(QWidget):
    """Lines over a common axis, with a legend; log scales leave out what is not above 0.

    Args:
        unit_x: how the ticks of the bottom axis read, see NumberAxis.
        unit_y: how those of the left one do.
    """

    def __init__(
        self, unit_x: str, unit_y: str, *, log_x: bool = False, log_y: bool = False
    ) -> None:
        super().__init__()
        self.canvas = PlotCanvas(unit_x, unit_y)
        self.legend = Legend()
        self.lines: list[Line] = []
        self._log = log_x, log_y
        self._items: list[Any] = []
        self._looks: list[tuple[int, int]] = []
        self.mark = pg.InfiniteLine(angle=90, movable=False)
        self.mark.setVisible(False)
        self.canvas.addItem(self.mark)
        self.canvas.getAxis("bottom").setLogMode(x=log_x)
        self.canvas.getAxis("left").setLogMode(y=log_y)
        self.canvas.getViewBox().setMouseEnabled(x=False, y=False)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas.setMinimumSize(160, 80)
        policy = QSizePolicy.Policy
        self.canvas.setSizePolicy(policy.Expanding, policy.Ignored)
        self.legend.setMinimumHeight(self.legend.sizeHint().height())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.legend)
        column.addWidget(self.canvas, 1)
        control.theme_changed.connect(self._restyle)
        self._restyle()

    def draw(self, lines: list[Line], *, mark: float | None = None) -> None:
        """Show these lines, and a rule at one place of the x axis."""
        self.lines = lines
        while len(self._items) < len(lines):
            self._items.append(pg.PlotCurveItem(connect="finite"))
            self._items[-1].setZValue(1)  # above the grid
            self.canvas.addItem(self._items[-1])
        drawn = [self._scaled(line) for line in lines]
        for place, item in enumerate(self._items):
            x, y = drawn[place] if place < len(lines) else (np.empty(0), np.empty(0))
            item.setData(x, y)
        named = [line for line in lines if line.name]
        self.legend.show_entries([Entry(x.tint, x.dash, x.name, x.value) for x in named])
        self.mark.setVisible(mark is not None)
        if mark is not None:
            self.mark.setPos(mark)
        self._set_ranges(drawn)
        looks = [(line.tint, line.dash) for line in lines]
        if looks != self._looks:
            self._looks = looks
            self._dress_lines()

    def _scaled(self, line: Line) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        x, y = np.asarray(line.x, np.float64), np.asarray(line.y, np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            x = np.log10(x) if self._log[0] else x
            y = np.log10(y) if self._log[1] else y
        return x, np.where(np.isfinite(y) & np.isfinite(x), y, np.nan)

    def _set_ranges(self, drawn: list[tuple[npt.NDArray[Any], npt.NDArray[Any]]]) -> None:
        x = np.concatenate([places[np.isfinite(places)] for places, _ in drawn] or [np.zeros(1)])
        span = span_of([values for _, values in drawn])
        if not x.size or span is None:
            return
        room = max(0.06 * (span[1] - span[0]), 1e-9, 0.02 * abs(span[1]))
        self.canvas.getViewBox().setRange(
            xRange=(float(x.min()), max(float(x.max()), float(x.min()) + 1e-6)),
            yRange=(span[0] - room, span[1] + room),
            padding=0,
            disableAutoRange=True,
        )

    @Slot()
    def _restyle(self) -> None:
        dress_axes(self.canvas)
        self.canvas.show_axes(visible=True)
        self.mark.setPen(curve_pen(7, 2))
        self._dress_lines()

    def _dress_lines(self) -> None:
        for line, item in zip(self.lines, self._items, strict=False):
            item.setPen(curve_pen(line.tint, line.dash))
