"""The wheel guard: scrolling a page must not change the field that passes under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollBar

GUARDED = (QComboBox, QAbstractSpinBox, QAbstractSlider)


class WheelGuard(QObject):
    """An event filter for the application: fields without the keyboard pass the wheel on."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Holds the wheel back from unfocused fields."""
        kind = event.type()
        if kind not in (QEvent.Type.Wheel, QEvent.Type.Polish):
            return False
        if not isinstance(watched, GUARDED) or isinstance(watched, QScrollBar):
            return False
        if kind == QEvent.Type.Polish:
            watched.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            return False
        event.ignore()
        return not watched.hasFocus()
