"""One training step of a contender, as the product does it, on fixed random tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from hope_core.config.optimizers import AdamWSettings
from hope_core.optim import build_optimizer
from hope_core.training.environment import keep_freed_memory
from hope_core.training.precision import Precision
from hope_core.training.step import Stepper

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks._contenders import Contender

CLIP_NORM = 1.0


def training_step(
    contender: Contender, *, batch: int, length: int, precision: str = "fp32"
) -> Callable[[], object]:
    """Forward, backward, clipping and AdamW on one batch (B, T + 1), as often as it is called."""
    keep_freed_memory()
    model = contender.build().train()
    optimizer = build_optimizer(AdamWSettings(), model.levels(), tables=model.tables())
    stepper = Stepper(model, optimizer, Precision(precision, "cpu"), clip_norm=CLIP_NORM)
    draw = torch.Generator().manual_seed(0)
    tokens = torch.randint(contender.vocabulary, (batch, length + 1), generator=draw)
    return lambda: stepper.step([tokens], count=1, learning_rate=1e-4)
