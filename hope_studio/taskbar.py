"""How far the run is, in the system's task bar, where Qt offers a way to say so.

Linux: the signal com.canonical.Unity.LauncherEntry on the session's D-Bus, which the docks of KDE
Plasma and Ubuntu show on the button of a program that stands in the applications menu
(`hope_studio.desktop_entry`). macOS and Windows: Qt has no call for it; the window's title tells.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from hope_core.analysis.eta import progress
from hope_studio.desktop_entry import NAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_studio.session import Session

    Send = Callable[[dict[str, Any]], None]

PLACE, INTERFACE = "/hope_studio/launcher", "com.canonical.Unity.LauncherEntry"


class Taskbar(QObject):
    """Follows the open run while it is live; says a thing only when it changed by a per cent.

    Args:
        session: whose run it is.
        send: takes what the task bar shall show; None: the way of this system, if it has one.
    """

    def __init__(self, session: Session, send: Send | None = None) -> None:
        super().__init__(session)
        self._session = session
        self._send = way_of_this_system() if send is None else send
        self._shown: int | None = None
        if self._send is not None:
            session.phase_changed.connect(self.follow)
            session.events_arrived.connect(self.follow)

    @Slot()
    def follow(self) -> None:
        """Show what the run has come to, or nothing when it is over."""
        history = self._session.history
        live = self._session.phase.live and history is not None and history.last is not None
        assert history is not None or not live
        self._show(round(100 * progress(history)) if live and history is not None else None)

    def leave(self) -> None:
        """The window closes: the task bar shows nothing of it."""
        self._show(None)

    def _show(self, percent: int | None) -> None:
        if percent == self._shown or self._send is None:
            return
        self._shown = percent
        shown = percent is not None
        self._send({"progress": (percent or 0) / 100, "progress-visible": shown})


def way_of_this_system() -> Send | None:
    """Sends to the session's bus where there is one; None elsewhere."""
    if not sys.platform.startswith("linux") or not _has_bus():
        return None
    try:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage
    except ImportError:  # some systems package it by itself
        return None
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return None

    def send(properties: dict[str, Any]) -> None:
        message = QDBusMessage.createSignal(PLACE, INTERFACE, "Update")
        message.setArguments([f"application://{NAME}", properties])
        bus.send(message)

    return send


def _has_bus() -> bool:
    """Whether a bus is told of; Qt would else try to start one."""
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    told = "DBUS_SESSION_BUS_ADDRESS" in os.environ
    return told or (bool(folder) and (Path(folder) / "bus").exists())
