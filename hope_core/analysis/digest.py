"""A run in a few numbers, for lists of runs: its best look at held-out text and a small curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hope_core.analysis.history_cache import open_history
from hope_core.runs.folder import RunFolder

if TYPE_CHECKING:
    from pathlib import Path

CURVE_POINTS = 40


@dataclass(frozen=True)
class RunDigest:
    """What a row of a list shows beyond run.json and state.json."""

    seed: int
    best_bits_per_byte: float | None
    """The lowest on held-out text; None before the first evaluation."""
    best_step: int | None
    curve: tuple[float, ...]
    """The training loss (nats a token), averaged into at most CURVE_POINTS parts."""


def digest(path: Path) -> RunDigest:
    """Read a run's settings and events; takes milliseconds for thousands of steps.

    Raises:
        RunError: the run folder is missing or damaged.
    """
    folder = RunFolder.open(path)
    history = open_history(folder.path).history
    best = history.best
    losses = history.series["loss"].y
    finite = losses[np.isfinite(losses)]
    parts = np.array_split(finite, min(CURVE_POINTS, len(finite))) if len(finite) else []
    return RunDigest(
        seed=folder.config.seed,
        best_bits_per_byte=None if best is None else best.bits_per_byte,
        best_step=None if best is None else best.step,
        curve=tuple(float(part.mean()) for part in parts),
    )
