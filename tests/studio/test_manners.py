"""How the window behaves towards its surroundings, and what a person may choose about it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from synthetic_run import made_up_events, write_run

from hope_core.runs.checkpoints import new_checkpoint
from hope_core.runs.pins import read_pins
from hope_studio import hints, launches, theme
from hope_studio.awake import Awake, holding_command
from hope_studio.closing import Closing
from hope_studio.docks.checkpoints import CheckpointsDock
from hope_studio.messages import Message
from hope_studio.phases import Phase
from hope_studio.preferences import KEEP_AWAKE, NOTIFY, is_on, turn
from hope_studio.settings import add_recent_run, pin_run, recall, remember
from hope_studio.settings_dialog import SettingsDialog
from hope_studio.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session

LEFT = Qt.MouseButton.LeftButton
CAT = ["cat"]
"""A command that lives until its input ends."""


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    made.furnish(session)
    assert made.frame is not None
    made.frame.manners.awake = Awake(made.frame.manners, CAT)
    made.frame.manners.start()
    made.frame.ask_how_to_close = in_the_background
    yield made
    made.frame.watch.stop()
    made.frame.manners.leave()


def in_the_background(*_: object, **__: object) -> Closing:
    return Closing.BACKGROUND


def test_the_settings_and_the_menus_always_agree(qtbot: QtBot, window: MainWindow) -> None:
    assert window.frame is not None
    dialog = SettingsDialog(window, window.frame.menus)
    qtbot.addWidget(dialog)
    dialog.theme.activated.emit(2)
    assert theme.control.choice == "dark"
    assert window.frame.menus.themes[2].isChecked()
    dialog.trainer.activated.emit(1)
    assert window.session is not None
    assert window.session.executor == "thread"


def test_a_switch_is_remembered(qtbot: QtBot, window: MainWindow) -> None:
    assert window.frame is not None
    dialog = SettingsDialog(window, window.frame.menus)
    qtbot.addWidget(dialog)
    dialog.switches[NOTIFY].click()
    assert not is_on(NOTIFY)


def test_the_machine_is_kept_awake_while_a_run_trains(window: MainWindow, session: Session) -> None:
    assert window.frame is not None
    awake = window.frame.manners.awake
    session._set_phase(Phase.RUNNING)
    assert awake.holds
    session._set_phase(Phase.PAUSED)
    assert not awake.holds
    session._set_phase(Phase.RUNNING)
    session._set_phase(Phase.FINISHED)
    assert not awake.holds


def test_nobody_is_kept_awake_against_their_will(window: MainWindow, session: Session) -> None:
    assert window.frame is not None
    turn(KEEP_AWAKE, on=False)
    session._set_phase(Phase.RUNNING)
    assert not window.frame.manners.awake.holds


@pytest.mark.parametrize("command", [[], ["false"], ["no-such-program-anywhere"]])
def test_a_system_that_cannot_stay_awake_says_so_once(qtbot: QtBot, command: list[str]) -> None:
    awake = Awake(command=command)
    with qtbot.waitSignal(awake.refused):
        awake.hold()
    with qtbot.assertNotEmitted(awake.refused):
        awake.hold()
    awake.release()


def test_an_unknown_system_has_no_command() -> None:
    assert holding_command("plan9") == []


def test_the_end_of_a_run_is_told_to_who_looks_elsewhere(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.frame is not None
    notifier = window.frame.manners.notifier
    assert notifier is not None
    alerted: list[object] = []
    monkeypatch.setattr(QApplication, "alert", alerted.append)
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    assert notifier.tell("HOPE Studio", "Done.")
    assert alerted == [window]
    monkeypatch.setattr(window, "isActiveWindow", lambda: True)
    assert not notifier.tell("HOPE Studio", "Done.")


def test_each_hint_is_seen_once_and_takes_no_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    assert window.frame is not None
    shown = window.frame.manners.hints
    assert shown is not None
    holder = QApplication.focusWidget()
    assert shown.callout.isVisible()
    assert QApplication.focusWidget() is holder
    qtbot.mouseClick(shown.callout.done_button, LEFT)
    window.show_page("train")
    assert shown.callout.isVisible()
    window.show_page("home")
    assert shown.callout.isHidden()
    hints.show_again()
    window.show_page("train")
    window.show_page("home")
    assert shown.callout.isVisible()


def test_a_hint_waits_until_a_notice_is_read(qtbot: QtBot, window: MainWindow) -> None:
    assert window.frame is not None
    shown, notices = window.frame.manners.hints, window.frame.notices
    assert shown is not None
    assert shown.callout.isVisible()
    notices.show_message(Message("It was refused.", severity="error"))
    assert shown.callout.isHidden()
    window.show_page("train")
    assert shown.callout.isHidden()
    qtbot.mouseClick(notices.close_button, LEFT)
    assert notices.isHidden()
    assert shown.callout.isVisible()


def test_no_more_hints_means_none(qtbot: QtBot, window: MainWindow) -> None:
    assert window.frame is not None
    shown = window.frame.manners.hints
    assert shown is not None
    qtbot.mouseClick(shown.callout.none_button, LEFT)
    for page in hints.PAGES:
        window.show_page(page)
        assert shown.callout.isHidden()


def test_two_bad_ends_in_a_row_start_in_safe_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launches, "_runs", lambda _: False)
    told = [launches.begin() for _ in range(3)]
    assert told == [False, False, True]


def test_a_good_end_makes_up_for_bad_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launches, "_runs", lambda _: False)
    launches.begin()
    launches.begin()
    launches.end_well()
    assert not launches.begin()


def test_another_window_that_still_runs_is_no_crash() -> None:
    remember(launches.OPEN, [os.getppid()])
    launches.begin()
    assert recall(launches.CRASHES, 0) == 0


def test_safe_mode_leaves_the_arrangement_alone(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    restored: list[MainWindow] = []
    monkeypatch.setattr("hope_studio.frame.restore_window", restored.append)
    made = MainWindow()
    made.safe_mode = True
    qtbot.addWidget(made)
    made.furnish(session)
    assert restored == []
    assert made.frame is not None
    made.frame.watch.stop()


def test_the_status_bar_keeps_the_last_message(window: MainWindow, session: Session) -> None:
    session.noticed.emit(Message("The disk is nearly full."))
    assert window.frame is not None
    assert window.frame.status.message.whole.endswith("The disk is nearly full.")


def test_changed_settings_have_a_dot(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    assert window.frame is not None
    window.show_page("configure")
    dot = window.frame.status.unsaved
    assert dot.isHidden()
    train = session.config.train.model_copy(update={"batch_size": 3})
    session.set_config(session.config.model_copy(update={"train": train}))
    qtbot.waitUntil(dot.isVisible)


def test_recent_runs_list_pinned_ones_first_and_missing_ones_grey(
    window: MainWindow, tmp_path: Path
) -> None:
    assert window.frame is not None
    gone, kept = str(tmp_path / "gone"), tmp_path / "kept"
    kept.mkdir()
    add_recent_run(str(kept))
    add_recent_run(gone)
    pin_run(str(kept), pinned=True)
    menu = window.frame.menus.opening.recent
    menu.aboutToShow.emit()
    first, second = menu.actions()[:2]
    assert (first.text(), first.isEnabled()) == (str(kept), True)
    assert (second.text(), second.isEnabled()) == (gone, False)
    assert not first.icon().isNull()


@pytest.fixture
def dock(qtbot: QtBot, session: Session, tmp_path: Path) -> CheckpointsDock:
    run = write_run(tmp_path / "runs", list(made_up_events(300)))
    for step in (100, 200, 300):
        with new_checkpoint(run.path, step=step, config_sha256="", best=step == 200) as commit:
            (commit.path / "weights.bin").write_bytes(bytes(step))
    made = CheckpointsDock(session)
    qtbot.addWidget(made)
    made.show()
    session.open_run(run.path)
    qtbot.waitUntil(lambda: made.rows.topLevelItemCount() == 3)
    return made


def test_a_click_on_the_ribbon_chooses_a_checkpoint_to_write_with(
    qtbot: QtBot, dock: CheckpointsDock
) -> None:
    ribbon = dock.ribbon
    qtbot.mouseClick(ribbon, LEFT, pos=ribbon.rect().center() + (ribbon.rect().center() / 3))
    assert dock.chosen() == [200]
    with qtbot.waitSignal(dock.generate_asked) as asked:
        qtbot.mouseClick(dock.generate_button, LEFT)
    assert asked.args == ["checkpoints/step-000000200"]


def test_several_checkpoints_are_pinned_at_once(
    qtbot: QtBot, dock: CheckpointsDock, session: Session
) -> None:
    dock.rows.selectAll()
    qtbot.mouseClick(dock.pin_button, LEFT)
    assert session.run is not None
    path = session.run.path
    qtbot.waitUntil(lambda: read_pins(path) == {100, 200, 300})
    qtbot.waitUntil(lambda: dock.pin_button.text() == "Unpin")


def test_what_may_not_go_is_told_and_stays(qtbot: QtBot, dock: CheckpointsDock) -> None:
    dock.rows.selectAll()
    qtbot.mouseClick(dock.bin_button, LEFT)
    qtbot.waitUntil(lambda: "newest" in dock.words.text())
    assert dock.rows.topLevelItemCount() == 3
