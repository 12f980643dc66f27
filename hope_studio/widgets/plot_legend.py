"""The legend of a plot: each curve's line as it is drawn, its name where there is room, its value.

Painted by itself: a label of rich text would lay the whole page out anew ten times a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from hope_studio.theme import color
from hope_studio.widgets.plot_base import curve_pen, ghost_pen

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_LINE = 22.0
_GAP = 5.0
_APART = 12.0


class Entry(NamedTuple):
    """One curve: the numbers of its colour and its dash pattern, its name and its value.

    The dash pattern -1 is that of another run behind this one. `detail` stands behind the name
    where there is room.
    """

    tint: int
    dash: int
    name: str
    value: str
    detail: str = ""

    @property
    def whole_name(self) -> str:
        """The name with its detail."""
        return f"{self.name} ({self.detail})" if self.detail else self.name


class Legend(QWidget):
    """Entries from right to left, as the newest figures of the curves."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """One line of text."""
        return QSize(120, self.fontMetrics().height() + 4)

    def show_entries(self, entries: list[Entry]) -> None:
        """Show these from now on."""
        if entries != self._entries:
            self._entries = entries
            self.update()
            self.setToolTip("" if self._names() == self._all_names() else self.text())

    def text(self) -> str:
        """All names and values in one line."""
        return "   ".join(f"{entry.whole_name} {entry.value}" for entry in self._entries)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the entries that fit; details, then names are left out when not all of them do."""
        painter = QPainter(self)
        plain, bold = self._fonts()
        right = float(self.width())
        middle = self.height() / 2
        shown = self._entries[: self._room()]
        for entry, name in reversed(list(zip(shown, self._names(), strict=False))):
            for text, font, role in (
                (entry.value, bold, "text"),
                (name, plain, "muted"),
            ):
                width = QFontMetricsF(font).horizontalAdvance(text)
                right -= width
                painter.setFont(font)
                painter.setPen(color(role))
                painter.drawText(QPointF(right, self._baseline(font)), text)
                right -= _GAP if text else 0.0
            is_ghost = entry.dash < 0
            painter.setPen(
                ghost_pen(entry.tint) if is_ghost else curve_pen(entry.tint, entry.dash, width=2)
            )
            painter.drawLine(QPointF(right - _LINE, middle), QPointF(right, middle))
            right -= _LINE + _APART

    def _baseline(self, font: QFont) -> float:
        metrics = QFontMetricsF(font)
        return (self.height() + metrics.ascent() - metrics.descent()) / 2

    def _fonts(self) -> tuple[QFont, QFont]:
        plain = QFont(self.font())
        plain.setPointSizeF(plain.pointSizeF() * 0.95)
        bold = QFont(plain)
        bold.setWeight(QFont.Weight.DemiBold)
        return plain, bold

    def _all_names(self) -> list[str]:
        return [entry.whole_name for entry in self._entries]

    def _names(self) -> list[str]:
        """The names that fit: all with their details, all without, or none."""
        short = [entry.name for entry in self._entries]
        fitting = (names for names in (self._all_names(), short) if self._fit(names))
        return next(fitting, [""] * len(short))

    def _fit(self, names: list[str]) -> bool:
        plain, bold = (QFontMetricsF(font) for font in self._fonts())
        wide = sum(
            plain.horizontalAdvance(name) + bold.horizontalAdvance(entry.value)
            for entry, name in zip(self._entries, names, strict=True)
        )
        return wide + len(self._entries) * (_LINE + 2 * _GAP + _APART) <= self.width() + _APART

    def _room(self) -> int:
        """How many entries, from the first on, fit at least without their names."""
        bold = QFontMetricsF(self._fonts()[1])
        left = self.width() + _APART
        for count, entry in enumerate(self._entries):
            left -= bold.horizontalAdvance(entry.value) + _LINE + _GAP + _APART
            if left < 0:
                return count
        return len(self._entries)
