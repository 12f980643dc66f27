"""Text as it is written: the prompt in a quiet colour, what the model adds in the full one.

Where each token's surprise is known, the ground behind it tells of it, and the token under the
pointer (or the text cursor) can be asked for its rivals.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFontDatabase, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from hope_studio.theme import color, control
from hope_studio.widgets.token_shades import Shading, shade

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QMouseEvent

    from hope_core.runs.token_told import TokenTold

Part = tuple[str, str, "TokenTold | None"]
"""Text, role of its colour, and what is known of it as a token."""


class WrittenText(QPlainTextEdit):
    """Grows at the end; follows the newest line unless the person has scrolled up to read.

    Signals:
        pointed: the TokenTold under the pointer or the cursor, or None.
    """

    pointed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.viewport().setMouseTracking(True)
        self._parts: list[Part] = []
        self._starts: list[int] = []
        self._tokens: list[TokenTold] = []
        self._shading = Shading.SURPRISE
        self._pointed: TokenTold | None = None
        self.cursorPositionChanged.connect(self._point_at_cursor)
        control.theme_changed.connect(self._redraw)

    def begin(self, prompt: str) -> None:
        """Start over with this prompt."""
        self._parts = [(prompt, "muted", None)] if prompt else []
        self._redraw()

    def add(self, text: str, told: Iterable[TokenTold] = ()) -> None:
        """Append what the model wrote; where its tokens are told, they make up the text."""
        tokens: list[Part] = [(token.text, "text", token) for token in told]
        self._append(tokens or [(text, "text", None)])

    def add_words(self, words: str) -> None:
        """Append words of the studio's own, on a line of their own."""
        start = "" if not self.toPlainText() or self.toPlainText().endswith("\n") else "\n"
        self._append([(f"{start}{words}\n", "accent", None)])

    def color_by(self, shading: Shading) -> None:
        """Let the ground tell this of each token."""
        if shading is not self._shading:
            self._shading = shading
            self._redraw()

    @property
    def written(self) -> str:
        """What the model wrote, without the prompt and the studio's words."""
        return "".join(text for text, role, _ in self._parts if role == "text")

    @property
    def tokens(self) -> list[TokenTold]:
        """The tokens that are known one by one, in order."""
        return self._tokens

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells of the token under the pointer."""
        super().mouseMoveEvent(event)
        self._point(self.cursorForPosition(event.position().toPoint()).position())

    @Slot()
    def _point_at_cursor(self) -> None:
        if self.hasFocus():
            self._point(self.textCursor().position())

    def _point(self, position: int) -> None:
        place = bisect_right(self._starts, position) - 1
        token = self._tokens[place] if 0 <= place < len(self._tokens) else None
        if token is not self._pointed:
            self._pointed = token
            self.pointed.emit(token)

    @Slot()
    def _redraw(self) -> None:
        self.clear()
        self._starts.clear()
        self._tokens.clear()
        self._pointed = None
        self._insert(self._parts)

    def _append(self, parts: list[Part]) -> None:
        self._parts.extend(parts)
        self._insert(parts)

    def _insert(self, parts: list[Part]) -> None:
        bar = self.verticalScrollBar()
        follows = bar.value() >= bar.maximum() - 4
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        cursor.setBlockFormat(QTextBlockFormat())
        for text, role, token in parts:
            look = QTextCharFormat()
            look.setForeground(color(role))
            if token is not None:
                self._starts.append(cursor.position())
                self._tokens.append(token)
                ground = shade(token, self._shading)
                if ground is not None:
                    look.setBackground(ground)
            cursor.insertText(text, look)
        cursor.endEditBlock()
        if follows:
            bar.setValue(bar.maximum())
