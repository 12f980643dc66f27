"""Tabs that move closer together, and at last shorten their names, before one is out of reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QTabBar, QTabWidget

from hope_studio.widgets.labels import restyle

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

ROOM_A_TAB = 28
"""Pixels that the style sheet leaves beside each name where there is room."""


class SnugTabBar(QTabBar):
    """A row of names in which every tab is seen; the tool tip has the name of a shortened one."""

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)

    def tabLayoutChange(self) -> None:  # noqa: N802 - Qt's name
        """Names or fonts changed."""
        super().tabLayoutChange()
        tabs = self.parentWidget()
        self.fit(self.width() if tabs is None else tabs.width())

    def fit(self, width: int) -> None:
        """Stand close in this many pixels where wide apart does not fit."""
        names = [self.tabText(index) for index in range(self.count())]
        wide = sum(self.fontMetrics().horizontalAdvance(name) + ROOM_A_TAB for name in names)
        if self.property("snug") != (wide > width):
            restyle(self, snug=wide > width)
            QApplication.sendEvent(self, QEvent(QEvent.Type.StyleChange))  # measures the tabs again
        for index, name in enumerate(names):
            self.setTabToolTip(index, name)


class SnugTabs(QTabWidget):
    """Pages under a SnugTabBar."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = SnugTabBar()
        self.setTabBar(self.bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives the names more or less room."""
        self.bar.fit(event.size().width())
        super().resizeEvent(event)
