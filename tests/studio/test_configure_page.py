"""The Configure page: form, YAML and problems follow one draft, and nothing wrong is trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from synthetic_run import made_up_events, write_run

from hope_studio.pages.configure import ConfigurePage
from hope_studio.widgets.setting_editor import NumberEditor, SwitchEditor, parse_number

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ConfigurePage:
    page = ConfigurePage(session)
    qtbot.addWidget(page)
    page.resize(1150, 740)
    page.show()
    page.form.complete()
    return page


def type_into(page: ConfigurePage, path: str, text: str) -> None:
    editor = page.form.rows[path].editor
    assert isinstance(editor, NumberEditor)
    editor.setText(text)
    editor.textEdited.emit(text)


def test_a_number_typed_reaches_the_session(page: ConfigurePage, session: Session) -> None:
    type_into(page, "train.learning_rate", "3e-4")
    assert session.config.train.learning_rate == 3e-4


def test_a_wrong_number_is_told_beside_it(page: ConfigurePage) -> None:
    type_into(page, "model.layers", "many")
    row = page.form.rows["model.layers"]
    assert not row.error.isHidden()
    assert "whole number" in row.error.text()


def test_wrong_settings_cannot_be_started(page: ConfigurePage, session: Session) -> None:
    type_into(page, "model.layers", "0")
    session.start()
    assert "model.layers" in session.start_refusal
    assert session.run is None
    assert not session.phase.live


def test_mending_the_value_lets_it_start_again(page: ConfigurePage, session: Session) -> None:
    type_into(page, "model.layers", "0")
    type_into(page, "model.layers", "2")
    assert session.start_refusal == ""
    assert session.config.model.layers == 2


def test_what_was_typed_wrongly_is_not_lost(page: ConfigurePage) -> None:
    type_into(page, "model.layers", "two")
    type_into(page, "seed", "7")
    editor = page.form.rows["model.layers"].editor
    assert isinstance(editor, NumberEditor)
    assert editor.text() == "two"


def test_heads_that_do_not_divide_are_told_at_the_heads(page: ConfigurePage) -> None:
    type_into(page, "model.heads", "7")
    assert "does not divide" in page.form.rows["model.heads"].error.text()


def test_problems_are_counted_and_jumped_to(page: ConfigurePage, qtbot: QtBot) -> None:
    type_into(page, "train.steps", "-1")
    type_into(page, "model.layers", "x")
    assert page.cost.problems.text() == "2 problems"
    page.activateWindow()
    page.cost.problems.click()
    assert page.focusWidget() is page.form.rows["model.layers"].editor


def test_one_problem_is_counted_as_one(page: ConfigurePage) -> None:
    type_into(page, "train.steps", "-1")
    assert page.cost.problems.text() == "1 problem"


def test_a_click_on_a_section_brings_it_to_the_top(page: ConfigurePage, qtbot: QtBot) -> None:
    last = page.sections.count() - 1
    place = page.sections.visualItemRect(page.sections.item(last)).center()
    bar = page._scroll.verticalScrollBar()
    for _ in range(2):
        bar.setValue(0)
        qtbot.mouseClick(page.sections.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert bar.value() > 0


def test_the_changes_tab_lists_what_differs_from_the_preset(page: ConfigurePage) -> None:
    page.tabs.setCurrentWidget(page.changes)
    assert "Nothing differs" in page.changes.empty.text()
    type_into(page, "train.batch_size", "3")
    row = page.changes.list.topLevelItem(0)
    assert page.changes.list.topLevelItemCount() == 1
    assert [row.text(column) for column in (0, 1, 2)] == ["train.batch_size", "16", "3"]


def test_help_tells_the_range_and_the_default(page: ConfigurePage) -> None:
    help_line = page.form.rows["model.layers"].editor.toolTip()
    assert "At least 1, at most" in help_line
    assert help_line.endswith("Default 6.")


def test_reset_gives_the_presets_value_back(page: ConfigurePage, session: Session) -> None:
    before = session.config
    type_into(page, "train.batch_size", "3")
    row = page.form.rows["train.batch_size"]
    assert row.dot.text()
    row.reset.click()
    assert session.config == before
    assert not row.dot.text()


def test_undo_takes_typing_back_and_redo_does_it_again(
    page: ConfigurePage, session: Session
) -> None:
    before = session.config.seed
    type_into(page, "seed", "1")
    type_into(page, "seed", "12")
    page.undo_button.click()
    assert session.config.seed == before
    page.redo_button.click()
    assert session.config.seed == 12


def test_a_switch_edits_the_draft(page: ConfigurePage, session: Session) -> None:
    switch = page.form.rows["model.tie_embeddings"].editor
    assert isinstance(switch, SwitchEditor)
    switch.click()
    assert page.draft.value("model.tie_embeddings") is True


def test_search_leaves_only_what_matches(page: ConfigurePage) -> None:
    page.search.setText("learning rate")
    visible = {path for path, row in page.form.rows.items() if not row.isHidden()}
    assert "train.learning_rate" in visible
    assert "train.batch_size" not in visible


def shown_rows(page: ConfigurePage) -> set[str]:
    return {path for path, row in page.form.rows.items() if not row.isHidden()}


def test_a_newcomer_meets_only_the_basic_settings(page: ConfigurePage) -> None:
    assert "train.learning_rate" in shown_rows(page)
    assert all(page.form.rows[path].field.basic for path in shown_rows(page))
    assert page.form.cards["parallel"].isHidden()
    assert "Parallel" not in [page.sections.item(n).text() for n in range(page.sections.count())]
    left_out = len(page.form.rows) - len(shown_rows(page))
    assert str(left_out) in page.form.more.text()


def test_the_search_finds_what_is_hidden(page: ConfigurePage) -> None:
    page.search.setText("clip_norm")
    assert shown_rows(page) == {"train.clip_norm"}
    page.search.clear()
    assert "train.clip_norm" not in shown_rows(page)


def test_what_differs_from_the_preset_is_never_hidden(page: ConfigurePage) -> None:
    page.draft.edit("train.clip_norm", 2.0)
    assert "train.clip_norm" in shown_rows(page)
    page.form.rows["train.clip_norm"].reset.click()
    assert "train.clip_norm" in shown_rows(page)  # nothing moves away under the pointer
    page.search.setText("x")
    page.search.clear()
    assert "train.clip_norm" not in shown_rows(page)


def test_what_is_wrong_is_never_hidden(page: ConfigurePage) -> None:
    page.draft.edit("train.keep_checkpoints", 0)
    assert "train.keep_checkpoints" in shown_rows(page)


def test_a_warning_about_a_hidden_setting_is_gone_to(page: ConfigurePage) -> None:
    page.draft.edit("train.steps", 3)
    page.activateWindow()
    page.go_to_problem()
    assert page.focusWidget() is page.form.rows["model.levels.1.clock"].editor


def test_the_choice_of_all_settings_is_remembered(
    page: ConfigurePage, session: Session, qtbot: QtBot
) -> None:
    page.form.more.click()
    assert page.advanced.isChecked()
    assert shown_rows(page) == set(page.form.rows)
    assert page.form.more.isHidden()
    later = ConfigurePage(session)
    qtbot.addWidget(later)
    later.form.complete()
    assert shown_rows(later) == set(later.form.rows)


def test_another_kind_of_model_brings_its_own_settings(page: ConfigurePage) -> None:
    page.draft.edit("model.kind", "transformer")
    page.form.complete()
    assert "model.convolution" not in page.form.rows
    assert "model.expansion" in page.form.rows


def test_form_edits_show_up_in_the_yaml(page: ConfigurePage) -> None:
    type_into(page, "train.batch_size", "3")
    assert "batch_size: 3\n" in page.yaml.text.toPlainText()


def test_yaml_edits_show_up_in_the_form(page: ConfigurePage, session: Session) -> None:
    text = page.yaml.text.toPlainText().replace("seed: 0", "seed: 41", 1)
    page.yaml.text.setPlainText(text)
    page.yaml.read()
    assert session.config.seed == 41
    editor = page.form.rows["seed"].editor
    assert isinstance(editor, NumberEditor)
    assert editor.text() == "41"


def test_broken_yaml_is_told_with_its_line_and_holds_the_start(
    page: ConfigurePage, session: Session
) -> None:
    page.yaml.text.setPlainText("seed: 1\nmodel: [1, 2\ntrain: {}\n")
    page.yaml.read()
    assert "line" in page.yaml.fault.text()
    assert session.start_refusal


def test_an_unknown_key_in_the_yaml_suggests_the_right_one(page: ConfigurePage) -> None:
    text = page.yaml.text.toPlainText().replace("seed: 0", "sead: 0", 1)
    page.yaml.text.setPlainText(text)
    page.yaml.read()
    assert "Did you mean 'seed'?" in page.yaml.fault.text()


def test_a_saved_preset_opens_again(
    page: ConfigurePage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.yaml"
    type_into(page, "seed", "5")
    monkeypatch.setattr(
        "hope_studio.pages.configure.QFileDialog.getSaveFileName", lambda *_: (str(path), "")
    )
    page.save_preset()
    session.load_preset("medium")
    monkeypatch.setattr(
        "hope_studio.pages.configure.QFileDialog.getOpenFileName", lambda *_: (str(path), "")
    )
    page.open_preset()
    assert session.config.seed == 5


@pytest.mark.parametrize(
    ("text", "whole", "number"),
    [
        ("3e-4", False, 3e-4),
        ("0,1", False, 0.1),
        ("1/64", False, 1 / 64),
        ("1e6", True, 1_000_000),
        ("10_000", True, 10_000),
        ("1/0", False, "1/0"),
        ("", True, ""),
        ("1.5", True, 1.5),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, whole: bool, number: object) -> None:
    assert parse_number(text, whole=whole) == number


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=12), path=st.sampled_from(["train.steps", "train.learning_rate"]))
def test_whatever_is_typed_is_either_used_or_refused(
    page: ConfigurePage, session: Session, text: str, path: str
) -> None:
    for field in ("train.steps", "train.learning_rate"):
        type_into(page, field, "1")  # the page is one and the same for all examples
    type_into(page, path, text)
    refused = page.draft.problem_at(path) is not None
    used = page.draft.config.model_dump()["train"][path.removeprefix("train.")]
    assert refused == bool(session.start_refusal)
    assert refused or used == page.draft.value(path)


def test_the_changes_tab_compares_with_any_run(
    page: ConfigurePage, qtbot: QtBot, tmp_path: Path
) -> None:
    write_run(tmp_path / "runs", list(made_up_events(3)), name="other")
    page.tabs.setCurrentWidget(page.changes)
    qtbot.waitUntil(lambda: page.changes.against.count() == 2)
    page.changes.against.setCurrentIndex(1)
    page.changes.against.activated.emit(1)
    qtbot.waitUntil(lambda: not page.busy())
    (row,) = page.changes.list.findItems("model.width", Qt.MatchFlag.MatchExactly)
    assert (row.text(1), row.text(2)) == ("256", str(page.draft.config.model.width))
    assert page.changes.list.headerItem().text(1) == "other"


def test_the_schedule_draws_every_level_of_the_settings(page: ConfigurePage, qtbot: QtBot) -> None:
    page.tabs.setCurrentWidget(page.schedule)
    qtbot.waitUntil(lambda: len(page.schedule.lines) == 2)
    train = page.draft.config.train
    fast, slow = (line.getData()[1] for line in page.schedule.lines)
    assert max(fast) == pytest.approx(train.learning_rate, rel=0.01)
    assert fast[-1] == pytest.approx(train.learning_rate * train.minimum_learning_rate)
    assert max(slow) == pytest.approx(0.5 * max(fast))
    type_into(page, "train.learning_rate", "0.5")
    assert max(page.schedule.lines[0].getData()[1]) == pytest.approx(0.5, rel=0.01)


def test_the_schedule_says_that_a_level_never_moves(page: ConfigurePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(page.schedule.lines) == 2)
    type_into(page, "train.steps", "5")
    assert "never" in page.schedule._rows[1][2].text()


def test_a_figure_of_the_configured_model_is_drawn_and_saved(
    page: ConfigurePage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.tabs.setCurrentWidget(page.figures)
    qtbot.waitUntil(lambda: page.figures.paper.has_picture and not page.figures.busy)
    assert page.figures.sentence.isHidden()
    page.figures.choice.setCurrentIndex(2)
    qtbot.waitUntil(lambda: not page.figures.busy)
    page.figures.save(tmp_path / "parts.svg")
    qtbot.waitUntil(lambda: not page.figures.busy)
    assert "components" in (tmp_path / "parts.svg").read_text()


def test_a_figure_that_cannot_be_saved_says_why(
    page: ConfigurePage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.tabs.setCurrentWidget(page.figures)
    page.figures.save(tmp_path / "absent" / "parts.svg")
    qtbot.waitUntil(lambda: not page.figures.busy)
    assert "absent" in page.figures.sentence.text()
