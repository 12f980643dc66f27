"""A window dies, its trainer dies, the machine starts anew: what the disk says is what is true."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from endless_runs import wait_for
from team_runs import StopAfter, losses

from hope_core.runs import owner
from hope_core.runs.folder import RunFolder
from hope_core.runs.listing import list_runs
from hope_core.training.trainer import Trainer
from hope_studio.phases import Phase

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session

STUDIO = Path(__file__).parent / "ended_studio.py"


def kill_window(steps: int) -> RunFolder:
    """Launch a studio, train so many steps, and kill it; the run that it leaves behind."""
    command = [sys.executable, str(STUDIO), "process", "training", str(steps)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as studio:
        assert studio.stdout is not None
        seen = json.loads(studio.stdout.readline())
        studio.kill()
    return RunFolder.open(seen["run"])


def phase_in_new_window(
    qtbot: QtBot, open_session: Callable[[], Session], run: RunFolder, phase: Phase
) -> None:
    """The next window shows the run in this phase."""
    session = open_session()
    session.open_run(run.path)
    wait_for(qtbot, session, phase)
    assert session.leave()


def kill_trainer(run: RunFolder) -> None:
    who = run.state.owner
    assert who is not None
    trainer = psutil.Process(who.pid)
    trainer.kill()
    trainer.wait()


def test_run_of_a_dead_window_is_found_as_it_is(
    qtbot: QtBot,
    open_session: Callable[[], Session],
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    count: Callable[[int, int], int],
    measured: Callable[[str], None],
) -> None:
    chance, number = random.Random(40), count(1, 20)
    for index in range(number):
        run = kill_window(chance.randrange(1, 15))
        phase_in_new_window(qtbot, open_session, run, Phase.RUNNING)
        kill_trainer(run)
        with monkeypatch.context() as patch:
            patch.setattr(owner, "boot_id", lambda: "the next one")
            listed = {found.path.name: found.state for found in list_runs(home / "runs")}
            assert listed[run.path.name] == "interrupted"
            phase_in_new_window(qtbot, open_session, run, Phase.INTERRUPTED)
        Trainer(run, StopAfter(run, 2)).run()
        straight = RunFolder.create(run.config, home / "straight" / str(index))
        Trainer(straight, StopAfter(straight, run.state.step)).run()
        assert losses(run) == losses(straight)
    measured(
        f"{number}/{number}: found training by the next window, interrupted after the trainer was "
        "killed and the machine had another boot, resumed bit for bit"
    )
