"""Every shipped preset builds its model and takes a step that lowers its loss."""

from __future__ import annotations

import pytest
import torch
from torch.nn.functional import cross_entropy

from hope_core.cli.describe import vocabulary_of
from hope_core.config.overrides import apply_overrides
from hope_core.config.presets import load_preset, preset_names
from hope_core.models import build_model
from hope_core.optim import build_optimizer

TARGETS = {"small": 4.7e6, "medium": 10e6, "recommended": 25e6, "large": 100e6}
TARGETS |= {f"mt-hope/{name}": size for name, size in TARGETS.items()}
TARGETS["mt-hope/recommended-192"] = 14.24e6
NARROW = ("model.width=96", "model.layers=2", "model.heads=4")
SHRUNKEN = {
    "large": NARROW,
    "mt-hope/large": NARROW,
    "mt-hope/recommended": NARROW,
    "mt-hope/recommended-192": NARROW,
}


@pytest.mark.parametrize("name", TARGETS)
def test_preset_has_about_the_size_it_is_named_for(name: str) -> None:
    preset = load_preset(name)
    model = build_model(preset.model, vocabulary_of(preset), device="meta")
    assert model.parameter_count() == pytest.approx(TARGETS[name], rel=0.02)


@pytest.mark.parametrize("name", preset_names())
def test_preset_takes_a_step(name: str) -> None:
    preset = apply_overrides(load_preset(name), list(SHRUNKEN.get(name, ())))
    vocabulary = vocabulary_of(preset)
    model = build_model(preset.model, vocabulary)
    optimizer = build_optimizer(preset.optimizer, model.levels(), tables=model.tables())
    tokens = torch.randint(vocabulary, (2, 17), generator=torch.Generator().manual_seed(0))

    def loss() -> torch.Tensor:
        logits, _ = model(tokens[:, :-1])
        return cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())

    before = loss()
    before.backward()
    report = optimizer.step(preset.train.learning_rate / 10, preset.train.clip_norm)
    assert 0 in report.fired
    assert report.grad_norm > 0
    assert loss() < before
