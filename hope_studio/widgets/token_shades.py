"""The colour behind a token: how surprising it was, or how undecided the model stood before it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Slot
from PySide6.QtGui import QFontMetrics, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hope_studio.theme import color, control, series_color
from hope_studio.theme.blend import blend
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from hope_core.runs.token_told import TokenTold

translate = QCoreApplication.translate
STRONGEST = 0.7
"""Opacity of the strongest colour: the text on it stays readable."""
BAR_WIDTH = 96
BAR_HEIGHT = 12


class Shading(Enum):
    """What the colour tells."""

    NONE = "none"
    SURPRISE = "surprise"
    ENTROPY = "entropy"


FULL = {Shading.SURPRISE: 8.0, Shading.ENTROPY: 4.0}
"""Nats at which the colour is strongest."""
_SERIES = {Shading.SURPRISE: 1, Shading.ENTROPY: 0}


def shade(token: TokenTold, shading: Shading, *, ground: str = "field") -> QColor | None:
    """The colour behind this token; None for none."""
    if shading is Shading.NONE:
        return None
    value = token.surprise if shading is Shading.SURPRISE else token.entropy
    share = max(0.0, min(1.0, value / FULL[shading]))
    return blend(color(ground), series_color(_SERIES[shading]), STRONGEST * share)


def shading_words(shading: Shading) -> str:
    """The choice as a person reads it."""
    return {
        Shading.NONE: translate("TokenShades", "No colours"),
        Shading.SURPRISE: translate("TokenShades", "Surprise of each token"),
        Shading.ENTROPY: translate("TokenShades", "How undecided the model was"),
    }[shading]


class ShadeLegend(QWidget):
    """From calm to surprised: the scale of the colours, in nats."""

    def __init__(self) -> None:
        super().__init__()
        self._shading = Shading.SURPRISE
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        control.theme_changed.connect(self._redraw)
        self.retranslate()

    def show_shading(self, shading: Shading) -> None:
        """Be the legend of these colours."""
        self._shading = shading
        self.setVisible(shading is not Shading.NONE)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words, and the room that they need."""
        most = number(FULL.get(self._shading, 0.0))
        self._least = "0"
        self._most = translate("TokenShades", "{value} nats or more").format(value=most)
        metrics = QFontMetrics(self.font())
        words = metrics.horizontalAdvance(self._least) + metrics.horizontalAdvance(self._most)
        self.setFixedSize(words + BAR_WIDTH + 16, max(metrics.height(), BAR_HEIGHT) + 2)
        told = translate("TokenShades", "Colours from 0 to {value} nats").format(value=most)
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """The least value, the colours, the greatest."""
        if self._shading is Shading.NONE:
            return
        painter = QPainter(self)
        painter.setPen(color("muted"))
        left = painter.fontMetrics().horizontalAdvance(self._least) + 6
        align = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), align | Qt.AlignmentFlag.AlignLeft, self._least)
        painter.drawText(self.rect(), align | Qt.AlignmentFlag.AlignRight, self._most)
        bar = QRectF(left, (self.height() - BAR_HEIGHT) / 2, BAR_WIDTH, BAR_HEIGHT)
        colors = QLinearGradient(bar.topLeft(), bar.topRight())
        colors.setColorAt(0.0, color("field"))
        strongest = blend(color("field"), series_color(_SERIES[self._shading]), STRONGEST)
        colors.setColorAt(1.0, strongest)
        painter.setPen(color("border"))
        painter.setBrush(colors)
        painter.drawRoundedRect(bar, 3, 3)

    @Slot()
    def _redraw(self) -> None:
        self.update()
