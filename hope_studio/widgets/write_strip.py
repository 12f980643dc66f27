"""What each token wrote into the memory: a strip with a row a layer and head, a column a token."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from hope_studio.theme import color, control, series_color
from hope_studio.theme.blend import blend
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent

    from hope_core.inference.talk_messages import RowTold
    from hope_core.runs.token_told import TokenTold

COLUMN = 6
"""Pixels of one token."""
LEAST_HEIGHT = 56
MOST_TOKENS = 2000
DECADES = 2.0
"""Sizes from the largest down to a hundredth of it differ in colour."""


class WriteStrip(QWidget):
    """The newest tokens on the right; the darker a field, the larger the write."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[RowTold, ...] = ()
        self._tokens: list[TokenTold] = []
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        control.theme_changed.connect(self._redraw)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the name, and tell the sizes in words."""
        self.setAccessibleName(self.tr("Writes into the memory, token by token"))
        self._describe()

    def sizeHint(self) -> QSize:
        """At least four pixels a row."""
        return QSize(200, max(LEAST_HEIGHT, 4 * len(self._rows)))

    def begin(self, rows: Sequence[RowTold]) -> None:
        """Start over, with these rows."""
        self._rows = tuple(rows)
        self._tokens = []
        self.updateGeometry()
        self._describe()
        self.update()

    def add(self, tokens: Sequence[TokenTold]) -> None:
        """Append what these tokens wrote."""
        self._tokens = [*self._tokens, *(t for t in tokens if t.writes)][-MOST_TOKENS:]
        self._describe()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """One field a row and token."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("field"))
        shown = self._shown()
        if not shown:
            painter.setPen(color("muted"))
            words = self.tr("What each token writes into the memory appears here.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
            return
        most = max(max(token.writes) for token in shown)
        height = self.height() / len(shown[0].writes)
        ground, tint = color("field"), series_color(2)
        shades = [blend(ground, tint, step / 20) for step in range(21)]
        for column, token in enumerate(shown):
            for row, size in enumerate(token.writes):
                field = QRectF(column * COLUMN, row * height, COLUMN - 1, max(1.0, height - 0.5))
                painter.fillRect(field, shades[round(20 * _share(size, most))])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells of the field under the pointer."""
        shown = self._shown()
        column = int(event.position().x()) // COLUMN
        if not 0 <= column < len(shown):
            QToolTip.hideText()
            return
        token = shown[column]
        row = int(event.position().y() * len(token.writes) / max(1, self.height()))
        row = max(0, min(row, len(token.writes) - 1))
        words = self.tr("“{token}” moved {row} by {size}; surprise {surprise} nats").format(
            token=token.text,
            row=row_words(self._rows[row]) if row < len(self._rows) else "",
            size=number(token.writes[row], 4),
            surprise=number(token.surprise, 2),
        )
        QToolTip.showText(event.globalPosition().toPoint(), words, self)

    def _shown(self) -> list[TokenTold]:
        return self._tokens[-max(1, self.width() // COLUMN) :]

    def _describe(self) -> None:
        if not self._tokens:
            self.setAccessibleDescription("")
            return
        last = self._tokens[-1]
        words = self.tr("The last token, “{token}”, moved the memory by {size} in all.")
        whole = math.sqrt(sum(size * size for size in last.writes))
        self.setAccessibleDescription(words.format(token=last.text, size=number(whole, 4)))

    @Slot()
    def _redraw(self) -> None:
        self.update()


def row_words(row: RowTold) -> str:
    """A row as the code names it: `blocks.0.memory`, head 2."""
    return row.path if row.head is None else f"{row.path} [{row.head}]"


def _share(size: float, most: float) -> float:
    """0 for a hundredth of the largest or less, 1 for the largest."""
    if size <= 0.0 or most <= 0.0:
        return 0.0
    return max(0.0, 1.0 + math.log10(size / most) / DECADES)
