"""One training run of the quality benchmark: a pure function of its plan."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import torch

from benchmarks._training import CLIP_NORM
from hope_core.config.optimizers import AdamWSettings, MuonSettings, OptimizerSettings
from hope_core.config.schedule import learning_rate_at
from hope_core.data.batches import training_batch, validation_batches
from hope_core.errors import TrainingDivergedError
from hope_core.optim import build_optimizer
from hope_core.training.precision import Precision
from hope_core.training.step import Stepper, loss_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks._book import Book
    from benchmarks._contenders import Contender
    from benchmarks._texts import Text
    from hope_core.models.contract import LanguageModel

OPTIMIZERS: dict[str, OptimizerSettings] = {"adamw": AdamWSettings(), "muon": MuonSettings()}
WARMUP, MINIMUM = 1 / 12, 0.1
"""50 of 600 steps; where the cosine ends, as a share of the peak."""
VALIDATION_BATCHES, VALIDATION_ROWS = 32, 16


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How much is trained; short runs choose the optimizer and the learning rate."""

    steps: int
    short_steps: int
    batch: int
    length: int
    seeds: int
    optimizers: tuple[str, ...]
    rates: int
    tracking_steps: int
    tracking_batch: int

    def some(self, rates: tuple[float, ...]) -> tuple[float, ...]:
        """As many of the rates as are to be tried; of a single one, the middle."""
        return rates if self.rates > 1 else rates[len(rates) // 2 :][:1]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How one model is trained on one text."""

    optimizer: str
    learning_rate: float
    steps: int
    batch: int
    length: int
    seed: int
    precision: str = "fp32"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a plan; nats (a token) is None where the training diverged."""

    nats: float | None
    seconds: float
    tokens: int
    code: str


def outcome_of(plan: Plan, contender: Contender, text: Text, book: Book) -> Outcome:
    """The plan's outcome, from the book or by training now."""
    key = {"plan": asdict(plan), "model": contender.described(), "text": text.fingerprint}
    name = (
        f"{text.name}, {contender.name}, {plan.optimizer} {plan.learning_rate:g}, "
        f"{plan.steps} steps, seed {plan.seed}, {plan.precision}"
    )
    return Outcome(**book.get(name, key, contender.code(), lambda: train(plan, contender, text)))


def train(plan: Plan, contender: Contender, text: Text) -> dict[str, Any]:
    """Train by plan and measure the loss on held-out text, each sequence from a fresh state."""
    model = contender.build(seed=plan.seed).train()
    optimizer = build_optimizer(OPTIMIZERS[plan.optimizer], model.levels(), tables=model.tables())
    stepper = Stepper(model, optimizer, Precision(plan.precision, "cpu"), clip_norm=CLIP_NORM)

    def step(position: int, rate: float) -> None:
        tokens = training_batch(
            text.train,
            batch_size=plan.batch,
            length=plan.length,
            seed=plan.seed,
            position=position,
        )
        stepper.step(
            [torch.from_numpy(tokens)],
            count=1,
            learning_rate=rate,
            progress=(position + 1) / plan.steps,
        )

    began = time.perf_counter()
    try:
        follow_schedule(step, steps=plan.steps, peak=plan.learning_rate)
        seconds = time.perf_counter() - began
        nats = validate(model, text, plan)
    except TrainingDivergedError:
        seconds, nats = time.perf_counter() - began, None
    return {"nats": nats, "seconds": seconds, "tokens": plan.steps * plan.batch * plan.length}


def follow_schedule(step: Callable[[int, float], None], *, steps: int, peak: float) -> None:
    """Call step(position, rate) for every position: a short rise, then a cosine."""
    for position in range(steps):
        rate = learning_rate_at((position + 1) / steps, peak=peak, minimum=MINIMUM, warmup=WARMUP)
        step(position, rate)


@torch.no_grad()
def validate(model: LanguageModel, text: Text, plan: Plan) -> float:
    """Mean nats a token over evenly spread held-out sequences."""
    model.eval()
    total, count = 0.0, 0
    precision = Precision(plan.precision, "cpu")
    for batch in validation_batches(
        text.validation,
        batch_size=VALIDATION_ROWS,
        length=plan.length,
        count=VALIDATION_BATCHES,
    ):
        total += len(batch) * float(loss_of(model, torch.from_numpy(batch), precision))
        count += len(batch)
    return total / count
