"""A curve the size of a word: the course of a run's loss in its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from hope_studio.theme import color
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent


class Sparkline(QWidget):
    """Draws a few numbers as a line; says its ends in words to a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[float, ...] = ()
        self.setMinimumSize(self.sizeHint())

    def show_values(self, values: Sequence[float]) -> None:
        """Draw these numbers from left to right; fewer than two leave the place empty."""
        self._values = tuple(values)
        words = self.tr("No curve yet")
        if len(self._values) > 1:
            words = self.tr("Loss from {first} to {last}").format(
                first=number(self._values[0], 2), last=number(self._values[-1], 2)
            )
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """About five letters wide, one line high."""
        return QSize(72, 20)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the line and a dot at its newest end."""
        if len(self._values) < 2:
            return
        low, high = min(self._values), max(self._values)
        across = (self.width() - 8) / (len(self._values) - 1)
        down = (self.height() - 6) / ((high - low) or 1.0)
        points = [
            QPointF(3 + index * across, 3 + (high - value) * down)
            for index, value in enumerate(self._values)
        ]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = color("accent")
        painter.setPen(QPen(accent, 1.4))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(points[-1], 2.2, 2.2)
