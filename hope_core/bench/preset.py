"""One preset's figures, measured in a process of its own so that its peak is its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil
from msgspec.structs import replace

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
    measured = _shaped(config, quick=quick)
    batch, length = measured.train.batch_size, measured.data.sequence_length
    planned = unmeasured(config, quick=quick)
    needed = _needed(planned)
    free = psutil.virtual_memory().available
    if needed >= SHARE_OF_FREE * free:
        why = f"A step needs about {needed / 1e9:.1f} GB; {free / 1e9:.1f} GB are free."
        return replace(planned, why_not=why)
    made: list[Workload] = []

    def build_and_step() -> None:
        made.append(Workload(measured, batch=batch, length=length))
        made[0].step()

    peak = growth(build_and_step, resolve_device(config.device))
    repeats = QUICK_REPEATS if quick else REPEATS
    step = seconds_of(made[0].step, repeats=repeats, warm_ups=1)
    forward = seconds_of(made[0].forward, repeats=repeats, warm_ups=1)
    return replace(
        planned,
        peak_bytes=peak,
        forward_ms=1000 * forward,
        step_ms=1000 * step,
        tokens_per_second=batch * length / step,
    )


def unmeasured(config: RunConfig, *, quick: bool, why: str = "") -> PresetFigures:
    """What is known of a preset from its settings alone, and why there is no more."""
    shaped = _shaped(config, quick=quick)
    sizes = estimate(shaped, _vocabulary(config))
    return PresetFigures(
        name=config.name,
        model=config.model.kind,
        parameters=sizes.parameters,
        levels=len(sizes.levels),
        slowest_clock=max(level.clock for level in sizes.levels),
        batch=shaped.train.batch_size,
        length=shaped.data.sequence_length,
        weight_bytes=sizes.weight_bytes,
        gradient_bytes=sizes.gradient_bytes,
        optimizer_bytes=sizes.optimizer_bytes,
        activation_bytes=sizes.activation_bytes,
        why_not=why,
    )


def _needed(one: PresetFigures) -> int:
    return one.weight_bytes + one.gradient_bytes + one.optimizer_bytes + one.activation_bytes


def _vocabulary(config: RunConfig) -> int:
    kind = config.data.tokenizer
    return kind.vocabulary if kind.kind == "bpe" else 256


def _shaped(config: RunConfig, *, quick: bool) -> RunConfig:
    """The settings with the batch that is measured."""
    if not quick:
        return config
    train = config.train.model_copy(update={"batch_size": QUICK_BATCH})
    data = config.data.model_copy(update={"sequence_length": QUICK_LENGTH})
    return config.model_copy(update={"train": train, "data": data})
