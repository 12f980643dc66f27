"""A rounded frame that groups what belongs together, with an optional heading."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout


class Card(QFrame):
    """Add widgets to `body`; `heading` shows only when it has a text."""

    def __init__(self, heading: str = "") -> None:
        super().__init__()
        self.setProperty("card", True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(8)
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        self.body.addWidget(self.heading)
        self.set_heading(heading)

    def set_heading(self, text: str) -> None:
        """Change the heading; an empty one takes no room."""
        self.heading.setText(text)
        self.heading.setVisible(bool(text))
