"""A run folder is made once, opens again as it was, and says what is wrong with it."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from hope_core.config.run import RunConfig
from hope_core.errors import RunError
from hope_core.runs import finding, folder
from hope_core.runs.folder import RunFolder
from hope_core.runs.names import check_name, made_name, runs_root
from hope_core.runs.state import effective_state

if TYPE_CHECKING:
    from pathlib import Path


def test_run_opens_as_it_was_made(run: RunFolder) -> None:
    opened = RunFolder.open(run.path)
    assert opened.config == run.config
    assert opened.config_sha == run.config_sha
    assert opened.info == run.info
    assert opened.state.state == "created"


def test_run_tells_what_it_was_made_on(run: RunFolder) -> None:
    assert run.info.preset == "run"
    assert run.info.model == "hope"
    assert run.info.versions["torch"]
    assert run.info.hardware["processors"] == os.cpu_count()
    assert len(run.info.id) == 32


def test_run_opens_by_name_and_by_path(run: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert RunFolder.open("first").path == run.path
    assert RunFolder.open(str(run.path)).path == run.path
    monkeypatch.chdir(run.path)
    assert RunFolder.open(".").path == run.path


def test_run_in_the_working_folder_opens_by_its_bare_name(
    tmp_path: Path, run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    here = RunFolder.create(RunConfig(), tmp_path / "here")
    assert RunFolder.open("here").path == here.path


def test_unknown_name_gets_a_suggestion(run: RunFolder) -> None:
    with pytest.raises(RunError, match="Did you mean 'first'"):
        RunFolder.open("frist")


@pytest.mark.parametrize("name", ["", " ", "a\0b", "../first", "http://host/run", "x" * 5000])
def test_what_is_no_run_is_refused_in_words(run: RunFolder, name: str) -> None:
    with pytest.raises(RunError):
        RunFolder.open(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        ".",
        "..",
        ".hidden",
        "../up",
        "a/b",
        "a\\b",
        "/absolute",
        "C:drive",
        "nul",
        "COM1.txt",
        "a\0b",
        "line\nbreak",
        "-flag",
        "~home",
        "end.",
        "end ",
        "x" * 101,
        "\u6f22" * 80,
        "a\u202eb",
    ],
)
def test_hostile_name_is_refused_and_nothing_is_made(tmp_path: Path, name: str) -> None:
    with pytest.raises(RunError, match="cannot be the name of a run"):
        RunFolder.create(RunConfig(), root=tmp_path / "runs", name=name)
    assert not list(tmp_path.rglob("*.*"))


@pytest.mark.parametrize("name", ["my-run", "Ünï 漢字 🎉", "a'b c$d", "v1.2"])
def test_honest_name_is_taken_as_it_is(tmp_path: Path, name: str) -> None:
    made = RunFolder.create(RunConfig(), root=tmp_path, name=name)
    assert made.path == tmp_path / name
    assert RunFolder.open(made.path).name == name


@pytest.mark.parametrize("preset", ["a/b:c", "..", "漢" * 100, "con", "🎉", "-x-"])
def test_made_name_is_always_a_good_one(preset: str) -> None:
    assert check_name(made_name(preset))


def test_runs_made_in_the_same_second_never_collide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "made_name", lambda _preset: "small-20260101-120000")
    monkeypatch.setattr(os, "fsync", lambda _handle: None)  # 200 runs, not 200 waits for the disk
    with ThreadPoolExecutor(4) as makers:
        runs = list(makers.map(lambda _: RunFolder.create(RunConfig(), root=tmp_path), range(200)))
    assert len({made.path for made in runs}) == 200
    assert len({made.info.id for made in runs}) == 200


def test_taken_name_is_refused_and_the_run_untouched(run: RunFolder) -> None:
    before = (run.path / "run.json").read_bytes()
    with pytest.raises(RunError, match="exists already"):
        RunFolder.create(RunConfig(seed=1), name="first")
    assert (run.path / "run.json").read_bytes() == before


def test_empty_folder_may_become_a_run(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert RunFolder.create(RunConfig(), tmp_path / "empty").path == tmp_path / "empty"


def test_folder_with_files_is_never_taken(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(RunError, match="exists already"):
        RunFolder.create(RunConfig(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_root_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("not a folder")
    with pytest.raises(RunError, match="cannot be written"):
        RunFolder.create(RunConfig(), root=tmp_path / "runs")


def test_failed_creation_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RunError("no space")

    monkeypatch.setattr(folder, "write_json", refuse)
    with pytest.raises(RunError, match="no space"):
        RunFolder.create(RunConfig(), tmp_path / "run")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("file", ["run.json", "config.yaml"])
@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"\x00" * 200, b"[1]", b"a: &x 1"])
def test_damaged_file_is_named_with_a_way_out(run: RunFolder, file: str, content: bytes) -> None:
    (run.path / file).write_bytes(content)
    with pytest.raises(RunError, match=file) as caught:
        RunFolder.open(run.path)
    assert "Restore this file" in str(caught.value)


@pytest.mark.parametrize("file", ["run.json", "config.yaml"])
def test_missing_file_is_named(run: RunFolder, file: str) -> None:
    (run.path / file).unlink()
    with pytest.raises(RunError, match=file):
        RunFolder.open(run.path)


def test_wrong_setting_in_a_run_is_named(run: RunFolder) -> None:
    file = run.path / "config.yaml"
    file.write_text(file.read_text().replace("seed: 0", "sead: 0", 1))
    with pytest.raises(RunError, match="Did you mean 'seed'"):
        RunFolder.open(run.path)


def test_run_of_a_newer_program_is_refused_and_untouched(run: RunFolder) -> None:
    file = run.path / "run.json"
    newer = json.dumps({**json.loads(file.read_text()), "schema_version": 2, "mood": "good"})
    file.write_text(newer)
    with pytest.raises(RunError, match="newer version"):
        RunFolder.open(run.path)
    assert file.read_text() == newer


@pytest.mark.parametrize("content", [b"", b"{", b'{"state":"dancing"}', b'{"pid":"x","step":[]}'])
def test_damaged_state_costs_nothing(run: RunFolder, content: bytes) -> None:
    (run.path / "state.json").write_bytes(content)
    assert RunFolder.open(run.path).state.state == "created"
    (run.path / "events" / "000001.jsonl").touch()
    assert effective_state(run) == "interrupted"
    assert "state.json was damaged" in run.state.reason


def test_state_keeps_the_numbers_that_are_not_given(run: RunFolder) -> None:
    run.write_state("running", step=5, loss=float("nan"))
    run.write_state("paused", reason="by hand")
    state = RunFolder.open(run.path).state
    assert (state.state, state.reason, state.step) == ("paused", "by hand", 5)
    assert state.loss != state.loss
    assert run.write_state("finished").owner is None


def test_heart_beats_at_most_once_a_second(run: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("hope_core.runs.folder.time.monotonic", lambda: clock[0])
    run.write_state("running", step=0)
    seen: list[int] = []
    for step in range(1, 25):
        clock[0] += 0.125
        run.heartbeat(step=step)
        seen.append(run.state.step)
    assert sorted(set(seen)) == [0, 8, 16, 24]


def test_runs_lie_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOPE_RUNS", str(tmp_path))
    assert runs_root() == tmp_path
    monkeypatch.delenv("HOPE_RUNS")
    assert runs_root().parts[-2:] == ("hope-studio", "runs")
