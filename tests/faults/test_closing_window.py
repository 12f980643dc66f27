"""The whole program, closed while it trains; each answer, each executor."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from endless_runs import processes_of

from hope_core.runs.folder import RunFolder
from hope_core.runs.lifecycle import is_alive

if TYPE_CHECKING:
    from hope_core.runs.checkpoints import CheckpointInfo

STUDIO = Path(__file__).parent / "studio_process.py"
BACKGROUND, SAVE, DISCARD = (
    "Keep training in the background",
    "Save and stop",
    "Stop without saving",
)
PATIENCE_SECONDS = 120
WITHOUT_A_WINDOW = {"process": 0, "thread": 0}


def close_while_training(executor: str, answer: str) -> tuple[RunFolder, int]:
    """Launch, train, close, answer; the run and the number of the helper's process."""
    command = [sys.executable, str(STUDIO), executor, answer]
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
