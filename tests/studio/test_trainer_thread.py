from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hope_core.config.overrides import apply_overrides
from hope_studio.phases import Phase
from hope_studio.pulse import Pulse, Silence
from hope_studio.tasks import Start
from hope_studio.trainer_thread import TrainerThread

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session

TINY = (
    "train.steps=3",
    "train.max_seconds=0",
    "train.threads=1",
    "train.batch_size=1",
    "train.evaluation_batches=1",
    "train.sample_tokens=4",
    "model.layers=1",
    "model.width=32",
    "model.heads=4",
    "data.sequence_length=32",
    "data.source.max_megabytes=1",
)


@pytest.mark.parametrize("executor", ["process", "thread"])
def test_a_real_trainer_runs_to_its_end(qtbot: QtBot, session: Session, executor: str) -> None:
    session.executor = executor
    session.set_config(apply_overrides(session.config, TINY))
    session.start()
    qtbot.waitUntil(lambda: session.phase is Phase.FINISHED, timeout=120_000)
    assert session.history is not None
    assert session.history.step == 3
    assert session.history.checkpoints


def test_a_run_that_cannot_be_made_becomes_a_message(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOPE_RUNS", "/dev/null/runs")
    with qtbot.waitSignal(session.noticed, timeout=20_000) as told:
        session.start()
    assert told.args[0].severity == "error"
    assert session.phase is Phase.IDLE


def test_only_the_process_outlives_the_window(session: Session) -> None:
    task = Start(session.config)
    assert TrainerThread(task, executor="process").outlives_window
    assert not TrainerThread(task, executor="thread").outlives_window


def test_silence_is_told_once_and_its_end_once(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("hope_studio.pulse.time.monotonic", lambda: clock[0])
    silence = Silence()
    clock[0] = 9.0
    assert silence.heard(False) is None
    clock[0] = 11.0
    assert silence.heard(False) is Pulse.SILENT
    assert silence.heard(False) is None
    assert silence.heard(True) is Pulse.BEATING
    assert silence.heard(True) is None


def test_a_trainer_known_to_be_slow_is_given_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("hope_studio.pulse.time.monotonic", lambda: clock[0])
    silence = Silence()
    clock[0] = 8.0
    silence.heard(True)
    clock[0] = 8.0 + 20.0
    assert silence.heard(False) is None
    clock[0] = 8.0 + 25.0
    assert silence.heard(False) is Pulse.SILENT
