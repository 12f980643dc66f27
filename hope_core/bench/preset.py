"""One preset's figures, measured in a process of its own so that its peak is its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil

from hope_core.bench.figures import PresetFigures
from hope_core.bench.peak import growth
from hope_core.bench.workload import Workload, seconds_of
from hope_core.models.estimates import estimate
from hope_core.training.devices import resolve_device

if TYPE_CHECKING:
    from hope_core.config.run import RunConfig

QUICK_BATCH, QUICK_LENGTH = 1, 64
REPEATS, QUICK_REPEATS = 9, 2
SHARE_OF_FREE = 0.8
"""Of the free memory, that a measured step may need by its estimate."""


def measure(config: RunConfig, *, quick: bool) -> PresetFigures:
    """Measure a preset with its own batch; with `quick` with a tiny one and few repeats.

    The first call in a process also measures the peak, since the model is built inside it.
    """
    batch = QUICK_BATCH if quick else config.train.batch_size
    length = QUICK_LENGTH if quick else config.data.sequence_length
    vocabulary = config.data.tokenizer.vocabulary if config.data.tokenizer.kind == "bpe" else 256
    measured = config.model_copy(
        update={
            "train": config.train.model_copy(update={"batch_size": batch}),
            "data": config.data.model_copy(update={"sequence_length": length}),
        }
    )
    sizes = estimate(measured, vocabulary)
    free = psutil.virtual_memory().available
    fits = sizes.total_bytes < SHARE_OF_FREE * free
    peak = forward = step = None
    if fits:
        made: list[Workload] = []

        def build_and_step() -> None:
            made.append(Workload(measured, batch=batch, length=length))
            made[0].step()

        peak = growth(build_and_step, resolve_device(config.device))
        repeats = QUICK_REPEATS if quick else REPEATS
        step = seconds_of(made[0].step, repeats=repeats, warm_ups=1)
        forward = seconds_of(made[0].forward, repeats=repeats, warm_ups=1)
    need = f"A step needs about {sizes.total_bytes / 1e9:.1f} GB; {free / 1e9:.1f} GB are free."
    return PresetFigures(
        name=config.name,
        model=config.model.kind,
        parameters=sizes.parameters,
        levels=len(sizes.levels),
        slowest_clock=max(level.clock for level in sizes.levels),
        batch=batch,
        length=length,
        weight_bytes=sizes.weight_bytes,
        gradient_bytes=sizes.gradient_bytes,
        optimizer_bytes=sizes.optimizer_bytes,
        activation_bytes=sizes.activation_bytes,
        peak_bytes=peak,
        forward_ms=None if forward is None else 1000 * forward,
        step_ms=None if step is None else 1000 * step,
        tokens_per_second=None if step is None else batch * length / step,
        why_not="" if fits else need,
    )
