from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, QThread

from hope_studio.service_link import ServiceLink
from hope_studio.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

HERE = Path(__file__).parent
FAKE_HELPER = (sys.executable, str(HERE / "fake_helper.py"))


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the person's settings and runs."""
    monkeypatch.setenv("HOPE_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    folder = str(tmp_path / "settings")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)


@pytest.fixture(autouse=True)
def _no_thread_is_left_over(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    started: list[QThread] = []
    start = QThread.start

    def remembered_start(thread: QThread, *arguments: QThread.Priority) -> None:
        started.append(thread)
        start(thread, *arguments)

    monkeypatch.setattr(QThread, "start", remembered_start)
    yield
    left = [thread.objectName() for thread in started if not thread.wait(5000)]
    assert not left, f"QThreads still running: {left}"


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    """A session whose helper process is a small stand-in that needs no torch."""
    made = Session(service=ServiceLink(command=FAKE_HELPER))
    yield made
    made.leave()
