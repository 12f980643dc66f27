from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hope_core.runs.folder import RunFolder
from hope_core.training import launch
from hope_studio.phases import Phase

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from hope_studio.messages import Message
    from hope_studio.session import Session

FAKE_TRAINER = Path(__file__).parent / "fake_trainer.py"
PATIENCE_MS = 20_000
Employ = "Callable[..., list[subprocess.Popen[bytes]]]"


@pytest.fixture
def employ(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[subprocess.Popen[bytes]]]:
    """Lets the session start the stand-in for a trainer; returns the processes it started."""

    def with_options(*options: str) -> list[subprocess.Popen[bytes]]:
        children: list[subprocess.Popen[bytes]] = []

        def start(
            path: Path, commands_from: int | None = None, **_how: bool
        ) -> subprocess.Popen[bytes]:
            place = ["--commands-from", str(commands_from or 0)]
            command = [sys.executable, str(FAKE_TRAINER), str(path), *place, *options]
            children.append(subprocess.Popen(command))
            return children[-1]

        monkeypatch.setattr(launch, "start_process", start)
        return children

    return with_options


def wait_for(qtbot: QtBot, session: Session, phase: Phase) -> None:
    qtbot.waitUntil(lambda: session.phase is phase, timeout=PATIENCE_MS)


def wait_for_step(qtbot: QtBot, session: Session, step: int) -> None:
    def reached() -> bool:
        return session.history is not None and session.history.step >= step

    qtbot.waitUntil(reached, timeout=PATIENCE_MS)


def test_session_follows_a_run_to_its_end(qtbot: QtBot, session: Session, employ: Employ) -> None:
    employ("--steps", "20")
    session.start()
    assert session.phase is Phase.PREPARING
    wait_for(qtbot, session, Phase.FINISHED)
    assert session.history is not None
    assert session.history.step == 20


def test_history_is_fed_before_the_events_are_told(
    qtbot: QtBot, session: Session, employ: Employ
) -> None:
    employ("--steps", "20")
    lags: list[int] = []

    def compare(batch: list[object]) -> None:
        steps = [getattr(event, "step", 0) for event in batch]
        assert session.history is not None
        lags.append(max(steps, default=0) - session.history.step)

    session.events_arrived.connect(compare)
    session.start()
    wait_for(qtbot, session, Phase.FINISHED)
    assert max(lags) <= 0


def test_a_second_press_of_train_is_harmless(
    qtbot: QtBot, session: Session, employ: Employ
) -> None:
    children = employ("--steps", "30")
    session.start()
    session.start()
    wait_for(qtbot, session, Phase.FINISHED)
    assert len(children) == 1


def test_pause_step_and_continue(qtbot: QtBot, session: Session, employ: Employ) -> None:
    employ()
    session.start()
    wait_for_step(qtbot, session, 2)
    session.pause()
    assert session.phase is Phase.PAUSING
    wait_for(qtbot, session, Phase.PAUSED)
    assert session.history is not None
    before = session.history.step
    session.run_steps(3)
    wait_for_step(qtbot, session, before + 3)
    wait_for(qtbot, session, Phase.PAUSED)
    assert session.history.step == before + 3
    session.go_on()
    wait_for_step(qtbot, session, before + 5)
    session.stop(keep=True)
    wait_for(qtbot, session, Phase.STOPPED)


def test_a_killed_trainer_reads_as_interrupted_with_its_last_step(
    qtbot: QtBot, session: Session, employ: Employ
) -> None:
    employ("--die-at", "12")
    session.start()
    wait_for(qtbot, session, Phase.INTERRUPTED)
    assert session.history is not None
    assert session.history.step == 12
    assert session.history.failure is not None
    assert "resume the run" in session.history.failure.hint


def test_an_interrupted_run_can_be_resumed(qtbot: QtBot, session: Session, employ: Employ) -> None:
    employ("--die-at", "5")
    session.start()
    wait_for(qtbot, session, Phase.INTERRUPTED)
    assert session.run is not None
    employ("--steps", "8")
    session.resume_run(session.run.path)
    wait_for(qtbot, session, Phase.FINISHED)


def test_a_resumed_trainer_that_dies_before_its_first_word_is_told_of(
    qtbot: QtBot, session: Session, employ: Employ
) -> None:
    employ("--steps", "5")
    session.start()
    wait_for(qtbot, session, Phase.FINISHED)
    assert session.run is not None
    assert session.history is not None
    employ("--no-such-option")
    session.resume_run(session.run.path)
    qtbot.waitUntil(
        lambda: session.history is not None and session.history.failure is not None,
        timeout=PATIENCE_MS,
    )
    wait_for(qtbot, session, Phase.FINISHED)


def test_a_run_that_somebody_resumes_later_is_followed_again(
    qtbot: QtBot, session: Session, employ: Employ
) -> None:
    employ("--steps", "5")
    session.start()
    wait_for(qtbot, session, Phase.FINISHED)
    assert session.run is not None
    command = [sys.executable, str(FAKE_TRAINER), str(session.run.path)]
    with subprocess.Popen(command):
        wait_for(qtbot, session, Phase.RUNNING)
        session.stop(keep=False)
        wait_for(qtbot, session, Phase.STOPPED)


def test_a_stop_that_is_not_heeded_can_be_enforced(
    qtbot: QtBot, session: Session, employ: Employ, monkeypatch: pytest.MonkeyPatch
) -> None:
    children = employ("--deaf")
    session._patience.setInterval(50)
    session.start()
    wait_for_step(qtbot, session, 1)
    session.stop(keep=True)
    assert not session.stop_overdue
    qtbot.waitUntil(lambda: session.stop_overdue, timeout=PATIENCE_MS)
    session.stop_now()
    wait_for(qtbot, session, Phase.INTERRUPTED)
    assert children[0].returncode == -signal.SIGKILL


def test_a_run_started_elsewhere_is_watched_and_stopped(qtbot: QtBot, session: Session) -> None:
    folder = RunFolder.create(session.config)
    command = [sys.executable, str(FAKE_TRAINER), str(folder.path)]
    with subprocess.Popen(command) as child:
        while not any((folder.path / "events").glob("*.jsonl")):
            assert child.poll() is None
        session.open_run(folder.path)
        wait_for(qtbot, session, Phase.RUNNING)
        wait_for_step(qtbot, session, 3)
        session.stop(keep=False)
        wait_for(qtbot, session, Phase.STOPPED)


def test_leaving_keeps_the_trainer_at_work(qtbot: QtBot, session: Session, employ: Employ) -> None:
    children = employ()
    session.start()
    wait_for_step(qtbot, session, 1)
    assert session.leave()
    assert children[0].poll() is None
    os.kill(children[0].pid, signal.SIGKILL)
    children[0].wait()


def test_a_trainer_that_falls_silent_has_lost_its_signal(
    qtbot: QtBot, session: Session, employ: Employ, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hope_studio.pulse.SILENT_SECONDS", 0.5)
    children = employ()
    session.start()
    wait_for_step(qtbot, session, 1)
    os.kill(children[0].pid, signal.SIGSTOP)
    wait_for(qtbot, session, Phase.NO_SIGNAL)
    os.kill(children[0].pid, signal.SIGCONT)
    wait_for(qtbot, session, Phase.RUNNING)
    session.stop(keep=False)
    wait_for(qtbot, session, Phase.STOPPED)


def test_a_folder_that_is_no_run_becomes_a_notice(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    with qtbot.waitSignal(session.noticed, timeout=PATIENCE_MS) as told:
        session.open_run(tmp_path)
    message: Message = told.args[0]
    assert "no run.json" in message.text
    assert session.phase is Phase.IDLE


def test_an_unknown_preset_becomes_a_notice(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.noticed) as told:
        session.load_preset("smal")
    assert "Did you mean 'small'?" in told.args[0].text


def test_the_settings_being_edited_begin_with_the_small_preset(session: Session) -> None:
    assert session.config.name == "small"


def test_importing_the_session_loads_neither_torch_nor_settings() -> None:
    code = (
        "import sys, hope_studio.session; print('torch' in sys.modules, 'pydantic' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "False"]
