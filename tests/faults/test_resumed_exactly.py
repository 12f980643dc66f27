"""Stopped at any step and resumed, whatever is trained and how: every loss and every byte equal."""

from __future__ import annotations

import random
from itertools import product
from typing import TYPE_CHECKING, Any

import torch
from team_runs import MODEL, StopAfter, losses, make_run, saved

from hope_core.config.validation import parse_config
from hope_core.runs.folder import RunFolder
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIZE: dict[str, Any] = {"width": 16, "layers": 1, "heads": 2}
MODELS: tuple[dict[str, Any], ...] = (
    MODEL,
    {**MODEL, "memory": {"kind": "self_modifying"}},
    {**MODEL, "memory": {"kind": "gated_delta"}},
    {"kind": "titans", "variant": "mac", **SIZE},
    {"kind": "titans", "variant": "mag", **SIZE},
    {"kind": "mt_hope", **SIZE},
    {"kind": "transformer", **SIZE},
)
PRECISIONS = ("fp32", "bf16", "fp16")
ACCUMULATIONS = (1, 4)
OPTIMIZERS = ("muon", "adamw", "m3_ema")
STEPS = 8


def train_with_stops(run: RunFolder, stops: list[int]) -> None:
    """Train to the end, stopped after so many steps of each life."""
    for steps in stops:
        Trainer(run, StopAfter(run, steps)).run()
    Trainer(run).run()


def test_stopped_and_resumed_runs_equal_straight_ones(
    home: Path, count: Callable[[int, int], int], measured: Callable[[str], None]
) -> None:
    chance = random.Random(6)
    ways = list(product(MODELS, PRECISIONS, ACCUMULATIONS, OPTIMIZERS))
    chance.shuffle(ways)
    number = count(2, 100)
    base = make_run(home, "base", steps=STEPS, checkpoint_every=0, evaluate_every=3)
    for index, (model, precision, accumulation, optimizer) in enumerate(ways[:number]):
        settings = base.config.model_dump(mode="json")
        settings["model"] = model
        settings["optimizer"] = {"kind": optimizer}
        settings["train"] |= {"precision": precision, "accumulation": accumulation, "batch_size": 4}
        config = parse_config(settings, source="test")
        runs = [RunFolder.create(config, home / name / str(index)) for name in ("one", "two")]
        train_with_stops(runs[0], [])
        first = chance.randrange(1, STEPS - 1)
        train_with_stops(runs[1], [first, chance.randrange(1, STEPS - first)])
        assert losses(runs[0]) == losses(runs[1]), settings
        one, two = saved(runs[0]), saved(runs[1])
        assert all(torch.equal(one[key], two[key]) for key in one.keys() | two.keys()), settings
    measured(f"{number}/{number} runs stopped twice: every loss, weight and moment equal")
