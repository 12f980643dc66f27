"""A tiny run without an end, and what the tests of its faults wait for."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.phases import Phase
    from hope_studio.session import Session

ENDLESS = (
    "model.width=16",
    "model.layers=1",
    "model.heads=2",
    "data.source.kind=tales",
    "data.source.megabytes=0.05",
    "data.sequence_length=32",
    "train.steps=10000000",
    "train.max_seconds=0",
    "train.threads=1",
    "train.precision=fp32",
    "train.batch_size=2",
    "train.evaluate_every=0",
    "train.evaluation_batches=1",
    "train.sample_every=0",
    "train.sample_tokens=4",
    "train.probe_every=0",
    "train.checkpoint_every=20",
)
PATIENCE_MS = 60_000


_PULSE = threading.Event()
"""Never set: a wait for it gives the trainers the core."""


def pulse() -> None:
    """Let others work for a moment."""
    _PULSE.wait(0.005)


def wait_for(qtbot: QtBot, session: Session, phase: Phase) -> None:
    qtbot.waitUntil(lambda: session.phase is phase, timeout=PATIENCE_MS)


def wait_for_step(qtbot: QtBot, session: Session, step: int) -> None:
    qtbot.waitUntil(lambda: steps_of(session) >= step, timeout=PATIENCE_MS)


def steps_of(session: Session) -> int:
    return session.history.step if session.history is not None else 0


def trainer_of(session: Session) -> psutil.Process:
    """The process that trains the open run."""
    assert session.run is not None
    owner = session.run.state.owner
    assert owner is not None
    return psutil.Process(owner.pid)


def processes_of(home: Path) -> list[psutil.Process]:
    """Every process that was started for this home: trainers and helpers, whoever their parent."""
    runs = str(home / "runs")
    return [process for process in psutil.process_iter() if _environment(process) == runs]


def _environment(process: psutil.Process) -> str:
    try:
        return process.environ().get("HOPE_RUNS", "")
    except psutil.Error:  # gone by now, or somebody else's
        return ""
