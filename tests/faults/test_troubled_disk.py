"""Disks that are slow, read-only or gone: a run slows down or ends in words; nothing hangs."""

from __future__ import annotations

import errno
import os
import shutil
import time
from typing import TYPE_CHECKING

import pytest
from endless_runs import pulse
from team_runs import losses, make_run, told, wait_for_step

from hope_core.errors import RunError, TrainingDivergedError
from hope_core.runs.events import RunFailed
from hope_core.training import keeper
from hope_core.training.control import Control
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nursery import Nursery

    from hope_core.runs.folder import RunFolder

SHORT = {"steps": 6, "checkpoint_every": 2, "probe_every": 0, "evaluate_every": 0}
SLOW_SECONDS = 0.05


class After(Control):
    """Something happens to the world after a step."""

    def __init__(self, folder: RunFolder, step: int, act: Callable[[], None]) -> None:
        super().__init__(folder)
        self._left, self._act = step, act

    def step_finished(self) -> None:
        super().step_finished()
        self._left -= 1
        if self._left == 0:
            self._act()


def test_slow_disk_never_has_two_saves_at_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(home, "slow", **SHORT)
    real_sync, real_save = os.fsync, keeper.save_checkpoint
    going_on: list[int] = []
    most: list[int] = []

    def slow_sync(handle: int) -> None:
        time.sleep(SLOW_SECONDS)
        real_sync(handle)

    def watched_save(*words: object, **options: object) -> object:
        going_on.append(1)
        most.append(len(going_on))
        try:
            return real_save(*words, **options)  # type: ignore[arg-type]
        finally:
            going_on.pop()

    monkeypatch.setattr(os, "fsync", slow_sync)
    monkeypatch.setattr(keeper, "save_checkpoint", watched_save)
    Trainer(run, Control(run)).run()
    assert run.state.state == "finished"
    assert max(most) == 1
    assert not list(run.path.rglob("*.sqlite*"))


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EIO])
def test_disk_that_turns_away_every_write_ends_the_run_in_words(
    number: int, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run(home, "refused", **SHORT)
    real = os.open

    def refuse(path: object, flags: int, *words: object, **options: object) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR) and str(run.path / "checkpoints") in str(path):
            raise OSError(number, os.strerror(number))
        return real(path, flags, *words, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(RunError, match="cannot be written"):
        Trainer(run, Control(run)).run()
    failed = told(run, RunFailed)[-1]
    assert os.strerror(number) in failed.message
    assert run.state.state == "failed"
    monkeypatch.undo()
    straight = make_run(home, "straight", **SHORT)
    Trainer(straight).run()
    Trainer(run).run()
    assert losses(run) == losses(straight)


def test_trainer_whose_run_vanished_ends_and_does_not_hang(home: Path, nursery: Nursery) -> None:
    run = make_run(home, "vanished", steps=1_000_000, checkpoint_every=2)
    pid = nursery.start(run.path)
    wait_for_step(run, 3)
    shutil.rmtree(run.path, ignore_errors=True)
    while run.path.exists():
        pulse()
        shutil.rmtree(run.path, ignore_errors=True)
    assert nursery.wait(pid) in (1, 2)


@pytest.mark.parametrize("place", ["weight", "moment"])
def test_no_checkpoint_ever_holds_what_is_no_number(place: str, home: Path) -> None:
    run = make_run(home, "poisoned", **SHORT)
    trainer = Trainer(run)

    def poison() -> None:
        stepper = trainer.bench.stepper
        if place == "weight":
            next(stepper.model.parameters()).data.fill_(float("nan"))
        else:
            tensors = stepper.optimizer.state_dict().tensors
            next(t for t in tensors.values() if t.numel() > 1).fill_(float("nan"))

    trainer.control = After(run, 4, poison)
    with pytest.raises(TrainingDivergedError):
        trainer.run()
    assert [c.step for c in run.checkpoints()] == [2]
    assert all(c.manifest.finite for c in run.checkpoints())
    assert run.state.state == "failed"
    assert not any(b"NaN" in path.read_bytes() for path in run.path.rglob("*.json*"))
