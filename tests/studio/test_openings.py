"""Runs opened and let go of, again and again, leave nothing behind in a whole window."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

import psutil
import pytest
from PySide6.QtCore import QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from synthetic_run import made_up_events, write_run

from hope_studio.pages import PAGES
from hope_studio.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session

PATIENCE_MS = 20_000
WARM = 6
"""Openings before the first count: what is cached is cached by then."""
MEMORY = 40_000_000
"""Bytes that allocators may keep for themselves."""


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    made.furnish(session)
    assert made.frame is not None
    made.frame.docks.show_workbench()
    made.frame.watch.stop()
    for name in PAGES.names():
        made.show_page(name)
    made.show_page("train")
    return made


def counted(window: MainWindow, session: Session) -> dict[str, int]:
    """What must not grow."""
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, 52)  # those that are to be deleted
        gc.collect()
    return {
        "widgets": len(window.findChildren(QWidget)),
        "objects": len(session.findChildren(QObject)),
        "timers": len(window.findChildren(QTimer)) + len(session.findChildren(QTimer)),
        "Qt threads": len(session.findChildren(QThread)),
        "threads": threading.active_count(),
    }


def test_opening_runs_again_and_again_leaves_nothing_behind(
    qtbot: QtBot,
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    count: Callable[[int, int], int],
) -> None:
    root = tmp_path / "runs"
    runs = [write_run(root, list(made_up_events(120)), name=f"run-{i}").path for i in range(2)]

    def open_many(times: int) -> None:
        for number in range(times):
            path = runs[number % 2]
            session.open_run(path)
            qtbot.waitUntil(lambda p=path: session.run is not None and session.run.path == p)
            window.show_page(PAGES.names()[number % len(PAGES.names())])
        window.show_page("train")
        for page in window.pages.values():
            qtbot.waitUntil(lambda p=page: not p.busy(), timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: not session._trainer._leaving, timeout=PATIENCE_MS)

    open_many(WARM)
    before, memory = counted(window, session), psutil.Process().memory_info().rss
    open_many(count(12, 200))
    after = counted(window, session)
    assert {name: after[name] - before[name] for name in before if after[name] > before[name]} == {}
    assert psutil.Process().memory_info().rss - memory < MEMORY
