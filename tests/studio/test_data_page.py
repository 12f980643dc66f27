"""The Data page chooses the text and shows a batch of it as the model sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hope_core.inference.messages import ErrorReply
from hope_studio.pages.data import DataPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> DataPage:
    page = DataPage(session)
    qtbot.addWidget(page)
    page.show()
    return page


def test_the_preview_shows_a_batch_and_its_figures(page: DataPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.busy())
    assert page.preview.toPlainText().startswith("def·main():")
    assert "99 of 256" in page.figures.text()


def test_a_built_in_source_is_one_click_away(
    page: DataPage, qtbot: QtBot, session: Session
) -> None:
    page.built_in["tales"].click()
    assert session.config.data.source.kind == "tales"


def test_a_dropped_file_becomes_the_source(
    page: DataPage, session: Session, tmp_path: Path
) -> None:
    text = tmp_path / "mine.jsonl"
    text.write_text('{"text": "hello"}\n', encoding="utf-8")
    page.zone.path_chosen.emit(str(text))
    assert session.config.data.source.kind == "jsonl"
    assert page.own.isChecked()


def test_a_chosen_folder_becomes_the_source(
    page: DataPage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "hope_studio.pages.data.QFileDialog.getExistingDirectory", lambda *_: str(tmp_path)
    )
    page.folder_button.click()
    assert session.config.data.source.kind == "folder"


def test_the_slider_sets_the_split(page: DataPage, session: Session) -> None:
    page.split.setValue(25)
    assert session.config.data.validation_fraction == 0.25


def test_unreadable_text_is_told_in_the_page(
    page: DataPage, qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: not page.busy())
    asked: list[str] = []
    monkeypatch.setattr(
        session.service, "ask", lambda request: asked.append(request.id) or asked[-1]
    )
    page.refresh_button.click()
    qtbot.waitUntil(lambda: bool(asked))
    message = "notes.txt is not UTF-8 text (byte 17)."
    session.service.replied.emit(ErrorReply(id=asked[0], message=message))
    assert message in page.banner.words()


def test_a_source_without_its_path_is_told_in_the_page(page: DataPage, session: Session) -> None:
    page.draft.edit("data.source.kind", "text")
    assert "data.source.path" in page.banner.words()
    page.built_in["stdlib"].click()
    assert page.banner.words() == ""
    assert session.start_refusal == ""
