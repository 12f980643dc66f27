from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hope_core.cli.main import app
from hope_core.runs.folder import RunFolder

STOPPED_RUN = Path(__file__).parents[2] / "faults" / "released" / "v1"
USER_ERROR = 2


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOPE_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("HOPE_PRESETS", str(tmp_path / "presets"))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(STOPPED_RUN, tmp_path / "runs" / "mine")
    return tmp_path


def hope(*words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--json"])


def told(answer: Result) -> dict[str, object]:
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    ("kind", "file"),
    [("bundle", "x.zip"), ("weights", "x.safetensors"), ("preset", "x.yaml"), ("tensorboard", "x")],
)
def test_export_writes_a_file_and_replaces_none_unasked(kind: str, file: str, home: Path) -> None:
    answer = told(hope("export", "mine", "--to", file, "--kind", kind))
    written = home / str(answer["path"])
    assert written.is_relative_to(home / file)
    assert answer["bytes"] == written.stat().st_size
    again = hope("export", "mine", "--to", file, "--kind", kind)
    assert again.exit_code == USER_ERROR
    assert "--overwrite" in json.loads(again.stdout.splitlines()[-1])["error"]
    told(hope("export", "mine", "--to", file, "--kind", kind, "--overwrite"))


def test_import_of_a_bundle_makes_a_run_that_can_be_opened_by_its_name() -> None:
    told(hope("export", "mine", "--to", "x.zip"))
    answer = told(hope("import", "x.zip", "--name", "theirs"))
    assert RunFolder.open("theirs").path == Path(str(answer["path"]))


def test_import_of_a_preset_makes_it_known() -> None:
    told(hope("export", "mine", "--to", "tiny.yaml", "--kind", "preset"))
    assert told(hope("import", "tiny.yaml"))["name"] == "tiny"
    names = [preset["name"] for preset in told(hope("presets"))["presets"]]  # type: ignore[attr-defined]
    assert "tiny" in names


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("absent.zip", "cannot be read"),
        ("http://host/x.zip", "address"),
        ("runs/mine", "a run already"),
        ("notes.txt", "--data"),
    ],
)
def test_import_of_something_else_says_what_to_do(file: str, words: str, home: Path) -> None:
    (home / "notes.txt").write_text("once upon a time")
    answer = hope("import", file)
    assert answer.exit_code == USER_ERROR
    assert words in json.loads(answer.stdout.splitlines()[-1])["error"]
