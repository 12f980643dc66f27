"""A run that ended without a look into its memory: what the page says, and the look it offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from synthetic_run import made_up_events, write_run

from hope_core.config.models import TransformerSettings
from hope_core.config.run import RunConfig
from hope_core.runs.events import RunFinished
from hope_studio.pages.memory import MemoryPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_core.runs.events import Event
    from hope_studio.session import Session

END = RunFinished(
    step=50,
    tokens=1,
    seconds=1.0,
    loss=1.0,
    validation_loss=None,
    bits_per_byte=None,
    reason="done",
)


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> MemoryPage:
    made = MemoryPage(session)
    qtbot.addWidget(made)
    made.resize(1180, 900)
    made.show()
    return made


def open_run(
    qtbot: QtBot, page: MemoryPage, root: Path, events: list[Event], config: RunConfig | None = None
) -> Path:
    folder = write_run(root, events, config)
    folder.write_state("finished", reason="done")
    with qtbot.waitSignal(page.session.run_changed):
        page.session.open_run(folder.path)
    qtbot.waitUntil(lambda: page.session.phase.ended and not page.busy())
    return folder.path


def test_finished_run_does_not_promise_a_look(
    qtbot: QtBot, page: MemoryPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, tmp_path, [*made_up_events(15, total=15), END])
    said = page.figures["norms"].sentence.text()
    assert "ended at step 15" in said
    assert "looks come every 20 steps" in said
    assert "comes at" not in said
    assert page.late_look.isVisibleTo(page)
    assert page.late_look.button.text() == "Look now"


def test_imported_weights_tell_that_they_were_not_trained_here(
    qtbot: QtBot, page: MemoryPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, tmp_path, [])
    assert "not trained here" in page.figures["surprise"].sentence.text()
    assert "Train on" in page.figures["lanes"].sentence.text()
    assert "Train on" in page.figures["rates"].sentence.text()
    assert page.late_look.isVisibleTo(page)


def test_run_with_looks_or_without_a_memory_is_offered_none(
    qtbot: QtBot, page: MemoryPage, tmp_path: Path
) -> None:
    open_run(qtbot, page, tmp_path / "a", [*made_up_events(50, probe_every=20), END])
    assert not page.late_look.isVisibleTo(page)
    config = RunConfig(model=TransformerSettings())
    open_run(qtbot, page, tmp_path / "b", [*made_up_events(50), END], config)
    assert not page.late_look.isVisibleTo(page)


def test_live_run_is_offered_none(qtbot: QtBot, page: MemoryPage, tmp_path: Path) -> None:
    folder = write_run(tmp_path, list(made_up_events(15, total=500)))
    with folder.lock():
        folder.write_state("running")
        with qtbot.waitSignal(page.session.run_changed):
            page.session.open_run(folder.path)
        qtbot.waitUntil(lambda: not page.busy())
        assert "first comes at step 20" in page.figures["norms"].sentence.text()
        assert not page.late_look.isVisibleTo(page)


def test_look_is_taken_and_drawn(qtbot: QtBot, page: MemoryPage, tmp_path: Path) -> None:
    run = open_run(qtbot, page, tmp_path, [*made_up_events(50), END])
    (run / "checkpoints").mkdir()
    page.late_look.button.click()
    assert "Loading" in page.late_look.words()
    assert not page.late_look.button.isVisibleTo(page)
    qtbot.waitUntil(lambda: page.scrub_words.text().endswith("50") and not page.busy())
    assert page.surprise.isVisibleTo(page)
    assert not page.late_look.isVisibleTo(page)


def test_look_that_cannot_be_taken_says_why(qtbot: QtBot, page: MemoryPage, tmp_path: Path) -> None:
    open_run(qtbot, page, tmp_path, [*made_up_events(50), END])
    page.late_look.button.click()
    qtbot.waitUntil(lambda: not page.late_look.busy)
    assert "no whole checkpoint" in page.late_look.words()
