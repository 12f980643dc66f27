"""The last five minutes of one reading as a filled curve."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from hope_studio.theme import color
from hope_studio.theme.blend import blend

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

READINGS = 300
"""One a second for five minutes."""


class HistoryStrip(QWidget):
    """Shares of one, the newest at the right end. A missing reading (None) leaves a gap."""

    def __init__(self) -> None:
        super().__init__()
        self.shares: deque[float | None] = deque(maxlen=READINGS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, share: float | None) -> None:
        """The newest reading, as a share of one."""
        self.shares.append(None if share is None else min(max(share, 0.0), 1.0))
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines high, as wide as its place."""
        return QSize(120, 30)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the ground, then each piece without gaps as a curve over a filled ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, accent = color("field"), color("accent")
        painter.fillRect(self.rect(), ground)
        bottom = float(self.height())
        for piece in self._pieces():
            ends = [QPointF(piece[-1].x(), bottom), QPointF(piece[0].x(), bottom)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(blend(ground, accent, 0.25))
            painter.drawPolygon(QPolygonF([*piece, *ends]))
            painter.setPen(QPen(accent, 1.2))
            painter.drawPolyline(QPolygonF(piece))

    def _pieces(self) -> list[list[QPointF]]:
        """The curve in runs of readings that were there."""
        step = self.width() / (READINGS - 1)
        first = READINGS - len(self.shares)
        pieces: list[list[QPointF]] = [[]]
        for place, share in enumerate(self.shares, start=first):
            if share is None:
                pieces.append([])
            else:
                pieces[-1].append(QPointF(place * step, 1 + (self.height() - 2) * (1 - share)))
        return [piece for piece in pieces if piece]
