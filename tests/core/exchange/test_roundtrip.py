"""What is given away comes back: the same weights, the same settings, the same next steps."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import torch
from safetensors.torch import load_file, save_file

from hope_core.errors import CheckpointError, ForeignFileError, RunError
from hope_core.exchange.export import export_bundle, export_preset, export_weights
from hope_core.exchange.import_bundle import import_bundle
from hope_core.exchange.import_weights import import_weights
from hope_core.inference.loading import load_model
from hope_core.runs.folder import RunFolder
from hope_core.runs.lifecycle import is_alive
from hope_core.runs.reader import EventReader
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Iterator

STOPPED_RUN = Path(__file__).parents[2] / "faults" / "released" / "v1"
"""A tiny run that was stopped after two of seven steps."""


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder.open(shutil.copytree(STOPPED_RUN, tmp_path / "mine"))


def newest_weights(run: RunFolder) -> bytes:
    return (run.checkpoints()[-1].path / "model.safetensors").read_bytes()


def test_imported_run_goes_on_exactly_as_the_one_it_was_made_from(
    run: RunFolder, tmp_path: Path
) -> None:
    export_bundle(run, tmp_path / "run.zip")
    copy = import_bundle(tmp_path / "run.zip", root=tmp_path / "elsewhere")
    assert copy.state.state == "stopped"
    assert not is_alive(copy)
    assert len(EventReader(copy).poll()) == len(EventReader(run).poll())
    for each in (run, copy):
        Trainer(each).run()
    assert copy.checkpoints()[-1].step == 7
    assert newest_weights(copy) == newest_weights(run)


def test_same_run_gives_the_same_bundle(run: RunFolder, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        export_bundle(run, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_exported_weights_are_usable_without_this_program(run: RunFolder, tmp_path: Path) -> None:
    export_weights(run, tmp_path / "w.safetensors")
    ours = load_file(run.checkpoints()[-1].path / "model.safetensors")
    theirs = load_file(tmp_path / "w.safetensors")
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)


def test_imported_weights_write_text_and_can_be_trained(run: RunFolder, tmp_path: Path) -> None:
    export_weights(run, tmp_path / "w.safetensors")
    made = import_weights(tmp_path / "w.safetensors", root=tmp_path / "elsewhere")
    ours, theirs = load_model(run).model, load_model(made).model
    assert made.config == run.config
    pairs = zip(ours.parameters(), theirs.parameters(), strict=True)
    assert all(torch.equal(mine, its) for mine, its in pairs)
    result = Trainer(made).run()
    assert (result.state, result.step) == ("finished", 7)


def test_weights_of_another_shape_are_refused_with_every_difference(
    run: RunFolder, tmp_path: Path
) -> None:
    weights = load_file(run.checkpoints()[-1].path / "model.safetensors")
    first, second, *_ = weights
    del weights[first]
    weights[second] = torch.zeros(3, 5)
    save_file({**weights, "extra": torch.zeros(1)}, tmp_path / "odd.pt")
    with pytest.raises(ForeignFileError) as refused:
        import_weights(tmp_path / "odd.pt", like=run.config, root=tmp_path / "elsewhere")
    told = str(refused.value)
    assert f"Missing (1): {first}" in told
    assert "Not expected (1): extra" in told
    assert f"{second} [3, 5] F32 ->" in told
    assert not (tmp_path / "elsewhere").exists()


def test_weights_that_are_no_numbers_are_refused(run: RunFolder, tmp_path: Path) -> None:
    weights = load_file(run.checkpoints()[-1].path / "model.safetensors")
    weights["norm.weight" if "norm.weight" in weights else next(iter(weights))].fill_(float("inf"))
    save_file(weights, tmp_path / "odd.safetensors")
    with pytest.raises(ForeignFileError, match="not a number"):
        import_weights(tmp_path / "odd.safetensors", like=run.config, root=tmp_path / "elsewhere")


def test_name_that_is_taken_is_refused_and_nothing_is_left(run: RunFolder, tmp_path: Path) -> None:
    export_bundle(run, tmp_path / "run.zip")
    root = tmp_path / "elsewhere"
    import_bundle(tmp_path / "run.zip", name="one", root=root)
    with pytest.raises(RunError, match="already"):
        import_bundle(tmp_path / "run.zip", name="one", root=root)
    assert [path.name for path in root.iterdir()] == ["one"]


def test_what_an_import_that_was_killed_left_is_cleared_away(
    run: RunFolder, tmp_path: Path
) -> None:
    export_bundle(run, tmp_path / "run.zip")
    root = tmp_path / "elsewhere"
    (root / ".tmp-999999999-0123abcd").mkdir(parents=True)
    import_bundle(tmp_path / "run.zip", name="one", root=root)
    assert [path.name for path in root.iterdir()] == ["one"]


def test_run_without_a_checkpoint_is_not_exported(run: RunFolder, tmp_path: Path) -> None:
    shutil.rmtree(run.path / "checkpoints")
    with pytest.raises(CheckpointError, match="no whole checkpoint"):
        export_bundle(run, tmp_path / "run.zip")
    assert not (tmp_path / "run.zip").exists()


def test_damaged_checkpoint_is_not_given_away(run: RunFolder, tmp_path: Path) -> None:
    weights = run.checkpoints()[-1].path / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    with pytest.raises(CheckpointError):
        export_weights(run, tmp_path / "w.safetensors")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_export_into_a_folder_that_is_not_there_says_so(run: RunFolder, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no folder"):
        export_preset(run.config, tmp_path / "absent" / "x.yaml")
