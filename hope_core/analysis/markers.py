"""What happened in a run beside its numbers, and at which step: what plots mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hope_core.runs.events import (
    CheckpointSaved,
    EvaluationFinished,
    LearningRateChanged,
    Notice,
    RunFailed,
    RunStarted,
    StepSkipped,
)

if TYPE_CHECKING:
    from hope_core.runs.events import Event

KINDS = ("checkpoint", "best", "rate", "resumed", "warning", "skipped", "failed")
"""What is marked, from the least to the most important."""


class Marker(NamedTuple):
    """One event at its step; `kind` is one of KINDS."""

    kind: str
    step: int
    event: Event


def marker_of(event: Event, step: int) -> Marker | None:
    """How an event is marked; None for one that is not.

    Args:
        event: what happened.
        step: the run's last step, for events that do not name theirs.
    """
    match event:
        case CheckpointSaved():
            return Marker("checkpoint", event.step, event)
        case EvaluationFinished(best=True):
            return Marker("best", event.step, event)
        case LearningRateChanged():
            return Marker("rate", event.step, event)
        case RunStarted(resumed=True):
            return Marker("resumed", event.step, event)
        case Notice():
            return Marker("warning", step, event)
        case StepSkipped():
            return Marker("skipped", event.step, event)
        case RunFailed():
            return Marker("failed", event.step, event)
        case _:
            return None
