"""Narrow windows leave words out before they cut any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QScrollArea, QWidget

from hope_studio import theme
from hope_studio.pages import PAGES
from hope_studio.widgets.elided_label import ElidedLabel
from hope_studio.widgets.live_controls import LiveControls
from hope_studio.widgets.plot_group import PlotGroup
from hope_studio.widgets.plot_legend import Entry, Legend
from hope_studio.widgets.plot_tools import PlotTools
from hope_studio.widgets.snug_tabs import SnugTabs
from hope_studio.window import MainWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session


NARROWEST_PAGE = 860


def test_a_long_name_loses_its_middle_and_keeps_it_in_the_tool_tip(qtbot: QtBot) -> None:
    name = ElidedLabel()
    qtbot.addWidget(name)
    name.setText("small-20261122-041808")
    name.set_hint("/runs/small-20261122-041808")
    name.show()
    name.resize(90, 20)
    assert name.text().startswith("sm")
    assert name.text().endswith("08")
    assert "…" in name.text()
    assert name.toolTip() == "small-20261122-041808\n/runs/small-20261122-041808"


def test_a_name_that_fits_is_whole(qtbot: QtBot) -> None:
    name = ElidedLabel()
    qtbot.addWidget(name)
    name.setText("tales")
    name.resize(name.sizeHint())
    assert name.text() == "tales"


def test_a_legend_leaves_out_entries_that_do_not_fit(qtbot: QtBot) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    legend.show_entries([Entry(n, n, f"curve {n}", "1.234") for n in range(3)])
    legend.resize(2000, 20)
    assert legend._room() == 3
    legend.resize(100, 20)
    assert legend._room() == 1


def test_a_legend_takes_a_second_row_before_it_drops_names(qtbot: QtBot) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    entries = [Entry(n, n, f"curve {n}", "1.234", "average of 10") for n in range(3)]
    legend.show()
    legend.show_entries(entries)
    legend.resize(2000, 20)
    assert legend.shown_names() == [entry.whole_name for entry in entries]
    one_row = legend.sizeHint().height()
    narrow = int(legend._width(entries[0], entries[0].name) * 2.5)
    legend.resize(narrow, 40)
    assert legend.shown_names() == ["curve 0", "curve 1", "curve 2"]
    assert legend.sizeHint().height() > one_row
    legend.show_entries([entry._replace(value="1") for entry in entries])
    assert legend.sizeHint().height() > one_row  # a shorter figure does not move the plot


@pytest.fixture
def tabs(qtbot: QtBot) -> SnugTabs:
    theme.control.apply("light")
    made = SnugTabs()
    qtbot.addWidget(made)
    for name in ("YAML", "Changes", "Schedule", "Figures", "Proofs"):
        made.addTab(QWidget(), name)
    made.resize(900, 200)
    made.show()
    return made


def test_tabs_stand_closer_before_one_is_out_of_reach(tabs: SnugTabs) -> None:
    apart = tabs.bar.tabRect(4).right()
    tabs.resize(apart - 20, 200)
    assert tabs.bar.tabRect(4).right() <= tabs.width()
    assert not tabs.bar.usesScrollButtons()
    tabs.resize(900, 200)
    assert tabs.bar.tabRect(4).right() == apart


def test_tabs_without_any_room_are_all_there_with_their_names(tabs: SnugTabs) -> None:
    tabs.resize(190, 200)
    assert tabs.bar.tabRect(4).right() <= 190
    assert tabs.bar.tabRect(4).width() > 10
    assert tabs.bar.tabToolTip(4) == "Proofs"


def test_choices_of_the_plots_take_a_second_row_before_they_are_cut(qtbot: QtBot) -> None:
    theme.control.apply("light")
    tools = PlotTools(PlotGroup())
    qtbot.addWidget(tools)
    tools.resize(1180, 40)
    tools.show()
    one_row = tools.sizeHint().height()
    tools.resize(815, 40)
    assert tools.sizeHint().height() > 1.8 * one_row
    tools.resize(815, 90)
    for choice in (tools.axis, tools.smoothing, tools.kernel):
        assert choice.width() >= choice.sizeHint().width()
    tools.resize(1180, 40)
    assert tools.sizeHint().height() == one_row


def test_the_learning_rate_has_its_words_on_one_line(qtbot: QtBot, session: Session) -> None:
    theme.control.apply("light")
    card = LiveControls(session)
    qtbot.addWidget(card)
    card.resize(300, 220)
    card.show()
    words = card.factor_label
    assert words.height() < 2 * words.fontMetrics().lineSpacing()
    assert words.width() >= words.sizeHint().width()


@pytest.mark.parametrize("name", PAGES.names())
def test_no_page_scrolls_sideways_in_the_smallest_window(
    qtbot: QtBot, session: Session, name: str
) -> None:
    theme.control.apply("dark")
    page = PAGES.load(name)(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: not page.busy())
    page.resize(NARROWEST_PAGE, 500)
    assert page.minimumSizeHint().width() <= NARROWEST_PAGE
    for area in page.findChildren(QScrollArea):
        assert area.horizontalScrollBar().maximum() == 0


def test_the_run_bar_shows_icons_only_where_words_do_not_fit(
    qtbot: QtBot, session: Session
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.furnish(session)
    assert window.frame is not None
    window.frame.watch.stop()
    bar = window.frame.run_bar
    window.resize(1400, 800)
    qtbot.waitUntil(lambda: bar.middle_button.text() == "Pause")
    window.resize(960, 600)
    qtbot.waitUntil(lambda: bar.middle_button.text() == "")
    assert bar.middle_button.accessibleName() == "Pause"
