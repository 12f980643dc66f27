"""The navigation rail: one button a page, down the left side of the window."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QToolBar

from hope_studio.pages import PAGES
from hope_studio.theme.icons import set_icon

PAGE_TEXTS: dict[str, object] = {
    "home": QT_TRANSLATE_NOOP("MainWindow", "Home"),
    "data": QT_TRANSLATE_NOOP("MainWindow", "Data"),
    "configure": QT_TRANSLATE_NOOP("MainWindow", "Configure"),
    "train": QT_TRANSLATE_NOOP("MainWindow", "Train"),
    "memory": QT_TRANSLATE_NOOP("MainWindow", "Memory"),
    "generate": QT_TRANSLATE_NOOP("MainWindow", "Generate"),
    "runs": QT_TRANSLATE_NOOP("MainWindow", "Runs"),
}


class Rail(QToolBar):
    """The pages, one of them checked.

    Signals:
        chosen: the name of the page that was clicked.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setMovable(False)
        self.setOrientation(Qt.Orientation.Vertical)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.page_actions: dict[str, QAction] = {}
        group = QActionGroup(self)
        for number, name in enumerate(PAGES.names(), start=1):
            action = QAction(self)
            action.setCheckable(True)
            action.setData(name)
            action.setShortcut(QKeySequence(f"Ctrl+{number}"))
            set_icon(action, name)
            action.triggered.connect(self._follow)
            group.addAction(action)
            self.addAction(action)
            self.page_actions[name] = action
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        for name, action in self.page_actions.items():
            action.setText(QCoreApplication.translate("MainWindow", str(PAGE_TEXTS[name])))
        self.setWindowTitle(QCoreApplication.translate("MainWindow", "Pages"))

    def show_chosen(self, name: str) -> None:
        """Check the page of that name."""
        self.page_actions[name].setChecked(True)

    @Slot()
    def _follow(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(str(action.data()))
