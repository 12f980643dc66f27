"""The window is ended from outside: what a signal and a logout change, and what they leave alone.

Whole programs ended by real signals: tests/faults/test_told_to_end.py.
"""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import SIGNAL

from hope_core.config.run import RunConfig
from hope_core.runs.command_log import CommandReader
from hope_core.runs.commands import Stop
from hope_core.runs.folder import RunFolder
from hope_studio.closing import Closing
from hope_studio.farewell import Farewell
from hope_studio.phases import Phase
from hope_studio.tasks import Watch
from hope_studio.trainer_thread import TrainerThread
from hope_studio.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session

NUMBERS = (signal.SIGTERM, signal.SIGINT)


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    made.furnish(session)
    assert made.frame is not None
    made.frame.ask_how_to_close = in_the_background
    yield made
    made.frame.watch.stop()


def in_the_background(_parent: object, **_facts: object) -> Closing:
    return Closing.BACKGROUND


@pytest.fixture
def handlers() -> Iterator[None]:
    """The test's own handlers of signals come back."""
    before = {number: signal.getsignal(number) for number in NUMBERS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def farewell(qapp: QApplication, handlers: None, window: MainWindow) -> Iterator[Farewell]:
    made = Farewell(qapp, window)
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def live_run(tmp_path: Path) -> Iterator[RunFolder]:
    """A run that somebody trains."""
    run = RunFolder.create(RunConfig(), tmp_path / "runs" / "live")
    with run.lock():
        run.write_state("running")
        yield run


def test_signals_are_caught_and_later_end_the_program_at_once(farewell: Farewell) -> None:
    farewell.start()
    assert all(callable(signal.getsignal(number)) for number in NUMBERS)
    farewell.stop()
    assert {signal.getsignal(number) for number in NUMBERS} == {signal.SIG_DFL}


def test_ignored_signal_stays_ignored(farewell: Farewell) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    farewell.start()
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN


def test_logout_is_listened_to(qapp: QApplication, farewell: Farewell) -> None:
    told = SIGNAL("commitDataRequest(QSessionManager&)")
    before = qapp.receivers(told)
    farewell.start()
    assert qapp.receivers(told) == before + 1


def test_logout_leaves_a_run_alone_that_is_only_watched(
    qtbot: QtBot, farewell: Farewell, session: Session, live_run: RunFolder
) -> None:
    farewell.start()
    session.open_run(live_run.path)
    qtbot.waitUntil(lambda: session.phase is Phase.RUNNING)
    farewell.log_out()
    assert session.leave()
    assert CommandReader(live_run).poll() == []


def test_what_is_sent_right_before_leaving_arrives(qtbot: QtBot, live_run: RunFolder) -> None:
    thread = TrainerThread(Watch(live_run.path))
    with qtbot.waitSignal(thread.opened):
        thread.start()
    thread.send(Stop(keep=True))
    thread.leave()
    assert thread.wait(5000)
    assert [type(command) for command in CommandReader(live_run).poll()] == [Stop]
