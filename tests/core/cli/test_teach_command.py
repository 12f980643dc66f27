"""`hope teach` tells how likely an answer became, and that the weights stood still."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from hope_core.cli.main import app

TINY = [
    "data.source.kind=tales",
    "data.source.megabytes=0.05",
    "data.sequence_length=16",
    "train.batch_size=2",
    "train.steps=1",
    "train.max_seconds=0",
    "train.threads=1",
    "train.precision=fp32",
    "train.evaluation_batches=1",
    "train.sample_tokens=1",
    "model.width=16",
    "model.layers=1",
    "model.heads=2",
]
FACT = ("--fact", "The password is kestrel.", "--ask", "The password is", "--answer", " kestrel")


@pytest.fixture
def hope(tmp_path, monkeypatch):
    monkeypatch.setenv("HOPE_RUNS", str(tmp_path / "runs"))

    def invoke(*words: str):
        return CliRunner().invoke(app, list(words))

    return invoke


def trained(hope, preset: str) -> str:
    settings = [word for setting in TINY for word in ("--set", setting)]
    answer = hope("train", preset, *settings, "--json")
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout.splitlines()[-1])["name"]


def test_teach_tells_every_stage_and_that_the_weights_stood_still(hope) -> None:
    answer = hope("teach", trained(hope, "small"), *FACT, "--other", "The colour is", "--json")
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout.splitlines()[-1])
    stages = [reading["stage"] for reading in told["readings"]]
    assert stages == [
        "before",
        "other_before",
        "control",
        "after",
        "other_after",
        "filler",
        "filler",
        "filler",
        "rolled_back",
    ]
    assert told["rise"] > 1.0
    assert told["weights_unchanged"]
    assert told["rolled_back_exactly"]


def test_model_without_a_memory_is_refused_in_words_and_can_learn_with_its_weights(hope) -> None:
    run = trained(hope, "transformer/small")
    refused = hope("teach", run, *FACT)
    assert refused.exit_code == 2
    assert "no memory that learns" in refused.output
    learned = hope("teach", run, *FACT, "--mode", "full_model")
    assert learned.exit_code == 0, learned.output
    assert "The weights learned." in learned.output
    assert "exactly" in learned.output


def test_unknown_mode_is_named(hope) -> None:
    answer = hope("teach", trained(hope, "small"), *FACT, "--mode", "guess")
    assert answer.exit_code == 2
    assert "no mode 'guess'" in answer.output
