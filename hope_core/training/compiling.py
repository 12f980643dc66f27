"""torch.compile before a run, where that pays: tried on the run's own batch, and timed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

import torch

from hope_core.training.devices import synchronize
from hope_core.training.step import LossOf

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from hope_core.config.run import RunConfig
    from hope_core.models.contract import LanguageModel
    from hope_core.training.precision import Precision

LEAST_GAIN = 1.05
"""How many times as fast compiled passes must be to be worth it."""
REPEATS = 5
"""Passes of each form, in turn, so that a busy moment meets both."""


@dataclass(frozen=True)
class Compiled:
    """What became of the wish to compile."""

    read: Callable[..., Any] | None = None
    """The compiled forward pass; None: the model's own is used."""
    told: str = ""
    """What a person should know, as sentences; empty where no one asked."""


def compile_where_it_pays(
    model: LanguageModel,
    config: RunConfig,
    precision: Precision,
    *,
    before: bool | None = None,
    check: Callable[[], None],
) -> Compiled:
    """The model's forward pass as torch.compile writes it, if that is faster.

    The model itself stays as it is: evaluations, samples and probes have other shapes, and each
    would be compiled again.

    Args:
        model: as it will train; its gradients are cleared.
        config: `train.compile`, batch size and length.
        precision: the number format of the run.
        before: whether the run was compiled until now, which it then stays; None: a new run.
        check: called between passes; may raise.
    """
    if config.train.compile == "off" or before is False:
        return Compiled()
    tokens = _tokens(model, config)
    read = torch.compile(model.forward, dynamic=False)
    plain, compiled = LossOf(model, precision), LossOf(model, precision, read)
    try:
        _seconds(compiled, tokens, check)  # compiles
    except RuntimeError as error:  # what torch raises when it cannot compile, whatever the reason
        reason = str(error).strip().partition("\n")[0]
        return Compiled(None, f"torch.compile failed, so the model runs as it is: {reason}")
    if before:
        return Compiled(read, "The model is compiled, as it was before.")
    _seconds(plain, tokens, check)
    gain = median(
        _seconds(plain, tokens, check) / _seconds(compiled, tokens, check) for _ in range(REPEATS)
    )
    if gain < LEAST_GAIN:
        return Compiled(None, f"Compiled, the model is {gain:.2f} times as fast: left as it is.")
    return Compiled(read, f"The model is compiled, which makes it {gain:.2f} times as fast.")


def _tokens(model: LanguageModel, config: RunConfig) -> Tensor:
    """A batch of the run's own shape, as another shape would be compiled again."""
    size = (config.train.batch_size, config.data.sequence_length + 1)
    tokens = torch.randint(model.vocabulary, size, generator=torch.Generator().manual_seed(0))
    return tokens.to(next(model.parameters()).device)


def _seconds(loss: LossOf, tokens: Tensor, check: Callable[[], None]) -> float:
    """Of one forward and backward pass."""
    check()
    began = time.perf_counter()
    loss(tokens).sum().backward()
    synchronize(tokens.device)
    taken = time.perf_counter() - began
    loss.model.zero_grad(set_to_none=True)
    return taken
