"""What must not hold up the window: a flood of events, and a disk that takes seconds for a sync.

Figures of time depend on the machine and are printed, not asserted.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from delay_meter import DelayMeter
from endless_runs import PATIENCE_MS, steps_of, wait_for

from hope_core.config.run import RunConfig
from hope_core.runs.folder import RunFolder
from hope_core.training import launch
from hope_studio.phases import Phase

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from pytestqt.qtbot import QtBot

    from hope_studio.window import MainWindow

HERE = Path(__file__).parent
RATE = 5_000
"""Events a second."""
LONG_PATIENCE_MS = 20 * PATIENCE_MS
CHECKPOINTS = 3
"""How many saves are watched."""


def test_flood_of_events_reaches_the_window_whole(
    qtbot: QtBot,
    window: MainWindow,
    home: Path,
    count: Callable[[int, int], int],
    measured: Callable[[str], None],
) -> None:
    seconds, session = count(2, 60), window.session
    assert session is not None
    window.show_page("train")
    run = RunFolder.create(RunConfig(), home / "runs" / "flood")
    command = [sys.executable, str(HERE / "event_flood.py"), str(run.path), str(RATE), str(seconds)]
    with subprocess.Popen(command) as trainer:
        qtbot.waitUntil(lambda: run.state.state == "running", timeout=PATIENCE_MS)
        session.open_run(run.path)
        with DelayMeter() as meter:
            qtbot.waitUntil(lambda: steps_of(session) == RATE * seconds, timeout=LONG_PATIENCE_MS)
        wait_for(qtbot, session, Phase.STOPPED)
    assert trainer.returncode == 0
    assert session.history is not None
    assert len(session.history.series["loss"]) == RATE * seconds
    measured(f"{RATE * seconds:,} steps at {RATE:,} a second, none lost; {meter.words()}")


def test_slow_syncs_hold_up_the_trainer_and_not_the_window(
    qtbot: QtBot,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    count: Callable[[int, int], int],
    measured: Callable[[str], None],
) -> None:
    milliseconds, session = count(100, 3000), window.session
    assert session is not None
    started: list[subprocess.Popen[bytes]] = []

    def start(run: Path, commands_from: int = 0, **_how: bool) -> subprocess.Popen[bytes]:
        script = [sys.executable, str(HERE / "slow_trainer.py"), str(milliseconds / 1000)]
        started.append(subprocess.Popen([*script, str(run), "--commands-from", str(commands_from)]))
        return started[-1]

    monkeypatch.setattr(launch, "start_process", start)
    session.start()
    qtbot.waitUntil(lambda: steps_of(session) > 0, timeout=LONG_PATIENCE_MS)
    history = session.history
    assert history is not None
    with DelayMeter() as meter:
        qtbot.waitUntil(lambda: len(history.checkpoints) >= CHECKPOINTS, timeout=LONG_PATIENCE_MS)
    session.stop(keep=False)
    qtbot.waitUntil(lambda: session.phase is Phase.STOPPED, timeout=LONG_PATIENCE_MS)
    assert started[0].wait() == 0
    steps = [checkpoint.step for checkpoint in history.checkpoints]
    assert steps == sorted(set(steps))
    measured(f"{CHECKPOINTS} saves of {milliseconds} ms a sync: {meter.words()}")
