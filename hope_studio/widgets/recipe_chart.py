"""How likely an answer was at each stage of the recipe: one bar a stage, powers of ten."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hope_studio.theme import color, control, series_color
from hope_studio.theme.blend import blend
from hope_studio.widgets.quantities import number, percent

if TYPE_CHECKING:
    from hope_core.inference.talk_messages import ReadingTold

LINE = 40
LEAST_POWER = -6.0
"""The axis begins here, or at the least likely answer."""
TAUGHT = frozenset({"after", "filler", "other_after"})


class RecipeChart(QWidget):
    """The longer a bar, the likelier; a full one is certain."""

    def __init__(self) -> None:
        super().__init__()
        self._readings: list[ReadingTold] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        control.theme_changed.connect(self._redraw)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the name, and tell the bars in words."""
        self.setAccessibleName(self.tr("How likely the answer was"))
        lines = (f"{self._stage(r)}: {probability_words(r.logp)}" for r in self._readings)
        self.setAccessibleDescription("; ".join(lines))
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines a bar: words, and the bar."""
        return QSize(200, LINE * max(1, len(self._readings)))

    def begin(self) -> None:
        """Start over."""
        self._readings = []
        self._show()

    def add(self, reading: ReadingTold) -> None:
        """One more bar."""
        self._readings.append(reading)
        self._show()

    @property
    def readings(self) -> list[ReadingTold]:
        """What is drawn."""
        return self._readings

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """The stage and its probability above each bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        least = min([LEAST_POWER, *(r.logp / math.log(10.0) for r in self._readings)])
        align = Qt.AlignmentFlag.AlignVCenter
        for row, reading in enumerate(self._readings):
            top = row * LINE
            painter.setPen(color("text"))
            half = LINE // 2
            value = probability_words(reading.logp)
            room = painter.fontMetrics().horizontalAdvance(value) + 8
            words = painter.fontMetrics().elidedText(
                self._stage(reading), Qt.TextElideMode.ElideRight, self.width() - room
            )
            painter.drawText(0, top, self.width(), half, align, words)
            end = align | Qt.AlignmentFlag.AlignRight
            painter.drawText(0, top, self.width(), half, end, value)
            share = 1.0 - (reading.logp / math.log(10.0)) / least
            frame = QRectF(0.5, top + half + 1.5, self.width() - 1, 10)
            painter.setPen(color("border"))
            painter.setBrush(color("field"))
            painter.drawRoundedRect(frame, 3, 3)
            tint = series_color(2 if reading.stage in TAUGHT else 0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(blend(color("card"), tint, 0.8))
            width = max(2.0, frame.width() * max(0.0, min(1.0, share)))
            painter.drawRoundedRect(QRectF(frame.x(), frame.y(), width, frame.height()), 3, 3)

    def _show(self) -> None:
        self.updateGeometry()
        self.retranslate()

    def _stage(self, reading: ReadingTold) -> str:
        words = {
            "before": self.tr("Before"),
            "control": self.tr("After as much other text"),
            "other_before": self.tr("Another question, before"),
            "after": self.tr("Right after teaching"),
            "other_after": self.tr("Another question, after"),
            "filler": self.tr("After {tokens} tokens of other text"),
            "rolled_back": self.tr("Rolled back"),
        }
        told = words.get(reading.stage, reading.stage)
        return told.format(tokens=number(reading.tokens))

    @Slot()
    def _redraw(self) -> None:
        self.update()


def probability_words(logp: float) -> str:
    """A probability: 72 %, 0.08 %, 2.0 x 10^-14."""
    power = logp / math.log(10.0)
    if power > math.log10(0.0995):
        return percent(math.exp(logp))
    if power > -4.0:
        return f"{number(100 * math.exp(logp), 2)} %"
    whole = math.floor(power)
    raised = str(whole).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{number(10 ** (power - whole), 1)} · 10{raised}"


def factor_words(rise: float) -> str:
    """How many times as likely, from the difference of two ln p."""
    power = rise / math.log(10.0)
    if -2.0 < power < 6.0:
        factor = math.exp(rise)
        return number(factor, 0 if factor >= 100 else 1 if factor >= 1 else 2)
    whole = math.floor(power)
    raised = str(whole).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{number(10 ** (power - whole), 1)} · 10{raised}"
