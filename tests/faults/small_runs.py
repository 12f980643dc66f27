"""A run of a few thousand weights, trained for two steps, and what its weights should look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from hope_core.config.validation import parse_config
from hope_core.exchange.model_weights import expected_weights
from hope_core.runs.folder import RunFolder
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from pathlib import Path

    from hope_core.config.run import RunConfig
    from hope_core.exchange.expected import ExpectedWeights

SETTINGS: dict[str, Any] = {
    "version": 1,
    "name": "tiny",
    "model": {"kind": "transformer", "width": 16, "layers": 1, "heads": 2},
    "data": {"source": {"kind": "tales", "megabytes": 0.05}, "sequence_length": 16},
    "optimizer": {"kind": "muon"},
    "train": {
        "steps": 4,
        "batch_size": 2,
        "precision": "fp32",
        "threads": 1,
        "evaluate_every": 0,
        "evaluation_batches": 1,
        "sample_every": 0,
        "sample_prompts": ["a"],
        "sample_tokens": 2,
        "probe_every": 0,
        "checkpoint_every": 2,
    },
}


def settings(**train: Any) -> RunConfig:
    return parse_config({**SETTINGS, "train": {**SETTINGS["train"], **train}}, source="test")


def trained_run(path: Path, **train: Any) -> RunFolder:
    """A whole run: config, events, checkpoints."""
    threads = torch.get_num_threads()
    run = RunFolder.create(settings(**train), path)
    Trainer(run).run()
    torch.set_num_threads(threads)
    return RunFolder.open(path)


def expected() -> ExpectedWeights:
    return expected_weights(settings().model, 256)
