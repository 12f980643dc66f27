"""Where a run stands in its life, as state.json tells it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal, TypedDict

import msgspec

from hope_core.errors import RunError
from hope_core.runs.lock import is_locked
from hope_core.runs.names import path_of
from hope_core.runs.owner import Owner, is_running, this_host
from hope_core.runs.serialise import decode_record

if TYPE_CHECKING:
    from pathlib import Path

    from hope_core.runs.names import HasPath

StateName = Literal[
    "created",
    "preparing",
    "running",
    "paused",
    "finished",
    "stopped",
    "failed",
    "interrupted",
]
LIVE_STATES: frozenset[str] = frozenset({"preparing", "running", "paused"})
"""States in which a trainer works on the run, or died without saying so."""
ENDED_STATES: frozenset[str] = frozenset({"finished", "stopped", "failed", "interrupted"})
LOOK_SECONDS = 0.1
"""Longer than a look at the lock takes."""
SILENCE_SECONDS = 120.0
"""A trainer on another machine is taken for dead after this long without a heartbeat."""


class RunState(msgspec.Struct, frozen=True, kw_only=True):
    """The content of state.json: replaced whole, at most once a second while training."""

    schema_version: int = 1
    state: StateName = "created"
    reason: str = ""
    """Why it is so, in words."""
    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    """Training time so far."""
    loss: float | None = None
    """The last training loss (nats a token)."""
    bits_per_byte: float | None = None
    """The last evaluation on held-out text."""
    best_bits_per_byte: float | None = None
    """The best evaluation on held-out text."""
    peak_bytes: int = 0
    """Largest resident memory that the trainer has seen of itself."""
    updated: float = 0.0
    """Wall clock of this writing (seconds since 1970, UTC): the heartbeat."""
    owner: Owner | None = None
    """The trainer's process, while the run is live."""
    segment: int = 0
    """The last segment of events that was there before this trainer."""


class Figures(TypedDict, total=False):
    """How far a run is, by the names of RunState; None leaves a number as it was."""

    step: int | None
    tokens: int | None
    seconds: float | None
    loss: float | None
    bits_per_byte: float | None
    best_bits_per_byte: float | None
    peak_bytes: int | None


def known(figures: Figures) -> dict[str, object]:
    """The figures that say something."""
    return {name: value for name, value in figures.items() if value is not None}


def read_state(path: Path) -> RunState:
    """The state of the run folder `path`.

    A state file that is lost or unreadable costs nothing: events and checkpoints stand elsewhere.
    The run is then taken as interrupted when it has trained before, else as newly created.

    Raises:
        RunError: the file is there, but the system does not let us read it.
    """
    file = path / "state.json"
    try:
        return decode_record(file.read_bytes(), RunState)
    except (FileNotFoundError, NotADirectoryError):
        reason = "state.json is missing."
    except msgspec.DecodeError as error:
        reason = f"state.json was damaged ({error})."
    except OSError as error:
        raise RunError(f"{file} cannot be read ({error.strerror}). Check your rights.") from error
    has_trained = any((path / "events").glob("*.jsonl"))
    return RunState(state="interrupted" if has_trained else "created", reason=reason)


def effective_state(folder: HasPath | Path) -> StateName:
    """The state a person should see: a live state whose trainer is gone reads as "interrupted"."""
    path = path_of(folder)
    state = read_state(path)
    if state.state in LIVE_STATES and not is_owned(path, state):
        # The trainer may have written its last state between our two looks.
        state = read_state(path)
        return "interrupted" if state.state in LIVE_STATES else state.state
    return state.state


def is_owned(path: Path, state: RunState) -> bool:
    """Whether a trainer works on this run now.

    The lock decides: the system frees it when its process dies, however that happens. Where it
    cannot be asked (a folder shared read-only) or does not reach (another machine's trainer), the
    process named in the state decides, then the heartbeat.
    """
    owner = state.owner
    locked = is_locked(path)
    if locked and owner is not None and not is_running(owner):
        locked = is_locked(path, patience=LOOK_SECONDS)  # held by a new trainer, or only looked at
    if locked:
        return True
    if owner is None:
        return False
    if owner.host != this_host():
        return abs(time.time() - state.updated) < SILENCE_SECONDS
    return locked is None and is_running(owner)
