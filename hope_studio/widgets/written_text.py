"""Text as it is written: the prompt in a quiet colour, what the model adds in the full one."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QFontDatabase, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from hope_studio.theme import color, control


class WrittenText(QPlainTextEdit):
    """Grows at the end; follows the newest line unless the person has scrolled up to read."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._prompt = self._text = ""
        control.theme_changed.connect(self._redraw)

    def begin(self, prompt: str) -> None:
        """Start over with this prompt."""
        self._prompt, self._text = prompt, ""
        self._redraw()

    def add(self, text: str) -> None:
        """Append what the model wrote."""
        self._text += text
        self._insert(text, "text")

    @property
    def written(self) -> str:
        """What the model wrote, without the prompt."""
        return self._text

    @Slot()
    def _redraw(self) -> None:
        self.clear()
        self._insert(self._prompt, "muted")
        self._insert(self._text, "text")

    def _insert(self, text: str, role: str) -> None:
        bar = self.verticalScrollBar()
        follows = bar.value() >= bar.maximum() - 4
        look = QTextCharFormat()
        look.setForeground(color(role))
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text, look)
        if follows:
            bar.setValue(bar.maximum())
