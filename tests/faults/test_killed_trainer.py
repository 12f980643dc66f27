from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from endless_runs import PATIENCE_MS, steps_of, trainer_of, wait_for, wait_for_step
from PySide6.QtCore import Qt

from hope_studio.pages.home import HomePage
from hope_studio.phases import Phase
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session
    from hope_studio.window import MainWindow

AFTER_A_CHECKPOINT = 25


@pytest.fixture
def bereft(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """A window whose trainer was killed without a warning, after its first checkpoint."""
    assert window.session is not None
    assert window.frame is not None
    qtbot.mouseClick(window.frame.run_bar.train_button, Qt.MouseButton.LeftButton)
    wait_for_step(qtbot, window.session, AFTER_A_CHECKPOINT)
    trainer_of(window.session).kill()
    wait_for(qtbot, window.session, Phase.INTERRUPTED)
    return window


def home_of(window: MainWindow) -> HomePage:
    window.show_page("home")
    page = window.stack.currentWidget()
    assert isinstance(page, HomePage)
    return page


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def test_window_outlives_its_killed_trainer_and_offers_to_resume(
    qtbot: QtBot, bereft: MainWindow
) -> None:
    session, frame = session_of(bereft), bereft.frame
    assert session.run is not None
    assert frame is not None
    last = steps_of(session)
    assert last >= AFTER_A_CHECKPOINT
    assert session.run.state.state == "interrupted"
    assert session.run.state.step == last
    assert frame.notices.message is not None
    assert number(last) in frame.notices.message.text
    assert frame.notices.action_button.isVisible()
    assert f"step {number(last)}/" in frame.run_bar.figures.text()
    home = home_of(bereft)
    qtbot.waitUntil(home.banner.isVisible, timeout=PATIENCE_MS)
    assert session.run.path.name in home.banner.words()


def test_interrupted_run_goes_on_from_its_checkpoint_when_the_banner_says_so(
    qtbot: QtBot, bereft: MainWindow
) -> None:
    session = session_of(bereft)
    home = home_of(bereft)
    qtbot.waitUntil(home.banner.isVisible, timeout=PATIENCE_MS)
    qtbot.mouseClick(home.banner.button, Qt.MouseButton.LeftButton)
    wait_for(qtbot, session, Phase.RUNNING)
    assert session.history is not None
    assert session.history.started is not None
    begin = session.history.started.step
    assert begin > 0
    assert begin % 20 == 0
    wait_for_step(qtbot, session, begin + 5)
    session.stop(keep=False)
    wait_for(qtbot, session, Phase.STOPPED)
