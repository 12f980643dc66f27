"""Under the table of runs: their curves, settings, texts and notes, and the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from synthetic_run import made_up_events, write_run

from hope_core.config.grid import grid
from hope_core.config.presets import load_preset
from hope_core.runs.notes import read_notes
from hope_studio.pages.runs import RunsPage
from hope_studio.phases import Phase
from hope_studio.queue_runner import queue_of
from hope_studio.widgets.run_texts import marked

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session


@pytest.fixture
def page(qtbot: QtBot, session: Session, tmp_path: Path) -> RunsPage:
    for name, steps in (("alpha", 400), ("beta", 200)):
        write_run(tmp_path / "runs", list(made_up_events(steps)), name=name)
    made = RunsPage(session)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    qtbot.waitUntil(lambda: not made.busy())
    made.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    return made


def select(qtbot: QtBot, page: RunsPage, *rows: int) -> None:
    page.table.clearSelection()
    for row in rows:
        mode = page.table.selectionModel().SelectionFlag
        index = page.sorted.index(row, 0)
        page.table.selectionModel().select(index, mode.Select | mode.Rows)
    qtbot.waitUntil(lambda: not page.busy())


def test_without_a_selection_every_tab_says_what_to_do(page: RunsPage) -> None:
    details = page.details
    for tab in (details.curves, details.settings, details.texts):
        assert "Select" in tab.sentence.text()
        assert not tab.sentence.isHidden()
    assert not details.notes.sentence.isHidden()


def test_two_runs_are_drawn_together_over_any_axis(qtbot: QtBot, page: RunsPage) -> None:
    select(qtbot, page, 0, 1)
    curves = page.details.curves
    assert [len(line.getData()[0]) for line in curves.lines] == [4, 2]
    assert "alpha" in curves.legend.text()
    curves.axis.setCurrentIndex(1)
    assert curves.lines[0].getData()[0][-1] == 400 * 4096


def test_a_run_is_compared_with_its_preset_and_with_another(qtbot: QtBot, page: RunsPage) -> None:
    select(qtbot, page, 0)
    heading = page.details.settings.list.headerItem()
    assert heading.text(2) == "alpha"
    select(qtbot, page, 0, 1)
    assert page.details.settings.sentence.text() == "These runs have the same settings."


def test_texts_stand_side_by_side(qtbot: QtBot, page: RunsPage) -> None:
    select(qtbot, page, 0, 1)
    text = page.details.texts.view.toPlainText()
    assert "number=400" in text
    assert "number=200" in text


def test_only_the_words_that_the_other_text_lacks_are_marked() -> None:
    html, share = marked("a b c", "a c")
    assert html.count("background") == 1
    assert ">b<" in html
    assert share == pytest.approx(1 / 3)


def test_notes_are_kept_and_the_title_is_shown_in_the_table(qtbot: QtBot, page: RunsPage) -> None:
    select(qtbot, page, 1)
    notes = page.details.notes
    notes.run_title.setText("My best")
    notes.tags.setText("good, muon")
    notes.notes.setPlainText("what\nI saw")
    with qtbot.waitSignal(notes.saved):
        notes.notes.textChanged.emit()
    path = next(run.path for run in page.model.runs if run.name == "beta")
    saved = read_notes(path)
    assert (saved.title, saved.tags, saved.notes) == ("My best", ("good", "muon"), "what\nI saw")
    qtbot.waitUntil(lambda: not page.busy())
    assert "My best" in {page.sorted.index(row, 0).data() for row in range(2)}


def test_the_command_is_copied_and_the_report_written(
    qtbot: QtBot, page: RunsPage, tmp_path: Path
) -> None:
    select(qtbot, page, 0)
    qtbot.mouseClick(page.buttons.command_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("hope train small")
    page.buttons.report(page.selected(), tmp_path / "report.html")
    qtbot.waitUntil(lambda: not page.busy())
    assert "alpha" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "report.html" in page.banner.words()


def test_a_report_that_cannot_be_written_says_why(
    qtbot: QtBot, page: RunsPage, tmp_path: Path
) -> None:
    select(qtbot, page, 0)
    page.buttons.report(page.selected(), tmp_path / "absent" / "report.html")
    qtbot.waitUntil(lambda: not page.busy())
    assert "absent" in page.banner.words()


def test_a_sweep_waits_in_the_queue_and_can_be_reordered(qtbot: QtBot, page: RunsPage) -> None:
    view = page.details.queue
    page.details.setCurrentWidget(view)
    view.sweep.settings[0].setEditText("seed")
    view.sweep.values[0].setText("5, 6, 7")
    assert view.sweep.add_button.text() == "Add 3 runs"
    qtbot.mouseClick(view.sweep.add_button, Qt.MouseButton.LeftButton)
    assert view.list.count() == 3
    assert page.details.tabText(4) == "Queue (3)"
    view.list.setCurrentRow(2)
    qtbot.mouseClick(view.up_button, Qt.MouseButton.LeftButton)
    assert [entry.label for entry in view.queue.waiting()] == ["seed=5", "seed=7", "seed=6"]
    qtbot.mouseClick(view.remove_button, Qt.MouseButton.LeftButton)
    assert [entry.label for entry in view.queue.waiting()] == ["seed=5", "seed=6"]


def test_a_sweep_with_a_wrong_value_says_so_and_cannot_be_added(page: RunsPage) -> None:
    view = page.details.queue
    page.details.setCurrentWidget(view)
    view.sweep.settings[0].setEditText("train.learning_rat")
    view.sweep.values[0].setText("1")
    assert "train.learning_rat" in view.sweep.verdict.text()
    assert not view.sweep.add_button.isEnabled()


def test_the_queue_trains_one_run_after_another(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained: list[str] = []

    def train(config: object, *, title: str = "") -> None:
        trained.append(title)
        session._set_phase(Phase.PREPARING)

    monkeypatch.setattr(session, "train", train)
    queue = queue_of(session)
    queue.add(grid(load_preset("small"), {"seed": [1, 2, 3]}))
    queue.start()
    queue.start()
    assert trained == ["seed=1"]
    session._set_phase(Phase.FINISHED)
    assert trained == ["seed=1", "seed=2"]
    session._set_phase(Phase.STOPPING)
    session._set_phase(Phase.STOPPED)
    assert trained == ["seed=1", "seed=2"]
    assert not queue.going
    assert [entry.label for entry in queue.waiting()] == ["seed=3"]
