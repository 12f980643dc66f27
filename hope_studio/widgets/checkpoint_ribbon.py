"""The checkpoints of a run along its steps: one mark each, as tall as its size, to be clicked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from hope_studio.theme import color
from hope_studio.widgets.quantities import number, size

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QMouseEvent, QPaintEvent

REACH = 12
"""Pixels from a mark within which a click is meant for it."""
MARGIN = 8


@dataclass(frozen=True)
class Mark:
    """One checkpoint on the ribbon."""

    step: int
    bytes: int
    best: bool
    pinned: bool


class CheckpointRibbon(QWidget):
    """Steps from left to right. The best has a star and a pinned one a square, beside the colour.

    Signals:
        chosen: the step of the mark that was clicked.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._marks: tuple[Mark, ...] = ()
        self._last_step = 1
        self._selected: frozenset[int] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_marks(self, marks: Sequence[Mark], last_step: int) -> None:
        """Draw these; `last_step` is where the run ends, or stands now."""
        self._marks = tuple(marks)
        self._last_step = max(last_step, 1, *(mark.step for mark in marks))
        told = self.tr("Checkpoints at the steps {steps}")
        steps = ", ".join(number(mark.step) for mark in marks)
        self.setAccessibleName(told.format(steps=steps) if marks else self.tr("No checkpoint yet."))
        self.update()

    def select(self, steps: Collection[int]) -> None:
        """Mark these steps as chosen."""
        self._selected = frozenset(steps)
        self.update()

    def mark_at(self, x: float) -> Mark | None:
        """The mark nearest to a place (pixels from the left), if one is near."""
        near = min(self._marks, key=lambda mark: abs(self._x(mark) - x), default=None)
        return near if near is not None and abs(self._x(near) - x) <= REACH else None

    def sizeHint(self) -> QSize:
        """Three lines high, as wide as its place."""
        return QSize(200, 52)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Chooses the mark under the pointer."""
        mark = self.mark_at(event.position().x())
        if mark is not None:
            self.chosen.emit(mark.step)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells step and size of the mark under the pointer."""
        mark = self.mark_at(event.position().x())
        words = self.tr("Step {step}: {size}")
        text = words.format(step=number(mark.step), size=size(mark.bytes)) if mark else ""
        QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the line of time and the marks on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self.height() - 8.0
        painter.setPen(QPen(color("strong_border"), 1.5))
        painter.drawLine(MARGIN, round(ground), self.width() - MARGIN, round(ground))
        tallest = max((mark.bytes for mark in self._marks), default=1) or 1
        for mark in self._marks:
            x, tall = self._x(mark), 6 + (ground - 24) * mark.bytes / tallest
            chosen = mark.step in self._selected
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("good" if mark.best else "accent"))
            half = 4.0 if chosen else 2.5
            bar = QRectF(x - half, ground - tall, 2 * half, tall)
            painter.drawRoundedRect(bar, 2, 2)
            sign = "★" if mark.best else "■" if mark.pinned else ""
            painter.setPen(color("text"))
            above = QRectF(x - 10, ground - tall - 17, 20, 16)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, sign)

    def _x(self, mark: Mark) -> float:
        return MARGIN + (self.width() - 2 * MARGIN) * mark.step / self._last_step
