"""Which looks into the memory stay on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

from hope_core.analysis.deep_looks import DeepLooks
from hope_core.errors import RunError
from hope_core.training.probes import KEPT, NEWEST, thin_out
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hope_core.runs.folder import RunFolder

    MakeRun = Callable[..., RunFolder]


def test_thinning_keeps_the_whole_run_in_sight(tmp_path: Path) -> None:
    for step in range(10, 5010, 10):
        (tmp_path / f"recall-{step:09d}.safetensors").touch()
        thin_out(tmp_path, "recall")
    steps = sorted(int(path.stem[7:]) for path in tmp_path.iterdir())
    assert len(steps) == KEPT["recall"]
    assert steps[0] == 10
    assert steps[-NEWEST:] == list(range(5010 - 10 * NEWEST, 5010, 10))
    gaps = np.diff(steps[:-NEWEST])
    assert gaps.max() <= 4 * np.median(gaps)


def test_other_kinds_are_left_alone(tmp_path: Path) -> None:
    for step in range(300):
        (tmp_path / f"deep-{step:09d}.safetensors").touch()
    thin_out(tmp_path, "step")
    assert len(list(tmp_path.iterdir())) == 300


def write_deep(run: Path, step: int, value: float) -> None:
    (run / "probes").mkdir(exist_ok=True)
    arrays = {
        "matrices": np.full((1, 2, 3, 3), value, np.float16),
        "effective_rank": np.full((1, 2), value, np.float32),
    }
    save_file(arrays, run / "probes" / f"deep-{step:09d}.safetensors")


def test_deeper_look_is_the_newest_at_or_before_a_step(tmp_path: Path) -> None:
    for step in (10, 60, 110):
        write_deep(tmp_path, step, step)
    looks = DeepLooks(tmp_path)
    found = looks.at(100)
    assert found is not None
    assert found.step == 60
    assert found.matrices is not None
    assert found.before is not None
    assert (found.matrices[0, 0, 0, 0], found.before[0, 0, 0, 0]) == (60, 10)
    steps, ranks = found.trails["effective_rank"]
    assert steps.tolist() == [10, 60, 110]
    assert ranks[:, 0, 0].tolist() == [10, 60, 110]
    assert looks.at(5) is None


def test_damaged_deeper_look_is_told(tmp_path: Path) -> None:
    (tmp_path / "probes").mkdir()
    (tmp_path / "probes" / "deep-000000010.safetensors").write_bytes(b"no")
    with pytest.raises(RunError, match="deeper look"):
        DeepLooks(tmp_path).at(10)


def test_levels_and_curves_of_recall_are_read(tmp_path: Path) -> None:
    write_deep(tmp_path, 10, 1.0)
    curves = {
        "distances": torch.tensor([0, 1]).numpy(),
        "share": np.ones((1, 2)),
        "cosine": np.ones((1, 2)),
    }
    path = tmp_path / "probes" / "recall-000000010.safetensors"
    save_file(curves, path, {"levels": '["memory"]'})
    found = DeepLooks(tmp_path).at(30)
    assert found is not None
    assert found.recall is not None
    assert found.recall.levels == ("memory",)
    assert found.recall.share.shape == (1, 2)


def write_finest(run: Path, step: int, value: float) -> None:
    arrays = {"matrices": np.full((1, 2, 9, 9), value, np.float16)}
    save_file(arrays, run / "probes" / f"finest-{step:09d}.safetensors")


def test_finest_pictures_belong_to_the_looks_of_their_steps(tmp_path: Path) -> None:
    for step in (10, 60, 110):
        write_deep(tmp_path, step, step)
    for step in (60, 110):
        write_finest(tmp_path, step, step)
    looks = DeepLooks(tmp_path)
    newest, middle, first = (looks.at(step) for step in (110, 60, 10))
    assert newest is not None
    assert middle is not None
    assert first is not None
    assert newest.finest is not None
    assert newest.finest_before is not None
    assert (newest.finest[0, 0, 0, 0], newest.finest_before[0, 0, 0, 0]) == (110, 60)
    assert middle.finest is not None
    assert middle.finest_before is None
    assert first.finest is None


def test_damaged_finest_picture_is_told(tmp_path: Path) -> None:
    write_deep(tmp_path, 10, 10)
    (tmp_path / "probes" / "finest-000000010.safetensors").write_bytes(b"torn")
    with pytest.raises(RunError, match="finest-000000010"):
        DeepLooks(tmp_path).at(10)


def test_run_keeps_the_finest_pictures_of_its_two_newest_deep_looks(make_run: MakeRun) -> None:
    folder = make_run(steps=16, probe_every=1)
    Trainer(folder).run()
    kept = sorted(path.name for path in folder.path.glob("probes/finest-*"))
    assert kept == ["finest-000000011.safetensors", "finest-000000016.safetensors"]
    look = DeepLooks(folder.path).at(16)
    assert look is not None
    assert look.finest is not None
    assert look.sides == look.finest.shape[2:]
