"""Cards side by side that wrap into fewer columns where the window is narrow or the text large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent


class CardGrid(QWidget):
    """Lays its cards out in as many equal columns (4, 2 or 1) as their widths allow."""

    def __init__(self, cards: Sequence[QWidget], *, letters: int = 26) -> None:
        """`letters` is the least width of a card, counted in letters of the font in use."""
        super().__init__()
        self._cards = tuple(cards)
        self._letters = letters
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._arrange(len(self._cards))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the number of columns anew."""
        super().resizeEvent(event)
        least = self._least_width()
        fitting = (event.size().width() + 12) // (least + 12)
        self._arrange(next((n for n in (4, 2, 1) if n <= min(fitting, len(self._cards))), 1))

    def minimumSizeHint(self) -> QSize:
        """One card wide, so that a narrow window makes it wrap instead of scroll sideways."""
        return QSize(self._least_width(), super().minimumSizeHint().height())

    def _least_width(self) -> int:
        letters = self._letters * self.fontMetrics().averageCharWidth()
        return max(letters, *(card.minimumSizeHint().width() for card in self._cards))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for index, card in enumerate(self._cards):
            self._grid.addWidget(card, index // columns, index % columns)
        for column in range(len(self._cards)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
