"""Remembering how the window stood: place, size, docks, page; checked against today's screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from hope_studio.settings import recall, recall_bytes, remember, remember_bytes

if TYPE_CHECKING:
    from hope_studio.window import MainWindow

VERSION = 1
"""Raise it when docks or toolbars change their names: an older arrangement is then ignored."""

VISIBLE_PIXELS = 100


def remember_window(window: MainWindow) -> None:
    """Keep place, arrangement and page for the next launch."""
    remember_bytes("window/geometry", window.saveGeometry())
    remember_bytes("window/state", window.saveState(VERSION))
    remember("window/page", window.current_page)


def restore_geometry(window: MainWindow) -> None:
    """Put the window where it stood, unless the screen it stood on is gone."""
    window.restoreGeometry(recall_bytes("window/geometry"))
    frame = window.frameGeometry()
    on_screen = [
        screen.availableGeometry().intersected(frame) for screen in QGuiApplication.screens()
    ]
    if not any(r.width() >= VISIBLE_PIXELS and r.height() >= VISIBLE_PIXELS for r in on_screen):
        window.resize(1280, 800)
        window.move(QGuiApplication.primaryScreen().availableGeometry().topLeft())


def restore_window(window: MainWindow) -> None:
    """Bring the docks back as they were; their contents come when they are seen."""
    window.restoreState(recall_bytes("window/state"), VERSION)


def remembered_page() -> str:
    """The page that was in front."""
    return recall("window/page", "home")
