"""A run that diverged says which layer, and why."""

from __future__ import annotations

import pytest
import torch

from hope_core.config.memories import (
    DeepSettings,
    GatedDeltaSettings,
    HopeDgdSettings,
    SelfModifyingSettings,
    TitansSettings,
    TttLinearSettings,
    TttMlpSettings,
    WritingSettings,
)
from hope_core.config.models import HopeSettings, TransformerSettings
from hope_core.config.optimizers import AdamWSettings
from hope_core.errors import TrainingDivergedError
from hope_core.models import build_model
from hope_core.models.hope import Hope
from hope_core.optim import build_optimizer
from hope_core.training.diagnosis import why_diverged
from hope_core.training.memory_words import calmer_writes, memory_words
from hope_core.training.precision import Precision
from hope_core.training.step import Stepper

TOKENS = torch.arange(20).view(1, 20) % 7


def probe(**changed: torch.Tensor) -> dict[str, torch.Tensor]:
    return {
        "memory_norm": torch.full((3, 2), 4.0),
        "stability_bound": torch.full((3, 2), 0.5),
        **changed,
    }


def hope(**memory: float) -> Hope:
    settings = HopeSettings(width=16, layers=2, heads=2, memory=TitansSettings(**memory))
    model = build_model(settings, 31)
    assert isinstance(model, Hope)
    return model


@pytest.mark.parametrize(
    ("memory", "words"),
    [
        (TitansSettings(), "model.memory.theta_max, now 1."),
        (HopeDgdSettings(), "model.memory.beta_max, now 2."),
        (DeepSettings(), "model.memory.theta_max, now 0.1."),
        (SelfModifyingSettings(eta_scale=0.3), "model.memory.eta_scale, now 0.3."),
        (GatedDeltaSettings(), "model.memory.beta_max, now 1."),
        (TttLinearSettings(), "model.memory.eta_max, now 1."),
        (TttMlpSettings(), "model.memory.eta_max, now 0.1."),
    ],
)
def test_setting_to_lower_is_named_with_its_value(memory: WritingSettings, words: str) -> None:
    settings = HopeSettings(width=16, layers=1, heads=2, memory=memory)
    assert words in calmer_writes(build_model(settings, 31, device="meta"))


def test_writes_that_are_too_strong_are_named_first() -> None:
    bounds = torch.full((3, 2), 0.5)
    bounds[0, 0] = 2.1
    bounds[1, 0] = 2.5
    norms = torch.full((3, 2), float("inf"))
    norms[0] = 4.0
    words = memory_words(probe(stability_bound=bounds, memory_norm=norms))
    assert "layer 2, head 1" in words
    assert "2.5" in words
    assert "Lower the memory's largest step." in words


def test_memory_that_is_not_finite_though_it_writes_gently_is_named() -> None:
    norms = torch.full((3, 2), 4.0)
    norms[2, 1] = float("nan")
    assert "layer 3, head 2 is the first that is not finite" in memory_words(
        probe(memory_norm=norms)
    )


def test_memory_whose_rule_tells_no_bound_is_named_without_one() -> None:
    words = memory_words({"memory_norm": torch.tensor([[4.0, 4.0], [float("inf"), 4.0]])})
    assert "layer 2, head 1 is the first that is not finite. Lower" in words
    assert "nan" not in memory_words({"memory_norm": torch.ones(2, 2)})


def test_memory_that_outgrew_the_others_is_named() -> None:
    norms = torch.full((3, 2), 4.0)
    norms[0, 1] = 4000.0
    assert "layer 1, head 2 outgrew the others" in memory_words(probe(memory_norm=norms))


def test_sound_memories_are_cleared() -> None:
    assert "No memory is at fault" in memory_words(probe())


def test_model_without_memory_has_no_words() -> None:
    model = build_model(TransformerSettings(width=16, layers=1, heads=2), 31)
    assert memory_words(model.probe(TOKENS)) == ""


def test_memory_driven_past_its_bound_is_found_in_a_real_model() -> None:
    model = hope(theta_max=4.0)
    with torch.no_grad():
        model.blocks[1].memory.gates.bias.copy_(torch.tensor([-20.0, -20, 20, -20, -20, -20]))
    words = why_diverged(model, TOKENS)
    assert "writes of layer 2, head 1 are too strong" in words
    assert "model.memory.theta_max, now 4." in words


def test_weight_that_is_no_number_is_named_and_memories_are_not_blamed() -> None:
    model = hope()
    with torch.no_grad():
        model.blocks[0].norm.weight[0] = float("nan")
    words = why_diverged(model, TOKENS)
    assert "blocks.0.norm.weight" in words
    assert "memory" not in words.replace("blocks.0.memory", "")


def test_diverged_step_tells_what_the_memories_did() -> None:
    model = hope()
    optimizer = build_optimizer(AdamWSettings(), model.levels(), tables=model.tables())
    stepper = Stepper(model, optimizer, Precision("fp32", "cpu"), clip_norm=1.0)
    with torch.no_grad():
        model.output.weight.fill_(3e38)
    with pytest.raises(TrainingDivergedError, match="No memory is at fault"):
        stepper.step([TOKENS], count=1, learning_rate=0.1)
