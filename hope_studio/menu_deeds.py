"""What the entries of the menus do that work on the window itself: dialogs, folders, full screen.

Each dialog is loaded when it is first asked for, and closed by Escape and by the system's key for
closing (Ctrl+W), which therefore never closes the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from hope_studio.menus import Menus
    from hope_studio.window import MainWindow


CLOSE = QKeySequence.StandardKey.Close


class MenuDeeds(QObject):
    """The slots of the window's own actions."""

    def __init__(self, menus: Menus, window: MainWindow) -> None:
        super().__init__(menus)
        self._menus = menus
        self._window = window

    @Slot()
    def toggle_full_screen(self) -> None:
        """Fill the screen, or be a window again."""
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    @Slot()
    def reset_layout(self) -> None:
        """Docks, splitters, tables and panels as on the first day."""
        from hope_studio.kept_parts import GROUP, KeptOrder, KeptSplitter
        from hope_studio.settings import forget
        from hope_studio.widgets.panel_grid import ORDER, PanelGrid

        self._menus.frame.docks.reset()
        for splitter in self._window.findChildren(KeptSplitter):
            splitter.reset()
        for order in self._window.findChildren(KeptOrder):
            order.reset()
        for grid in self._window.findChildren(PanelGrid):
            grid.reset()
        for key in (GROUP, ORDER):
            forget(key)

    @Slot()
    def show_palette(self) -> None:
        """Find a command by its words."""
        from hope_studio.widgets.command_palette import CommandPalette

        _open(CommandPalette(self._window, self._menus.all_actions()))

    @Slot()
    def show_settings(self) -> None:
        """What can be chosen about the program itself."""
        from hope_studio.settings_dialog import SettingsDialog

        _open(SettingsDialog(self._window, self._menus))

    @Slot()
    def open_logs(self) -> None:
        """Show the folder of the log in the system's file manager."""
        from hope_studio.crash_reports import log_folder

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder())))

    @Slot()
    def show_shortcuts(self) -> None:
        """Every action that has a key."""
        from hope_studio.dialogs import ShortcutSheet

        _open(ShortcutSheet(self._window, self._menus.all_actions()))

    @Slot()
    def start_tour(self) -> None:
        """Explain the window step by step."""
        self._menus.frame.manners.start_tour()

    @Slot()
    def show_crashes(self) -> None:
        """The reports of crashes that are kept."""
        from hope_studio.crash_dialog import CrashDialog
        from hope_studio.crash_reports import CrashKeeper, log_folder

        _open(CrashDialog(self._window, CrashKeeper(log_folder(), {})))

    @Slot()
    def show_about(self) -> None:
        """The program and the versions of its parts."""
        from hope_studio.dialogs import AboutDialog

        _open(AboutDialog(self._window, self._menus.versions))


def _open(dialog: QDialog) -> None:
    keys = {"Ctrl+W", *(key.toString() for key in QKeySequence.keyBindings(CLOSE))}
    for key in sorted(keys):
        QShortcut(QKeySequence(key), dialog, dialog.reject)
    dialog.open()
