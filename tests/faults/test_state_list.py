"""A checkpoint holds all that a trainer knows: found by looking at a live one, not at a list."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
import torch
from safetensors.torch import load_file
from team_runs import losses, make_run, told

from hope_core.runs.checkpoints import list_checkpoints, newest_sound
from hope_core.runs.events import Notice, RunStarted
from hope_core.training.control import Control
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hope_core.runs.folder import RunFolder

DERIVED = {
    "corpus": "read anew from the text, whose fingerprint is kept",
    "prober": "its text is the first held-out tokens",
}
"""Attributes of the workbench that need not be kept, and why."""


def tensors_of(value: Any, seen: set[int]) -> Iterator[torch.Tensor]:
    """Every tensor that can be reached from a value through attributes and containers."""
    if id(value) in seen or isinstance(value, str | bytes | int | float | type | None):
        return
    seen.add(id(value))
    if isinstance(value, torch.Tensor):
        yield value
        return
    inner: list[Any] = []
    if isinstance(value, dict):
        inner += value.values()
    elif isinstance(value, list | tuple | set | frozenset):
        inner += value
    elif type(value).__module__.split(".")[0] in {"hope_core", "torch"}:
        inner += vars(value).values() if hasattr(value, "__dict__") else []
    for item in inner:
        yield from tensors_of(item, seen)


class Steps(Control):
    """Stops after so many steps, with a checkpoint."""

    def __init__(self, folder: RunFolder, steps: int) -> None:
        super().__init__(folder)
        self._to_go = steps

    def step_finished(self) -> None:
        super().step_finished()
        self._to_go -= 1
        if self._to_go == 0:
            self.request_stop("enough")


def stopped(run: RunFolder, steps: int) -> Trainer:
    trainer = Trainer(run, Steps(run, steps))
    trainer.run()
    return trainer


def test_every_tensor_of_a_live_trainer_stands_in_its_checkpoint(home: Path) -> None:
    run = make_run(home, "run", probe_every=0, evaluate_every=0)
    trainer = stopped(run, 2)  # in the middle of the slow level's clock of 3
    parts = {
        field.name: getattr(trainer.bench, field.name)
        for field in dataclasses.fields(trainer.bench)
        if field.name not in DERIVED
    }
    path = run.checkpoints()[-1].path
    kept = {
        tensor.numpy().tobytes()
        for file in path.glob("*.safetensors")
        for tensor in load_file(file).values()
    }
    model = dict(trainer.bench.model.named_buffers(recurse=True))
    constants = {id(buffer) for buffer in model.values()}
    live = [t for t in tensors_of(parts, set()) if t.numel() and id(t) not in constants]
    assert len(live) > 2 * len(list(trainer.bench.model.parameters()))
    forgotten = [
        tuple(tensor.shape)
        for tensor in live
        if tensor.detach().cpu().numpy().tobytes() not in kept and not is_gradient(tensor, trainer)
    ]
    assert not forgotten


def is_gradient(tensor: torch.Tensor, trainer: Trainer) -> bool:
    """Gradients are made anew by every step."""
    return any(tensor is parameter.grad for parameter in trainer.bench.model.parameters())


def test_every_counter_of_a_live_trainer_comes_back(home: Path) -> None:
    run = make_run(home, "run", evaluate_every=2)
    before = stopped(run, 3)
    after = Trainer(run, Steps(run, 1))
    after.run()
    assert after._tell.segment == before._tell.segment + 1
    assert told(run, RunStarted)[-1].exact
    assert after._progress.best_step == before._progress.best_step
    assert after.bench.stepper.optimizer.steps == before.bench.stepper.optimizer.steps + 1
    assert after._progress.tokens == before._progress.tokens * 4 // 3


def test_the_fifth_resume_is_as_good_as_the_first(
    home: Path, count: Callable[[int, int], int]
) -> None:
    straight = make_run(home, "straight", steps=12)
    Trainer(straight).run()
    for number in range(count(1, 20)):
        broken = make_run(home, f"broken-{number}", steps=12)
        for _ in range(5):
            stopped(broken, 2)
        Trainer(broken).run()
        assert losses(broken) == losses(straight)


@pytest.mark.parametrize("damage", ["cut", "flipped", "removed"])
def test_resume_takes_the_checkpoint_before_a_damaged_one_and_says_so(
    damage: str, home: Path
) -> None:
    run = make_run(home, "run", steps=6, checkpoint_every=2, probe_every=0)
    stopped(run, 5)
    names = sorted(path.name for path in run.checkpoints()[-1].path.iterdir())
    assert len(names) == 6
    for name in names:
        file = run.checkpoints()[-1].path / name
        whole = file.read_bytes()
        spoil(file, damage)
        sound = newest_sound(run.path)
        assert sound.checkpoint is not None
        assert sound.checkpoint.step == 4
        assert file.parent.name in sound.passed_over[0]
        file.write_bytes(whole)
    spoil(run.checkpoints()[-1].path / "model.safetensors", damage)
    Trainer(run).run()
    assert told(run, RunStarted)[-1].step == 4
    assert "step-000000005" in told(run, Notice)[0].message
    assert "goes on from step 4" in told(run, Notice)[0].hint
    assert max(c.step for c in list_checkpoints(run.path)) == 6


def spoil(file: Path, damage: str) -> None:
    data = bytearray(file.read_bytes())
    if damage == "removed":
        file.unlink()
        return
    if damage == "cut":
        del data[-1]
    else:
        data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))
