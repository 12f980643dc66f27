"""The queue on disk keeps its order, and says when it cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hope_core.config.grid import grid
from hope_core.config.presets import load_preset
from hope_core.errors import RunError
from hope_core.runs.listing import list_runs
from hope_core.runs.queue import FILE, RunQueue

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def queue(tmp_path: Path) -> RunQueue:
    made = RunQueue(tmp_path)
    made.add(grid(load_preset("small"), {"seed": [1, 2, 3]}))
    return made


def labels(queue: RunQueue) -> list[str]:
    return [entry.label for entry in queue.waiting()]


def test_a_folder_without_a_queue_has_an_empty_one(tmp_path: Path) -> None:
    assert RunQueue(tmp_path / "absent").waiting() == ()
    assert RunQueue(tmp_path / "absent").take() is None


def test_the_first_one_in_is_the_first_one_out_for_whoever_asks(
    queue: RunQueue, tmp_path: Path
) -> None:
    taken = RunQueue(tmp_path).take()
    assert taken is not None
    assert taken.config.seed == 1
    assert labels(queue) == ["seed=2", "seed=3"]


@pytest.mark.parametrize(
    ("place", "by", "order"),
    [
        (2, -1, ["seed=1", "seed=3", "seed=2"]),
        (0, 1, ["seed=2", "seed=1", "seed=3"]),
        (0, -1, ["seed=1", "seed=2", "seed=3"]),
        (2, 5, ["seed=1", "seed=2", "seed=3"]),
    ],
)
def test_entries_move_up_and_down(queue: RunQueue, place: int, by: int, order: list[str]) -> None:
    queue.move(queue.waiting()[place].id, by)
    assert labels(queue) == order


def test_what_is_removed_is_gone_and_what_is_not_there_is_nothing(queue: RunQueue) -> None:
    queue.remove([queue.waiting()[1].id, "unknown"])
    assert labels(queue) == ["seed=1", "seed=3"]


@pytest.mark.parametrize("content", [b"{", b"[1]", b'{"waiting": 3}', b"\xff"])
def test_a_damaged_queue_is_told_with_its_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(RunError, match=FILE.replace(".", r"\.")):
        RunQueue(tmp_path).waiting()


def test_the_queue_is_no_run(queue: RunQueue, tmp_path: Path) -> None:
    assert list_runs(tmp_path) == []
