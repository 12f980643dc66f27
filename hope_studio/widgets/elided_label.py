"""A line of text that leaves out its middle where there is too little room for all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class ElidedLabel(QLabel):
    """Names whose end matters as much as their beginning; the tool tip has the whole of it."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = self._hint = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show this text, all of it or its two ends."""
        self._whole = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def set_hint(self, text: str) -> None:
        """Say this below the whole text in the tool tip."""
        self._hint = text
        self._fit()

    @property
    def whole(self) -> str:
        """The text without anything left out."""
        return self._whole

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        width = self.fontMetrics().horizontalAdvance(self._whole) + 2
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        letters = self.fontMetrics().averageCharWidth() * 6
        return QSize(min(letters, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves out more or less."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        middle = Qt.TextElideMode.ElideMiddle
        super().setText(self.fontMetrics().elidedText(self._whole, middle, max(self.width(), 0)))
        lines = (self._whole, self._hint)
        self.setToolTip("\n".join(line for line in lines if line))
