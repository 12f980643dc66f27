"""One trainer a run, and what want of memory does to it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import torch
from endless_runs import pulse
from team_runs import losses, make_run, told, wait_for_step

from hope_core.runs.events import RunFailed
from hope_core.runs.lock import is_locked
from hope_core.training.control import Control
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nursery import Nursery

    from hope_core.runs.folder import RunFolder


def test_exactly_one_of_two_trainers_gets_the_run(
    home: Path,
    nursery: Nursery,
    count: Callable[[int, int], int],
    measured: Callable[[str], None],
) -> None:
    slowest = 0.0
    for number in range(count(3, 50)):
        run = make_run(home, f"wanted-{number}", steps=1_000_000, checkpoint_every=0)
        pids = [nursery.start(run.path), nursery.start(run.path)]
        wait_for_step(run, 1)
        owner = run.state.owner
        assert owner is not None
        assert owner.pid in pids
        (loser,) = [pid for pid in pids if pid != owner.pid]
        assert nursery.wait(loser) == 2
        nursery.kill(owner.pid)
        began = time.monotonic()
        while is_locked(run.path):
            pulse()
        slowest = max(slowest, time.monotonic() - began)
    measured(f"{number + 1}/{number + 1} had one owner; the lock was free {slowest:.2f} s after")


def test_want_of_gpu_memory_ends_the_run_with_advice_and_the_next_one_starts(
    home: Path, count: Callable[[int, int], int]
) -> None:
    for number in range(count(2, 10)):
        run = make_run(home, f"large-{number}", checkpoint_every=1, probe_every=0)
        with pytest.raises(torch.OutOfMemoryError):
            Trainer(run, Starving(run, 1 + number % 5)).run()
        failed = told(run, RunFailed)[-1]
        assert "GPU's memory ran out" in failed.message
        assert "Lower train.batch_size" in failed.hint
        assert run.state.state == "failed"
        Trainer(run).run()
        assert sorted(losses(run)) == list(range(1, 7))


class Starving(Control):
    """After some steps there is no memory left."""

    def __init__(self, folder: RunFolder, steps: int) -> None:
        super().__init__(folder)
        self._left = steps

    def step_finished(self) -> None:
        super().step_finished()
        self._left -= 1
        if self._left == 0:
            raise torch.OutOfMemoryError("CUDA out of memory.")
