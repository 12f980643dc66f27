"""The loss over the steps of the lanes below it, so that one sees what an update did to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from hope_studio.theme import color

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from hope_core.analysis.series import Series

_EDGE = 3.0
"""Pixels above the highest and below the lowest point."""
FEW = 200
"""So many points are drawn smoothly; for more that takes too long."""


class LossStrip(QWidget):
    """One curve without axes; it has the width of the lanes and their steps."""

    def __init__(self) -> None:
        super().__init__()
        self._series: Series | None = None
        self._window = (0, 1)
        self.setMinimumSize(80, 34)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """A little higher than a lane."""
        return QSize(300, 44)

    def show_series(self, series: Series, window: tuple[int, int]) -> tuple[float, float] | None:
        """Draw the steps from the first to the last of the window; the values at both ends."""
        self._series, self._window = series, window
        self.update()
        _, values = self._points()
        finite = values[np.isfinite(values)]
        return (float(finite[0]), float(finite[-1])) if len(finite) else None

    def _points(self) -> tuple[np.typing.NDArray[np.float64], np.typing.NDArray[np.float64]]:
        if self._series is None:
            return np.empty(0), np.empty(0)
        first, last = self._window
        steps, values = self._series.window(first, last, max(self.width(), 1))
        inside = (steps >= first) & (steps <= last)
        return steps[inside], values[inside]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the curve, from its lowest to its highest point over the whole height."""
        steps, values = self._points()
        known = np.isfinite(values)
        if known.sum() < 2:
            return
        steps, values = steps[known], values[known]
        first, last = self._window
        across = self.width() / (last - first + 1)
        low, high = float(values.min()), float(values.max())
        down = (self.height() - 2 * _EDGE) / ((high - low) or 1.0)
        points = [
            QPointF((step - first) * across, _EDGE + (high - value) * down)
            for step, value in zip(steps.tolist(), values.tolist(), strict=True)
        ]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(points) <= FEW)
        painter.setPen(color("text"))
        painter.drawPolyline(QPolygonF(points))
