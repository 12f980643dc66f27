"""What a plot hands to the screen, and how it obeys its group and the person."""

from __future__ import annotations

import csv
from math import log10
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from synthetic_run import made_up_events

from hope_core.analysis.history import RunHistory
from hope_studio.theme import color, control
from hope_studio.widgets.curve import Curve
from hope_studio.widgets.plot import Plot
from hope_studio.widgets.plot_base import NumberAxis
from hope_studio.widgets.plot_export import drawing_of, picture_of, save_plot
from hope_studio.widgets.plot_group import PlotGroup
from hope_studio.widgets.plot_menu import plot_menu
from hope_studio.widgets.plot_tools import PlotTools

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _light() -> Iterator[None]:
    yield
    control.apply("light")


@pytest.fixture
def group(qtbot: QtBot) -> PlotGroup:
    return PlotGroup()


@pytest.fixture
def plot(qtbot: QtBot, group: PlotGroup) -> Plot:
    made = Plot(group)
    made.setAccessibleName("Loss")
    made.add(Curve("loss", smooth=True))
    made.show_sentence("Nothing yet.")
    qtbot.addWidget(made)
    made.resize(600, 250)
    made.show()
    return made


def history_of(steps: int) -> RunHistory:
    history = RunHistory()
    history.feed(made_up_events(steps))
    return history


def shown(plot: Plot, history: RunHistory) -> Plot:
    plot.group.set_history(history)
    plot.group.draw_all()
    return plot


def test_plot_is_handed_two_points_a_pixel_at_most(plot: Plot) -> None:
    history = history_of(20_000)
    shown(plot, history)
    x, y = plot.curves[0].line.getData()
    losses = history.series["loss"].y
    assert len(x) <= 2 * plot.canvas.getViewBox().width() + 5
    assert (y.max(), y.min(), y[-1]) == (losses.max(), losses.min(), losses[-1])


def test_smoothed_line_leaves_the_raw_one_as_it_is(plot: Plot) -> None:
    shown(plot, history_of(300))
    raw = plot.curves[0].line.getData()[1]
    smooth = plot.curves[0].smooth_line.getData()[1]
    np.testing.assert_array_equal(raw, plot.group.history.series["loss"].y)
    assert np.abs(np.diff(smooth)).mean() < 0.5 * np.abs(np.diff(raw)).mean()


def test_smoothing_of_a_long_run_catches_up(plot: Plot) -> None:
    history = history_of(1000)
    history.series["loss"].extend_values(np.ones(250_000))
    history.axes["step"].extend(np.arange(1001.0, 251_001))
    shown(plot, history)
    assert plot.curves[0].smooth_line.getData()[1][-1] == pytest.approx(1.0)


def test_frames_build_nothing_new(plot: Plot) -> None:
    history = history_of(100)
    shown(plot, history)
    items = list(plot.canvas.scene().items())
    more = list(made_up_events(200))
    for event in more[101:]:
        history.feed([event])
        plot.redraw()
    assert set(plot.canvas.scene().items()) == set(items)


def test_empty_plot_says_why(plot: Plot) -> None:
    shown(plot, RunHistory())
    assert plot.sentence.isVisible()
    shown(plot, history_of(10))
    assert not plot.sentence.isVisible()


def test_whole_run_stays_in_view_until_the_view_is_moved(plot: Plot) -> None:
    history = history_of(100)
    shown(plot, history)
    box = plot.canvas.getViewBox()
    box.setXRange(20, 40, padding=0)
    box.sigRangeChangedManually.emit([True, False])
    history.feed(list(made_up_events(200))[101:])
    plot.group.draw_all()
    assert box.viewRange()[0] == pytest.approx([20, 40])
    plot.group.set_following(True)
    plot.group.draw_all()
    assert box.viewRange()[0][1] >= 200


def test_plots_of_a_group_share_their_x_range(qtbot: QtBot, plot: Plot) -> None:
    other = Plot(plot.group)
    other.add(Curve("grad_norm"))
    qtbot.addWidget(other)
    other.show()
    shown(plot, history_of(100))
    plot.group.look_at(30, 50)
    plot.group.draw_all()
    assert other.canvas.getViewBox().viewRange()[0] == pytest.approx([30, 50])


def test_y_range_rests_while_the_data_fit(plot: Plot) -> None:
    history = history_of(1000)
    shown(plot, history)
    before = plot.canvas.getViewBox().viewRange()[1]
    events = [event for event in made_up_events(1010) if getattr(event, "step", 0) > 1000]
    history.feed(events)
    plot.group.draw_all()
    assert plot.canvas.getViewBox().viewRange()[1] == before


def test_outliers_can_be_left_out_of_view(plot: Plot) -> None:
    history = history_of(2000)
    history.series["loss"].truncate(1999)
    history.series["loss"].extend_values([500.0])
    shown(plot, history)
    assert plot.canvas.getViewBox().viewRange()[1][1] > 400
    plot.set_clip(True)
    plot.group.draw_all()
    assert plot.canvas.getViewBox().viewRange()[1][1] < 50


@pytest.mark.parametrize("axis", ["tokens", "seconds"])
def test_points_can_lie_along_another_axis(plot: Plot, axis: str) -> None:
    history = history_of(50)
    shown(plot, history)
    plot.group.set_axis(axis)
    plot.group.draw_all()
    np.testing.assert_array_equal(plot.curves[0].line.getData()[0], history.axes[axis].values)


def test_logarithmic_axes_draw_powers_of_ten(plot: Plot) -> None:
    history = history_of(50)
    shown(plot, history)
    plot.set_log_y(True)
    plot.group.set_log_x(True)
    plot.group.draw_all()
    x, y = plot.curves[0].line.getData()
    np.testing.assert_allclose(x, np.log10(np.arange(1, 51)))
    np.testing.assert_allclose(y, np.log10(history.series["loss"].y), rtol=1e-6)
    left, right = plot.canvas.getViewBox().viewRange()[0]
    assert left == pytest.approx(0.0, abs=0.01)
    assert right >= np.log10(50)


def test_zero_on_a_logarithmic_axis_is_a_gap(plot: Plot) -> None:
    history = history_of(5)
    history.series["loss"].truncate(4)
    history.series["loss"].extend_values([0.0])
    shown(plot, history)
    plot.set_log_y(True)
    plot.group.draw_all()
    assert np.isnan(plot.curves[0].line.getData()[1][-1])


def test_pointer_over_one_plot_marks_the_place_in_all(qtbot: QtBot, plot: Plot) -> None:
    other = Plot(plot.group)
    qtbot.addWidget(other)
    shown(plot, history_of(100))
    middle = plot.canvas.getViewBox().mapViewToScene(QPointF(50.0, 2.0))
    plot._pointer_moved((middle,))
    assert other.cursor_line.isVisible()
    assert other.cursor_line.value() == pytest.approx(50.0, abs=1.0)


def test_plot_out_of_sight_is_not_drawn(plot: Plot) -> None:
    shown(plot, history_of(10))
    plot.hide()
    plot.group.history.feed(list(made_up_events(20))[11:])
    assert not plot.is_stale()
    plot.show()
    assert plot.is_stale()


def test_clock_stands_still_when_all_is_drawn(qtbot: QtBot, plot: Plot) -> None:
    plot.group.set_history(history_of(50))
    assert not plot.group.idle
    qtbot.waitUntil(lambda: plot.group.idle)
    assert not plot.is_stale()


def test_plot_starts_over_after_a_resume(plot: Plot) -> None:
    history = history_of(100)
    shown(plot, history)
    history.feed(list(made_up_events(40))[:41])
    plot.group.draw_all()
    x, smooth = plot.curves[0].smooth_line.getData()
    assert x[-1] == 40
    assert len(smooth) == 40


def test_plot_follows_the_theme(plot: Plot) -> None:
    control.apply("dark")
    assert plot.canvas.backgroundBrush().color() == color("card")
    assert color("card").lightness() < 100


def test_table_holds_every_point_of_every_curve(qtbot: QtBot, plot: Plot, tmp_path: Path) -> None:
    history = history_of(3000)
    plot.curves[0].label = "training"
    shown(plot, history)
    path = tmp_path / "loss.csv"
    with qtbot.waitSignal(plot.saver.done):
        save_plot(plot, str(path))
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert [row["step"] for row in rows] == [str(step) for step in range(1, 3001)]
    assert {row["curve"] for row in rows} == {"training"}
    np.testing.assert_array_equal(
        np.array([row["value"] for row in rows], np.float32), history.series["loss"].y
    )


def test_picture_is_twice_as_sharp_as_the_screen(plot: Plot) -> None:
    shown(plot, history_of(50))
    assert picture_of(plot).size() == plot.size() * 2


def test_picture_can_be_saved(qtbot: QtBot, plot: Plot, tmp_path: Path) -> None:
    shown(plot, history_of(50))
    with qtbot.waitSignal(plot.saver.done):
        save_plot(plot, str(tmp_path / "loss.png"))
    assert QImage(str(tmp_path / "loss.png")).width() == 2 * plot.width()


def test_drawing_is_made_of_lines(plot: Plot) -> None:
    shown(plot, history_of(50))
    drawing = drawing_of(plot).decode()
    assert "<svg" in drawing
    assert drawing.count("<path") + drawing.count("<polyline") > 3


def test_picture_that_cannot_be_saved_is_told(qtbot: QtBot, plot: Plot, tmp_path: Path) -> None:
    shown(plot, history_of(50))
    with qtbot.waitSignal(plot.trouble):
        save_plot(plot, str(tmp_path / "no" / "x.png"))


def test_menu_changes_scales_and_smoothing(plot: Plot) -> None:
    shown(plot, history_of(50))
    menu = plot_menu(plot)
    actions = {action.text(): action for action in menu.actions()}
    actions["Logarithmic y axis"].trigger()
    actions["Logarithmic x axis, all plots"].trigger()
    assert plot.log_y
    assert plot.group.view.log
    smoothing = actions["Smoothing, all plots"].menu().actions()
    smoothing[0].trigger()
    assert plot.group.smoothing.weight == 0.0


def test_tools_above_the_plots_show_and_change_what_they_share(
    qtbot: QtBot, group: PlotGroup
) -> None:
    tools = PlotTools(group)
    qtbot.addWidget(tools)
    tools.axis.setCurrentIndex(1)
    tools.axis.activated.emit(1)
    assert group.view.axis == "tokens"
    group.look_at(5, 6)
    assert not tools.follow.isChecked()
    tools.follow.click()
    assert group.following
    assert tools.follow.isChecked()


def test_a_narrow_logarithmic_axis_and_gigabytes_have_words() -> None:
    axis = NumberAxis("left", "plain")
    axis.setLogMode(x=False, y=True)
    assert axis.tickStrings([log10(3.0), log10(4.0)], 1.0, 1.0) == ["3", "4"]
    assert axis.tickStrings([0.0, log10(2.0), log10(3.0)], 1.0, 1.0) == ["1", "2", ""]
    assert NumberAxis("left", "bytes").tickStrings([1.12e9], 1.0, 2e7) == ["1.12 GB"]
