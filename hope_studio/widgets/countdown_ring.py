"""A ring that closes until a level moves again, with the steps that are left inside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from hope_studio.theme import color, series_color
from hope_studio.widgets.quantities import short_number

SIZE = 34
"""Pixels of the ring's square."""
THICK = 3.0
TURN = 360 * 16
"""Qt counts angles in sixteenths of a degree."""
TOP = 90 * 16
_POINTS_SMALLER = 0.75


class CountdownRing(QWidget):
    """Empty after an update, nearly closed before the next; a level without a next one has none."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self._index = index
        self.period = 1
        self.remaining: int | None = None
        """Steps until the next update; None: the run ends before."""
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """A small square."""
        return QSize(SIZE, SIZE)

    def show_wait(self, remaining: int | None, period: int) -> None:
        """So many steps are left, of a period of so many."""
        self.remaining, self.period = remaining, period
        words = ""
        if remaining is not None:
            words = self.tr("Steps until the next update: {count}").format(count=remaining)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    @property
    def share(self) -> float:
        """How much of the period is over, 0 to 1."""
        return 0.0 if self.remaining is None else 1.0 - self.remaining / self.period

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the ring and the number."""
        if self.remaining is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(THICK, THICK, -THICK, -THICK)
        painter.setPen(QPen(color("raised"), THICK))
        painter.drawEllipse(area)
        pen = QPen(series_color(self._index), THICK, c=Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(area, TOP, -round(TURN * self.share))
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * _POINTS_SMALLER)
        painter.setFont(font)
        painter.setPen(color("text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, short_number(self.remaining))
