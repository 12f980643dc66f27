from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMessageBox
from synthetic_run import made_up_events

from hope_core.config.parallel import DdpSettings
from hope_core.inference.messages import DeviceDescription
from hope_core.runs.event_log import EventWriter
from hope_core.runs.events import RunFinished, StateChanged
from hope_core.runs.folder import RunFolder
from hope_studio import theme
from hope_studio.closing import Closing, closing_question
from hope_studio.controls import CONTROLS, badge_text, middle_text
from hope_studio.dock_area import AREAS
from hope_studio.messages import Message
from hope_studio.pages import PAGES
from hope_studio.pages.train import TrainPage
from hope_studio.phases import Phase
from hope_studio.widgets.command_palette import CommandPalette
from hope_studio.widgets.wheel_guard import WheelGuard
from hope_studio.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session

PATIENCE_MS = 20_000


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    made.furnish(session)
    assert made.frame is not None
    made.frame.ask_how_to_close = answering(Closing.BACKGROUND)
    yield made
    made.frame.watch.stop()


def write_finished_run(path: Path, session: Session) -> RunFolder:
    folder = RunFolder.create(session.config, path)
    with EventWriter(folder) as writer:
        for event in made_up_events(300):
            writer.write(event)
        last = {"step": 300, "tokens": 300 * 4096, "seconds": 15.0, "loss": 1.2}
        writer.write(
            RunFinished(**last, validation_loss=1.3, bits_per_byte=1.9, reason="All steps done.")
        )
        writer.write(StateChanged(state="finished", step=300))
    folder.write_state("finished", step=300)
    return folder


def set_phase(session: Session, phase: Phase) -> None:
    session._set_phase(phase)


@pytest.mark.parametrize("name", PAGES.names())
def test_every_page_of_the_rail_is_built_when_it_is_shown(window: MainWindow, name: str) -> None:
    window.rail_actions[name].trigger()
    assert window.stack.currentWidget() is window.pages[name]


def test_only_the_first_page_is_built_at_first(window: MainWindow) -> None:
    assert set(window.pages) == {"home"}


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.IDLE])
def test_run_bar_follows_the_table(window: MainWindow, session: Session, phase: Phase) -> None:
    set_phase(session, phase)
    assert window.frame is not None
    bar, controls = window.frame.run_bar, CONTROLS[phase]
    assert bar.badge.text() == badge_text(phase)
    assert bar.middle_button.text() == middle_text(phase)
    assert bar.train_button.isEnabled() is controls.train
    assert bar.middle_button.isEnabled() is controls.middle_enabled
    assert bar.step_button.isEnabled() is controls.step
    assert bar.stop_button.isEnabled() is controls.stop
    assert bar.preset.isEnabled() is controls.train


def test_run_bar_names_the_preset_it_would_train(window: MainWindow, session: Session) -> None:
    session.load_preset("medium")
    assert window.frame is not None
    assert window.frame.run_bar.train_button.text() == "Train medium"


def test_choosing_a_device_changes_the_settings(window: MainWindow, session: Session) -> None:
    assert window.frame is not None
    bar = window.frame.run_bar
    bar.device.addItem("GPU 0", "cuda:0")
    bar.device.activated.emit(bar.device.findData("cuda:0"))
    assert session.config.device == "cuda:0"


def test_all_gpus_together_train_as_many_processes(window: MainWindow, session: Session) -> None:
    assert window.frame is not None
    choice = window.frame.run_bar.device
    gpus = [DeviceDescription(f"cuda:{n}", f"GPU {n}", 2**34, 2**34, bf16=True) for n in range(2)]
    choice.offer((*gpus, DeviceDescription("cpu", "CPU", 2**34, 2**34, bf16=False)), session.config)
    together = choice.findData("all")
    assert choice.itemText(together) == "2 GPUs together"
    choice.activated.emit(together)
    assert session.config.parallel == DdpSettings(processes=2)
    assert session.config.device == "cuda:0"
    assert choice.currentIndex() == together
    choice.activated.emit(choice.findData("cuda:1"))
    assert session.config.parallel.processes == 1
    assert session.config.device == "cuda:1"


def test_one_gpu_offers_nothing_together(window: MainWindow, session: Session) -> None:
    assert window.frame is not None
    choice = window.frame.run_bar.device
    choice.offer((DeviceDescription("cuda:0", "GPU", 2**34, 2**34, bf16=True),), session.config)
    assert choice.findData("all") < 0


def test_an_opened_run_is_told_in_title_bar_and_figures(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    folder = write_finished_run(tmp_path / "old", session)
    session.open_run(folder.path)
    qtbot.waitUntil(lambda: session.phase is Phase.FINISHED, timeout=PATIENCE_MS)
    assert window.frame is not None
    assert window.windowTitle() == "old – HOPE Studio"
    assert "step 300/300" in window.frame.run_bar.figures.text()
    assert not window.frame.toast.isVisible()


def test_the_end_of_a_run_offers_to_write_something(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.open_run(write_finished_run(tmp_path / "old", session).path)
    qtbot.waitUntil(lambda: session.phase is Phase.FINISHED, timeout=PATIENCE_MS)
    set_phase(session, Phase.RUNNING)
    set_phase(session, Phase.FINISHED)
    assert window.frame is not None
    assert window.frame.toast.isVisible()
    with qtbot.waitSignal(session.page_requested) as asked:
        window.frame.toast.button.click()
    assert asked.args == ["generate"]


def test_an_interruption_offers_to_resume(window: MainWindow, session: Session) -> None:
    set_phase(session, Phase.RUNNING)
    set_phase(session, Phase.INTERRUPTED)
    assert window.frame is not None
    message = window.frame.notices.message
    assert message is not None
    assert message.action == "resume"


def test_the_offer_to_resume_goes_once_a_run_goes_on(window: MainWindow, session: Session) -> None:
    set_phase(session, Phase.RUNNING)
    set_phase(session, Phase.INTERRUPTED)
    set_phase(session, Phase.PREPARING)
    assert window.frame is not None
    assert window.frame.notices.message is None


def test_an_error_is_not_replaced_by_a_hint(window: MainWindow) -> None:
    assert window.frame is not None
    notices = window.frame.notices
    notices.show_message(Message("The disk is full.", severity="error"))
    notices.show_message(Message("By the way."))
    assert notices.text.text() == "The disk is full."
    notices.dismiss()
    assert notices.text.text() == "By the way."


def test_the_offer_to_resume_goes_before_an_older_error(
    window: MainWindow, session: Session
) -> None:
    assert window.frame is not None
    notices = window.frame.notices
    notices.show_message(Message("It was refused.", severity="error"))
    set_phase(session, Phase.RUNNING)
    set_phase(session, Phase.INTERRUPTED)
    assert notices.message is not None
    assert notices.message.action == "resume"
    notices.dismiss()
    assert notices.text.text() == "It was refused."


def test_details_of_an_error_can_be_copied(window: MainWindow) -> None:
    assert window.frame is not None
    notices = window.frame.notices
    notices.show_message(Message("It broke.", "Try again.", "error", "Traceback ..."))
    notices.copy_button.click()
    assert QApplication.clipboard().text() == "It broke.\n\nTry again.\n\nTraceback ..."


def test_closing_an_idle_window_asks_nothing(window: MainWindow) -> None:
    assert window.frame is not None
    window.frame.ask_how_to_close = forbidden_question
    assert window.close()


def forbidden_question(*_: object, **__: object) -> Closing:
    pytest.fail("The window asked although nothing was going on.")


def test_closing_while_training_can_be_taken_back(window: MainWindow, session: Session) -> None:
    set_phase(session, Phase.RUNNING)
    assert window.frame is not None
    window.frame.ask_how_to_close = answering(Closing.CANCEL)
    assert not window.close()
    assert session.phase is Phase.RUNNING


def test_closing_can_leave_the_run_in_the_background(window: MainWindow, session: Session) -> None:
    set_phase(session, Phase.RUNNING)
    assert window.frame is not None
    window.frame.ask_how_to_close = answering(Closing.BACKGROUND)
    assert window.close()


@pytest.mark.parametrize("answer", [Closing.SAVE_AND_STOP, Closing.DISCARD])
def test_closing_waits_for_the_trainer_to_stop(
    qtbot: QtBot, window: MainWindow, session: Session, answer: Closing
) -> None:
    set_phase(session, Phase.RUNNING)
    assert window.frame is not None
    window.frame.ask_how_to_close = answering(answer)
    assert not window.close()
    assert session.phase is Phase.STOPPING
    set_phase(session, Phase.STOPPED)
    qtbot.waitUntil(lambda: not window.isVisible())


def answering(answer: Closing) -> object:
    def answers(*_: object, **__: object) -> Closing:
        return answer

    return answers


def test_training_inside_the_window_cannot_go_on_in_the_background(qtbot: QtBot) -> None:
    box, meaning = closing_question(None, run="small", background=False)
    qtbot.addWidget(box)
    assert Closing.BACKGROUND not in meaning.values()
    assert "inside this window" in box.informativeText()


def test_escape_in_the_closing_question_means_cancel(qtbot: QtBot) -> None:
    box, meaning = closing_question(None, run="small", background=True)
    qtbot.addWidget(box)
    assert meaning[box.escapeButton()] is Closing.CANCEL
    assert set(meaning.values()) == set(Closing)
    assert isinstance(box, QMessageBox)


def test_window_comes_back_as_it_stood(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    assert window.frame is not None
    window.frame.docks.show_workbench()
    window.show_page("train")
    assert window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    again.show()
    again.furnish(session)
    assert again.frame is not None
    assert not any(dock.isHidden() for dock in again.frame.docks.docks.values())
    again.frame.watch.stop()


def test_docks_are_hidden_and_empty_at_first(window: MainWindow) -> None:
    assert window.frame is not None
    docks = window.frame.docks.docks
    assert set(docks) == set(AREAS)
    assert all(dock.isHidden() and dock.widget() is None for dock in docks.values())


def test_the_layout_goes_back_to_the_first_day(qtbot: QtBot, window: MainWindow) -> None:
    assert window.frame is not None
    window.frame.docks.show_workbench()
    window.show_page("train")
    train = window.page("train")
    assert isinstance(train, TrainPage)
    qtbot.waitUntil(lambda: train.built)
    first = list(train.grid.panels)
    train.grid.put(first[0], 2)
    assert train.grid.panels != first
    window.frame.menus.reset_layout.trigger()
    assert train.grid.panels == first
    assert all(dock.isHidden() for dock in window.frame.docks.docks.values())


def test_docks_show_what_an_opened_run_told(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    assert window.frame is not None
    window.frame.docks.show_workbench()
    session.open_run(write_finished_run(tmp_path / "old", session).path)
    qtbot.waitUntil(lambda: session.phase is Phase.FINISHED, timeout=PATIENCE_MS)
    log = window.frame.docks.docks["dock_log"].widget()
    events = window.frame.docks.docks["dock_events"].widget()
    assert "Ended after" in log.text.toPlainText()  # type: ignore[attr-defined]
    assert events.rows.topLevelItemCount() > 3  # type: ignore[attr-defined]


def test_space_pauses_unless_a_field_has_the_keyboard(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    window.show_page("home")
    field = QLineEdit(window)
    field.show()
    set_phase(session, Phase.RUNNING)
    qtbot.keyClick(field, Qt.Key.Key_Space)
    assert session.phase is Phase.RUNNING
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert session.phase is Phase.PAUSING


def test_no_two_actions_share_a_key(window: MainWindow) -> None:
    assert window.frame is not None
    keys = [
        key.toString()
        for action in window.frame.menus.all_actions()
        for key in action.shortcuts()
        if action not in window.frame.menus.edits.values()
    ]
    assert sorted(keys) == sorted(set(keys))


def test_every_action_has_words(window: MainWindow) -> None:
    assert window.frame is not None
    assert all(action.text() for action in window.frame.menus.all_actions())


def test_the_palette_finds_a_command_by_its_words(qtbot: QtBot, window: MainWindow) -> None:
    assert window.frame is not None
    palette = CommandPalette(window, window.frame.menus.all_actions())
    palette.show()
    palette.field.setText("workbench")
    palette.run_chosen()
    assert not window.frame.docks.docks["dock_log"].isHidden()


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_theme_sets_the_palette_and_tells(qtbot: QtBot, choice: str) -> None:
    with qtbot.waitSignal(theme.control.theme_changed):
        theme.control.apply(choice)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert app.palette().window().color() == theme.color("window")
    assert theme.colors().dark is (choice == "dark")


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize(("role", "least"), [("text", 7.0), ("muted", 4.5), ("bad", 4.5)])
def test_text_stands_out_from_its_ground(
    qtbot: QtBot, choice: str, role: str, least: float
) -> None:
    theme.control.apply(choice)
    for ground in ("window", "card", "field"):
        assert contrast(theme.color(role), theme.color(ground)) >= least


def contrast(one: object, other: object) -> float:
    """The contrast of two colours as WCAG 2 defines it."""
    lights = sorted((luminance(one), luminance(other)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def luminance(colour: object) -> float:
    parts = [colour.redF(), colour.greenF(), colour.blueF()]  # type: ignore[attr-defined]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def test_wheel_leaves_a_field_without_the_keyboard_alone(qtbot: QtBot) -> None:
    guard = WheelGuard()
    box = QComboBox()
    qtbot.addWidget(box)
    box.installEventFilter(guard)
    box.addItems(["a", "b", "c"])
    box.show()
    box.clearFocus()
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)
    assert box.currentText() == "a"
