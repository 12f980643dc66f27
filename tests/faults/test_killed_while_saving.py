"""A trainer that is killed at any moment loses the steps since its last checkpoint, and no more."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from endless_runs import pulse
from team_runs import losses, make_run, starts

from hope_core.runs.checkpoints import check_manifest
from hope_core.runs.commands import Stop
from hope_core.runs.event_log import last_segment
from hope_core.runs.lifecycle import record_death
from hope_core.runs.state import effective_state
from hope_core.training.control import Control
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nursery import Nursery

    from hope_core.runs.folder import RunFolder

LONGEST_LIFE_SECONDS = 0.4
"""After its first step a trainer is killed at a random moment of this long: several saves."""
OFTEN = {
    "steps": 1_000_000,
    "checkpoint_every": 1,
    "batch_size": 2,
    "accumulation": 1,
    "evaluate_every": 0,
    "probe_every": 0,
}


def kill_soon(nursery: Nursery, run: RunFolder, chance: random.Random) -> None:
    """Start a trainer, let it do a step, and kill it in the middle of whatever it does then."""
    lives = last_segment(run.path / "events")
    pid = nursery.start(run.path)
    while last_segment(run.path / "events") == lives or not steps_of_segment(run):
        pulse()
    time.sleep(chance.uniform(0.0, LONGEST_LIFE_SECONDS))
    assert nursery.kill(pid) == -9


def steps_of_segment(run: RunFolder) -> bool:
    newest = run.path / "events" / f"{last_segment(run.path / 'events'):06d}.jsonl"
    return b'"step_finished"' in newest.read_bytes()


def bytes_of(run: RunFolder, step: int) -> dict[str, bytes]:
    path = run.path / "checkpoints" / f"step-{step:09d}"
    return {file.name: file.read_bytes() for file in path.glob("*.safetensors")}


def test_runs_killed_while_saving_go_on_bit_for_bit(
    home: Path,
    nursery: Nursery,
    count: Callable[[int, int], int],
    measured: Callable[[str], None],
) -> None:
    chance, kills = random.Random(7), count(40, 200)
    run = make_run(home, "killed", **OFTEN)
    litter = 0
    for _ in range(kills):
        kill_soon(nursery, run, chance)
        assert effective_state(run) == "interrupted"
        whole = sorted((run.path / "checkpoints").glob("step-*"))
        assert all(check_manifest(path, full=True).finite for path in whole)
        litter += bool(list((run.path / "checkpoints").glob(".tmp-*")))
    pid = nursery.start(run.path)
    while len(starts(run)) <= kills or not steps_of_segment(run):
        pulse()
    run.append_command(Stop(keep=True))
    assert nursery.wait(pid) == 0
    assert not list(run.path.rglob(".tmp-*"))
    last = run.state.step
    straight = make_run(home, "straight", **OFTEN)
    Trainer(straight, StopAt(straight, last)).run()
    assert losses(run) == losses(straight)
    assert bytes_of(run, last) == bytes_of(straight, last)
    assert all(start.exact for start in starts(run))
    measured(
        f"{kills} kills over {last} steps, {litter} in the middle of a save; "
        f"{kills}/{kills} resumed bit for bit, 0 runs lost, 0 unreadable checkpoints, 0 orphans"
    )


class StopAt(Control):
    """A control whose person stops the run after a step, with a checkpoint."""

    def __init__(self, folder: RunFolder, step: int) -> None:
        super().__init__(folder)
        self._steps_to_go = step

    def step_finished(self) -> None:
        super().step_finished()
        self._steps_to_go -= 1
        if self._steps_to_go == 0:
            self.request_stop("enough")


def test_death_of_a_killed_trainer_is_told_with_the_step_to_go_on_from(
    home: Path, nursery: Nursery
) -> None:
    run = make_run(home, "told", **OFTEN)
    kill_soon(nursery, run, random.Random(1))
    while not run.checkpoints():
        kill_soon(nursery, run, random.Random(2))
    word = record_death(run, -9)
    assert word is not None
    assert "killed" in word.message
    assert f"from step {run.checkpoints()[-1].step}" in word.hint
