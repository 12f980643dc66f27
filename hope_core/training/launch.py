"""Starts a trainer as a process of its own, at a lower priority, free of torch."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import psutil

from hope_core.runs.storage import rename

if TYPE_CHECKING:
    from pathlib import Path

NICENESS = 10
LEAST = 19
"""The most patient a program can be."""
LOG_BYTES = 5_000_000
LOGS_KEPT = 5


def start_process(
    run_path: Path, commands_from: int | None = None, *, gentle: bool = False
) -> subprocess.Popen[bytes]:
    """Start `python -m hope_core.worker RUN` in a session of its own.

    The process goes on when its parent ends; what it prints goes to logs/trainer.log.

    Args:
        run_path: the run folder.
        commands_from: where in commands.jsonl to begin reading; None: at its end.
        gentle: let every other program of the machine go first, not only the window.
    """
    command = [sys.executable, "-m", "hope_core.worker", str(run_path)]
    if commands_from is not None:
        command += ["--commands-from", str(commands_from)]
    logs = run_path / "logs"
    logs.mkdir(exist_ok=True)
    _rotate(logs)
    with (logs / "trainer.log").open("ab") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **_of_its_own()
        )
    _lower_priority(process.pid, gentle=gentle)
    return process


def _of_its_own() -> dict[str, Any]:
    """What keeps a Ctrl+C or the end of the parent from reaching the child."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def _lower_priority(pid: int, *, gentle: bool) -> None:
    """Let the window go first. A child that is gone already is told of by its exit code."""
    try:
        if sys.platform == "win32":
            below, idle = psutil.BELOW_NORMAL_PRIORITY_CLASS, psutil.IDLE_PRIORITY_CLASS
            psutil.Process(pid).nice(idle if gentle else below)
        else:
            psutil.Process(pid).nice(LEAST if gentle else NICENESS)
    except psutil.Error:
        return


def _rotate(logs: Path) -> None:
    """Move a full trainer.log to trainer.1.log and so on; the oldest is overwritten."""
    current = logs / "trainer.log"
    if not current.exists() or current.stat().st_size < LOG_BYTES:
        return
    names = [current, *(logs / f"trainer.{number}.log" for number in range(1, LOGS_KEPT))]
    for newer, older in reversed(list(pairwise(names))):
        if newer.exists():
            rename(newer, older)
