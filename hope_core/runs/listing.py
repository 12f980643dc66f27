"""All runs at a glance: three small files are read of each, no settings, no events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from send2trash import send2trash  # type: ignore[import-untyped]  # it ships no types

from hope_core.errors import RunError
from hope_core.runs.info import read_info
from hope_core.runs.lifecycle import is_alive
from hope_core.runs.names import path_of, runs_root
from hope_core.runs.notes import RunNotes, read_notes
from hope_core.runs.state import LIVE_STATES, RunState, is_owned, read_state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hope_core.runs.names import HasPath


@dataclass(frozen=True)
class RunSummary:
    """One line of the list of runs."""

    path: Path
    name: str
    state: str
    """As a person should see it; "damaged" when run.json cannot be read."""
    created: str = ""
    """ISO 8601, UTC."""
    updated: float = 0.0
    """Seconds since 1970, UTC."""
    preset: str = ""
    model: str = ""
    id: str = ""
    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    loss: float | None = None
    bits_per_byte: float | None = None
    """The last on held-out text."""
    best_bits_per_byte: float | None = None
    peak_bytes: int = 0
    seed: int = 0
    title: str = ""
    """What a person calls it; empty: its name."""
    tags: tuple[str, ...] = ()
    reason: str = ""
    """Why it is in this state, or what is damaged."""


def list_runs(root: Path | None = None) -> list[RunSummary]:
    """The runs in a folder, the newest first; damaged ones last. An absent folder holds none.

    Raises:
        RunError: the folder cannot be read.
    """
    return sorted(scan_runs(root), key=lambda run: (run.created, run.name), reverse=True)


def scan_runs(root: Path | None = None) -> Iterator[RunSummary]:
    """Like `list_runs`, in no order, each as soon as it is read.

    Raises:
        RunError: the folder cannot be read.
    """
    folder = root or runs_root()
    try:
        paths = list(folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        raise RunError(f"The runs in {folder} cannot be listed ({error.strerror}).") from error
    for path in paths:
        if not path.name.startswith(".") and _looks_like_a_run(path):
            yield summary(path)


def summary(path: Path) -> RunSummary:
    """The line about one run folder; damage is told in it, not raised."""
    try:
        info = read_info(path)
        state = read_state(path)
    except RunError as error:
        return RunSummary(path=path, name=path.name, state="damaged", reason=str(error))
    notes, trouble = _notes(path)
    return RunSummary(
        path=path,
        name=info.name,
        state=_seen(path, state),
        created=info.created,
        updated=state.updated,
        preset=info.preset,
        model=info.model,
        id=info.id,
        step=state.step,
        tokens=state.tokens,
        seconds=state.seconds,
        loss=state.loss,
        bits_per_byte=state.bits_per_byte,
        best_bits_per_byte=state.best_bits_per_byte,
        peak_bytes=state.peak_bytes,
        seed=info.seed,
        title=notes.title,
        tags=notes.tags,
        reason=state.reason or trouble,
    )


def _notes(path: Path) -> tuple[RunNotes, str]:
    """A person's notes; where their file is damaged, none, and what is wrong with it."""
    try:
        return read_notes(path), ""
    except RunError as error:
        return RunNotes(), str(error)


def bin_run(folder: HasPath | Path) -> None:
    """Puts a run into the system's bin, from which it can be taken back.

    Raises:
        RunError: it is being trained, or the system has no bin for this disk.
    """
    path = path_of(folder)
    if is_alive(path):
        raise RunError(f"The run {path.name} is being trained. Stop it before you delete it.")
    try:
        send2trash(path)
    except OSError as error:
        raise RunError(
            f"The run {path.name} could not be put into the bin ({error}). "
            f"Nothing was deleted; to delete it for good, remove the folder {path} yourself."
        ) from error


def _seen(path: Path, state: RunState) -> str:
    is_dead = state.state in LIVE_STATES and not is_owned(path, state)
    return "interrupted" if is_dead else state.state


def _looks_like_a_run(path: Path) -> bool:
    return any((path / name).exists() for name in ("run.json", "config.yaml", "state.json"))
