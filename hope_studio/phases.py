"""The life of the open run as the window shows it: one enum, from which every button derives."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from hope_core.runs.events import (
    PhaseProgress,
    RunFailed,
    RunFinished,
    RunStarted,
    StateChanged,
    StepFinished,
)

if TYPE_CHECKING:
    from hope_core.runs.events import AnyEvent


class Phase(Enum):
    """What the open run does at this moment."""

    IDLE = "idle"
    PREPARING = "preparing"
    RUNNING = "running"
    PAUSING = "pausing"
    PAUSED = "paused"
    STOPPING = "stopping"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    NO_SIGNAL = "no_signal"

    @property
    def live(self) -> bool:
        """A trainer is at work, or should be."""
        return self in LIVE

    @property
    def ended(self) -> bool:
        """There is a run and its trainer is gone."""
        return self in ENDED


LIVE = frozenset(
    {
        Phase.PREPARING,
        Phase.RUNNING,
        Phase.PAUSING,
        Phase.PAUSED,
        Phase.STOPPING,
        Phase.NO_SIGNAL,
    }
)
ENDED = frozenset({Phase.FINISHED, Phase.STOPPED, Phase.FAILED, Phase.INTERRUPTED})

_STATES = {
    "created": Phase.PREPARING,
    "preparing": Phase.PREPARING,
    "running": Phase.RUNNING,
    "paused": Phase.PAUSED,
    "finished": Phase.FINISHED,
    "stopped": Phase.STOPPED,
    "failed": Phase.FAILED,
    "interrupted": Phase.INTERRUPTED,
}


def phase_of_state(state: str) -> Phase:
    """The phase that a word in state.json or in a StateChanged event stands for."""
    return _STATES.get(state, Phase.NO_SIGNAL)


def phase_after(phase: Phase, event: AnyEvent) -> Phase:
    """The phase after an event; a wish in progress (pausing, stopping) outlives mere steps."""
    match event:
        case RunStarted():
            return phase if phase is Phase.STOPPING else Phase.PREPARING
        case PhaseProgress(phase="preparing") if phase in (Phase.IDLE, Phase.NO_SIGNAL):
            return Phase.PREPARING
        case StepFinished() if phase in (Phase.IDLE, Phase.PREPARING, Phase.NO_SIGNAL):
            return Phase.RUNNING
        case StateChanged(state=state):
            target = phase_of_state(state)
            if phase is Phase.STOPPING and target.live:
                return phase
            if phase is Phase.PAUSING and target is Phase.RUNNING:
                return phase
            return target
        case RunFailed():
            return phase if phase.ended else Phase.FAILED
        case RunFinished():
            return phase if phase.ended else Phase.FINISHED
        case _:
            return phase
