"""The command line does what it says: verbs, JSON as the last line, exit codes, plain errors."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from hope_core.cli.main import app
from hope_core.errors import TrainingDivergedError
from hope_core.runs.reader import EventReader
from hope_core.training.step import Stepper

if TYPE_CHECKING:
    from pathlib import Path

TINY = [
    "model.width=16",
    "model.layers=1",
    "model.heads=2",
    "data.source.kind=tales",
    "data.source.megabytes=0.05",
    "data.sequence_length=16",
    "train.batch_size=2",
    "train.steps=3",
    "train.max_seconds=0",
    "train.threads=1",
    "train.precision=fp32",
    "train.evaluation_batches=1",
    "train.sample_tokens=4",
]
TINY_WORDS = [word for setting in TINY for word in ("--set", setting)]


@pytest.fixture
def hope(tmp_path, monkeypatch):
    """Runs one verb in this process; runs lie in a folder of the test's own."""
    monkeypatch.setenv("HOPE_RUNS", str(tmp_path / "runs"))

    def invoke(*words: str):
        return CliRunner().invoke(app, [str(word) for word in words])

    return invoke


def last_object(answer) -> dict:
    return json.loads(answer.stdout.splitlines()[-1])


def test_run_that_diverges_says_where_and_what_to_do(hope, monkeypatch) -> None:
    def diverge(*_: object, **__: object) -> None:
        raise TrainingDivergedError("The loss is nan; the writes of layer 2 are too strong.")

    monkeypatch.setattr(Stepper, "step", diverge)
    answer = hope("train", "small", *TINY_WORDS)
    assert answer.exit_code == 2
    assert "diverged at step 1. The loss is nan; the writes of layer 2" in answer.stderr
    assert "Lower train.learning_rate" in answer.stderr


def test_train_sample_resume_and_list_make_one_story(hope) -> None:
    trained = hope("train", "small", *TINY_WORDS, "--json")
    assert trained.exit_code == 0, trained.output
    summary = last_object(trained)
    assert summary["state"] == "finished"
    assert summary["steps"] == 3
    assert summary["tokens"] == 3 * 2 * 16
    assert summary["bits_per_byte"] > 0

    words = (
        "sample",
        summary["name"],
        "--prompt",
        "Once",
        "--tokens",
        "8",
        "--seed",
        "5",
        "--json",
    )
    first, second = hope(*words), hope(*words)
    assert last_object(first)["text"] == last_object(second)["text"]
    assert last_object(first)["tokens"] == 8

    refused = hope(*words, "--repetition-penalty", "0.5")
    assert refused.exit_code == 2
    assert "repetition_penalty" in refused.output

    listed = hope("runs", "--json")
    assert [run["name"] for run in last_object(listed)["runs"]] == [summary["name"]]

    again = hope("resume", "latest")
    assert again.exit_code == 2
    assert "finished" in again.stderr


def test_run_dir_is_the_folder_of_the_run(hope, tmp_path) -> None:
    folder = tmp_path / "my run"
    assert hope("train", "small", *TINY_WORDS, "--run-dir", folder).exit_code == 0
    assert (folder / "run.json").is_file()
    again = hope("train", "small", *TINY_WORDS, "--run-dir", folder)
    assert again.exit_code == 2
    assert "not empty" in again.stderr


def test_a_text_file_of_ones_own_is_trained_on(hope, tmp_path) -> None:
    text = tmp_path / "mine.txt"
    text.write_text("The cat sat on the mat.\n" * 200, encoding="utf-8")
    words = [word for word in TINY_WORDS if "data.source" not in word and word != "--set"]
    settings = [part for word in words for part in ("--set", word)]
    answer = hope("train", "small", "--data", text, *settings, "--json")
    assert answer.exit_code == 0, answer.output


def test_describe_computes_what_it_shows(hope) -> None:
    small = last_object(hope("describe", "small", "--json"))
    wide = last_object(hope("describe", "small", "--set", "model.width=640", "--json"))
    assert small["parameters"] == sum(level["parameters"] for level in small["levels"])
    assert wide["parameters"] > 2 * small["parameters"]
    assert small["memory_bytes"]["total"] > 4 * small["parameters"] * 3


def test_presets_are_listed(hope) -> None:
    names = [preset["name"] for preset in last_object(hope("presets", "--json"))["presets"]]
    assert names[:4] == ["small", "medium", "recommended", "large"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("train", "smal"), "Did you mean 'small'"),
        (("train", "small", "--set", "train.stesp=1"), "Did you mean 'steps'"),
        (("train", "small", "--set", "train.steps=0"), "greater than or equal to 1"),
        (("train", "small", "--set", "model.heads=7"), "does not divide width"),
        (("train", "small", "--device", "gpu"), "cuda:N"),
        (("train", "small", "--data", "/nowhere/text.txt"), "/nowhere/text.txt"),
        (("resume", "nothing"), "no run 'nothing'"),
        (("sample", "latest", "--prompt", "x"), "no run"),
        (("describe", "no/such/file.yaml"), "no such file"),
    ],
)
def test_a_mistake_is_told_with_its_fix_and_code_2(hope, words, sentence) -> None:
    answer = hope(*words)
    assert answer.exit_code == 2
    assert sentence in answer.stderr
    assert "Traceback" not in answer.output


def test_a_mistake_is_also_told_as_json(hope) -> None:
    assert "Did you mean" in last_object(hope("train", "smal", "--json"))["error"]


def test_a_run_folder_that_cannot_be_written_is_named(hope, tmp_path) -> None:
    (tmp_path / "file").write_text("in the way")
    answer = hope("train", "small", *TINY_WORDS, "--run-dir", tmp_path / "file" / "run")
    assert answer.exit_code == 2
    assert "file" in answer.stderr


def test_a_damaged_run_is_named(hope, tmp_path) -> None:
    folder = tmp_path / "run"
    assert hope("train", "small", *TINY_WORDS, "--run-dir", folder).exit_code == 0
    (folder / "config.yaml").write_text("model: [")
    answer = hope("resume", folder)
    assert answer.exit_code == 2
    assert "config.yaml" in answer.stderr


def test_text_that_is_not_utf8_leaves_a_clear_word(hope, tmp_path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes(b"a" * 100 + b"\xe9" + b"b" * 5000)
    words = [word for word in TINY_WORDS if "data.source" not in word and word != "--set"]
    settings = [part for word in words for part in ("--set", word)]
    answer = hope("train", "small", "--data", path, *settings)
    assert answer.exit_code == 2
    assert "latin.txt" in answer.stderr
    assert "100" in answer.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send Ctrl+C to one process")
def test_ctrl_c_saves_stops_and_exits_130(tmp_path) -> None:
    folder = tmp_path / "run"
    endless = [*TINY_WORDS, "--set", "train.steps=1000000"]
    command = [sys.executable, "-m", "hope_core.cli", "train", "small", *endless]
    process = subprocess.Popen(
        [*command, "--run-dir", str(folder), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    wait_for_step(folder)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 130
    summary = json.loads(output.splitlines()[-1])
    assert summary["state"] == "stopped"
    assert list((folder / "checkpoints").glob(f"step-*{summary['steps']}"))


def wait_for_step(folder: Path) -> None:
    """Returns at the first step; pytest's own time limit ends a run that never gets there."""
    reader = EventReader(folder)
    while not any(hasattr(event, "grad_norm") for event in reader.poll()):
        threading.Event().wait(0.02)
