"""What cannot fit is refused by name before anything is allocated; what might fit is not."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import torch

from hope_core.config.overrides import apply_overrides
from hope_core.config.presets import load_preset
from hope_core.errors import ConfigError
from hope_core.training import too_large
from hope_core.training.too_large import refuse_too_large

CPU = torch.device("cpu")


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of 16 GB, whatever this one has."""
    memory = SimpleNamespace(virtual_memory=lambda: SimpleNamespace(total=16 * 10**9))
    monkeypatch.setattr(too_large, "psutil", memory)


@pytest.mark.parametrize("preset", ["small", "recommended", "mt-hope/small", "transformer/large"])
def test_shipped_preset_is_never_refused(preset: str) -> None:
    refuse_too_large(load_preset(preset), CPU)


@pytest.mark.parametrize(
    ("settings", "place", "words"),
    [
        (["model.width=8000", "model.layers=8"], "model.width", "16.0 GB in all"),
        (
            ["data.tokenizer.kind=bpe", "data.tokenizer.vocabulary=262144", "model.width=3200"],
            "data.tokenizer.vocabulary",
            "parameters take",
        ),
        (["train.batch_size=4096", "data.sequence_length=65536"], "train.batch_size", "274.9 GB"),
    ],
)
def test_what_exceeds_the_whole_machine_is_refused_by_its_setting(
    settings: list[str], place: str, words: str
) -> None:
    config = apply_overrides(load_preset("small"), settings)
    with pytest.raises(ConfigError, match=words) as caught:
        refuse_too_large(config, CPU)
    assert [problem.place for problem in caught.value.problems] == [place]
