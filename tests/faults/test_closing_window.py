"""The whole program, closed while it trains; each answer, each executor."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from endless_runs import processes_of
from team_runs import StopAfter, losses

from hope_core.runs.folder import RunFolder
from hope_core.runs.lifecycle import is_alive
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.runs.checkpoints import CheckpointInfo

STUDIO = Path(__file__).parent / "studio_process.py"
BACKGROUND, SAVE, DISCARD = (
    "Keep training in the background",
    "Save and stop",
    "Stop without saving",
)
PATIENCE_SECONDS = 120
WITHOUT_A_WINDOW = {"process": 0, "thread": 0}


def close_while_training(executor: str, answer: str, steps: int = 5) -> tuple[RunFolder, int]:
    """Launch, train, close, answer; the run and the number of the helper's process."""
    command = [sys.executable, str(STUDIO), executor, answer, str(steps)]
    told = subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    assert told.returncode == 0, told.stderr
    assert "QThread" not in told.stderr
    assert "Traceback" not in told.stderr
    seen = json.loads(told.stdout)
    return RunFolder.open(seen["run"]), seen["helper"]


def newest(checkpoints: list[CheckpointInfo]) -> int:
    return max((checkpoint.step for checkpoint in checkpoints), default=0)


@pytest.mark.parametrize("executor", ["process", "thread"])
def test_save_and_stop_leaves_a_checkpoint_of_the_last_step_and_no_process(
    executor: str, home: Path
) -> None:
    run, helper = close_while_training(executor, SAVE)
    assert run.state.state == "stopped"
    assert newest(run.checkpoints()) == run.state.step
    assert not is_alive(run)
    assert not psutil.pid_exists(helper)
    assert not processes_of(home)


@pytest.mark.parametrize("executor", ["process", "thread"])
def test_stop_without_saving_leaves_no_process(executor: str, home: Path) -> None:
    run, helper = close_while_training(executor, DISCARD)
    assert run.state.state == "stopped"
    assert not is_alive(run)
    assert not psutil.pid_exists(helper)
    assert not processes_of(home)


def test_background_training_goes_on_alone(home: Path) -> None:
    run, helper = close_while_training("process", BACKGROUND)
    assert is_alive(run)
    assert not psutil.pid_exists(helper)
    assert run.state.owner is not None
    assert [process.pid for process in processes_of(home)] == [run.state.owner.pid]


def test_window_closed_at_any_moment_leaves_a_run_that_goes_on_bit_for_bit(
    home: Path, count: Callable[[int, int], int], measured: Callable[[str], None]
) -> None:
    chance = random.Random(11)
    slowest = 0.0
    for number in range(count(1, 100)):
        began = time.perf_counter()
        run, helper = close_while_training("process", SAVE, chance.randrange(1, 60))
        slowest = max(slowest, time.perf_counter() - began)
        assert not psutil.pid_exists(helper)
        assert newest(run.checkpoints()) == run.state.step
        Trainer(run, StopAfter(run, 3)).run()
        straight = RunFolder.create(run.config, home / "runs" / f"straight-{number}")
        Trainer(straight, StopAfter(straight, run.state.step)).run()
        assert losses(run) == losses(straight)
    measured(f"{number + 1}/{number + 1} exact; the longest studio lived {slowest:.0f} s in all")
