"""The panels show what the events say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from synthetic_run import LEVELS, made_up_events, started, write_run

from hope_core.config.models import TransformerSettings
from hope_core.config.run import RunConfig
from hope_core.runs.events import EvaluationFinished
from hope_studio.panels import find_panels
from hope_studio.panels.constraint import ConstraintPanel
from hope_studio.panels.gradient_norm import GradientNormPanel
from hope_studio.panels.learning_rate import LearningRatePanel
from hope_studio.panels.loss import LossPanel
from hope_studio.panels.memory_norms import MemoryNormPanel
from hope_studio.panels.memory_use import MemoryUsePanel
from hope_studio.panels.speed import SpeedPanel
from hope_studio.widgets.plot_group import PlotGroup

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_core.runs.events import Event
    from hope_studio.panels.panel import Panel
    from hope_studio.session import Session

Show = "Callable[[type[Panel], list[Event]], Panel]"


@pytest.fixture
def show(qtbot: QtBot, session: Session, tmp_path: Path) -> Show:
    """Opens a run of these events and draws one panel of it."""

    def _show(kind: type[Panel], events: list[Event], config: RunConfig | None = None) -> Panel:
        group = PlotGroup()
        panel = kind(session, group)
        panel.setProperty("kept", group)
        group.setParent(panel)
        qtbot.addWidget(panel)
        panel.resize(700, 260)
        panel.show()
        folder = write_run(tmp_path, events, config)
        with qtbot.waitSignal(session.run_changed):
            session.open_run(folder.path)
        group.set_history(session.history)
        group.draw_all()
        return panel

    return _show


def test_folder_holds_the_panels_in_their_order() -> None:
    assert find_panels() == [
        LossPanel,
        LearningRatePanel,
        GradientNormPanel,
        SpeedPanel,
        MemoryUsePanel,
        MemoryNormPanel,
        ConstraintPanel,
    ]


@pytest.mark.parametrize("kind", find_panels())
def test_panel_without_data_says_why(show: Show, kind: type[Panel]) -> None:
    panel = show(kind, [])
    assert panel.plot.sentence.isVisible()
    assert panel.plot.sentence.text().endswith(".")
    assert panel.legend.text() == ""


@pytest.mark.parametrize("kind", find_panels())
def test_panel_tells_its_newest_values_to_screen_readers(
    qtbot: QtBot, show: Show, kind: type[Panel]
) -> None:
    events = made_up_events(60, probe_every=20, evaluate_every=20, penalty=0.4)
    panel = show(kind, list(events))
    assert panel.plot.accessibleName() == panel.title.text() != ""
    qtbot.waitUntil(lambda: panel.plot.accessibleDescription().endswith("at 60."))


def test_loss_panel_draws_every_loss_and_every_evaluation(show: Show) -> None:
    events = list(made_up_events(100, evaluate_every=25))
    panel = show(LossPanel, events)
    np.testing.assert_array_equal(panel.training.line.getData()[0], np.arange(1, 101))
    np.testing.assert_array_equal(panel.validation.marks.getData()[0], [25, 50, 75, 100])
    losses = [event.loss for event in events if isinstance(event, EvaluationFinished)]
    np.testing.assert_allclose(panel.validation.marks.getData()[1], losses)


def test_loss_panel_puts_its_star_at_the_best_evaluation(show: Show) -> None:
    events = list(made_up_events(400, evaluate_every=20))
    panel = show(LossPanel, events)
    best = min((e for e in events if isinstance(e, EvaluationFinished)), key=lambda e: e.loss)
    star = panel.plot.rules[1].item
    assert (star.getData()[0][0], star.getData()[1][0]) == (best.step, best.loss)


def test_loss_panel_draws_the_floor_of_the_text_in_nats(show: Show) -> None:
    panel = show(LossPanel, list(made_up_events(50)))
    assert panel.floor.item.isVisible()
    assert panel.floor.item.value() == pytest.approx(1.4 * np.log(2))
    assert panel.plot.canvas.getViewBox().viewRange()[1][0] < 1.4 * np.log(2)


@pytest.mark.parametrize("height", [120, 400])
def test_caption_of_the_floor_stands_within_the_plot(qtbot: QtBot, show: Show, height: int) -> None:
    panel = show(LossPanel, list(made_up_events(50)))
    box, caption = panel.plot.canvas.getViewBox(), panel.floor.item.label
    wide = box.height()
    panel.resize(400, height)
    qtbot.waitUntil(lambda: box.height() != wide)
    panel.plot.touch()
    panel.plot.group.draw_all()
    low, high = box.viewRange()[1]
    below = (panel.floor.item.value() - low) / (high - low) * box.height()
    assert below >= caption.boundingRect().height()


def test_legend_reads_out_the_value_under_the_pointer(show: Show) -> None:
    panel = show(SpeedPanel, list(made_up_events(50)))
    panel.plot.group.set_smoothing(0.0)
    panel.plot.group.set_cursor(7.2)
    value = panel.history.series["tokens_per_second"].y[6]
    assert f"{value / 1000:.1f} k" in panel.legend.text()


def test_learning_rate_panel_has_a_line_for_each_level(show: Show) -> None:
    panel = show(LearningRatePanel, list(made_up_events(50)))
    assert [curve.label for curve in panel.plot.curves] == [level.name for level in LEVELS]
    last = [curve.line.getData()[1][-1] for curve in panel.plot.curves]
    rates = panel.history.last.learning_rates
    np.testing.assert_allclose(last, np.log10(rates), rtol=1e-5)


def test_learning_rate_panel_learns_of_levels_while_the_run_goes_on(
    show: Show, session: Session
) -> None:
    panel = show(LearningRatePanel, [])
    assert panel.plot.curves == []
    batch = [started(10)]
    session.history.feed(batch)
    session.events_arrived.emit(batch)
    assert len(panel.plot.curves) == len(LEVELS)


@pytest.mark.parametrize(("clip", "visible"), [(0.7, True), (0.0, False)])
def test_gradient_panel_draws_where_clipping_begins(show: Show, clip: float, visible: bool) -> None:
    config = RunConfig()
    train = config.train.model_copy(update={"clip_norm": clip})
    config = config.model_copy(update={"train": train})
    panel = show(GradientNormPanel, list(made_up_events(50)), config)
    assert panel.limit.item.isVisible() is visible
    assert not visible or panel.limit.item.value() == pytest.approx(clip)


def test_memory_panel_leaves_the_gpu_out_where_there_is_none(show: Show) -> None:
    panel = show(MemoryUsePanel, list(made_up_events(50)))
    assert panel.gpu.length(panel.history) == 0
    assert "GPU" not in panel.legend.text()


def test_norm_panel_reads_the_probes(show: Show) -> None:
    panel = show(MemoryNormPanel, list(made_up_events(60, probe_every=20)))
    np.testing.assert_array_equal(panel.median.line.getData()[0], [20, 40, 60])


def test_norm_panel_says_that_a_transformer_has_no_memory(show: Show) -> None:
    config = RunConfig(model=TransformerSettings())
    panel = show(MemoryNormPanel, list(made_up_events(10)), config)
    assert "transformer has no memory" in panel.plot.sentence.text()
