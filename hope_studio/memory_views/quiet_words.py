"""Words that change often: painted by themselves, so that no page is laid out for them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hope_studio.theme import color

_POINTS_SMALLER = 0.9


class QuietWords(QWidget):
    """Up to two lines of small text in a room that never changes."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(120, 2 * self.fontMetrics().lineSpacing())

    def text(self) -> str:
        """What is written."""
        return self._text

    def setText(self, text: str) -> None:  # noqa: N802 - as QLabel has it
        """Write this from now on."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.setToolTip(text)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the words."""
        painter = QPainter(self)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * _POINTS_SMALLER)
        painter.setFont(font)
        painter.setPen(color("muted"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect(), flags, self._text)
