"""The legend of a plot: each curve's line as it is drawn, its name where there is room, its value.

Painted by itself: a label of rich text would lay the whole page out anew ten times a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from hope_studio.theme import color
from hope_studio.widgets.plot_base import curve_pen, ghost_pen

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_LINE = 22.0
_GAP = 5.0
_APART = 12.0
_LEADING = 2


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


class _Piece(NamedTuple):
    """An entry in a row, and the name under which it stands there."""

    entry: Entry
    name: str


class _Kept(NamedTuple):
    """For which curves and width room for so many rows was taken."""

    names: list[str]
    width: int
    rows: int


class Legend(QWidget):
    """Entries from right to left, as the newest figures of the curves, in one row or in two.

    It grows a second row rather than leave names out; a row once taken is kept until other curves
    come or the width changes, so that a changing figure never moves the plot below.
    """

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self._rows: list[list[_Piece]] = []
        self._kept = _Kept([], 0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """As many lines of text as there are rows."""
        line = self.fontMetrics().height() + _LEADING
        return QSize(120, self._kept.rows * line + _LEADING)

    def minimumSizeHint(self) -> QSize:
        """All rows, however narrow."""
        return QSize(0, self.sizeHint().height())

    def show_entries(self, entries: list[Entry]) -> None:
        """Show these from now on."""
        if entries != self._entries:
            self._entries = entries
            self._arrange()
            self.update()

    def text(self) -> str:
        """All names and values in one line."""
        return "   ".join(f"{entry.whole_name} {entry.value}".rstrip() for entry in self._entries)

    def shown_names(self) -> list[str]:
        """The names that are drawn, without those for which there is no room."""
        return [piece.name for row in self._rows for piece in row if piece.name]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fills the new width."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Measures again in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the rows."""
        painter = QPainter(self)
        height = self.height() / max(len(self._rows), 1)
        for number, row in enumerate(self._rows):
            right = float(self.width())
            for piece in reversed(row):
                right = self._paint(painter, piece, right, (number + 0.5) * height)

    def _paint(self, painter: QPainter, piece: _Piece, right: float, middle: float) -> float:
        """Draw one entry that ends at `right`; where the one before it ends."""
        plain, bold = self._fonts()
        for text, font, role in ((piece.entry.value, bold, "text"), (piece.name, plain, "muted")):
            metrics = QFontMetricsF(font)
            right -= metrics.horizontalAdvance(text)
            painter.setFont(font)
            painter.setPen(color(role))
            baseline = middle + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(right, baseline), text)
            right -= _GAP if text else 0.0
        entry = piece.entry
        is_ghost = entry.dash < 0
        painter.setPen(
            ghost_pen(entry.tint) if is_ghost else curve_pen(entry.tint, entry.dash, width=2)
        )
        painter.drawLine(QPointF(right - _LINE, middle), QPointF(right, middle))
        return right - _LINE - _APART

    def _arrange(self) -> None:
        """Choose names and rows: with details, without, in two rows, or values alone."""
        names = [entry.name for entry in self._entries]
        whole = [entry.whole_name for entry in self._entries]
        ways = ((whole, 1), (names, 1), (names, 2), ([""] * len(names), 2))
        fitting = [rows for words, most in ways if (rows := self._in_rows(words, most))]
        few = [_Piece(entry, "") for entry in self._entries[: self._room()]]
        self._rows = fitting[0] if fitting else [few]
        self.setToolTip("" if len(self.shown_names()) == len(names) else self.text())
        before, height = self._kept, len(self._rows)
        if (before.names, before.width) == (names, self.width()):
            height = max(height, before.rows)
        self._kept = _Kept(names, self.width(), height)
        if height != before.rows:
            self.updateGeometry()

    def _in_rows(self, names: list[str], most: int) -> list[list[_Piece]] | None:
        """The entries under these names in at most so many rows; None when they do not fit."""
        rows: list[list[_Piece]] = [[]]
        left = room = self.width() + _APART
        for entry, name in zip(self._entries, names, strict=True):
            wide = self._width(entry, name)
            if wide > left and rows[-1]:
                rows.append([])
                left = room
            if wide > left or len(rows) > most:
                return None
            rows[-1].append(_Piece(entry, name))
            left -= wide
        return rows

    def _width(self, entry: Entry, name: str) -> float:
        plain, bold = (QFontMetricsF(font) for font in self._fonts())
        texts = plain.horizontalAdvance(name), bold.horizontalAdvance(entry.value)
        return sum(texts) + _GAP * sum(width > 0 for width in texts) + _LINE + _APART

    def _fonts(self) -> tuple[QFont, QFont]:
        plain = QFont(self.font())
        plain.setPointSizeF(plain.pointSizeF() * 0.95)
        bold = QFont(plain)
        bold.setWeight(QFont.Weight.DemiBold)
        return plain, bold

    def _room(self) -> int:
        """How many entries, from the first on, fit at least without their names."""
        left = self.width() + _APART
        for count, entry in enumerate(self._entries):
            left -= self._width(entry, "")
            if left < 0:
                return count
        return len(self._entries)
