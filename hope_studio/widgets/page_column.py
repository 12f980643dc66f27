"""The frame of a page: one column with even margins that scrolls where the window is too small."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

MARGIN = 16
"""Pixels between the window's edge and what a page holds."""
SPACING = 12
"""Pixels between two parts of a page."""


class PageColumn(QScrollArea):
    """Fills `page` with a scrolling column; parts are added from top to bottom."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setObjectName("scroll_body")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self._column.setSpacing(SPACING)
        self.setWidget(body)
        frame = QVBoxLayout(page)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(self)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a widget or a layout below the last one."""
        if isinstance(part, QLayout):
            self._column.addLayout(part, stretch)
        else:
            self._column.addWidget(part, stretch)

    def finish(self) -> None:
        """Leave what is left of the height empty at the bottom."""
        self._column.addStretch(1)
