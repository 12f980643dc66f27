"""Tells of the end of a run when nobody looks: by the tray where there is one, else by the window.

Stock GNOME has no tray; there the window asks for attention in the task bar, and that is all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from hope_studio.preferences import NOTIFY, SOUND, is_on
from hope_studio.theme.icons import window_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from hope_studio.window import MainWindow


class Notifier(QObject):
    """One for the window. The tray icon shows the title of the window, with its progress."""

    def __init__(self, window: MainWindow, actions: list[QAction]) -> None:
        super().__init__(window)
        self._window = window
        self.tray: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._menu = QMenu(window)
            self._menu.addActions(actions)
            self.tray = QSystemTrayIcon(window_icon(), self)
            self.tray.setContextMenu(self._menu)
            self.tray.setToolTip(window.windowTitle())
            self.tray.activated.connect(self._bring_forward)
            self.tray.messageClicked.connect(self._bring_forward)
            window.windowTitleChanged.connect(self.tray.setToolTip)
            self.tray.show()

    def tell(self, title: str, words: str, *, bad: bool = False) -> bool:
        """Say it outside of the window, unless the window is in front; whether it was said."""
        if not is_on(NOTIFY) or self._window.isActiveWindow():
            return False
        if self.tray is not None and QSystemTrayIcon.supportsMessages():
            kinds = QSystemTrayIcon.MessageIcon
            self.tray.showMessage(title, words, kinds.Critical if bad else kinds.Information)
        QApplication.alert(self._window)
        if is_on(SOUND):
            QApplication.beep()
        return True

    def leave(self) -> None:
        """Take the icon out of the tray."""
        if self.tray is not None:
            self.tray.hide()

    @Slot()
    def _bring_forward(self) -> None:
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()
