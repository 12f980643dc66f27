"""`hope verify` proves presets and runs, and tells by words, figures and exit code."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from hope_core.cli.main import app
from hope_core.ops.recurrence import dispatch

TINY = (
    "model.width=16",
    "model.layers=1",
    "model.heads=2",
    "data.source.kind=tales",
    "data.source.megabytes=0.05",
    "data.sequence_length=16",
    "train.batch_size=2",
    "train.steps=1",
    "train.threads=1",
    "train.precision=fp32",
    "train.evaluation_batches=1",
    "train.sample_tokens=4",
)
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


def test_sound_preset_passes_with_its_figures(hope) -> None:
    answer = hope("verify", "small", *TINY_WORDS, "--json")
    assert answer.exit_code == 0, answer.output
    told = last_object(answer)
    assert told["passed"] is True
    assert told["figures"]["chunked kernels, values, float64"] < 1e-12
    assert {check["name"] for check in told["checks"]} == set(told["figures"])


def test_run_is_proved_with_its_own_weights(hope, tmp_path) -> None:
    folder = tmp_path / "run"
    assert hope("train", "small", *TINY_WORDS, "--run-dir", folder).exit_code == 0
    answer = hope("verify", folder)
    assert answer.exit_code == 0, answer.output
    assert "proofs hold" in answer.stdout


def test_failed_proof_is_named_and_ends_with_code_1(hope, monkeypatch) -> None:
    chunked = dispatch.chunked

    def broken(*args, **kwargs):
        out = chunked(*args, **kwargs)
        return out._replace(y=out.y * 1.01)

    monkeypatch.setattr(dispatch, "chunked", broken)
    answer = hope("verify", "small", *TINY_WORDS, "--json")
    assert answer.exit_code == 1
    assert last_object(answer)["passed"] is False
    assert "chunked kernels" in answer.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("smal",), "Did you mean 'small'"),
        (("latest",), "no run"),
        (("nothing", "--set", "model.layers=1"), "keeps its settings"),
        (("small", "--set", "model.heads=7"), "does not divide width"),
    ],
)
def test_mistake_is_told_with_its_fix_and_code_2(hope, words, sentence) -> None:
    answer = hope("verify", *words)
    assert answer.exit_code == 2
    assert sentence in answer.stderr
