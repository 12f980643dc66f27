"""The whole program, closed while it trains; each answer, each executor."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psutil
import pytest
from endless_runs import processes_of
from team_runs import StopAfter, losses

from hope_core.runs.folder import RunFolder
from hope_core.runs.lifecycle import is_alive
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from hope_core.runs.checkpoints import CheckpointInfo

STUDIO = Path(__file__).parent / "studio_process.py"
BACKGROUND, SAVE, DISCARD = (
    "Keep training in the background",
    "Save and stop",
    "Stop without saving",
)
PATIENCE_SECONDS = 300
SPARE_STEPS = 100
"""By how much the run without a break goes on, so that one serves several broken ones."""


class Closed(NamedTuple):
    """What is left of a studio."""

    run: RunFolder
    helper: int
    """The number of its helper's process."""
    seconds: float
    """From the wish to close to the end of the program, the answer included."""


def close_while_training(executor: str, answer: str, steps: int = 5) -> Closed:
    """Launch, train, close, answer."""
    command = [sys.executable, str(STUDIO), executor, answer, str(steps)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as studio:
        assert studio.stdout is not None
        told = studio.stdout.readline()
        began = time.perf_counter()
        _, complaints = studio.communicate(timeout=PATIENCE_SECONDS)
    assert studio.returncode == 0, complaints
    assert "QThread" not in complaints
    assert "Traceback" not in complaints
    seen = json.loads(told)
    return Closed(RunFolder.open(seen["run"]), seen["helper"], time.perf_counter() - began)


def newest(checkpoints: list[CheckpointInfo]) -> int:
    return max((checkpoint.step for checkpoint in checkpoints), default=0)


@pytest.mark.parametrize("executor", ["process", "thread"])
def test_save_and_stop_leaves_a_checkpoint_of_the_last_step_and_no_process(
    executor: str, home: Path
) -> None:
    run, helper, _ = close_while_training(executor, SAVE)
    assert run.state.state == "stopped"
    assert newest(run.checkpoints()) == run.state.step
    assert not is_alive(run)
    assert not psutil.pid_exists(helper)
    assert not processes_of(home)


@pytest.mark.parametrize("executor", ["process", "thread"])
def test_stop_without_saving_leaves_no_process(executor: str, home: Path) -> None:
    run, helper, _ = close_while_training(executor, DISCARD)
    assert run.state.state == "stopped"
    assert not is_alive(run)
    assert not psutil.pid_exists(helper)
    assert not processes_of(home)


def test_background_training_goes_on_alone(home: Path) -> None:
    run, helper, _ = close_while_training("process", BACKGROUND)
    assert is_alive(run)
    assert not psutil.pid_exists(helper)
    assert run.state.owner is not None
    assert [process.pid for process in processes_of(home)] == [run.state.owner.pid]


def test_window_closed_at_any_moment_leaves_a_run_that_goes_on_bit_for_bit(
    home: Path,
    count: Callable[[int, int], int],
    chance: Callable[[int], random.Random],
    measured: Callable[[str], None],
) -> None:
    straight: dict[int, float] = {}
    moments, slowest = chance(11), 0.0
    times = count(1, 100)
    for number in range(times):
        run, helper, seconds = close_while_training("process", SAVE, moments.randrange(1, 60))
        slowest = max(slowest, seconds)
        assert not psutil.pid_exists(helper)
        assert newest(run.checkpoints()) == run.state.step
        Trainer(run, StopAfter(run, 3)).run()
        if run.state.step > len(straight):
            whole = RunFolder.create(run.config, home / "runs" / f"straight-{number}")
            Trainer(whole, StopAfter(whole, run.state.step + SPARE_STEPS)).run()
            straight = losses(whole)
        assert losses(run) == {n: straight[n] for n in range(1, run.state.step + 1)}
    measured(f"{times}/{times} exact; closed within {slowest:.1f} s, and no process left")
