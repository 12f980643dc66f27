"""The Train page over whole runs, short and long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from synthetic_run import made_up_events, started, write_run

from hope_core.analysis.verdict import Verdict
from hope_core.runs.events import RunFailed, SampleWritten
from hope_studio.pages.train import TrainPage
from hope_studio.phases import Phase
from hope_studio.widgets.now_card import verdict_words

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_core.runs.events import Event
    from hope_studio.session import Session


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> TrainPage:
    made = TrainPage(session)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    qtbot.waitUntil(lambda: not made.busy())
    return made


def open_run(qtbot: QtBot, page: TrainPage, root: Path, events: list[Event]) -> None:
    folder = write_run(root, events)
    with qtbot.waitSignal(page.session.run_changed):
        page.session.open_run(folder.path)
    qtbot.waitUntil(lambda: not page.busy(), timeout=20_000)


def tell(page: TrainPage, *batch: Event) -> None:
    page.session.history.feed(batch)
    page.session.events_arrived.emit(list(batch))


def test_page_without_a_run_says_what_to_do(page: TrainPage) -> None:
    assert "Home" in page.now.sentence.text()
    assert page.now.values["loss"].text() == "–"
    assert not page.live.sample.isEnabled()


def test_page_shows_the_figures_of_the_last_step(
    qtbot: QtBot, page: TrainPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(100, evaluate_every=50)))
    last = page.session.history.last
    assert page.now.values["loss"].text() == f"{last.loss:.3f}"
    assert page.now.values["perplexity"].text() == f"{np.exp(last.loss):.1f}"
    assert page.now.values["best"].text().endswith("at step 100")


def test_page_shows_a_run_of_a_hundred_thousand_steps(
    qtbot: QtBot, page: TrainPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(100_000, evaluate_every=1000)))
    for panel in page.panels[:5]:
        curve = panel.plot.curves[0]
        x, _y = curve.line.getData()
        assert x[-1] == 100_000
        assert len(x) <= 2 * panel.plot.width() + 5
    losses = page.session.history.series["loss"].y
    assert page.panels[0].plot.curves[0].line.getData()[1].max() == losses.max()


def test_new_steps_reach_every_plot(qtbot: QtBot, page: TrainPage, tmp_path: Path) -> None:
    events = list(made_up_events(300))
    open_run(qtbot, page, tmp_path, events[:101])
    tell(page, *events[101:])
    qtbot.waitUntil(lambda: not page.busy())
    ends = [panel.plot.curves[0].line.getData()[0][-1] for panel in page.panels[:5]]
    assert ends == [300] * 5
    qtbot.waitUntil(
        lambda: page.now.values["loss"].text() == f"{page.session.history.last.loss:.3f}"
    )


def test_newest_sample_stands_on_top(qtbot: QtBot, page: TrainPage, tmp_path: Path) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(30, sample_every=10)))
    assert ["number=30" in text for text in page.samples.texts()] == [True, False, False]
    tell(page, SampleWritten(step=31, prompt="a <b>", text="& c"))
    assert page.samples.texts()[0] == "& c"
    assert "a &lt;b&gt;" in page.samples._entries[0].body.text()


def test_samples_of_another_run_replace_those_shown(
    qtbot: QtBot, page: TrainPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, tmp_path / "a", list(made_up_events(30, sample_every=10)))
    open_run(qtbot, page, tmp_path / "b", list(made_up_events(5)))
    assert page.samples.texts() == []
    assert page.samples.empty.isVisible()


def test_failed_run_keeps_its_curves(qtbot: QtBot, page: TrainPage, tmp_path: Path) -> None:
    events = [*made_up_events(50), RunFailed(step=50, message="The disk is full.")]
    open_run(qtbot, page, tmp_path, events)
    assert len(page.panels[0].plot.curves[0].line.getData()[0]) == 50


def test_double_click_gives_one_plot_the_whole_grid(page: TrainPage) -> None:
    first, second = page.panels[:2]
    first.plot.maximise_asked.emit()
    assert first.isVisible()
    assert not second.isVisible()
    first.plot.maximise_asked.emit()
    assert second.isVisible()


def test_page_fits_a_small_window_by_scrolling(qtbot: QtBot, page: TrainPage) -> None:
    page.resize(560, 300)
    assert page.size().width() == 560
    assert all(panel.plot.height() >= 100 for panel in page.panels)


def test_buttons_ask_the_trainer_only_while_it_listens(
    qtbot: QtBot, page: TrainPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, tmp_path, [started(10)])
    page.session._set_phase(Phase.RUNNING)
    assert page.live.sample.isEnabled()
    assert page.live.save.isEnabled()
    page.session._set_phase(Phase.FINISHED)
    assert not page.live.save.isEnabled()


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict("waiting"), "first step"),
        (Verdict("starting", {"step": 3}), "begun"),
        (Verdict("diverged", {"step": 7}), "not a number since step 7"),
        (Verdict("gradient", {"times": 9.2, "step": 5}), "9 times"),
        (Verdict("overfitting", {"since": 40, "worse": 10.0}), "since step 40, by 10.0 %"),
        (Verdict("falling", {"percent": 3.24, "steps": 100}), "falls by 3.2"),
        (Verdict("rising", {"percent": 3.0, "steps": 100}), "rises by 3.0"),
        (Verdict("flat", {"steps": 200}), "flat for 200 steps"),
    ],
)
def test_every_verdict_has_words(verdict: Verdict, words: str) -> None:
    assert words in verdict_words(verdict)
