"""The Memory page: norms, clocks, surprise and gates, from the files of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QScrollArea
from synthetic_run import LEVELS, WORDS, made_up_events, started, write_run

from hope_core.analysis.update_sizes import UpdateSizes
from hope_core.config.models import TransformerSettings
from hope_core.config.run import RunConfig
from hope_core.runs.events import LevelDescription, RunFinished
from hope_studio.pages.memory import MemoryPage
from hope_studio.pages.train import TrainPage
from hope_studio.theme import control

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_core.runs.events import Event
    from hope_studio.session import Session


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> MemoryPage:
    made = MemoryPage(session)
    qtbot.addWidget(made)
    made.resize(1180, 900)
    made.show()
    return made


def open_run(
    qtbot: QtBot, page: MemoryPage, root: Path, events: list[Event], config: RunConfig | None = None
) -> None:
    folder = write_run(root, events, config)
    with qtbot.waitSignal(page.session.run_changed):
        page.session.open_run(folder.path)
    settle(qtbot, page)


def settle(qtbot: QtBot, page: MemoryPage) -> None:
    qtbot.waitUntil(lambda: not page.busy())


def test_norm_map_has_a_row_for_each_head(qtbot: QtBot, page: MemoryPage, tmp_path: Path) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(200, probe_every=20)))
    picture = page.norms.map.image.image
    assert len(picture) == 6 * 4
    assert np.all(picture[:, 0] == 0.0)
    last = page.session.history.memory.relative()[-1]
    np.testing.assert_allclose(picture[:, -1], last, rtol=1e-6)


def test_click_on_a_row_shows_that_head(qtbot: QtBot, page: MemoryPage, tmp_path: Path) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(200, probe_every=20)))
    page.norms.map.row_clicked.emit(9)
    norms = page.session.history.memory.norms[:, 9]
    np.testing.assert_array_equal(page.norms.line.getData()[1], norms)
    assert "Layer 3, head 2" in page.norms.head_words.text()


def test_one_look_alone_compares_the_heads(qtbot: QtBot, page: MemoryPage, tmp_path: Path) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(30, probe_every=20)))
    assert "One look alone" in page.norms.scale_words.text()
    assert np.ptp(page.norms.map.image.image[:, 0]) > 0.1
    assert len(page.norms.dot.data) == 1


def test_arrow_keys_move_between_the_heads(qtbot: QtBot, page: MemoryPage, tmp_path: Path) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(200, probe_every=20)))
    qtbot.keyClick(page.norms, Qt.Key.Key_Up)
    assert page.norms.selected == 0
    qtbot.keyClick(page.norms, Qt.Key.Key_Down)
    assert page.norms.selected == 1


def test_probes_that_come_later_are_added(qtbot: QtBot, page: MemoryPage, tmp_path: Path) -> None:
    events = list(made_up_events(200, probe_every=20))
    open_run(qtbot, page, tmp_path, events)
    history = page.session.history
    late = [event for event in made_up_events(240, probe_every=240) if hasattr(event, "path")]
    source = page.session.run.path / "probes" / "200.safetensors"
    (page.session.run.path / late[0].path).write_bytes(source.read_bytes())
    history.feed(late)
    page.session.events_arrived.emit(late)
    settle(qtbot, page)
    assert history.memory.steps.values[-1] == 240
    assert "240" in page.scrub_words.text()


def test_lanes_tell_the_clock_of_each_level(qtbot: QtBot, page: MemoryPage, tmp_path: Path) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(200, total=500)))
    figures = [row[2].text() for row in page.lanes._rows]
    assert "updates: 200, next at 201" in figures[0]
    assert "every 8 steps" in figures[1]
    assert "updates: 25, next at 208" in figures[1]
    assert "updates: 3, next at 256" in figures[2]


def test_rings_count_down_to_the_next_update(
    qtbot: QtBot, page: MemoryPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(196, total=500)))
    rings = [row[3] for row in page.lanes._rows]
    assert [ring.remaining for ring in rings] == [1, 4, 60]
    assert [ring.share for ring in rings] == [0.0, 0.5, 1 - 60 / 64]
    assert "60" in rings[2].toolTip()
    drawn = rings[1].grab().toImage()
    rings[1].show_wait(None, 8)
    assert drawn != rings[1].grab().toImage()


def test_bars_are_as_deep_as_their_updates_are_large(
    qtbot: QtBot, page: MemoryPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(200, probe_every=8)))
    history, strip = page.session.history, page.lanes._rows[1][1]
    large = UpdateSizes(np.array([100.0, 200.0]), np.array([1.0, 0.01]))
    strip.resize(400, 30)
    strip.show_places(history.firings[1], (0, 200), large)
    image = strip.grab().toImage()
    early, late = (image.pixelColor(int(400 * step / 201), 15) for step in (52, 196))
    assert early.saturationF() > 2 * late.saturationF()


def test_lanes_show_the_steps_of_the_plots_on_train(
    qtbot: QtBot, page: MemoryPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(400)))
    assert page.lanes.window_words.text() == "Steps 80 to 400"
    page.lanes.linked.click()
    assert page.lanes.window_words.text() == "Steps 0 to 400"
    train = TrainPage(page.session)
    qtbot.addWidget(train)
    train.group.look_at(100.5, 200.0)
    page._draw()
    assert page.lanes.window_words.text() == "Steps 100 to 200"
    assert page.lanes.loss_words.text().startswith("from ")
    newer = MemoryPage(page.session)
    qtbot.addWidget(newer)
    assert newer.lanes.linked.isChecked()


def test_level_that_will_never_move_is_flagged(
    qtbot: QtBot, page: MemoryPage, tmp_path: Path
) -> None:
    sleeper = LevelDescription(name="asleep", clock=900, learning_rate_factor=1, parameters=1)
    open_run(qtbot, page, tmp_path, list(made_up_events(50, levels=(*LEVELS, sleeper))))
    words = page.lanes._rows[3][2]
    assert "No update" in words.text()
    assert words.property("role") == "warning"
    assert "every 64 steps" in page.lanes._rows[2][2].text() or "No update" in words.text()


def test_surprise_colours_every_token_of_the_probe_text(
    qtbot: QtBot, page: MemoryPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(40, probe_every=20)))
    assert page.surprise.text.text().count("background-color") == len(WORDS)
    all_layers = page.surprise.text.text()
    page.surprise.layer.setCurrentIndex(3)
    assert page.surprise.text.text() != all_layers


def test_gates_are_drawn_token_by_token(qtbot: QtBot, page: MemoryPage, tmp_path: Path) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(40, probe_every=20)))
    for name, strip, words in page.gates.rows.values():
        assert name.isVisibleTo(page)
        assert strip.image.image.shape == (24, len(WORDS))
        assert "mean" in words.text()
    assert "half forgotten after" in page.gates.rows["alpha"][2].text()


def test_bound_and_half_life_have_a_place_for_each_head(
    qtbot: QtBot, page: MemoryPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(40, probe_every=20)))
    for _, picture, _ in page.stability.maps.values():
        assert picture.image.image.shape == (6, 4)
        (heads,) = picture.canvas.getAxis("bottom")._tickLevels
        assert heads == [(0.5, "1"), (1.5, "2"), (2.5, "3"), (3.5, "4")]
    bound, life = (words for *_, words in page.stability.maps.values())
    assert "Above 2" in bound.text()
    assert bound.property("role") == "warning"
    assert "half forgotten after" in life.text()


def test_gates_are_spread_over_twenty_steps(qtbot: QtBot, page: MemoryPage, tmp_path: Path) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(40, probe_every=20)))
    for _, picture, words in page.histograms.rows.values():
        shares = picture.image.image
        assert shares.shape == (6, 20)
        np.testing.assert_allclose(shares.sum(axis=1), 1.0, rtol=1e-5)
        assert words.text()


def test_scrubber_goes_back_and_the_button_returns_to_the_newest(
    qtbot: QtBot, page: MemoryPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(100, probe_every=20)))
    newest = page.surprise.mean.text()
    page.scrubber.setValue(0)
    settle(qtbot, page)
    assert page.scrub_words.text().endswith("20")
    assert page.surprise.mean.text() != newest
    assert not page.follow.isChecked()
    page.follow.click()
    settle(qtbot, page)
    assert page.surprise.mean.text() == newest


def test_look_that_is_not_kept_any_more_is_told(
    qtbot: QtBot, page: MemoryPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, tmp_path, list(made_up_events(100, probe_every=20)))
    (page.session.run.path / "probes" / "20.safetensors").unlink()
    page.scrubber.setValue(0)
    settle(qtbot, page)
    assert "not kept any more" in page.figures["surprise"].sentence.text()


def test_transformer_has_no_memory_to_look_into(
    qtbot: QtBot, page: MemoryPage, tmp_path: Path
) -> None:
    config = RunConfig(model=TransformerSettings())
    open_run(qtbot, page, tmp_path, list(made_up_events(10)), config)
    for name in ("norms", "surprise", "gates"):
        assert "transformer has no memory" in page.figures[name].sentence.text()


def test_run_without_a_look_has_nothing_to_scrub(
    qtbot: QtBot, page: MemoryPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, tmp_path, [started(100)])
    assert not page.scrubber.isEnabled()


def test_finished_run_has_no_next_update(qtbot: QtBot, page: MemoryPage, tmp_path: Path) -> None:
    end = RunFinished(
        step=30,
        tokens=1,
        seconds=1.0,
        loss=1.0,
        validation_loss=None,
        bits_per_byte=None,
        reason="done",
    )
    open_run(qtbot, page, tmp_path, [*made_up_events(30, total=100), end])
    assert "next" not in page.lanes._rows[0][2].text()


def test_every_picture_explains_itself(page: MemoryPage) -> None:
    for figure in page.figures.values():
        assert figure.title.text()
        assert figure.caption.text().endswith(".")
        assert figure.help.toolTip()
        assert figure.help.accessibleName()


def test_page_of_a_live_run_does_not_scroll_sideways_in_the_smallest_window(
    qtbot: QtBot, page: MemoryPage, tmp_path: Path
) -> None:
    control.apply("light")
    open_run(qtbot, page, tmp_path, list(made_up_events(200, total=500, probe_every=20)))
    page.resize(860, 500)
    QCoreApplication.processEvents()
    for area in page.findChildren(QScrollArea):
        assert area.horizontalScrollBar().maximum() == 0


def test_drawing_ends_with_its_page(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    page = MemoryPage(session)
    page.show()
    open_run(qtbot, page, tmp_path, list(made_up_events(200, probe_every=20)))
    drawing = page._drawing_looks
    page.scrubber.setValue(0)
    qtbot.waitUntil(lambda: drawing.busy)
    shiboken6.delete(page)
    for _ in range(20):
        QCoreApplication.processEvents()
    assert drawing.busy  # what waited was left out
