"""A run that begins with another one's weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from safetensors.torch import load_file
from tiny_runs import Scripted, told
from torch.testing import assert_close

from hope_core.errors import CheckpointError, RunError
from hope_core.runs import commands, events
from hope_core.runs.branching import branch
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from torch import Tensor

    from hope_core.config.run import RunConfig
    from hope_core.runs.folder import RunFolder

    MakeRun = Callable[..., RunFolder]
    MakeConfig = Callable[..., RunConfig]


def train(folder: RunFolder, *, stop_after: int | None = None) -> None:
    script: dict[int, list[commands.Command]] = (
        {stop_after: [commands.Stop()]} if stop_after else {}
    )
    Trainer(folder, Scripted(folder, script)).run()


def weights(folder: RunFolder) -> dict[str, Tensor]:
    return load_file(folder.checkpoints()[-1].path / "model.safetensors")


def test_branch_begins_with_the_other_runs_weights_and_counts_anew(
    make_run: MakeRun, make_config: MakeConfig, tmp_path: Path
) -> None:
    parent = make_run()
    train(parent)
    child = branch(parent, make_config(steps=1, learning_rate=1e-12), tmp_path / "child")
    train(child)
    assert_close(weights(child), weights(parent), atol=1e-6, rtol=0)
    assert child.info.parent == parent.info.id
    start = told(child, events.RunStarted)[0]
    assert (start.step, start.resumed) == (0, False)
    assert [event.step for event in told(child, events.StepFinished)] == [1]


def test_branch_may_have_another_optimizer_and_is_resumed_from_its_own_checkpoint(
    make_run: MakeRun, make_config: MakeConfig, tmp_path: Path
) -> None:
    parent = make_run(optimizer="muon")
    train(parent)
    child = branch(parent, make_config(optimizer="adamw"), tmp_path / "child")
    train(child, stop_after=3)
    train(child)
    assert [event.step for event in told(child, events.RunStarted)] == [0, 3]
    assert child.state.state == "finished"


def test_branch_off_a_run_without_a_checkpoint_leaves_nothing_behind(
    make_run: MakeRun, make_config: MakeConfig, tmp_path: Path
) -> None:
    with pytest.raises(CheckpointError, match="no checkpoint to branch from"):
        branch(make_run(), make_config(), tmp_path / "child")
    assert not (tmp_path / "child").exists()


def test_branch_to_another_kind_of_model_is_refused(
    make_run: MakeRun, make_config: MakeConfig, tmp_path: Path
) -> None:
    with pytest.raises(RunError, match="the same kind of model"):
        branch(make_run(), make_config(model="transformer"), tmp_path / "child")


def test_damaged_origin_is_refused_by_name(
    make_run: MakeRun, make_config: MakeConfig, tmp_path: Path
) -> None:
    parent = make_run()
    train(parent)
    child = branch(parent, make_config(), tmp_path / "child")
    next(child.path.glob("origin/*/model.safetensors")).write_bytes(b"damage")
    with pytest.raises(CheckpointError, match=r"model\.safetensors is damaged"):
        train(child)
