"""The Train page beside its curves: marks, ghosts, live wishes, the order of its panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from synthetic_run import made_up_events, write_run

from hope_core.analysis.history import RunHistory
from hope_core.analysis.smoothing import Smoothing
from hope_core.runs.commands import SetLearningRate
from hope_core.runs.events import (
    CheckpointSaved,
    LearningRateChanged,
    Notice,
    RunFailed,
    SampleWritten,
    StepSkipped,
)
from hope_studio.docks.events import EventsDock
from hope_studio.pages.train import TrainPage
from hope_studio.panels.panel import PANEL_MIME
from hope_studio.phases import Phase
from hope_studio.widgets.curve import Curve
from hope_studio.widgets.ghost_choice import BEST, NONE, PREVIOUS, find_ghost
from hope_studio.widgets.plot import Plot
from hope_studio.widgets.plot_export import table_of
from hope_studio.widgets.plot_group import PlotGroup
from hope_studio.widgets.plot_marks import mark_words

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_core.runs.events import Event
    from hope_core.runs.folder import RunFolder
    from hope_studio.session import Session

HAPPENED: list[Event] = [
    CheckpointSaved(step=40, path="checkpoints/step-000000040", size=1_000_000),
    LearningRateChanged(step=50, factor=0.5),
    StepSkipped(step=60, reason="The loss is nan.", in_a_row=1, total=1),
    Notice(message="The disk is nearly full."),
    RunFailed(step=100, message="The end."),
]


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> TrainPage:
    made = TrainPage(session)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    qtbot.waitUntil(lambda: not made.busy())
    return made


@pytest.fixture
def plot(qtbot: QtBot) -> Plot:
    group = PlotGroup()
    made = Plot(group)
    group.setParent(made)
    made.add(Curve("loss", smooth=True, ghost=True))
    qtbot.addWidget(made)
    made.resize(600, 250)
    made.show()
    return made


def history_of(steps: int, *more: Event) -> RunHistory:
    history = RunHistory()
    history.feed([*made_up_events(steps), *more])
    return history


def drawn(plot: Plot, history: RunHistory) -> Plot:
    plot.group.set_history(history)
    plot.group.draw_all()
    return plot


def open_run(qtbot: QtBot, page: TrainPage, folder: RunFolder) -> None:
    with qtbot.waitSignal(page.session.run_changed):
        page.session.open_run(folder.path)
    qtbot.waitUntil(lambda: not page.busy(), timeout=20_000)


def test_everything_that_happened_is_marked_at_its_step(plot: Plot) -> None:
    drawn(plot, history_of(100, *HAPPENED))
    kinds = {marker.kind: place for place, marker in plot.marks.shown}
    assert kinds == {
        "checkpoint": 40,
        "rate": 50,
        "skipped": 60,
        "best": 100,
        "warning": 100,
        "failed": 100,
    }


def test_marks_follow_the_axis_and_the_logarithm(plot: Plot) -> None:
    drawn(plot, history_of(100, *HAPPENED[:1]))
    plot.group.set_axis("tokens")
    plot.group.set_log_x(True)
    plot.group.draw_all()
    assert plot.marks.shown[0][0] == pytest.approx(5.2144, abs=1e-3)  # log10(40 x 4096)


def test_mark_under_the_pointer_is_put_into_words(plot: Plot) -> None:
    drawn(plot, history_of(100, *HAPPENED))
    assert mark_words(plot.marks.near(50.4)) == (
        "Step 50: The learning rate is now 0.5 times the scheduled one."
    )
    assert plot.marks.near(45) == []


def test_marks_never_stand_in_the_table(plot: Plot) -> None:
    drawn(plot, history_of(100, *HAPPENED))
    plot.group.set_ghost(history_of(50), "other")
    plot.group.draw_all()
    assert [(table.name, len(table.values)) for table in table_of(plot)] == [("", 100)]


def test_ghost_stands_behind_the_curve_on_its_axes(plot: Plot) -> None:
    drawn(plot, history_of(100))
    plot.group.set_ghost(history_of(60), "other")
    plot.group.draw_all()
    x, _ = plot.curves[0].ghost.line.getData()
    assert (x[0], x[-1]) == (1, 60)
    plot.group.set_ghost(None)
    plot.group.draw_all()
    assert len(plot.curves[0].ghost.line.getData()[0]) == 0


def test_ghost_is_read_at_the_place_of_the_run_in_front(plot: Plot) -> None:
    other = history_of(60)
    ghost = plot.curves[0].ghost
    assert ghost.read(other, "step", 30.0, Smoothing(0.0)).y == other.series["loss"].y[29]
    assert ghost.read(other, "step", 61.0, Smoothing(0.0)) is None


def test_gaussian_does_not_lag_behind_a_fall(plot: Plot) -> None:
    drawn(plot, history_of(400))
    average = plot.curves[0].smooth_line.getData()[1][20]
    plot.group.set_kernel("gauss")
    plot.group.draw_all()
    raw = plot.curves[0].line.getData()[1]
    assert len(raw) == 400
    assert plot.curves[0].smooth_line.getData()[1][20] < average


def test_ghost_is_the_previous_or_the_best_run_or_none(tmp_path: Path) -> None:
    runs = [write_run(tmp_path, list(made_up_events(5)), name=name) for name in "abc"]
    for run, bits in zip(runs, (1.5, 2.0, 1.0), strict=True):
        with run.lock():
            run.write_state("stopped", step=5, best_bits_per_byte=bits)
    assert find_ghost(runs[2], PREVIOUS).chosen.name == "b"
    assert find_ghost(runs[2], BEST).chosen.name == "a"
    assert find_ghost(runs[2], NONE).history is None
    assert find_ghost(runs[0], PREVIOUS).chosen is None
    assert find_ghost(runs[0], runs[1].info.id).history.step == 5


def test_legend_names_the_ghost_and_the_kind_of_smoothing(
    qtbot: QtBot, page: TrainPage, tmp_path: Path
) -> None:
    before = write_run(tmp_path, list(made_up_events(80)), name="before")
    with before.lock():
        before.write_state("stopped", step=80)
    open_run(qtbot, page, write_run(tmp_path, list(made_up_events(50)), name="now"))
    qtbot.waitUntil(lambda: "before" in page.panels[0].legend.text())
    assert "training (average of 10)" in page.panels[0].legend.text()


def test_new_factor_is_asked_for_once_it_stands_still(
    qtbot: QtBot, page: TrainPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_run(qtbot, page, write_run(tmp_path, list(made_up_events(50))))
    page.session._set_phase(Phase.RUNNING)
    sent: list[object] = []
    monkeypatch.setattr(page.session, "_send", sent.append)
    qtbot.mouseClick(page.live.halve, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.live.halve, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(sent))
    assert [command.factor for command in sent if isinstance(command, SetLearningRate)] == [0.25]


def test_factor_of_the_run_is_shown(qtbot: QtBot, page: TrainPage, tmp_path: Path) -> None:
    open_run(qtbot, page, write_run(tmp_path, [*made_up_events(60), HAPPENED[1]]))
    qtbot.waitUntil(lambda: page.live.factor.value() == 0.5)


def test_branch_asks_with_what_and_begins_a_run(
    qtbot: QtBot, page: TrainPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_run(qtbot, page, write_run(tmp_path, [*made_up_events(60), HAPPENED[0]]))
    page.session._set_phase(Phase.STOPPED)
    tasks: list[object] = []
    monkeypatch.setattr(page.session, "_employ", tasks.append)
    qtbot.mouseClick(page.live.branch, Qt.MouseButton.LeftButton)
    assert "at step 40" in page.question.text()
    page.question.defaultButton().click()
    assert [task.path for task in tasks] == [page.session.run.path]


def test_click_on_an_event_moves_the_line_across_the_plots(
    qtbot: QtBot, page: TrainPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, write_run(tmp_path, [*made_up_events(60), HAPPENED[1]]))
    dock = EventsDock(page.session)
    qtbot.addWidget(dock)
    row = next(
        dock.rows.topLevelItem(i)
        for i in range(dock.rows.topLevelItemCount())
        if "0.5 times" in dock.rows.topLevelItem(i).text(2)
    )
    dock.rows.setCurrentItem(row)
    assert page.group.cursor == 50
    assert page.panels[0].plot.cursor_line.isVisible()


def test_constraint_panel_shows_only_where_there_is_one(
    qtbot: QtBot, page: TrainPage, tmp_path: Path
) -> None:
    panel = page.panels[-1]
    assert not panel.isVisible()
    open_run(qtbot, page, write_run(tmp_path, list(made_up_events(60, penalty=0.4))))
    qtbot.waitUntil(panel.isVisible)
    assert page.now.values["constraint"].text() == "0.2"


def test_steps_left_out_are_counted_on_the_page(
    qtbot: QtBot, page: TrainPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, write_run(tmp_path, [*made_up_events(60), HAPPENED[2]]))
    qtbot.waitUntil(lambda: page.now.values["skipped"].isVisible())
    assert page.now.values["skipped"].text() == "1"


def test_sample_marks_what_it_did_not_write_before(page: TrainPage) -> None:
    page.samples.add(SampleWritten(step=1, prompt="a", text=" b c"))
    page.samples.add(SampleWritten(step=2, prompt="a", text=" b d"))
    newest = page.samples._entries[0]
    assert newest.stamp.text().endswith("50 % new words")
    assert ">d</span>" in newest.body.text()


def test_dragged_panel_takes_the_place_under_it_and_keeps_it(
    qtbot: QtBot, page: TrainPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = page.panels[:2]
    data = QMimeData()
    data.setData(PANEL_MIME, b"")
    drop = QDropEvent(
        QPointF(second.geometry().center()),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    monkeypatch.setattr(QDropEvent, "source", lambda _event: first)
    page.grid.dropEvent(drop)
    assert page.panels[:2] == [second, first]
    again = TrainPage(session)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: not again.busy())
    assert [type(panel) for panel in again.panels] == [type(panel) for panel in page.panels]


def test_menu_moves_a_panel_without_the_mouse(page: TrainPage) -> None:
    first, second = page.panels[:2]
    first.plot.move_asked.emit(1)
    assert page.panels[:2] == [second, first]
    assert second.pos() != QPoint(0, 0) or page.grid.layout().itemAt(0).widget() is second
