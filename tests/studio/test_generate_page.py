"""The Generate page writes with a checkpoint or with the model in training, or says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from synthetic_run import made_up_events, write_run

from hope_core.inference.messages import ErrorReply, GenerateRequest
from hope_core.runs.events import CheckpointSaved, GenerationProgress, SampleWritten
from hope_core.runs.token_told import TokenTold
from hope_studio.pages.generate import GeneratePage
from hope_studio.phases import Phase
from hope_studio.widgets.model_choice import LIVE
from hope_studio.widgets.token_shades import Shading

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session
    from hope_studio.widgets.written_text import WrittenText

SAVED = "checkpoints/step-000000050"


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> GeneratePage:
    made = GeneratePage(session)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def with_run(qtbot: QtBot, page: GeneratePage, tmp_path: Path) -> GeneratePage:
    events = [*made_up_events(50), CheckpointSaved(step=50, path=SAVED, size=10)]
    folder = write_run(tmp_path, events)
    (folder.path / SAVED).mkdir(parents=True)
    with qtbot.waitSignal(page.session.run_changed):
        page.session.open_run(folder.path)
    return page


def ground_at(text: WrittenText, place: int) -> str:
    cursor = QTextCursor(text.document())
    cursor.setPosition(place)
    return cursor.charFormat().background().color().name()


def tell(page: GeneratePage, *batch: GenerationProgress) -> None:
    page.session.history.feed(batch)
    page.session.events_arrived.emit(list(batch))


def test_without_a_model_the_page_says_what_to_do(page: GeneratePage) -> None:
    assert not page.writing.write_button.isEnabled()
    assert "Train one" in page.banner.words()


def test_two_columns_continue_one_prompt_with_one_seed(
    with_run: GeneratePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[GenerateRequest] = []
    monkeypatch.setattr(
        with_run.session.service, "ask", lambda request: asked.append(request) or request.id
    )
    with_run.writing.compare_button.click()
    second = with_run.writing.columns[1]
    second.model.setCurrentIndex(second.model.findData(SAVED))
    with_run.writing.write()
    first, other = asked
    assert (first.checkpoint, other.checkpoint) == (None, SAVED)
    assert (first.prompt, first.seed) == (other.prompt, other.seed)
    assert first.trace


def test_repetition_is_looked_back_at_only_with_a_penalty(with_run: GeneratePage) -> None:
    sampling = with_run.writing.sampling
    assert not sampling.window_length.isEnabled()
    sampling.penalty.setValue(1.2)
    sampling.window_length.setValue(32)
    assert sampling.window_length.isEnabled()
    values = sampling.values()
    assert (values.repetition_penalty, values.repetition_window) == (1.2, 32)


def test_tokens_are_colored_and_told_when_pointed_at(with_run: GeneratePage) -> None:
    text = with_run.writing.columns[0].text
    text.begin("")
    calm, wild = (
        TokenTold(letter, surprise, 1.0, ((letter, 0.5), ("z", 0.1)))
        for letter, surprise in (("a", 0.1), ("b", 7.0))
    )
    text.add("", (calm, wild))
    grounds = [ground_at(text, place) for place in (1, 2)]
    assert grounds[0] != grounds[1]
    text.pointed.emit(wild)
    assert "7.00" in with_run.writing.details.words.text()
    text.color_by(Shading.ENTROPY)
    assert ground_at(text, 1) == ground_at(text, 2)


def test_the_prompt_is_filled_in_and_a_click_writes(qtbot: QtBot, with_run: GeneratePage) -> None:
    page = with_run
    assert page.writing.prompt.toPlainText() == page.session.run.config.train.sample_prompts[0]
    qtbot.mouseClick(page.writing.write_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.busy())
    assert page.writing.columns[0].text.written == "once upon"
    assert (
        page.writing.columns[0].text.toPlainText()
        == page.writing.prompt.toPlainText() + "once upon"
    )
    assert page.writing.write_button.isEnabled()


def test_the_sample_shown_at_first_continues_the_prompt(
    qtbot: QtBot, page: GeneratePage, tmp_path: Path
) -> None:
    sample = SampleWritten(step=9, prompt="import ", text="os")
    folder = write_run(tmp_path, [*made_up_events(50), sample])
    with qtbot.waitSignal(page.session.run_changed):
        page.session.open_run(folder.path)
    assert page.writing.prompt.toPlainText() == "import "
    assert page.writing.columns[0].text.toPlainText() == "import os"


def test_what_was_typed_as_prompt_stays_when_a_run_opens(
    qtbot: QtBot, page: GeneratePage, tmp_path: Path
) -> None:
    qtbot.keyClicks(page.writing.prompt, "mine")
    folder = write_run(tmp_path, list(made_up_events(50)))
    with qtbot.waitSignal(page.session.run_changed):
        page.session.open_run(folder.path)
    assert page.writing.prompt.toPlainText() == "mine"


def test_every_saved_checkpoint_is_offered(with_run: GeneratePage) -> None:
    assert [
        with_run.writing.columns[0].model.itemData(n)
        for n in range(with_run.writing.columns[0].model.count())
    ] == ["best", SAVED]


def test_writing_twice_at_once_asks_once(
    with_run: GeneratePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(
        with_run.session.service, "ask", lambda request: asked.append(request) or "1"
    )
    with_run.writing.write()
    with_run.writing.write()
    assert len(asked) == 1


def test_a_fault_is_told_beside_its_cause(qtbot: QtBot, with_run: GeneratePage) -> None:
    with_run.writing.write()
    asked = with_run.writing.columns[0]._asked
    with_run.session.service.replied.emit(ErrorReply(id=asked, message="No whole checkpoint."))
    assert "No whole checkpoint." in with_run.banner.words()
    assert with_run.writing.write_button.isEnabled()


def test_the_model_in_training_writes_between_its_steps(
    with_run: GeneratePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = with_run
    sent = []
    monkeypatch.setattr(page.session, "generate", lambda wish: sent.append(wish) or wish.id)
    page.session._set_phase(Phase.RUNNING)
    assert page.writing.columns[0].model.source == LIVE
    page.writing.write()
    answer = GenerationProgress(id=sent[0].id, text="alive", tokens=1)
    stranger = GenerationProgress(id="another", text="not mine", tokens=1)
    tell(page, answer, stranger)
    assert page.writing.columns[0].text.written == "alive"
    assert page.busy()
    tell(page, GenerationProgress(id=sent[0].id, text="!", tokens=2, done=True))
    assert page.writing.columns[0].text.written == "alive!"
    assert not page.busy()


def test_the_end_of_the_training_ends_the_wait(
    with_run: GeneratePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = with_run
    monkeypatch.setattr(page.session, "generate", lambda wish: wish.id)
    page.session._set_phase(Phase.RUNNING)
    page.writing.write()
    page.session._set_phase(Phase.FAILED)
    assert not page.busy()
    assert "ended" in page.writing.columns[0].status.text()
