"""A thin bar: how much of something is taken, in parts told apart by shade and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from hope_studio.theme import color
from hope_studio.theme.blend import blend

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

HEIGHT = 8


@dataclass(frozen=True)
class Part:
    """One part of the bar: its name in words and its amount, in the unit of the whole."""

    label: str
    amount: float


class Meter(QWidget):
    """Shows parts against a whole. The words live in the tool tip and the accessible name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[Part, ...] = ()
        self._whole = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: tuple[Part, ...], whole: float, words: str) -> None:
        """Draw `parts` against `whole` (same unit); `words` say the same for a screen reader."""
        self._parts, self._whole = parts, whole
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    @property
    def share(self) -> float:
        """How much of the whole is taken; above 1 it does not fit."""
        taken = sum(part.amount for part in self._parts)
        return taken / self._whole if self._whole > 0 else 0.0

    def sizeHint(self) -> QSize:
        """A thin line, as wide as its place."""
        return QSize(120, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the groove, then each part in a paler shade than the one before."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, accent = color("card"), color("accent" if self.share <= 1.0 else "bad")
        groove = QPainterPath()
        groove.addRoundedRect(QRectF(self.rect()), HEIGHT / 2, HEIGHT / 2)
        painter.setClipPath(groove)
        painter.fillRect(self.rect(), color("border"))
        scale = self.width() / max(self._whole, sum(p.amount for p in self._parts), 1e-12)
        left = 0.0
        for index, part in enumerate(self._parts):
            width = max(part.amount * scale, 2.0 if part.amount > 0 else 0.0)
            shade = blend(accent, ground, 0.18 * index)
            painter.fillRect(QRectF(left, 0.0, width, self.height()), shade)
            left += width
