"""Progress outside of the window, and the place in the menu that a dock knows the program by."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from synthetic_run import made_up_events

from hope_core.analysis.history import RunHistory
from hope_studio import desktop_entry
from hope_studio.phases import Phase
from hope_studio.settings_dialog import SettingsDialog
from hope_studio.taskbar import Taskbar, way_of_this_system
from hope_studio.window import MainWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session


def run_to(session: Session, steps: int) -> None:
    session._history = RunHistory()
    session._history.feed(made_up_events(steps, total=200))
    session._set_phase(Phase.RUNNING)
    session.events_arrived.emit([])


def test_task_bar_follows_the_run_and_forgets_it(session: Session) -> None:
    shown: list[dict[str, Any]] = []
    bar = Taskbar(session, shown.append)
    run_to(session, 50)
    assert shown[-1] == {"progress": 0.25, "progress-visible": True}
    run_to(session, 100)
    assert shown[-1]["progress"] == 0.5
    session._set_phase(Phase.FINISHED)
    assert not shown[-1]["progress-visible"]
    bar.leave()
    assert len(shown) == 3


def test_less_than_a_per_cent_is_not_said(session: Session) -> None:
    shown: list[dict[str, Any]] = []
    bar = Taskbar(session, shown.append)
    for _ in range(5):
        run_to(session, 50)
    assert len(shown) == 1
    bar.leave()
    assert len(shown) == 2


def test_system_without_a_bus_has_no_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert way_of_this_system() is None


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_have_no_way(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr("sys.platform", platform)
    assert way_of_this_system() is None


def test_entry_starts_this_very_program() -> None:
    lines = desktop_entry.entry("/home/a b/$x/50%/py").splitlines()
    assert r'Exec="/home/a b/\\$x/50%%/py" -m hope_studio' in lines
    (icon,) = (line.removeprefix("Icon=") for line in lines if line.startswith("Icon="))
    assert Path(icon).is_file()


@pytest.fixture
def settings(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> SettingsDialog:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    window = MainWindow()
    qtbot.addWidget(window)
    window.furnish(session)
    assert window.frame is not None
    return SettingsDialog(window, window.frame.menus)


def test_program_is_put_into_the_menu_and_taken_out(settings: SettingsDialog) -> None:
    settings.entry.setChecked(True)
    assert "Name=HOPE Studio" in desktop_entry.entry_path().read_text(encoding="utf-8")
    settings.entry.setChecked(False)
    assert not desktop_entry.entry_path().exists()


def test_folder_that_refuses_is_told_of(settings: SettingsDialog, tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    settings.entry.setChecked(True)
    assert "data" in settings.note.text()
