"""The kernel ends the trainer for want of memory, again and again: the window tells and resumes."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from endless_runs import PATIENCE_MS, steps_of, wait_for, wait_for_step
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from team_runs import StopAfter, losses, make_run

from hope_core.runs.folder import RunFolder
from hope_core.training import launch
from hope_core.training.environment import OOM_SCORE
from hope_core.training.trainer import Trainer
from hope_studio.phases import Phase

if TYPE_CHECKING:
    from collections.abc import Callable

    from nursery import Nursery
    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session
    from hope_studio.window import MainWindow


class Forked:
    """A trainer of the nursery, with what the window asks of a `Popen`."""

    def __init__(self, nursery: Nursery, run: Path) -> None:
        self._nursery = nursery
        self._code: int | None = None
        self.pid = nursery.start(run)

    def poll(self) -> int | None:
        if self._code is None and psutil.Process(self.pid).status() == psutil.STATUS_ZOMBIE:
            self._code = self._nursery.wait(self.pid)
        return self._code

    def wait(self, _timeout: float | None = None) -> int:
        if self._code is None:
            self._code = self._nursery.wait(self.pid)
        return self._code

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)


@pytest.fixture
def forked(nursery: Nursery, monkeypatch: pytest.MonkeyPatch) -> list[Forked]:
    """The trainers that were started; each is there after milliseconds."""
    started: list[Forked] = []

    def start(run: Path, _commands_from: int | None = None, **_how: bool) -> Forked:
        started.append(Forked(nursery, run))
        return started[-1]

    monkeypatch.setattr(launch, "start_process", start)
    return started


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def assert_goes_first(pid: int) -> None:
    """When memory runs out, Linux takes this process before the window's."""
    score = Path("/proc") / str(pid) / "oom_score_adj"
    if score.exists():
        own = int(Path("/proc/self/oom_score_adj").read_text())
        assert (
            int(score.read_text()) > own or own >= OOM_SCORE
        )  # so high only where the system did it


def resume_by_notice(window: MainWindow) -> None:
    """Press what the notice bar offers."""
    assert window.frame is not None
    button = window.frame.notices.action_button
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_window_tells_of_each_killed_trainer_and_resumes_it(
    qtbot: QtBot,
    window: MainWindow,
    forked: list[Forked],
    home: Path,
    count: Callable[[int, int], int],
    measured: Callable[[str], None],
) -> None:
    run = make_run(home, "taken", steps=1_000_000, checkpoint_every=3, evaluate_every=0)
    session, chance, slowest = session_of(window), random.Random(15), 0.0
    session.resume_run(run.path)
    number = count(3, 50)
    for _ in range(number):
        wait_for(qtbot, session, Phase.RUNNING)
        wait_for_step(qtbot, session, steps_of(session) + chance.randrange(1, 8))
        assert_goes_first(forked[-1].pid)
        forked[-1].kill()
        began = time.monotonic()
        wait_for(qtbot, session, Phase.INTERRUPTED)
        slowest = max(slowest, time.monotonic() - began)
        assert run.state.state == "interrupted"
        resume_by_notice(window)
    wait_for(qtbot, session, Phase.RUNNING)
    session.stop(keep=True)
    wait_for(qtbot, session, Phase.STOPPED)
    qtbot.waitUntil(lambda: forked[-1].poll() is not None, timeout=PATIENCE_MS)
    straight = RunFolder.create(run.config, home / "runs" / "straight")
    Trainer(straight, StopAfter(straight, run.state.step)).run()
    assert losses(run) == losses(straight)
    measured(
        f"{number}/{number} kills told, the slowest after {slowest:.1f} s; "
        f"{run.state.step} steps, every loss that of a run never killed"
    )
