"""One run, several who look and command: two windows, and the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from endless_runs import (
    ENDLESS,
    PATIENCE_MS,
    steps_of,
    trainer_of,
    wait_for,
    wait_for_step,
)

from hope_core.runs.lifecycle import is_alive
from hope_studio.phases import Phase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session

HOPE = (sys.executable, "-m", "hope_core.cli")
INTERRUPTED_BY_USER = 130


def test_second_window_watches_and_commands_the_same_run(
    qtbot: QtBot, open_session: Callable[[], Session]
) -> None:
    first, second = open_session(), open_session()
    first.start()
    wait_for_step(qtbot, first, 3)
    assert first.run is not None
    second.open_run(first.run.path)
    wait_for_step(qtbot, second, 3)
    second.pause()
    for session in (first, second):
        wait_for(qtbot, session, Phase.PAUSED)
    assert steps_of(first) == steps_of(second)
    first.go_on()
    wait_for(qtbot, second, Phase.RUNNING)
    first.stop(keep=False)
    for session in (first, second):
        wait_for(qtbot, session, Phase.STOPPED)


def test_window_that_only_watches_leaves_the_training_alone(
    qtbot: QtBot, open_session: Callable[[], Session]
) -> None:
    first, second = open_session(), open_session()
    first.start()
    wait_for_step(qtbot, first, 3)
    assert first.run is not None
    second.open_run(first.run.path)
    wait_for(qtbot, second, Phase.RUNNING)
    assert second.leave()
    wait_for_step(qtbot, first, steps_of(first) + 5)
    first.stop(keep=False)
    wait_for(qtbot, first, Phase.STOPPED)


def test_run_of_the_command_line_is_paused_and_stopped_from_the_window(
    qtbot: QtBot, open_session: Callable[[], Session], home: Path
) -> None:
    settings = [word for setting in ENDLESS for word in ("--set", setting)]
    run = home / "runs" / "by-hand"
    command = [*HOPE, "train", "small", *settings, "--run-dir", str(run), "--json"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as trained:
        qtbot.waitUntil((run / "run.json").exists, timeout=PATIENCE_MS)
        session = open_session()
        session.open_run(run)
        wait_for_step(qtbot, session, 3)
        session.pause()
        wait_for(qtbot, session, Phase.PAUSED)
        session.go_on()
        wait_for_step(qtbot, session, steps_of(session) + 3)
        session.stop(keep=True)
        wait_for(qtbot, session, Phase.STOPPED)
        told, _ = trained.communicate()
    assert trained.returncode == 0
    summary = json.loads(told.splitlines()[-1])
    assert summary["state"] == "stopped"
    assert summary["steps"] == steps_of(session)


def test_command_line_resumes_what_the_window_stopped_but_not_what_it_trains(
    qtbot: QtBot, open_session: Callable[[], Session], home: Path
) -> None:
    session = open_session()
    session.start()
    wait_for_step(qtbot, session, 3)
    assert session.run is not None
    run = str(session.run.path)
    refused = subprocess.run([*HOPE, "resume", run], capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "being trained by another process" in refused.stderr
    session.stop(keep=True)
    wait_for(qtbot, session, Phase.STOPPED)
    stopped_at = steps_of(session)
    with subprocess.Popen([*HOPE, "resume", run], stdout=subprocess.DEVNULL) as resumed:
        session.open_run(session.run.path)
        qtbot.waitUntil(lambda: is_alive(session.run), timeout=PATIENCE_MS)
        session.open_run(session.run.path)
        wait_for_step(qtbot, session, stopped_at + 3)
        assert trainer_of(session).pid == resumed.pid
        resumed.send_signal(2)
        wait_for(qtbot, session, Phase.STOPPED)
        assert resumed.wait() == INTERRUPTED_BY_USER
