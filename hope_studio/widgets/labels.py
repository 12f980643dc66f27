"""Labels with a role of the theme."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A label in one of the style sheet's roles: title, heading, muted, small, mono, good ..."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def without_mnemonic(text: str) -> str:
    """The words of an action without the mark of its key: `&File`, `文件(&F)`."""
    return re.sub(r"\s*\(&\w\)|&(?=\S)", "", text)


def restyle(widget: QWidget, **properties: str | bool) -> None:
    """Change dynamic properties and let the style sheet look at the widget again."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
