"""Two processes train as one: the same steps, resumed exactly, and none is left when one dies."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil
import pytest
from team_runs import (
    PATIENCE_SECONDS,
    furthest,
    losses,
    make_run,
    members,
    notices,
    saved,
    starts,
    train,
    wait_for_step,
    worker,
)

from hope_core.runs.commands import Stop
from hope_core.runs.folder import RunFolder
from hope_core.runs.lifecycle import record_death
from hope_core.runs.state import effective_state
from hope_core.training.control import Control
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIRST_STEPS = 2e-6
"""Largest difference of the first losses: two processes add the same numbers in another order."""
ALL_STEPS = 1e-3
"""Of any loss or weight after some steps: Muon rounds its directions to bf16."""
FAILED_WITHIN_SECONDS = 30.0
HERE_ONLY = {"127.0.0.1", "::1", "::ffff:127.0.0.1"}


@dataclass(frozen=True)
class Story:
    """One run in four lives."""

    alone: RunFolder
    """One process."""
    together: RunFolder
    """Two, without a break."""
    broken: RunFolder
    """Two, stopped in the middle and resumed."""
    moved: RunFolder
    """Two, stopped in the middle and resumed by one."""
    doors: set[str]
    """Addresses at which the two listened."""


@pytest.fixture(scope="module", params=["ddp", "fsdp2"])
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Story:
    home = tmp_path_factory.mktemp(request.param)
    alone, together = make_run(home, "alone"), make_run(home, "together", request.param)
    broken = make_run(home, "broken", request.param)
    train_here(alone)
    assert (trained := train(together)).returncode == 0, trained.stderr
    with subprocess.Popen(worker(broken)) as crew:
        wait_for_step(broken, 1)
        broken.append_command(Stop(keep=True))
        doors = {connection.laddr.ip for connection in listeners(broken)}
        assert crew.wait(PATIENCE_SECONDS) == 0
    shutil.copytree(broken.path, home / "runs" / "moved")
    moved = RunFolder.open(home / "runs" / "moved")
    assert train(broken).returncode == 0
    train_here(moved)
    return Story(alone, together, broken, moved, doors)


def train_here(run: RunFolder) -> None:
    Trainer(run, Control(run)).run()


def listeners(run: RunFolder) -> list[psutil._common.pconn]:
    found = [c for process in members(run) for c in process.net_connections("inet")]
    return [connection for connection in found if connection.status == psutil.CONN_LISTEN]


def test_two_processes_train_as_one(story: Story) -> None:
    alone, together = losses(story.alone), losses(story.together)
    assert [together[n] for n in (1, 2)] == pytest.approx([alone[n] for n in (1, 2)], FIRST_STEPS)
    assert together == pytest.approx(alone, abs=ALL_STEPS)
    assert furthest(saved(story.together), saved(story.alone)) < ALL_STEPS
    assert starts(story.together)[0].processes == 2


def test_two_processes_go_on_bit_for_bit(story: Story) -> None:
    assert starts(story.broken)[-1].resumed
    assert starts(story.broken)[-1].exact
    assert losses(story.broken) == losses(story.together)
    assert furthest(saved(story.broken), saved(story.together)) == 0.0


def test_another_number_of_processes_goes_on_and_says_so(story: Story) -> None:
    assert starts(story.moved)[-1].processes == 1
    assert not starts(story.moved)[-1].exact
    words = "Continued, not exact: 1 process(es) train it now, and 2 did before."
    assert words in notices(story.moved)
    assert furthest(saved(story.moved), saved(story.alone)) < ALL_STEPS


def test_nothing_listens_beyond_this_machine(story: Story) -> None:
    assert story.doors
    assert story.doors <= HERE_ONLY


CASES = [(1, signal.SIGKILL), (0, signal.SIGSTOP), (0, signal.SIGKILL), (1, signal.SIGSTOP)]


def test_a_dead_or_stopped_process_ends_the_run_in_words_and_leaves_none(
    home: Path, count: Callable[[int, int], int], measured: Callable[[str], None]
) -> None:
    straight = make_run(home, "straight", "ddp", steps=30)
    train(straight)
    slowest = 0.0
    for number in range(count(1, 16)):
        rank, how = CASES[number % len(CASES)]
        run = make_run(home, f"killed-{number}", "ddp", steps=30)
        with subprocess.Popen(worker(run)) as crew:
            wait_for_step(run, 5 + number % 20)
            victim = list(members(run))[1 + rank]
            began = time.monotonic()
            victim.send_signal(how)
            assert crew.wait(FAILED_WITHIN_SECONDS) == 1
        slowest = max(slowest, time.monotonic() - began)
        assert not list(members(run))
        assert run.state.state == "failed"
        assert f"Process {rank + 1} of 2 is gone" in run.state.reason
        assert train(run).returncode == 0
        assert losses(run) == losses(straight)
        assert furthest(saved(run), saved(straight)) == 0.0
    measured(f"{number + 1} ended, 0 orphans, resumed exactly; failed after {slowest:.1f} s")


def test_no_process_outlives_its_crew(
    home: Path, count: Callable[[int, int], int], measured: Callable[[str], None]
) -> None:
    for number in range(count(1, 4)):
        run = make_run(home, f"orphaned-{number}", "ddp", steps=10_000_000)
        with subprocess.Popen(worker(run)) as crew:
            wait_for_step(run, 2 + number)
            ports = {connection.laddr.port for connection in listeners(run)}
            left = list(members(run))
            crew.kill()
            _, alive = psutil.wait_procs(left, timeout=5.0)
        assert not alive
        assert effective_state(run) == "interrupted"
        assert record_death(run) is not None
        held = {c.laddr.port for c in psutil.net_connections("tcp") if c.status == "LISTEN"}
        assert not ports & held
    measured(f"{number + 1} crews killed, 0 orphans, every port free")
