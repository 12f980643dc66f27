"""A packed batch as coloured tokens: one line a sequence, one tinted field a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import (
    QFontDatabase,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from hope_studio.theme import color, control, series_color
from hope_studio.theme.blend import blend

if TYPE_CHECKING:
    from collections.abc import Sequence

_TINTS = (0, 4, 2, 3)
"""Curve colours that differ in hue and in lightness."""
_VISIBLE = str.maketrans({"\n": "⏎", "\t": "⇥", "\r": "␍", " ": "·"})


class TokenView(QTextEdit):
    """Shows tokens as the model receives them; neighbours differ in tint, spaces are drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, ...], ...] = ()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.retranslate()
        control.theme_changed.connect(self._draw)

    def retranslate(self) -> None:
        """Set the name for screen readers."""
        self.setAccessibleName(self.tr("A batch as the model sees it"))
        self.setPlaceholderText(self.tr("The first tokens of a batch stand here."))

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these tokens, one line a sequence."""
        self._rows = tuple(tuple(row) for row in rows)
        self._draw()

    @Slot()
    def _draw(self) -> None:
        formats = self._formats()
        spaced = QTextBlockFormat()
        spaced.setBottomMargin(6)
        spaced.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.setBlockFormat(spaced)
        for number, row in enumerate(self._rows):
            if number:
                cursor.insertBlock(spaced)
            for place, token in enumerate(row):
                cursor.insertText(token.translate(_VISIBLE), formats[place % len(formats)])
        cursor.endEditBlock()

    def _formats(self) -> list[QTextCharFormat]:
        formats = []
        for tint in _TINTS:
            look = QTextCharFormat()
            look.setBackground(blend(color("field"), series_color(tint), 0.30))
            look.setForeground(color("text"))
            formats.append(look)
        return formats
