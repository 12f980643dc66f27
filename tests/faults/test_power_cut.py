"""Power cuts at any moment of a run: what was told as saved is there, and nothing wrong loads."""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from power_cut import Recorder, after, lay_out
from team_runs import losses, make_run

from hope_core.errors import RunError
from hope_core.runs import storage
from hope_core.runs.checkpoints import check_manifest, newest_sound
from hope_core.runs.folder import RunFolder
from hope_core.runs.lifecycle import clean_orphans
from hope_core.runs.storage import FolderCommit, recover_folder
from hope_core.training import keeper
from hope_core.training.checkpoint import find_checkpoint, save_checkpoint
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from power_cut import Operation

    from hope_core.config.run import RunConfig

NAME = "cut"
STEP_7 = "step-000000007"
STEPS = 10
RESUMED_EACH = 25
"""Of so many variants one is trained to its end."""


@dataclass
class Told:
    """A run that was recorded while it was trained."""

    operations: list[Operation]
    files: dict[int, dict[str, bytes]]
    """What each checkpoint held, by step."""
    losses: dict[int, float]
    config: RunConfig
    begun: int
    """Operations until the run was made."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    with pytest.MonkeyPatch.context() as patch:
        return record(tmp_path_factory.mktemp("recorded"), patch)


def record(home: Path, patch: pytest.MonkeyPatch) -> Told:
    """Train a run, and write down what reaches the disk meanwhile.

    A mark is the step of the newest checkpoint that was told as saved; 0: the run was made.
    """
    root = home / "runs"
    root.mkdir()
    files: dict[int, dict[str, bytes]] = {}
    recorder = Recorder(root, patch)
    run = make_run(home, NAME, steps=STEPS, checkpoint_every=2, keep_checkpoints=2)
    recorder.mark(0)
    begun = len(recorder.operations)

    def watched_save(*words: object, **options: object) -> tuple[Path, int]:
        path, size = save_checkpoint(*words, **options)  # type: ignore[arg-type]
        step = int(path.name.removeprefix("step-"))
        files[step] = {file.name: file.read_bytes() for file in path.iterdir()}
        recorder.mark(step)
        return path, size

    patch.setattr(keeper, "save_checkpoint", watched_save)
    Trainer(run).run()
    recorder.look()
    return Told(recorder.operations, files, losses(run), run.config, begun)


def newest_of(run: RunFolder, told: Told) -> int:
    """The step that a trainer would go on from; its checkpoint is the very one that was saved."""
    clean_orphans(run)
    checkpoint = newest_sound(run.path).checkpoint
    restored = find_checkpoint(run)
    if checkpoint is None:
        assert restored is None
        return 0
    assert {f.name: f.read_bytes() for f in checkpoint.path.iterdir()} == told.files[
        checkpoint.step
    ]
    assert restored is not None
    assert restored.record.progress.step == checkpoint.step
    return checkpoint.step


def test_power_cut_at_any_moment_leaves_what_was_promised(
    told: Told, home: Path, count: Callable[[int, int], int], measured: Callable[[str], None]
) -> None:
    chance = random.Random(3)
    variants, newer, resumed = count(50, 1000), 0, 0
    for number in range(variants):
        disk = after(told.operations, chance.randint(told.begun, len(told.operations)))
        lay_out(disk.cut(chance), home / "variant")
        run = RunFolder.open(home / "variant" / NAME)
        step = newest_of(run, told)
        assert step >= disk.promise
        known = losses(run)
        assert all(known[n] == told.losses[n] for n in range(1, disk.promise + 1))
        newer += step > disk.promise
        if number % RESUMED_EACH == 0 and run.state.state != "finished":
            Trainer(run).run()
            assert losses(run) == told.losses
            resumed += 1
        shutil.rmtree(home / "variant")
    measured(
        f"{variants:,}/{variants:,} disks after {len(told.operations)} operations held what was "
        f"promised, {newer} of them the checkpoint that was just being saved; {resumed} of them "
        "trained to the end, every loss equal"
    )


def test_run_that_was_being_made_is_there_or_is_none(
    told: Told, home: Path, count: Callable[[int, int], int]
) -> None:
    chance = random.Random(4)
    for number in range(count(50, 200)):
        disk = after(told.operations, number % told.begun)
        lay_out(disk.cut(chance), home / "variant")
        run = opened(home / "variant" / NAME)
        assert run is None or run.config == told.config
        shutil.rmtree(home / "variant")


def test_checkpoint_that_was_being_replaced_is_the_old_or_the_new_one(
    home: Path, monkeypatch: pytest.MonkeyPatch, count: Callable[[int, int], int]
) -> None:
    words = ("first", "second")
    (home / "runs").mkdir()
    with monkeypatch.context() as patch:
        recorder = Recorder(home / "runs", patch)
        for promise, word in enumerate(words):
            with FolderCommit(home / "runs" / STEP_7, {"step": 7, "config_sha256": word}) as commit:
                (commit.path / "model.bin").write_text(word)
            recorder.mark(promise)
    chance = random.Random(6)
    for _ in range(count(50, 500)):
        disk = after(recorder.operations, chance.randint(0, len(recorder.operations)))
        lay_out(disk.cut(chance), home / "variant")
        recover_folder(home / "variant")
        left = home / "variant" / STEP_7
        assert left.exists() or disk.promise < 0
        if left.exists():
            word = check_manifest(left, full=True).config_sha256
            assert word in words[max(disk.promise, 0) :]
            assert (left / "model.bin").read_text() == word
        shutil.rmtree(home / "variant")


@pytest.mark.parametrize("forgotten", ["sync_file", "sync_folder"])
def test_replay_notices_a_save_that_does_not_wait_for_the_disk(
    forgotten: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(storage, forgotten, os.fspath)
        told = record(home, patch)
    chance = random.Random(5)
    lost = 0
    for number in range(100):
        disk = after(told.operations, chance.randint(told.begun, len(told.operations)))
        lay_out(disk.cut(chance), home / f"variant-{number}")
        run = opened(home / f"variant-{number}" / NAME)
        checkpoint = newest_sound(run.path).checkpoint if run is not None else None
        lost += (checkpoint.step if checkpoint else 0) < disk.promise
    assert lost > 0


def opened(path: Path) -> RunFolder | None:
    """The run in a folder; None when there is none, which is told in words."""
    try:
        return RunFolder.open(path)
    except RunError:
        return None
