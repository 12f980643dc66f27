"""A disk that fills up while a real trainer writes: the run pauses, and goes on when there is room.

The system itself refuses: the trainer's limit of file size is lowered from outside (EFBIG).
"""

from __future__ import annotations

import os
import random
import resource
from typing import TYPE_CHECKING

import psutil
import pytest
from endless_runs import pulse
from safetensors import SafetensorError
from team_runs import losses, make_run, told, wait_for_step

from hope_core.runs import storage
from hope_core.runs.checkpoints import newest_sound
from hope_core.runs.commands import Stop
from hope_core.runs.disk_full import DiskFullError
from hope_core.runs.events import Notice, StateChanged
from hope_core.training import checkpoint, keeper
from hope_core.training.control import Control
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nursery import Nursery

    from hope_core.runs.folder import RunFolder

OFTEN = {
    "steps": 1_000_000,
    "checkpoint_every": 4,
    "batch_size": 2,
    "accumulation": 1,
    "evaluate_every": 0,
    "probe_every": 0,
}
SHORT = {"steps": 4, "checkpoint_every": 2, "probe_every": 0, "evaluate_every": 0}
RENAMES = 8
"""Files and folders that take their names while such a run trains, at the least."""
LIMITS = {"events and state": 1, "checkpoint": 12_000}
"""Bytes a file may have, and so what does not fit any more."""


def stands_still(run: RunFolder) -> bool:
    """Whether two looks a while apart see the same bytes."""
    events = run.path / "events"
    size = sum(path.stat().st_size for path in events.iterdir())
    for _ in range(40):
        pulse()
    return size == sum(path.stat().st_size for path in events.iterdir())


def until(is_so: Callable[[], bool], patience: int = 6000) -> None:
    for _ in range(patience):
        if is_so():
            return
        pulse()
    raise AssertionError("it never came to that")


@pytest.mark.parametrize("place", list(LIMITS))
def test_run_outlives_a_disk_that_is_full_for_a_while(
    place: str,
    home: Path,
    nursery: Nursery,
    count: Callable[[int, int], int],
    measured: Callable[[str], None],
) -> None:
    chance = random.Random(3)
    for number in range(count(1, 10)):
        run = make_run(home, f"full-{number}", **OFTEN)
        pid = nursery.start(run.path)
        trainer = psutil.Process(pid)
        wait_for_step(run, 5 + chance.randrange(6))
        infinite = resource.RLIM_INFINITY
        trainer.rlimit(psutil.RLIMIT_FSIZE, (LIMITS[place], infinite))
        until(lambda run=run: stands_still(run))
        held = newest_sound(run.path)
        assert held.checkpoint is not None
        assert not held.passed_over
        assert trainer.is_running()
        step = max(losses(run))
        trainer.rlimit(psutil.RLIMIT_FSIZE, (infinite, infinite))
        wait_for_step(run, step + 6)
        run.append_command(Stop(keep=True))
        assert nursery.wait(pid) == 0
        assert run.state.state == "stopped"
        assert sorted(losses(run)) == list(range(1, run.state.step + 1))
        assert newest_sound(run.path).checkpoint.step == run.state.step  # type: ignore[union-attr]
        words = " ".join(event.message for event in told(run, Notice))
        assert "MB are needed" in words
        states = [event.state for event in told(run, StateChanged)]
        assert states.count("paused") >= 1
    measured(f"{place}: {number + 1}/{number + 1} paused, nothing lost, went on by themselves")


ERRORS = [
    OSError(28, "No space left on device"),
    RuntimeError("[enforce fail at inline_container.cc:820] . unexpected pos 64 vs 0"),
    SafetensorError("Error while serializing: I/O error: No space left on device (os error 28)"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("place", ["save_file", "write_json"])
def test_full_disk_is_survived_however_a_library_says_it(
    error: Exception, place: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run(home, "shim", **SHORT)
    real, faults = getattr(checkpoint, place), [error]

    def fail_once(*words: object) -> None:
        if faults:
            raise faults.pop()
        real(*words)

    monkeypatch.setattr(checkpoint, place, fail_once)
    monkeypatch.setattr(keeper, "Room", RoomAtOnce)
    Trainer(run, Control(run)).run()
    assert run.state.state == "finished"
    assert [c.step for c in run.checkpoints()][-1] == 4
    assert "MB are needed" in told(run, Notice)[0].message
    assert not list(run.path.rglob(".tmp-*"))


class RoomAtOnce:
    """Somebody frees the disk as soon as the run stands still."""

    def __init__(self, folder: Path, error: DiskFullError) -> None:
        assert error.megabytes_needed >= 1

    def is_there(self) -> bool:
        return True


class FullAt:
    """A call of the system that finds no room, the so manieth time it is made, and only then."""

    def __init__(self, real: Callable[..., None], number: int) -> None:
        self.left, self._real = number, real

    def __call__(self, *words: object) -> None:
        self.left -= 1
        if self.left == 0:
            raise OSError(28, "No space left on device")
        self._real(*words)


def test_run_outlives_a_disk_on_which_a_file_cannot_take_its_name(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    count: Callable[[int, int], int],
    measured: Callable[[str], None],
) -> None:
    chance, times = random.Random(7), count(2, 10)
    monkeypatch.setattr(keeper, "Room", RoomAtOnce)
    for number in range(times):
        run = make_run(home, f"named-{number}", **SHORT)
        rename = FullAt(storage.rename, chance.randrange(1, RENAMES))
        with monkeypatch.context() as patched:
            patched.setattr(storage, "rename", rename)
            Trainer(run, Control(run)).run()
        assert rename.left <= 0
        assert run.state.state == "finished"
        assert sorted(losses(run)) == [1, 2, 3, 4]
        held = newest_sound(run.path)
        assert held.checkpoint is not None
        assert held.checkpoint.step == 4
        assert not held.passed_over
        assert not list(run.path.rglob(".tmp-*"))
    measured(f"renames: {times}/{times} went on, nothing lost")


def test_no_half_run_is_left_where_its_settings_find_no_room(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    count: Callable[[int, int], int],
    measured: Callable[[str], None],
) -> None:
    chance, times = random.Random(8), count(4, 10)
    for number in range(times):
        owner, name, calls = chance.choice([(os, "fsync", 7), (storage, "rename", 4)])
        with monkeypatch.context() as patched:
            patched.setattr(owner, name, FullAt(getattr(owner, name), chance.randrange(1, calls)))
            with pytest.raises(DiskFullError, match="MB are needed"):
                make_run(home, f"settings-{number}")
        assert not (home / "runs" / f"settings-{number}").exists()
        assert make_run(home, f"settings-{number}").state.state == "created"
    measured(f"settings: {times}/{times} refused with the megabytes, nothing left behind")
