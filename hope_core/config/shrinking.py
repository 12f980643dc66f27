"""The same training in less memory: smaller batches, and as many more of them before a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hope_core.config.validation import parse_config
from hope_core.errors import ConfigError, Problem

if TYPE_CHECKING:
    from hope_core.config.run import RunConfig


def shrink_to_fit(
    config: RunConfig, *, fixed_bytes: int, activation_bytes: int, free_bytes: int
) -> RunConfig:
    """A copy whose batches are small enough; what a step learns from stays the same.

    Args:
        config: the run.
        fixed_bytes: what weights, gradients and moments take, whatever the batch.
        activation_bytes: what one batch takes; in proportion to its sequences.
        free_bytes: the memory there is.

    Raises:
        ConfigError: not even one sequence for each process fits.
    """
    train = config.train
    for pieces in range(1, train.batch_size // config.parallel.processes + 1):
        fits = fixed_bytes + activation_bytes / pieces <= free_bytes
        if fits and train.batch_size % pieces == 0:
            smaller = {
                "batch_size": train.batch_size // pieces,
                "accumulation": train.accumulation * pieces,
            }
            settings = config.model_dump(mode="json")
            return parse_config(settings | {"train": settings["train"] | smaller})
    problem = Problem(
        "train.batch_size",
        "not even one sequence at a time fits into the memory that is free.",
        "Lower data.sequence_length, choose a smaller model, or close other programs.",
    )
    raise ConfigError([problem])
