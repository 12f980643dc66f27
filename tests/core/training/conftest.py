"""Tiny runs: a text of a few thousand bytes, a model of a few thousand weights, real folders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import torch
from tiny_runs import MODELS, TRAIN

from hope_core.config.validation import parse_config
from hope_core.runs.folder import RunFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hope_core.config.run import RunConfig


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    lines = [f"line {n} of a text that counts, {n * n} and {n % 7}.\n" for n in range(120)]
    path.write_text("".join(lines))
    return path


@pytest.fixture
def make_config(text: Path) -> Callable[..., RunConfig]:
    def make(model: str = "hope", optimizer: str = "muon", **train: Any) -> RunConfig:
        return parse_config(
            {
                "version": 1,
                "model": MODELS[model],
                "data": {"source": {"kind": "text", "path": str(text)}, "sequence_length": 16},
                "optimizer": {"kind": optimizer},
                "train": {**TRAIN, **train},
            },
            source="test",
        )

    return make


@pytest.fixture
def make_run(tmp_path: Path, make_config: Callable[..., RunConfig]) -> Callable[..., RunFolder]:
    def make(name: str = "run", **settings: Any) -> RunFolder:
        return RunFolder.create(make_config(**settings), tmp_path / name)

    return make
