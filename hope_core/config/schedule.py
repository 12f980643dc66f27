"""The learning rate as a pure function of how far the run has come."""

from __future__ import annotations

import math


def progress_of(step: int, steps: int, seconds: float = 0.0, max_seconds: float = 0.0) -> float:
    """How far the run has come, in [0, 1]: by steps or by training time, whichever is further.

    Args:
        step: steps done.
        steps: steps of the run.
        seconds: training time spent (s).
        max_seconds: the limit on it (s); 0: none.
    """
    by_time = seconds / max_seconds if max_seconds else 0.0
    return min(1.0, max(step / steps, by_time))


def learning_rate_at(progress: float, *, peak: float, minimum: float, warmup: float) -> float:
    """A linear rise to `peak` over the share `warmup`, then a cosine to `peak` x `minimum`."""
    if progress < warmup:
        return peak * progress / warmup
    fallen = min(1.0, (progress - warmup) / (1.0 - warmup))
    return peak * (minimum + (1.0 - minimum) * 0.5 * (1.0 + math.cos(math.pi * fallen)))
