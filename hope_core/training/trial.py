"""A trial before the run: which number format and how many threads are fastest on this machine."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import torch

from hope_core.inference.hardware import usable_cores
from hope_core.inference.threads import use_threads
from hope_core.training.devices import synchronize
from hope_core.training.precision import Precision, choose_precision
from hope_core.training.step import loss_of
from hope_core.training.threads import choose_threads

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.config.run import RunConfig
    from hope_core.models.contract import LanguageModel

TRIAL_FLOPS = 1.5e10
"""Work of one trial pass: a quarter of a second on one core, and enough to tell formats apart."""
REPEATS = 2


class Trial:
    """Times forward and backward passes of the real model; leaves weights and gradients alone.

    Args:
        model: as it will train.
        config: batch size and length, which bound the trial's.
        check: called between passes; may raise.
    """

    def __init__(self, model: LanguageModel, config: RunConfig, check: Callable[[], None]) -> None:
        self._model = model
        self._check = check
        self._device = next(model.parameters()).device
        per_token = model.flops_per_token(config.data.sequence_length)
        length = int(min(config.data.sequence_length, max(64, TRIAL_FLOPS / per_token)))
        rows = int(min(config.train.batch_size, max(1, TRIAL_FLOPS / per_token / length)))
        generator = torch.Generator().manual_seed(0)
        size = (rows, length + 1)
        tokens = torch.randint(model.vocabulary, size, generator=generator)
        self._tokens = tokens.to(self._device)
        self._warm: set[str] = set()

    @property
    def flops(self) -> float:
        """Work of one pass."""
        rows, columns = self._tokens.shape
        return float(self._model.flops_per_token(columns - 1) * rows * (columns - 1))

    def warm_up(self, precision: Precision) -> None:
        """One pass that does not count: kernels are compiled and memory is claimed."""
        if precision.name not in self._warm:
            self._warm.add(precision.name)
            self._pass(precision)

    def seconds(self, precision: Precision) -> float:
        """The shorter of two passes in this format, after a warm one."""
        self.warm_up(precision)
        return min(self._pass(precision) for _ in range(REPEATS))

    def _pass(self, precision: Precision) -> float:
        self._check()
        began = time.perf_counter()
        loss_of(self._model, self._tokens, precision).backward()  # type: ignore[no-untyped-call]
        synchronize(self._device)
        seconds = time.perf_counter() - began
        self._model.zero_grad(set_to_none=True)
        return seconds


def choose_speed(trial: Trial, config: RunConfig, device: torch.device) -> tuple[Precision, int]:
    """The number format and the number of threads to train with; the threads are set."""
    if device.type != "cpu":
        threads = config.train.threads or min(4, usable_cores())
        use_threads(threads)
        return choose_precision(config.train.precision, device, trial.seconds), threads
    use_threads(config.train.threads or usable_cores())
    precision = choose_precision(config.train.precision, device, trial.seconds)

    def seconds_of(count: int) -> float:
        use_threads(count)
        return trial.seconds(precision)

    threads = choose_threads(config.train.threads, seconds_of)
    use_threads(threads)
    return precision, threads
