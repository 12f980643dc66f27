"""A line of words beside its cause: what happened, and at most one button that helps."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from hope_studio.core_words import core_words
from hope_studio.theme import color
from hope_studio.theme.blend import blend

Tone = Literal["information", "warning", "error"]
_ROLES: dict[Tone, str] = {"information": "accent", "warning": "warning", "error": "bad"}
_SIGNS: dict[Tone, str] = {"information": "ℹ", "warning": "⚠", "error": "✖"}


class Banner(QFrame):
    """Hidden until it has something to say. A sign tells the tone where colour cannot."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._tone: Tone = "information"
        self._sign = QLabel()
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QPushButton()
        self.button.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self._label, 1)
        row.addWidget(self.button)
        self.hide()

    def say(self, words: str, *, tone: Tone = "information", action: str = "") -> None:
        """Show these words; `action` is the text of the button, empty for none."""
        self._told, self._tone = words, tone
        self._sign.setText(_SIGNS[tone])
        self._say_in_the_windows_language()
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self.show()
        self.update()

    def words(self) -> str:
        """What it says at the moment; empty while it is hidden."""
        return self._label.text() if not self.isHidden() else ""

    def changeEvent(self, event: QEvent) -> None:
        """What the core said is said again in another language; a page says its own again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say_in_the_windows_language()

    def _say_in_the_windows_language(self) -> None:
        words = core_words(self._told)
        self._label.setText(words)
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Tint the ground with the tone."""
        base, tint = color("card"), color(_ROLES[self._tone])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(blend(base, tint, 0.5))
        painter.setBrush(blend(base, tint, 0.12))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
