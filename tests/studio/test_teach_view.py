"""The teaching side: a conversation begins by itself, and each wish is sent once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from synthetic_run import made_up_events, write_run

from hope_core.inference.talk_messages import (
    OpenTalkRequest,
    ReadingTold,
    TellRequest,
    WriteOnRequest,
)
from hope_core.runs.events import CheckpointSaved
from hope_studio.pages.generate import GeneratePage
from hope_studio.widgets.recipe_chart import factor_words, probability_words

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session
    from hope_studio.widgets.teach_view import TeachView

SAVED = "checkpoints/step-000000050"


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> GeneratePage:
    made = GeneratePage(session)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def view(qtbot: QtBot, page: GeneratePage, tmp_path: Path) -> TeachView:
    events = [*made_up_events(50), CheckpointSaved(step=50, path=SAVED, size=10)]
    folder = write_run(tmp_path, events)
    (folder.path / SAVED).mkdir(parents=True)
    with qtbot.waitSignal(page.session.run_changed):
        page.session.open_run(folder.path)
    qtbot.mouseClick(page.teach_side, Qt.MouseButton.LeftButton)
    assert page.teaching is not None
    return page.teaching


def teach(qtbot: QtBot, view: TeachView, text: str) -> None:
    view.talk.entry.setPlainText(text)
    view.teach()
    qtbot.waitUntil(lambda: not view.busy and view._waiting is None)


def test_without_a_model_nothing_can_be_taught(page: GeneratePage) -> None:
    page.teach()
    assert page.teaching is not None
    assert not page.teaching.talk.teach_button.isEnabled()
    assert "Train one" in page.banner.words()


def test_first_lesson_begins_the_conversation(qtbot: QtBot, view: TeachView) -> None:
    teach(qtbot, view, "A is B.")
    assert view.talk.text.written == "ab"
    assert "You taught:" in view.talk.text.toPlainText()
    assert view.moments.rows.count() == 2
    assert view.talk.entry.toPlainText() == ""
    assert "0.2" in view.talk.strip.accessibleDescription()


def test_teaching_twice_at_once_asks_once(view: TeachView, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(view.link._service, "ask", asked.append)
    view.talk.entry.setPlainText("A is B.")
    view.teach()
    view.teach()
    view.follow()
    assert [type(request) for request in asked] == [OpenTalkRequest]


def test_each_text_is_written_as_set_with_a_seed_of_its_own(
    qtbot: QtBot, view: TeachView, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach(qtbot, view, "A is B.")
    asked: list[WriteOnRequest] = []
    monkeypatch.setattr(view.link._service, "ask", lambda request: asked.append(request) or "")
    form = view.talk.sampling.form
    form.penalty.setValue(1.25)
    view.write()
    (request,) = asked
    assert (request.repetition_penalty, request.seed, request.tokens) == (1.25, 0, 120)
    assert form.seed.value() == 1


def test_lesson_ends_its_line_and_a_text_told_does_not(
    qtbot: QtBot, view: TeachView, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach(qtbot, view, "one")
    asked: list[TellRequest] = []
    monkeypatch.setattr(view.link._service, "ask", asked.append)
    view.talk.entry.setPlainText("A is")
    view.read()
    view.link._asked = ""
    view.talk.entry.setPlainText("A is B.")
    view.teach()
    assert [(request.text, request.teach) for request in asked] == [
        ("A is", False),
        ("A is B.\n", True),
    ]


def test_fault_is_told_in_the_view_and_ends_the_wait(qtbot: QtBot, view: TeachView) -> None:
    teach(qtbot, view, "one")
    view.talk.entry.setPlainText("refuse")
    view.read()
    qtbot.waitUntil(lambda: not view.busy)
    assert "cannot be read" in view.banner.words()
    assert view.talk.teach_button.isEnabled()


def test_recipe_draws_each_reading_and_says_what_it_means(qtbot: QtBot, view: TeachView) -> None:
    view.recipe.button.click()
    qtbot.waitUntil(lambda: view.recipe.outcome.text() != "" and not view.busy)
    qtbot.waitUntil(lambda: len(view.recipe.chart.readings) == 3)
    assert "4.4 · 10⁸ times" in view.recipe.outcome.text()
    assert "bit for bit" in view.recipe.outcome.text()
    assert "Right after teaching: 90" in view.recipe.chart.accessibleDescription()


def test_going_back_forgets_the_later_moments(qtbot: QtBot, view: TeachView) -> None:
    teach(qtbot, view, "one")
    assert not view.moments.button.isEnabled()
    view.moments.rows.setCurrentRow(0)
    view.moments.button.click()
    qtbot.waitUntil(lambda: view.moments.rows.count() == 1)


def test_memories_are_listed_with_size_and_compared_by_layer(qtbot: QtBot, view: TeachView) -> None:
    teach(qtbot, view, "one")
    panel = view.memories
    panel.name.setText("first")
    panel.save_button.click()
    qtbot.waitUntil(lambda: panel.rows.topLevelItemCount() == 1)
    row = panel.rows.topLevelItem(0)
    assert (row.text(0), row.text(1)) == ("first", "526 kB")
    assert not panel.load_button.isEnabled()
    panel.rows.setCurrentItem(row)
    panel.compare_button.click()
    qtbot.waitUntil(lambda: "blocks.0.memory: 1.000 (25 %)" in panel.told.text())


def test_another_run_ends_the_conversation(
    qtbot: QtBot, page: GeneratePage, view: TeachView, tmp_path: Path
) -> None:
    teach(qtbot, view, "one")
    folder = write_run(tmp_path / "other", list(made_up_events(5)))
    with qtbot.waitSignal(page.session.run_changed):
        page.session.open_run(folder.path)
    assert view.link.talk is None
    assert view.talk.text.toPlainText() == ""


@pytest.mark.parametrize(
    ("logp", "words"), [(-0.1, "90 %"), (-5.0, "0.67 %"), (-20.0, "2.1 · 10⁻⁹")]
)
def test_probabilities_read_well_at_any_size(logp: float, words: str) -> None:
    assert probability_words(logp) == words


def test_factors_read_well_at_any_size() -> None:
    assert factor_words(2.3025851) == "10.0"
    assert factor_words(30.0) == "1.1 · 10¹³"


def test_chart_without_readings_paints(view: TeachView) -> None:
    view.recipe.chart.grab()
    view.recipe.chart.add(ReadingTold("filler", 64, -3.0))
    assert not view.recipe.chart.grab().isNull()
