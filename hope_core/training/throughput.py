"""How fast a run would be on this machine: one short real step, scaled by the work of the whole."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil
import torch

from hope_core.config.run import warnings_for
from hope_core.config.validation import parse_config
from hope_core.inference.messages import EstimateReply
from hope_core.models import build_model
from hope_core.models.estimates import Estimate, estimate
from hope_core.optim import build_optimizer
from hope_core.training.devices import resolve_device, synchronize
from hope_core.training.trial import Trial, choose_speed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hope_core.config.run import RunConfig
    from hope_core.inference.messages import EstimateRequest

WIDTH = 256
LAYERS = 2
"""The model that is timed is at most so wide and deep."""


@dataclass(frozen=True)
class Speed:
    """What the timed model reached on this machine."""

    flops_per_second: float
    """Of forward and backward passes."""
    update_seconds: float
    """Time of an optimizer's step, for each parameter (s)."""


_measured: dict[tuple[str, str, str], Speed] = {}
"""By kind of model, optimizer and device: measured once a process."""


def answer_estimate(request: EstimateRequest, check: Callable[[], None]) -> Iterator[EstimateReply]:
    """Sizes from the shapes alone, time from a measured step.

    Raises:
        HopeError: the settings cannot be used.
    """
    config = parse_config(json.loads(request.config), source="the settings")
    vocabulary = config.data.tokenizer.vocabulary if config.data.tokenizer.kind == "bpe" else 256
    sizes = estimate(config, vocabulary)
    check()
    seconds, rate = expected_seconds(config, vocabulary, check)
    yield EstimateReply(
        id=request.id,
        parameters=sizes.parameters,
        weight_bytes=sizes.weight_bytes,
        gradient_bytes=sizes.gradient_bytes,
        optimizer_bytes=sizes.optimizer_bytes,
        activation_bytes=sizes.activation_bytes,
        total_bytes=sizes.total_bytes,
        seconds=seconds,
        tokens_per_second=rate,
        checkpoint_bytes=sizes.weight_bytes + sizes.optimizer_bytes,
        levels=sizes.levels,
        warnings=tuple(_warnings(config, sizes)),
    )


def expected_seconds(
    config: RunConfig, vocabulary: int, check: Callable[[], None]
) -> tuple[float, float]:
    """Expected training time of the whole run (s), and tokens a second."""
    speed = _speed_of(config, check)
    with torch.device("meta"):
        model = build_model(config.model, vocabulary, device="meta")
    length, train = config.data.sequence_length, config.train
    tokens = train.batch_size * train.accumulation * length
    step = tokens * model.flops_per_token(length) / speed.flops_per_second
    step += model.parameter_count() * speed.update_seconds
    seconds = train.steps * step
    return min(seconds, train.max_seconds or seconds), tokens / step


def _speed_of(config: RunConfig, check: Callable[[], None]) -> Speed:
    device = resolve_device(config.device)
    key = (config.model.kind, config.optimizer.kind, str(device))
    if key not in _measured:
        _measured[key] = _measure(config, device, check)
    return _measured[key]


def _measure(config: RunConfig, device: torch.device, check: Callable[[], None]) -> Speed:
    width = min(config.model.width, WIDTH)
    heads = config.model.heads if width == config.model.width else 4
    small = config.model.model_copy(update={"width": width, "heads": heads, "layers": LAYERS})
    config = config.model_copy(update={"model": small})
    model = build_model(small, 256)
    model.to(device)
    trial = Trial(model, config, check)
    precision, _ = choose_speed(trial, config, device)
    flops_per_second = trial.flops / trial.seconds(precision)
    optimizer = build_optimizer(config.optimizer, model.levels(), tables=model.tables())
    seconds = []
    for _ in range(2):
        for parameter in model.parameters():
            parameter.grad = torch.zeros_like(parameter)
        began = time.perf_counter()
        optimizer.step(0.0, 1.0)
        synchronize(device)
        seconds.append(time.perf_counter() - began)
    return Speed(flops_per_second, min(seconds) / model.parameter_count())


def _warnings(config: RunConfig, sizes: Estimate) -> Iterator[str]:
    yield from (str(problem) for problem in warnings_for(config))
    device = resolve_device(config.device)
    if device.type == "cuda":
        free, where = torch.cuda.mem_get_info(device)[0], f"of {device}"
    else:
        free, where = psutil.virtual_memory().available, "of this machine"
    if sizes.total_bytes > free:
        yield (
            f"About {sizes.total_bytes / 1e9:.1f} GB are needed, and {free / 1e9:.1f} GB {where} "
            "are free. Lower train.batch_size and raise train.accumulation by the same factor, or "
            "choose a smaller model."
        )
