"""Real windows over real trainers: a home of their own, tiny endless runs, an idle helper."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import sys
from typing import TYPE_CHECKING

import psutil
import pytest
from endless_runs import ENDLESS
from nursery import Nursery, open_nursery
from PySide6.QtCore import QSettings
from team_runs import make_run

from hope_core.config.overrides import apply_overrides
from hope_core.config.presets import load_preset
from hope_core.runs.commands import Stop
from hope_core.runs.folder import RunFolder
from hope_core.runs.lifecycle import is_alive
from hope_core.runs.names import runs_root
from hope_studio.service_link import ServiceLink
from hope_studio.session import Session
from hope_studio.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_core.config.run import RunConfig

IDLE_HELPER = (sys.executable, "-c", "import sys; sys.stdin.read()")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for runs, settings and logs; no trainer in it outlives the test."""
    monkeypatch.setenv("HOPE_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    folder = str(tmp_path / "settings")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
    yield tmp_path
    for path in runs_root().glob("*/run.json"):
        run = RunFolder.open(path.parent)
        owner = run.state.owner
        if owner is not None and is_alive(run):
            run.append_command(Stop(keep=False))
            psutil.Process(owner.pid).kill()


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Starts trainers of `team_runs.make_run` in milliseconds."""
    home = tmp_path_factory.mktemp("nursery")
    with open_nursery() as made:
        made.warm(make_run(home, "warm", steps=1).path)
        yield made


@pytest.fixture
def endless() -> RunConfig:
    """A tiny model that trains until it is told to stop."""
    return apply_overrides(load_preset("small"), ENDLESS)


@pytest.fixture
def open_session(qtbot: QtBot, endless: RunConfig) -> Iterator[Callable[[], Session]]:
    """Makes sessions that would train the endless run; they leave after the test."""
    made: list[Session] = []

    def make() -> Session:
        session = Session(service=ServiceLink(command=IDLE_HELPER))
        session.set_config(endless)
        made.append(session)
        return session

    yield make
    for session in made:
        session.leave()


@pytest.fixture
def window(qtbot: QtBot, open_session: Callable[[], Session]) -> Iterator[MainWindow]:
    made, session = MainWindow(), open_session()
    qtbot.addWidget(made, before_close_func=lambda _window: session.leave())
    made.show()
    made.furnish(session)
    yield made
    assert made.frame is not None
    made.frame.watch.stop()
