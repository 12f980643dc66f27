"""What becomes of a run when its trainer dies: a last word for it, and its leftovers removed."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from hope_core.errors import RunError
from hope_core.runs.checkpoints import list_checkpoints
from hope_core.runs.event_log import EventWriter, last_segment
from hope_core.runs.events import RunFailed, RunFinished, StateChanged, StepFinished
from hope_core.runs.lock import is_locked
from hope_core.runs.names import path_of
from hope_core.runs.owner import this_process
from hope_core.runs.reader import last_events
from hope_core.runs.state import (
    ENDED_STATES,
    LIVE_STATES,
    LOOK_SECONDS,
    StateName,
    is_owned,
    read_state,
)
from hope_core.runs.storage import recover_folder

if TYPE_CHECKING:
    from pathlib import Path

    from hope_core.runs.events import AnyEvent
    from hope_core.runs.folder import RunFolder
    from hope_core.runs.names import HasPath


def is_alive(folder: HasPath | Path) -> bool:
    """Whether a trainer works on this run now."""
    path = path_of(folder)
    return is_owned(path, read_state(path))


def record_death(
    folder: RunFolder,
    exit_code: int | None = None,
    *,
    launched_after: int | None = None,
    words: str = "",
) -> RunFailed | None:
    """Writes the last word of a trainer that died without one; any number of watchers may call it.

    Nothing happens while a trainer lives, or when the run has ended by itself or was recorded
    before. A run still "created" counts as dead only when an exit code proves that somebody tried.

    Args:
        folder: the run.
        exit_code: how the process ended, as `subprocess` says it (a signal is negative), if known.
        launched_after: the last segment of events when whoever calls launched the process. With
            it, one that died before it could say anything is told of even when the run had ended
            before; the run then keeps its state.
        words: what happened, from a caller who knows more than the exit code tells; the run has
            then failed.

    Returns:
        The event that was written, or None.

    Raises:
        RunError: the folder cannot be written.
    """
    if not _seems_dead(folder, exit_code, launched_after) or is_alive(folder):
        return None
    try:
        with folder.lock(timeout=LOOK_SECONDS):
            if _seems_dead(folder, exit_code, launched_after):
                return _write_last_word(folder, exit_code, words)
    except RunError:
        if not is_locked(folder.path):
            raise
    return None


def clean_orphans(folder: RunFolder) -> list[Path]:
    """Tidies up at the start of a trainer, which must hold the run's lock.

    Records the death of a trainer before it that left no last word, and removes half-written files.

    Returns:
        What was removed, or put back in its place.

    Raises:
        RunError: the folder cannot be written.
    """
    state = read_state(folder.path)
    if state.state in LIVE_STATES and state.owner != this_process():
        _write_last_word(folder, None)
    touched = recover_folder(folder.path)
    for name in ("checkpoints", "probes"):
        touched += recover_folder(folder.path / name)
    return touched


def _seems_dead(folder: RunFolder, exit_code: int | None, launched_after: int | None) -> bool:
    state = read_state(folder.path).state
    if state in LIVE_STATES:
        return True
    was_silent = launched_after is not None and _last_segment(folder) <= launched_after
    return exit_code is not None and (state == "created" or was_silent)


def _write_last_word(folder: RunFolder, exit_code: int | None, words: str = "") -> RunFailed | None:
    before = read_state(folder.path)
    was_live = before.state in LIVE_STATES
    events = last_events(folder.path, after_segment=before.segment) if was_live else []
    step = max([before.step, *(event.step for event in events if isinstance(event, StepFinished))])
    if spoken := _spoken_state(events):
        folder.write_state(spoken, reason=before.reason, step=step)
        return None
    state, message = _ending(exit_code)
    if words:
        state, message = "failed", words
    if before.state in ENDED_STATES:
        state = before.state
    word = RunFailed(step=step, message=message, hint=_hint(folder, exit_code))
    with EventWriter(folder) as writer:
        writer.write(word)
        writer.write(StateChanged(state=state, step=step, reason=message))
    folder.write_state(state, reason=message, step=step)
    return word


def _last_segment(folder: RunFolder) -> int:
    return last_segment(folder.path / "events")


def _spoken_state(events: list[AnyEvent]) -> StateName | None:
    """The state that the trainer itself ended in, when it died only before writing it down."""
    state: StateName | None = None
    for event in events:
        if isinstance(event, RunFailed):
            state = "failed"
        elif isinstance(event, RunFinished):
            state = "finished"
        elif isinstance(event, StateChanged) and event.state in ENDED_STATES:
            state = event.state  # type: ignore[assignment]
    return state


def ending_words(exit_code: int | None) -> str:
    """How a trainer's process ended, as a sentence.

    Args:
        exit_code: as `subprocess` says it (a signal is negative); None: unknown.
    """
    return _ending(exit_code)[1]


def _ending(exit_code: int | None) -> tuple[StateName, str]:
    number = _signal_number(exit_code)
    if number == getattr(signal, "SIGKILL", 9):
        return "interrupted", "The trainer was killed, most often because memory ran out."
    if number in {signal.SIGSEGV, signal.SIGABRT, signal.SIGILL, signal.SIGFPE}:
        return "interrupted", f"The trainer crashed ({signal.Signals(number).name})."
    if number:
        return "interrupted", f"The trainer was ended by signal {number}."
    if exit_code:
        return "failed", f"The trainer ended with code {exit_code} and did not say why."
    return "interrupted", "The trainer ended without a last word: killed, or the machine stopped."


def _signal_number(exit_code: int | None) -> int:
    """The signal behind an exit code: negative as Python tells it, 128 + n as shells do; or 0."""
    if exit_code is None:
        return 0
    if exit_code >= 0xC0000000:  # how Windows tells of a crash
        return signal.SIGSEGV
    return -exit_code if exit_code < 0 else exit_code - 128 if 128 < exit_code < 160 else 0


def _hint(folder: RunFolder, exit_code: int | None) -> str:
    saved = list_checkpoints(folder.path)
    hint = (
        f"Resume the run: it goes on from step {saved[-1].step}."
        if saved
        else ("Nothing was saved yet: resume the run to begin again.")
    )
    if _signal_number(exit_code) == getattr(signal, "SIGKILL", 9):
        return f"{hint} If memory ran out, lower train.batch_size or data.sequence_length."
    return f"{hint} If it happens again, look into logs in {folder.path}."
