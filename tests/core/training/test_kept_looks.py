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

if TYPE_CHECKING:
    from pathlib import Path


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
