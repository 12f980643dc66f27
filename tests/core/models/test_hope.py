"""What is particular to HOPE."""

from __future__ import annotations

import math

import torch

from hope_core.config.models import HopeSettings, LevelSettings
from hope_core.models import build_model


def make_hope(*levels: LevelSettings) -> torch.nn.Module:
    return build_model(HopeSettings(width=16, layers=2, heads=2, levels=levels), 20)


def test_state_has_the_same_size_after_any_number_of_tokens() -> None:
    model = make_hope(LevelSettings())
    sizes = [
        {
            name: t.shape
            for name, t in model(torch.zeros(1, n, dtype=torch.int64))[1].named_tensors().items()
        }
        for n in (1, 2, 30)
    ]
    assert sizes[0] == sizes[1] == sizes[2]


def test_levels_carry_their_clock_and_factor() -> None:
    model = make_hope(
        LevelSettings(), LevelSettings(clock=4), LevelSettings(learning_rate_factor=0.5)
    )
    told = [(level.name, level.clock, level.learning_rate_factor) for level in model.levels()]
    assert told == [("every step", 1, 1.0), ("continuum 2", 4, 1.0), ("continuum 3", 1, 0.5)]


def test_a_level_holds_its_share_of_every_block() -> None:
    model = make_hope(LevelSettings(), LevelSettings(clock=4))
    slow = {id(p) for p in model.levels()[1].parameters}
    names = {name for name, p in model.named_parameters() if id(p) in slow}
    assert all(".continuum.levels.1." in name for name in names)
    assert {name.split(".")[1] for name in names} == {"0", "1"}


def test_first_loss_is_near_that_of_guessing() -> None:
    model = make_hope(LevelSettings(), LevelSettings())
    tokens = torch.randint(20, (4, 100), generator=torch.Generator().manual_seed(0))
    logits, _ = model(tokens)
    loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), tokens.flatten())
    assert abs(loss.item() - math.log(20)) < 0.8
