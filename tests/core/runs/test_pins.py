from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hope_core.errors import RunError
from hope_core.runs import retention
from hope_core.runs.checkpoints import list_checkpoints, new_checkpoint
from hope_core.runs.pins import FILE, pin, read_pins
from hope_core.runs.retention import bin_checkpoints, prune

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def run(tmp_path: Path) -> Path:
    for step in (10, 20, 30):
        with new_checkpoint(tmp_path, step=step, config_sha256="") as commit:
            (commit.path / "weights.bin").write_bytes(bytes(step))
    return tmp_path


def steps_of(run: Path) -> list[int]:
    return [checkpoint.step for checkpoint in list_checkpoints(run)]


def test_a_run_has_no_pins_at_first(run: Path) -> None:
    assert read_pins(run) == frozenset()


def test_a_pinned_checkpoint_outlives_every_save(run: Path) -> None:
    pin(run, 10, pinned=True)
    prune(run, keep=1)
    assert steps_of(run) == [10, 30]


def test_a_checkpoint_let_go_of_may_be_removed(run: Path) -> None:
    pin(run, 10, pinned=True)
    pin(run, 10, pinned=False)
    prune(run, keep=1)
    assert steps_of(run) == [30]


def test_nothing_is_removed_while_the_pins_cannot_be_read(run: Path) -> None:
    (run / FILE).write_text("{", "utf-8")
    assert prune(run, keep=1) == []
    assert steps_of(run) == [10, 20, 30]


def test_the_bin_takes_what_was_chosen(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    binned: list[Path] = []
    monkeypatch.setattr(retention, "send2trash", binned.append)
    bin_checkpoints(run, [10, 20])
    assert [path.name for path in binned] == ["step-000000010", "step-000000020"]


@pytest.mark.parametrize(("step", "words"), [(10, "pinned"), (30, "newest")])
def test_the_bin_is_refused_what_is_needed(
    run: Path, monkeypatch: pytest.MonkeyPatch, step: int, words: str
) -> None:
    binned: list[Path] = []
    monkeypatch.setattr(retention, "send2trash", binned.append)
    pin(run, 10, pinned=True)
    with pytest.raises(RunError, match=words):
        bin_checkpoints(run, [20, step])
    assert binned == []
