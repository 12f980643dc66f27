"""The guided tour walks through the pages, can be left at any step, and is done without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hope_studio.tour import PAGES, STEPS, Tour
from hope_studio.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    made.furnish(session)
    assert made.frame is not None
    made.frame.manners.start()
    made.show_page("data")
    made.activateWindow()
    yield made
    made.frame.watch.stop()


def begin(window: MainWindow) -> Tour:
    assert window.frame is not None
    window.frame.menus.tour.trigger()
    tour = window.frame.manners.tour
    assert tour is not None
    return tour


def test_every_step_points_at_a_part_that_is_in_sight(qtbot: QtBot, window: MainWindow) -> None:
    tour = begin(window)
    for number, name in enumerate(STEPS, 1):
        qtbot.waitUntil(lambda: tour.callout.isVisible() and not tour.callout.target.isEmpty())
        assert window.current_page == PAGES[name]
        assert QApplication.focusWidget() is tour.callout.done_button
        assert tour.callout.place.text() == f"{number} of {len(STEPS)}"
        assert window.rect().contains(tour.callout.geometry())
        assert tour.ring.geometry().contains(tour.callout.target)
        assert not tour.callout.geometry().intersects(tour.callout.target)
        tour.go_on()
    assert window.frame is not None
    assert window.frame.manners.tour is None
    assert window.current_page == "data"


def test_enter_goes_on_and_escape_ends(qtbot: QtBot, window: MainWindow) -> None:
    tour = begin(window)
    assert QApplication.focusWidget() is tour.callout.done_button
    qtbot.keyClick(tour.callout.done_button, Qt.Key.Key_Space)
    assert tour.step == 1
    qtbot.keyClick(tour.callout.done_button, Qt.Key.Key_Escape)
    assert window.frame is not None
    assert window.frame.manners.tour is None


def test_hints_are_silent_during_the_tour(window: MainWindow) -> None:
    assert window.frame is not None
    hints = window.frame.manners.hints
    assert hints is not None
    tour = begin(window)
    window.show_page("home")
    assert hints.callout.isHidden()
    tour.end()
    window.show_page("home")
    assert hints.callout.isVisible()
