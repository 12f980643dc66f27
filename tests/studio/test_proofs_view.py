"""The proofs of the model being configured: asked for by a button, shown one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from hope_core.inference.messages import CheckDescription, ErrorReply, VerifyReply
from hope_studio.draft import draft_of
from hope_studio.languages import speak
from hope_studio.widgets.proofs_view import ProofsView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session

HOLDS = CheckDescription("causality", True, 0.0, 1e-12, "No token looks ahead.")
FAILS = CheckDescription("gradient reach", False, None, 0.0, "No gradient arrives.")


@pytest.fixture
def view(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> ProofsView:
    asked = []
    monkeypatch.setattr(session.service, "ask", lambda request: asked.append(request) or "q1")
    made = ProofsView(draft_of(session), session.service)
    made.asked = asked
    qtbot.addWidget(made)
    return made


def column(view: ProofsView, place: int) -> list[str]:
    return [view.list.topLevelItem(n).text(place) for n in range(view.list.topLevelItemCount())]


def test_a_click_asks_once_until_the_answer_is_whole(qtbot: QtBot, view: ProofsView) -> None:
    qtbot.mouseClick(view.button, Qt.MouseButton.LeftButton)
    view.prove()
    assert len(view.asked) == 1
    assert view.busy


def test_proofs_are_shown_with_their_verdicts(view: ProofsView) -> None:
    view.prove()
    replied = view._service.replied
    replied.emit(VerifyReply(id="q1", checks=(HOLDS,), passed=False, done=False))
    assert column(view, 1) == ["holds"]
    replied.emit(VerifyReply(id="q1", checks=(HOLDS, FAILS), passed=False, done=True))
    assert column(view, 1) == ["holds", "does not hold"]
    assert column(view, 2) == ["0", "∞"]
    assert "1 proof" in view.verdict.text()
    assert not view.busy


def test_what_failed_is_said_in_a_sentence_and_any_other_when_chosen(view: ProofsView) -> None:
    view.prove()
    reply = VerifyReply(id="q1", checks=(HOLDS, FAILS), passed=False, done=True)
    view._service.replied.emit(reply)
    assert view.words.text() == "No gradient arrives."
    view.list.setCurrentItem(view.list.topLevelItem(0))
    assert view.words.text() == "No token looks ahead."
    view._draft.edit("seed", 5)
    assert view.words.text() == ""


def test_other_settings_make_old_proofs_go(view: ProofsView) -> None:
    view.prove()
    view._service.replied.emit(VerifyReply(id="q1", checks=(HOLDS,), passed=True, done=True))
    view._draft.edit("seed", 5)
    assert column(view, 0) == []


def test_a_fault_is_told(view: ProofsView) -> None:
    view.prove()
    view._service.replied.emit(ErrorReply(id="q1", message="It cannot be proven."))
    assert "cannot be proven" in view.verdict.text()


def test_proofs_are_told_in_the_windows_language_and_again_when_it_changes(
    view: ProofsView,
) -> None:
    found = CheckDescription(
        "chunked kernels, values, float64",
        True,
        1e-12,
        1e-9,
        "The values of the chunked kernels and of the token-by-token loop are the same "
        "(off by 1.0e-12, at most 1e-09).",
    )
    view.prove()
    view._service.replied.emit(VerifyReply(id="q1", checks=(found,), passed=True, done=True))
    speak("zh_CN")
    view.retranslate()
    assert column(view, 0) == ["chunked 内核，值，float64"]
    assert view.words.text() == "chunked 内核与逐词元循环算出的值相同（相差 1.0e-12，上限 1e-09）。"
    speak("en")
    view.retranslate()
    assert column(view, 0) == ["chunked kernels, values, float64"]
