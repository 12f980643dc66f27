"""What a plot shows beside its curves, as the run tells it: limits, floors and the best point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt

from hope_studio.theme import color
from hope_studio.widgets.plot_base import pg

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.analysis.history import RunHistory
    from hope_studio.widgets.plot_group import View


class Rule:
    """A dotted line with a caption.

    Args:
        read: the value in this run, None for no line.
        role: the theme's colour.
        below: whether the caption stands below the line.
        stretch: whether the y range must reach the line even when no curve does.
    """

    def __init__(
        self,
        read: Callable[[RunHistory], float | None],
        *,
        role: str = "muted",
        stretch: bool = True,
        below: bool = False,
    ) -> None:
        self._read = read
        self._role = role
        self._stretch = stretch
        self._below = below
        side = 0 if below else 1
        options = {"position": 0.99, "anchors": [(1, side), (1, side)]}
        self.item = pg.InfiniteLine(angle=0, label="", labelOpts=options)
        self.item.setVisible(False)

    @property
    def room(self) -> float:
        """Height of a caption below the line (pixels)."""
        shown = self._below and self.item.isVisible()
        return float(self.item.label.boundingRect().height()) if shown else 0.0

    def set_caption(self, text: str) -> None:
        """What the line means, written on it."""
        self.item.label.setFormat(text)

    def value(self, history: RunHistory) -> float | None:
        """Where the line lies in this run."""
        return self._read(history)

    def dress(self) -> None:
        """Take the theme's colours."""
        pen = pg.mkPen(color(self._role), width=1)
        pen.setStyle(Qt.PenStyle.DashLine)
        self.item.setPen(pen)
        self.item.label.setColor(color(self._role))

    def draw(self, history: RunHistory | None, _view: View, *, log_y: bool) -> list[Any]:
        """Put the line where it belongs; what the y range must reach, in the plot's scale."""
        value = None if history is None else self.value(history)
        visible = value is not None and np.isfinite(value) and (value > 0 or not log_y)
        self.item.setVisible(bool(visible))
        if value is None or not visible:
            return []
        place = float(np.log10(value)) if log_y else value
        self.item.setValue(place)
        return [np.array([place])] if self._stretch and history and history.step else []


class Star:
    """A star at the best evaluation."""

    def __init__(self) -> None:
        self.item = pg.ScatterPlotItem(symbol="star", size=15)
        self.item.setZValue(3)
        self.room = 0.0

    def value(self, history: RunHistory) -> float | None:
        """The step of the best evaluation in this run."""
        return None if history.best is None else history.best.step

    def dress(self) -> None:
        """Take the theme's colours."""
        self.item.setBrush(pg.mkBrush(color("warning")))
        self.item.setPen(pg.mkPen(color("card")))

    def draw(self, history: RunHistory | None, view: View, *, log_y: bool) -> list[Any]:
        """Put the star where it belongs; it never stretches the y range."""
        best = None if history is None else history.best
        if history is None or best is None:
            self.item.setData([], [])
            return []
        place, value = history.place_of(best.step, view.axis), best.loss
        if (view.log and place <= 0) or (log_y and value <= 0):
            self.item.setData([], [])
            return []
        x = np.log10(place) if view.log else place
        self.item.setData([x], [np.log10(value) if log_y else value])
        return []
