"""A model with something to do: steps and passes over random tokens, timed."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

import torch

from hope_core.models import build_model
from hope_core.optim import build_optimizer
from hope_core.training.devices import resolve_device, synchronize
from hope_core.training.precision import Precision
from hope_core.training.step import Stepper, loss_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from hope_core.config.run import RunConfig


class Workload:
    """A fresh model of a config, its optimizer and a batch of random tokens (B, T + 1).

    Args:
        config: the settings; `train.precision` "auto" counts as fp32.
        batch: sequences.
        length: tokens of each.
        precision: another number format than the config's.
    """

    def __init__(
        self, config: RunConfig, *, batch: int, length: int, precision: str | None = None
    ) -> None:
        kind = config.data.tokenizer
        self.vocabulary = kind.vocabulary if kind.kind == "bpe" else 256
        self.device = resolve_device(config.device)
        self.model = build_model(config.model, self.vocabulary, seed=config.seed)
        self.model.to(self.device)
        wanted = precision or config.train.precision
        self.precision = Precision("fp32" if wanted == "auto" else wanted, self.device.type)
        optimizer = build_optimizer(
            config.optimizer, self.model.levels(), tables=self.model.tables()
        )
        self._stepper = Stepper(
            self.model, optimizer, self.precision, clip_norm=config.train.clip_norm
        )
        generator = torch.Generator().manual_seed(0)
        shape = (batch, length + 1)
        tokens = torch.randint(self.vocabulary, shape, generator=generator)
        self.tokens: Tensor = tokens.to(self.device)

    def step(self) -> None:
        """Train once; so slowly that the weights stay what they are, nearly."""
        self._stepper.step([self.tokens], count=1, learning_rate=1e-6)
        synchronize(self.device)

    @torch.inference_mode()
    def forward(self) -> None:
        """Read the batch once, without gradients."""
        with self.precision.autocast():
            self.model(self.tokens[:, :-1])
        synchronize(self.device)

    def gradients(self) -> None:
        """Read the batch and compute gradients, without a step."""
        loss_of(self.model, self.tokens, self.precision).backward()  # type: ignore[no-untyped-call]
        self.model.zero_grad(set_to_none=True)
        synchronize(self.device)


def seconds_of(
    work: Callable[[], None], *, repeats: int, warm_ups: int = 2, limit: float = 20.0
) -> float:
    """Median time of `work` (s); after `limit` seconds no further repeat begins."""
    began = time.perf_counter()
    for _ in range(warm_ups):
        work()
        if time.perf_counter() - began > limit / 2:
            break
    times: list[float] = []
    began = time.perf_counter()
    while len(times) < repeats and (not times or time.perf_counter() - began < limit):
        before = time.perf_counter()
        work()
        times.append(time.perf_counter() - before)
    return median(times)


def ratio_of(
    slow: Callable[[], None], fast: Callable[[], None], *, repeats: int, limit: float = 40.0
) -> float:
    """How many times as long `slow` takes: median of the ratios of neighbouring runs."""
    slow()
    fast()
    ratios: list[float] = []
    began = time.perf_counter()
    while len(ratios) < repeats and (not ratios or time.perf_counter() - began < limit):
        ratios.append(
            seconds_of(slow, repeats=1, warm_ups=0) / seconds_of(fast, repeats=1, warm_ups=0)
        )
    return median(ratios)
