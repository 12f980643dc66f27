"""Keeps the machine awake while a run trains, by the system's own command or call.

Linux: systemd-inhibit; macOS: caffeinate. Both hold for as long as a child process lives, and that
one ends with this program however it ends: it reads from a pipe, or watches our process. Windows: a
state of this thread.
"""

from __future__ import annotations

import os
import sys
from shutil import which

from PySide6.QtCore import QObject, QProcess, Signal, Slot

CONTINUOUS, SYSTEM_REQUIRED = 0x80000000, 0x00000001
"""Of SetThreadExecutionState, as Windows documents them."""


def holding_command(platform: str = sys.platform) -> list[str]:
    """The command that keeps the machine awake while it runs; empty where there is none."""
    if platform == "darwin" and which("caffeinate"):
        return ["caffeinate", "-i", "-w", str(os.getpid())]
    if platform.startswith("linux") and which("systemd-inhibit"):
        who = ["--who=HOPE Studio", "--why=A model is being trained", "--mode=block"]
        return ["systemd-inhibit", "--what=sleep:idle", *who, "cat"]
    return []


class Awake(QObject):
    """Holds the machine awake between `hold` and `release`.

    Signals:
        refused: the system offers no way, or refused it; told once.
    """

    refused = Signal()

    def __init__(self, parent: QObject | None = None, command: list[str] | None = None) -> None:
        super().__init__(parent)
        self._command = holding_command() if command is None else command
        self._child: QProcess | None = None
        self._told = False

    @property
    def holds(self) -> bool:
        """Whether the machine is asked to stay awake at this moment."""
        return self._child is not None

    @Slot()
    def hold(self) -> None:
        """Ask for it; a second time changes nothing."""
        if sys.platform == "win32":
            _tell_windows(CONTINUOUS | SYSTEM_REQUIRED)
        elif not self._command:
            self._refuse()
        elif self._child is None and not self._told:
            self._child = QProcess(self)
            self._child.setStandardOutputFile(QProcess.nullDevice())
            self._child.setStandardErrorFile(QProcess.nullDevice())
            self._child.finished.connect(self._ended)
            self._child.errorOccurred.connect(self._ended)
            self._child.start(self._command[0], self._command[1:])

    @Slot()
    def release(self) -> None:
        """Let the machine sleep again."""
        if sys.platform == "win32":
            _tell_windows(CONTINUOUS)
        child, self._child = self._child, None
        if child is not None:
            child.finished.disconnect(self._ended)
            child.errorOccurred.disconnect(self._ended)
            child.kill()
            child.waitForFinished(1000)
            child.deleteLater()

    @Slot()
    def _ended(self) -> None:
        """The command ended while it should hold: the system has refused."""
        child, self._child = self._child, None
        if child is not None:
            child.deleteLater()
            self._refuse()

    def _refuse(self) -> None:
        if not self._told:
            self._told = True
            self.refused.emit()


def _tell_windows(state: int) -> None:
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetThreadExecutionState(state)
