"""A crash leaves a report without the person's texts; the next start offers it, once."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from hope_core.config.run import RunConfig
from hope_core.runs.folder import RunFolder
from hope_studio.crash import CrashHooks
from hope_studio.crash_dialog import CrashDialog, CrashOffer
from hope_studio.crash_reports import KEPT, TRAINER, WINDOW, CrashKeeper, frames_of
from hope_studio.window import MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session

SECRET = "what the person wrote"
CRASH = (
    "import faulthandler, pathlib, sys;"
    "file = pathlib.Path(sys.argv[1]).open('w');"
    "faulthandler.enable(file);"
    "faulthandler._sigsegv()"
)


@pytest.fixture
def keeper(tmp_path: Path) -> CrashKeeper:
    return CrashKeeper(tmp_path / "log", {"hope-studio": "1.2.3"})


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    made.furnish(session)
    return made


def crash_natively(trace: Path) -> None:
    """Let a process die of a real SIGSEGV and leave its traces there."""
    trace.parent.mkdir(parents=True, exist_ok=True)
    ended = subprocess.run([sys.executable, "-c", CRASH, str(trace)], check=False)
    assert ended.returncode != 0


def crashed_window(keeper: CrashKeeper) -> None:
    crash_natively(keeper.folder / "native" / "999999999.txt")


def test_native_crash_of_the_window_is_found_at_the_next_start(keeper: CrashKeeper) -> None:
    crashed_window(keeper)
    (report,) = keeper.collect()
    assert report.kind == WINDOW
    assert "Segmentation fault" in report.text()
    assert "hope-studio: 1.2.3" in report.text()
    assert not list((keeper.folder / "native").iterdir())


def test_window_that_was_killed_or_still_runs_is_no_crash(keeper: CrashKeeper) -> None:
    keeper.native_trace.parent.mkdir(parents=True)
    (keeper.folder / "native" / "999999999.txt").touch()
    keeper.native_trace.write_text("Fatal Python error")
    assert keeper.collect() == []
    assert keeper.native_trace.exists()


def test_crash_of_a_trainer_is_told_once_with_the_name_of_its_run(keeper: CrashKeeper) -> None:
    run = RunFolder.create(RunConfig(), name="mine")
    crash_natively(run.path / "logs" / "fault.log")
    (report,) = keeper.collect()
    assert (report.kind, report.run) == (TRAINER, "mine")
    keeper.mark_seen()
    assert keeper.collect() == []


def test_report_of_a_fault_holds_places_and_no_message(keeper: CrashKeeper) -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError:
            raise ValueError(f"cannot use {SECRET}") from None
    except ValueError as error:
        keeper.write("fault", frames_of(error))
    (report,) = keeper.reports()
    assert SECRET not in report.text()
    assert "ValueError" in report.text()
    assert "test_crash_reports.py" in report.text()


def test_fault_of_a_slot_is_kept_without_its_message_and_told_with_it(
    qtbot: QtBot, keeper: CrashKeeper
) -> None:
    hooks = CrashHooks()
    hooks.keeper = keeper
    error = ValueError(SECRET)
    with qtbot.waitSignal(hooks.crashed) as told:
        hooks.take_exception(ValueError, error, None)
        hooks.take_exception(ValueError, error, None)
    assert SECRET in told.args[0].text
    (report,) = keeper.reports()
    assert SECRET not in report.path.read_text()


def test_old_reports_are_thinned(keeper: CrashKeeper) -> None:
    for number in range(KEPT + 5):
        CrashKeeper(keeper.folder, {}).write("fault", f"place {number}", moment=float(number))
    moments = [report.moment for report in keeper.reports()]
    assert moments == [float(number) for number in range(KEPT + 4, 4, -1)]


def test_log_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    keeper = CrashKeeper(tmp_path / "file", {})
    keeper.write("fault", "somewhere")
    assert keeper.reports() == []


def test_next_start_offers_the_report_and_shows_it_at_a_click(
    qtbot: QtBot, window: MainWindow, keeper: CrashKeeper
) -> None:
    crashed_window(keeper)
    assert window.frame is not None
    notices = window.frame.notices
    CrashOffer(window.frame, keeper)
    qtbot.waitUntil(lambda: notices.message is not None)
    assert "crashed last time" in notices.text.text()
    assert "safe" in notices.text.text()
    qtbot.mouseClick(notices.action_button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(CrashDialog)
    assert isinstance(dialog, CrashDialog)
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert "Segmentation fault" in QGuiApplication.clipboard().text()
    qtbot.mouseClick(dialog.remove_button, Qt.MouseButton.LeftButton)
    assert keeper.reports() == []
    assert not dialog.copy_button.isEnabled()
    dialog.close()


def test_a_report_is_saved_as_an_archive(
    qtbot: QtBot,
    window: MainWindow,
    keeper: CrashKeeper,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    crashed_window(keeper)
    keeper.collect()
    path = tmp_path / "report.zip"
    monkeypatch.setattr(
        "hope_studio.crash_dialog.QFileDialog.getSaveFileName", lambda *_: (str(path), "")
    )
    dialog = CrashDialog(window, keeper)
    dialog.save_button.click()
    with zipfile.ZipFile(path) as archive:
        (name,) = archive.namelist()
        assert "Segmentation fault" in archive.read(name).decode()
    dialog.close()


def test_report_is_offered_once(qtbot: QtBot, window: MainWindow, keeper: CrashKeeper) -> None:
    crashed_window(keeper)
    assert window.frame is not None
    CrashOffer(window.frame, keeper)
    qtbot.waitUntil(lambda: window.frame.notices.message is not None)
    window.frame.notices.dismiss()
    assert keeper.collect() == []
    assert len(keeper.reports()) == 1


def test_end_as_it_should_be_leaves_nothing_to_offer(
    keeper: CrashKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hope_studio.crash.faulthandler.disable", lambda: None)
    hooks = CrashHooks()
    hooks.keeper = keeper
    keeper.native_trace.parent.mkdir(parents=True)
    hooks._trace = keeper.native_trace.open("w")
    keeper.write("fault", "somewhere", moment=time.time())
    hooks.close()
    assert keeper.collect() == []
    assert not keeper.native_trace.exists()
