"""The list of runs shows every run, also the damaged ones, and deletes into the bin."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from hope_core.config.run import RunConfig
from hope_core.errors import RunError
from hope_core.runs import listing
from hope_core.runs.folder import RunFolder
from hope_core.runs.listing import bin_run, list_runs

if TYPE_CHECKING:
    from pathlib import Path


def test_runs_are_listed_the_newest_first(run: RunFolder) -> None:
    RunFolder.create(RunConfig(name="later"), name="second")
    run.write_state("finished", step=9, bits_per_byte=2.5)
    second, first = list_runs()
    assert (second.name, second.preset, second.state) == ("second", "later", "created")
    assert (first.name, first.state, first.step, first.bits_per_byte) == (
        "first",
        "finished",
        9,
        2.5,
    )


def test_live_run_is_told_from_an_interrupted_one(run: RunFolder) -> None:
    with run.lock():
        run.write_state("running")
        assert list_runs()[0].state == "running"
    assert list_runs()[0].state == "interrupted"


def test_damaged_run_is_listed_as_such(run: RunFolder) -> None:
    (run.path / "run.json").write_bytes(b"\x00")
    half = run.path.parent / "half-made"
    half.mkdir()
    (half / "config.yaml").touch()
    (run.path.parent / "holiday pictures").mkdir()
    (run.path.parent / "note.txt").touch()
    found = {summary.name: summary for summary in list_runs()}
    assert {name: summary.state for name, summary in found.items()} == {
        "first": "damaged",
        "half-made": "damaged",
    }
    assert "run.json" in found["first"].reason


def test_absent_folder_holds_no_runs(tmp_path: Path) -> None:
    assert list_runs(tmp_path / "nothing") == []


def test_folder_that_cannot_be_listed_is_told(tmp_path: Path) -> None:
    (tmp_path / "runs").touch()
    with pytest.raises(RunError, match="cannot be listed"):
        list_runs(tmp_path / "runs")


def test_deleted_run_goes_into_the_bin(
    run: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    the_bin = tmp_path / "bin"
    monkeypatch.setattr(listing, "send2trash", lambda path: shutil.move(path, the_bin))
    bin_run(run)
    assert not run.path.exists()
    assert (the_bin / "run.json").exists()


def test_live_run_is_never_deleted(run: RunFolder) -> None:
    with run.lock():
        run.write_state("running")
        with pytest.raises(RunError, match="being trained"):
            bin_run(run)
    assert run.path.exists()


def test_system_without_a_bin_deletes_nothing(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError(13, "no bin on this disk")

    monkeypatch.setattr(listing, "send2trash", refuse)
    with pytest.raises(RunError, match="Nothing was deleted"):
        bin_run(run)
    assert RunFolder.open(run.path)
