"""The whole program, ended by the system while it trains: by a signal, or by a logout."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from endless_runs import processes_of
from PySide6.QtCore import QSettings
from team_runs import StopAfter, losses, wait_for_step

from hope_core.runs.folder import RunFolder
from hope_core.runs.lifecycle import is_alive
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable

STUDIO = Path(__file__).parent / "ended_studio.py"
SEED = 4242
PATIENCE_SECONDS = 120


@dataclass
class Ended:
    """A studio that was ended."""

    run: RunFolder
    helper: int
    geometry: str
    """Of its window, as Qt writes it."""
    seconds: float
    """It took to end."""


def end_while_training(executor: str, how: str, *, by: int = signal.SIGTERM, steps: int) -> Ended:
    """Launch, train, and end it, by a signal unless it is by a logout."""
    pipe = subprocess.PIPE
    command = [sys.executable, str(STUDIO), executor, how, str(steps)]
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as studio:
        assert studio.stdout is not None
        seen = json.loads(studio.stdout.readline())
        began = time.monotonic()
        if how != "logout":
            studio.send_signal(by)
        _, faults = studio.communicate(timeout=PATIENCE_SECONDS)
    seconds = time.monotonic() - began
    assert studio.returncode == 0, faults
    assert "QThread" not in faults
    assert "Traceback" not in faults
    assert not psutil.pid_exists(seen["helper"])
    return Ended(RunFolder.open(seen["run"]), seen["helper"], seen["geometry"], seconds)


def remembered(home: Path, key: str) -> object:
    """What the studio of this home kept for its next launch."""
    kept = QSettings(
        str(home / "settings" / "hope-studio" / "HOPE Studio.conf"), QSettings.Format.IniFormat
    )
    return json.loads(str(kept.value(key)))


def assert_remembers(home: Path, ended: Ended) -> None:
    """The window's place and the edited settings are there at the next launch."""
    config = remembered(home, "session/config")
    assert isinstance(config, dict)
    assert config["seed"] == SEED
    assert remembered(home, "window/geometry") == ended.geometry
    assert remembered(home, "launches/open") == []
    assert remembered(home, "launches/crashes") == 0


def assert_trains_alone(home: Path, ended: Ended) -> None:
    """The trainer goes on, and nothing else."""
    owner = ended.run.state.owner
    assert owner is not None
    assert [process.pid for process in processes_of(home)] == [owner.pid]
    wait_for_step(ended.run, max(losses(ended.run)) + 3)


def assert_saved(home: Path, ended: Ended) -> None:
    """The run stopped with a checkpoint of its last step; no process is left."""
    run = ended.run
    assert run.state.state == "stopped"
    assert run.checkpoints()[-1].step == run.state.step
    assert not is_alive(run)
    assert not processes_of(home)


def stop_trainer(run: RunFolder) -> None:
    """As the system does at its end."""
    owner = run.state.owner
    assert owner is not None
    trainer = psutil.Process(owner.pid)
    trainer.terminate()
    trainer.wait(PATIENCE_SECONDS)


def assert_goes_on_exactly(run: RunFolder, straight: Path) -> None:
    """Some more steps give what a run that was never ended gives."""
    Trainer(run, StopAfter(run, 3)).run()
    same = RunFolder.create(run.config, straight)
    Trainer(same, StopAfter(same, run.state.step)).run()
    assert losses(run) == losses(same)


@pytest.mark.parametrize(
    ("executor", "how"),
    [("process", "training"), ("process", "asking"), ("thread", "training"), ("process", "logout")],
)
def test_window_ended_by_the_system_leaves_a_run_that_goes_on_bit_for_bit(
    executor: str,
    how: str,
    home: Path,
    count: Callable[[int, int], int],
    measured: Callable[[str], None],
) -> None:
    chance = random.Random(f"{executor} {how}")
    slowest = 0.0
    number = count(1, 5)
    for index in range(number):
        by = chance.choice([signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
        ended = end_while_training(executor, how, by=by, steps=chance.randrange(1, 20))
        slowest = max(slowest, ended.seconds)
        assert_remembers(home, ended)
        if executor == "process" and how != "logout":
            assert_trains_alone(home, ended)
            stop_trainer(ended.run)
        assert_saved(home, ended)
        assert_goes_on_exactly(ended.run, home / "runs" / f"straight-{index}")
    measured(f"{number}/{number} clean and exact; the slowest window ended in {slowest:.1f} s")
