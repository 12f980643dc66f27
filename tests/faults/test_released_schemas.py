"""Runs of every released version of the format still open and train; newer ones are let alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import torch

from hope_core.errors import CheckpointError, ConfigError, HopeError, RunError
from hope_core.inference.loading import load_model
from hope_core.inference.sampling import SamplingSettings, generate
from hope_core.runs.checkpoints import check_manifest, newest_sound
from hope_core.runs.folder import RunFolder
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Iterator

RELEASED = sorted((Path(__file__).parent / "released").iterdir())
SAVED_STEP, LAST_STEP = 2, 7


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


@pytest.fixture(params=RELEASED, ids=[path.name for path in RELEASED])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A run as that version left it in the middle of its training."""
    return shutil.copytree(request.param, tmp_path / "run")


def test_run_of_a_released_version_goes_on_for_five_steps(old: Path) -> None:
    run = RunFolder.open(old)
    assert newest_sound(old).checkpoint is not None
    result = Trainer(run).run()
    assert (result.state, result.step) == ("finished", LAST_STEP)
    assert newest_sound(old).checkpoint is not None


def test_run_of_a_released_version_writes_text(old: Path) -> None:
    loaded = load_model(RunFolder.open(old))
    assert loaded.step == SAVED_STEP
    pieces = generate(loaded.model, loaded.tokenizer, "a", SamplingSettings(tokens=3))
    assert list(pieces)


def test_newer_settings_are_refused_and_let_alone(old: Path) -> None:
    file = old / "config.yaml"
    file.write_text(file.read_text().replace("version: 1", "version: 2"))
    is_refused(old, file, "newer version", RunError)


def test_newer_run_record_is_refused_and_let_alone(old: Path) -> None:
    file = old / "run.json"
    newer(file)
    is_refused(old, file, "newer version", RunError)


def test_newer_checkpoint_is_refused_and_let_alone(old: Path) -> None:
    (checkpoint,) = (old / "checkpoints").iterdir()
    file = checkpoint / "MANIFEST.json"
    newer(file)
    before = contents(old)
    with pytest.raises(CheckpointError, match="newer version"):
        check_manifest(checkpoint)
    with pytest.raises(HopeError, match="newer version"):
        Trainer(RunFolder.open(old)).run()
    with pytest.raises(CheckpointError, match="newer version"):
        load_model(RunFolder.open(old))
    assert {name: data for name, data in contents(old).items() if name in before}[
        str(file.relative_to(old))
    ] == before[str(file.relative_to(old))]


def newer(file: Path) -> None:
    stored = json.loads(file.read_text())
    stored["schema_version"] = 99
    file.write_text(json.dumps(stored))


def is_refused(run: Path, file: Path, words: str, kind: type[ConfigError | RunError]) -> None:
    before = contents(run)
    with pytest.raises(kind, match=words) as refused:
        RunFolder.open(run)
    assert str(file) in str(refused.value)
    assert contents(run) == before


def contents(run: Path) -> dict[str, bytes]:
    return {str(p.relative_to(run)): p.read_bytes() for p in run.rglob("*") if p.is_file()}
