"""Estimates are computed from the model's shapes, and are right."""

from __future__ import annotations

import pytest
import torch

from hope_core.config.data import DataSettings
from hope_core.config.models import HopeSettings, LevelSettings, TransformerSettings
from hope_core.config.optimizers import (
    AdamWSettings,
    DeltaMomentumSettings,
    DmgdSettings,
    M3EmaSettings,
    M3LiteralSettings,
    MuonSettings,
    OptimizerSettings,
)
from hope_core.config.run import RunConfig
from hope_core.config.training import TrainSettings
from hope_core.models import build_model
from hope_core.models.estimates import estimate
from hope_core.optim import build_optimizer

HOPE = HopeSettings(width=32, layers=2, heads=2, levels=(LevelSettings(), LevelSettings(clock=2)))
BASELINE = TransformerSettings(width=32, layers=2, heads=2)


def run(
    model: HopeSettings | TransformerSettings,
    *,
    batch: int = 2,
    optimizer: OptimizerSettings | None = None,
) -> RunConfig:
    return RunConfig(
        model=model,
        train=TrainSettings(batch_size=batch),
        data=DataSettings(sequence_length=64),
        optimizer=optimizer or MuonSettings(),
    )


@pytest.mark.parametrize("settings", [HOPE, BASELINE], ids=["hope", "transformer"])
def test_estimate_counts_the_parameters_of_the_built_model(
    settings: HopeSettings | TransformerSettings,
) -> None:
    expected = build_model(settings, 256).parameter_count()
    assert estimate(run(settings), 256).parameters == expected
    assert estimate(run(settings), 256).weight_bytes == 4 * expected


@pytest.mark.parametrize(
    "settings",
    [
        AdamWSettings(),
        MuonSettings(),
        M3LiteralSettings(),
        M3EmaSettings(),
        DeltaMomentumSettings(),
        DeltaMomentumSettings(preconditioned=False),
        DmgdSettings(hidden=3),
    ],
    ids=lambda settings: settings.kind,
)
def test_estimate_of_the_optimizer_is_what_it_holds_after_a_firing(
    settings: OptimizerSettings,
) -> None:
    config = run(HOPE, optimizer=settings)
    model = build_model(HOPE, 256)
    optimizer = build_optimizer(config.optimizer, model.levels(), tables=model.tables())
    for _ in range(2):
        logits, _ = model(torch.zeros(1, 4, dtype=torch.int64))
        logits.square().mean().backward()
        optimizer.step(0.01, 1.0)
        optimizer.zero_grad()
    tensors = optimizer.state_dict().tensors
    held = sum(t.nbytes for name, t in tensors.items() if not name.endswith(".step"))
    assert estimate(config, 256).optimizer_bytes == held


@pytest.mark.parametrize("settings", [HOPE, BASELINE], ids=["hope", "transformer"])
def test_activations_grow_with_the_batch(settings: HopeSettings | TransformerSettings) -> None:
    one, four = (estimate(run(settings, batch=b), 256).activation_bytes for b in (1, 4))
    assert 3.0 < four / one < 4.5


def test_activations_are_those_autograd_keeps() -> None:
    model = build_model(BASELINE, 256)
    own = {p.untyped_storage().data_ptr() for p in model.parameters()}
    kept: dict[int, torch.Tensor] = {}

    def note(tensor: torch.Tensor) -> torch.Tensor:
        kept.setdefault(tensor.untyped_storage().data_ptr(), tensor)
        return tensor

    tokens = torch.zeros(2, 64, dtype=torch.int64)
    with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
        logits, _ = model(tokens)
        torch.nn.functional.cross_entropy(logits.flatten(0, 1), tokens.flatten())
    real = sum(t.untyped_storage().nbytes() for key, t in kept.items() if key not in own)
    told = estimate(run(BASELINE), 256).activation_bytes
    assert abs(told - real) < 0.05 * real


def test_half_precision_keeps_less() -> None:
    full = run(BASELINE)
    half = full.model_copy(update={"train": TrainSettings(batch_size=2, precision="bf16")})
    assert estimate(half, 256).activation_bytes < 0.9 * estimate(full, 256).activation_bytes
