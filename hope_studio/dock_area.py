"""The four docks: fixed names, hidden in the simple layout, built when they are first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QDockWidget, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from hope_studio.session import Session
    from hope_studio.system_watch import SystemWatch
    from hope_studio.window import MainWindow

BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea
RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
AREAS = {
    "dock_log": BOTTOM,
    "dock_events": BOTTOM,
    "dock_system": RIGHT,
    "dock_checkpoints": RIGHT,
}


class LazyDock(QDockWidget):
    """A dock whose content is made when it is first seen."""

    def __init__(self, name: str, make: Callable[[], QWidget], window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self._make = make

    def showEvent(self, event: QShowEvent) -> None:
        """Makes the content."""
        if self.widget() is None:
            self.setWidget(self._make())
        super().showEvent(event)


class DockArea(QObject):
    """Holds the docks of one window."""

    def __init__(self, window: MainWindow, session: Session, watch: SystemWatch) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._watch = watch
        self.docks: dict[str, LazyDock] = {}
        makers: dict[str, Callable[[], QWidget]] = {
            "dock_log": self._make_log,
            "dock_events": self._make_events,
            "dock_system": self._make_system,
            "dock_checkpoints": self._make_checkpoints,
        }
        for name in AREAS:
            self.docks[name] = LazyDock(name, makers[name], window)
        self.reset()
        self.retranslate()

    def reset(self) -> None:
        """Back to the first arrangement, all hidden."""
        for name, dock in self.docks.items():
            dock.setFloating(False)
            self._window.addDockWidget(AREAS[name], dock)
            dock.hide()
        self._window.tabifyDockWidget(self.docks["dock_log"], self.docks["dock_events"])
        self._window.tabifyDockWidget(self.docks["dock_system"], self.docks["dock_checkpoints"])

    @Slot()
    def show_simple(self) -> None:
        """The newcomer's layout: only the page."""
        self.reset()

    @Slot()
    def show_workbench(self) -> None:
        """Every dock around the page."""
        self.reset()
        for dock in self.docks.values():
            dock.show()
        for name in ("dock_log", "dock_system"):
            self.docks[name].raise_()
        self.size_docks()
        QTimer.singleShot(0, self.size_docks)  # again when they have their contents

    @Slot()
    def size_docks(self) -> None:
        """Leave most of the window to the page."""
        docks = [self.docks["dock_log"], self.docks["dock_system"]]
        self._window.resizeDocks(docks[:1], [180], Qt.Orientation.Vertical)
        self._window.resizeDocks(docks[1:], [280], Qt.Orientation.Horizontal)

    def retranslate(self) -> None:
        """Set every text again."""
        titles = {
            "dock_log": self.tr("Log"),
            "dock_events": self.tr("Events"),
            "dock_system": self.tr("System"),
            "dock_checkpoints": self.tr("Checkpoints"),
        }
        for name, title in titles.items():
            self.docks[name].setWindowTitle(title)
            content = self.docks[name].widget()
            if content is not None and hasattr(content, "retranslate"):
                content.retranslate()

    def _make_log(self) -> QWidget:
        from hope_studio.docks.log import LogDock

        return LogDock(self._session)

    def _make_events(self) -> QWidget:
        from hope_studio.docks.events import EventsDock

        return EventsDock(self._session)

    def _make_system(self) -> QWidget:
        from hope_studio.docks.system import SystemDock

        return SystemDock(self._watch, self._session)

    def _make_checkpoints(self) -> QWidget:
        from hope_studio.docks.checkpoints import CheckpointsDock

        dock = CheckpointsDock(self._session)
        dock.generate_asked.connect(self._write_with)
        return dock

    @Slot(str)
    def _write_with(self, checkpoint: str) -> None:
        """Bring the Generate page to the front with this checkpoint chosen."""
        from hope_studio.pages.generate import GeneratePage

        self._window.show_page("generate")
        page = self._window.page("generate")
        assert isinstance(page, GeneratePage)
        page.writing.refresh()
        model = page.writing.columns[0].model
        model.setCurrentIndex(max(model.findData(checkpoint), 0))
