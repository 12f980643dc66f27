"""The room for the pages in the middle of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class PageStack(QStackedWidget):
    """The pages, one in front.

    Signals:
        resized: its size changed. A signal and no event filter, since a filter made in Python may
            be called while it is being destroyed.
    """

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tells of the new size."""
        super().resizeEvent(event)
        self.resized.emit()
