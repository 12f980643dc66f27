"""From the report of a crash back to work: resume the run that died, or quit a faulty window."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from hope_core.config.run import RunConfig
from hope_core.runs.checkpoints import new_checkpoint
from hope_core.runs.folder import RunFolder
from hope_studio.crash import CrashHooks
from hope_studio.crash_dialog import CrashDialog, CrashOffer
from hope_studio.crash_reports import BEGAN, FAULT, TRAINER, CrashKeeper
from hope_studio.crashed_run import look_up
from hope_studio.phases import Phase
from hope_studio.window import MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_core.runs.state import StateName
    from hope_studio.session import Session


@pytest.fixture
def keeper(tmp_path: Path) -> CrashKeeper:
    return CrashKeeper(tmp_path / "log", {})


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    made.furnish(session)
    return made


def dead_run(*, saved: int = 0, state: StateName = "failed") -> RunFolder:
    """A run that nobody trains, with a checkpoint of this step."""
    folder = RunFolder.create(RunConfig(), name="mine")
    if saved:
        with new_checkpoint(folder.path, step=saved, config_sha256=folder.config_sha) as commit:
            (commit.path / "model.safetensors").write_bytes(b"weights")
    folder.write_state(state)
    return folder


def report(window: MainWindow, keeper: CrashKeeper, kind: str, moment: float = 1.0) -> CrashDialog:
    keeper.write(kind, "somewhere", run="mine" if kind == TRAINER else "", moment=moment)
    dialog = CrashDialog(window, keeper)
    dialog.show()
    return dialog


def test_run_that_died_goes_on_from_its_checkpoint(
    qtbot: QtBot,
    window: MainWindow,
    session: Session,
    keeper: CrashKeeper,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = dead_run(saved=400)
    resumed: list[Path] = []
    monkeypatch.setattr(session, "resume_run", resumed.append)
    dialog = report(window, keeper, TRAINER)
    qtbot.waitUntil(lambda: dialog.resume_button.isVisible())
    assert "safe up to step 400" in dialog.safe.text()
    assert not dialog.quit_button.isVisible()
    dialog.resume_button.click()
    assert resumed == [folder.path]
    assert window.current_page == "train"


def test_run_is_not_resumed_beside_another(
    qtbot: QtBot, window: MainWindow, session: Session, keeper: CrashKeeper
) -> None:
    dead_run(saved=400)
    session._set_phase(Phase.RUNNING)
    dialog = report(window, keeper, TRAINER)
    qtbot.waitUntil(lambda: dialog.resume_button.isVisible())
    assert not dialog.resume_button.isEnabled()
    assert dialog.resume_button.toolTip()
    session._set_phase(Phase.IDLE)
    dialog.close()


@pytest.mark.parametrize(
    ("saved", "state", "words"),
    [
        (0, "failed", "had not saved a checkpoint"),
        (400, "finished", "finished"),
        (400, "stopped", "safe up to step 400"),
    ],
)
def test_what_is_safe_of_a_run_is_told(saved: int, state: StateName, words: str) -> None:
    dead_run(saved=saved, state=state)
    found = look_up("mine")
    assert words in found.sentence()
    assert found.resumable == (state == "stopped")


def test_run_that_is_gone_is_told() -> None:
    assert "not there any more" in look_up("mine").sentence()


def test_run_without_a_checkpoint_offers_no_resume(
    qtbot: QtBot, window: MainWindow, keeper: CrashKeeper
) -> None:
    dead_run()
    dialog = report(window, keeper, TRAINER)
    qtbot.waitUntil(lambda: dialog.safe.isVisible())
    assert not dialog.resume_button.isVisible()
    dialog.close()


def test_window_with_a_fault_can_be_quit(window: MainWindow, keeper: CrashKeeper) -> None:
    dialog = report(window, keeper, FAULT, moment=time.time())
    assert dialog.quit_button.isVisible()
    dialog.quit_button.click()
    assert not window.isVisible()


def test_fault_of_an_earlier_window_is_no_reason_to_quit(
    window: MainWindow, keeper: CrashKeeper
) -> None:
    dialog = report(window, keeper, FAULT, moment=BEGAN - 60)
    assert not dialog.quit_button.isVisible()
    dialog.close()


def test_notice_of_a_fault_leads_to_its_report(
    qtbot: QtBot, window: MainWindow, keeper: CrashKeeper
) -> None:
    assert window.frame is not None
    offer = CrashOffer(window.frame, keeper)
    qtbot.waitUntil(lambda: not offer.busy)
    hooks = CrashHooks()
    hooks.keeper = keeper
    hooks.crashed.connect(window.frame.notices.show_message)
    hooks.take_exception(ValueError, ValueError("x"), None)
    assert window.frame.notices.action_button.text() == "Show the report"
    window.frame.notices.action_button.click()
    (dialog,) = window.findChildren(CrashDialog)
    assert dialog.quit_button.isVisible()
    dialog.close()
