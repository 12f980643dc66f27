"""How long a run still takes, from how fast it has been lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hope_core.analysis.history import RunHistory

_RECENT = 200
"""Steps over which the pace is taken."""


def seconds_a_step(history: RunHistory) -> float | None:
    """Training seconds of one step, lately; None before the second step."""
    seconds = history.axes["seconds"].values[-_RECENT:]
    steps = history.axes["step"].values[-_RECENT:]
    if len(steps) < 2 or steps[-1] <= steps[0]:
        return None
    return float((seconds[-1] - seconds[0]) / (steps[-1] - steps[0]))


def remaining_seconds(
    history: RunHistory, *, steps: int | None = None, max_seconds: float | None = None
) -> float | None:
    """Seconds until the run ends by its number of steps or by its time, whichever comes first.

    Args:
        history: the run.
        steps: number of steps of the run; by default what the trainer told when it started.
        max_seconds: limit of training time, 0 for none; by default what the trainer told.

    Returns:
        None while the pace is unknown.
    """
    pace = seconds_a_step(history)
    started, last = history.started, history.last
    if pace is None or last is None or (started is None and steps is None):
        return None
    steps = started.steps if steps is None and started else steps or 0
    limit = started.max_seconds if max_seconds is None and started else max_seconds or 0.0
    remaining = max(steps - last.step, 0) * pace
    return min(remaining, max(limit - last.seconds, 0.0)) if limit else remaining


def progress(history: RunHistory) -> float:
    """Share of the run that is done, 0 to 1, by steps or by time, whichever is further."""
    started, last = history.started, history.last
    if started is None or last is None:
        return 0.0
    by_time = last.seconds / started.max_seconds if started.max_seconds else 0.0
    return min(max(last.step / started.steps, by_time), 1.0)
