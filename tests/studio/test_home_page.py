"""The Home page fills its cards from the helper's figures and starts a run with one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from synthetic_run import made_up_events, write_run

from hope_core.config.families import CARDS, FAMILIES, card_preset
from hope_core.config.presets import load_preset
from hope_studio.draft import draft_of
from hope_studio.pages.home import HomePage
from hope_studio.phases import Phase
from hope_studio.session import Session
from hope_studio.widgets.sparkline import Sparkline

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> HomePage:
    page = HomePage(session)
    qtbot.addWidget(page)
    page.resize(1150, 740)
    return page


@pytest.fixture
def starts(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the presets that were started, instead of trainers at work."""
    started: list[str] = []
    monkeypatch.setattr(session, "start", lambda: started.append(session.config.name))
    return started


def show(page: HomePage, qtbot: QtBot) -> None:
    page.show()
    qtbot.waitUntil(lambda: bool(page.cards["large"].estimate) and not page.busy())


def test_cards_say_so_until_figures_come(page: HomePage) -> None:
    assert page.cards["small"].train_button.text() == "Train Small"


def test_cards_fill_with_the_helpers_figures(page: HomePage, qtbot: QtBot) -> None:
    show(page, qtbot)
    text = page.cards["small"].train_button.text().replace("\n", " ")
    assert text == "Train Small (about 60 s, 0.3 GB)"


def test_greeting_tells_the_machine(page: HomePage, qtbot: QtBot) -> None:
    assert page.greeting.text().startswith("Looking")
    show(page, qtbot)
    assert page.greeting.text().startswith("CPU, 8.0 GB of memory, cores: 2. No NVIDIA")


def test_enter_starts_the_small_preset(page: HomePage, qtbot: QtBot, starts: list[str]) -> None:
    show(page, qtbot)
    qtbot.keyClick(page.cards["small"].train_button, Qt.Key.Key_Return)
    assert starts == ["small"]


@pytest.mark.parametrize("name", CARDS)
def test_train_starts_the_cards_preset(
    page: HomePage, qtbot: QtBot, starts: list[str], name: str
) -> None:
    show(page, qtbot)
    qtbot.mouseClick(page.cards[name].train_button, Qt.MouseButton.LeftButton)
    assert starts == [name]


def test_a_card_that_does_not_fit_cannot_start(page: HomePage, qtbot: QtBot) -> None:
    show(page, qtbot)
    page.cards["large"].show_available(1_000_000)
    assert not page.cards["large"].train_button.isEnabled()
    assert "memory" in page.cards["large"].train_button.toolTip()


def test_a_card_that_does_not_fit_can_be_shrunk(
    page: HomePage, qtbot: QtBot, session: Session
) -> None:
    show(page, qtbot)
    card = page.cards["large"]
    assert card.adjust_button.text() == "Adjust ..."
    estimate = card.estimate
    assert estimate is not None
    before = load_preset("large").train
    card.show_available(estimate.total_bytes - estimate.activation_bytes // 2)
    assert card.adjust_button.text() == "Shrink to fit"
    with qtbot.waitSignal(session.page_requested):
        card.adjust_button.click()
    assert session.config.train.batch_size == before.batch_size // 2
    assert session.config.train.accumulation == before.accumulation * 2


def test_a_dropped_file_is_kept_when_a_preset_starts(
    page: HomePage, qtbot: QtBot, session: Session, starts: list[str], tmp_path: Path
) -> None:
    text = tmp_path / "mine.txt"
    text.write_text("once upon a time " * 100, encoding="utf-8")
    show(page, qtbot)
    page.zone.path_chosen.emit(str(text))
    page.cards["medium"].train_button.click()
    assert starts == ["medium"]
    assert getattr(session.config.data.source, "path", "") == str(text)


def test_a_broken_draft_does_not_keep_a_preset_from_starting(
    page: HomePage, qtbot: QtBot, session: Session, starts: list[str]
) -> None:
    show(page, qtbot)
    session.load_preset("small")
    draft_of(session).edit("train.steps", "many")
    assert session.start_refusal
    page.cards["small"].train_button.click()
    assert starts == ["small"]
    assert not session.start_refusal


def test_narrow_windows_wrap_the_cards(page: HomePage, qtbot: QtBot) -> None:
    show(page, qtbot)
    page.resize(760, 600)
    qtbot.waitUntil(lambda: page.cards["recommended"].y() > page.cards["small"].y())
    assert page.cards["recommended"].x() == page.cards["small"].x()


def test_recent_runs_stand_below_with_a_curve(page: HomePage, qtbot: QtBot, tmp_path: Path) -> None:
    folder = write_run(tmp_path / "runs", list(made_up_events(300)))
    folder.write_state("finished", step=300)
    show(page, qtbot)
    (button,) = page.recent.buttons()
    (curve,) = page.recent.findChildren(Sparkline)
    assert button.text() == "Open"
    assert curve.accessibleName().startswith("Loss from 5")


def test_an_interrupted_run_is_offered_to_be_resumed(
    page: HomePage,
    qtbot: QtBot,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = write_run(tmp_path / "runs", list(made_up_events(30)))
    folder.write_state("interrupted", step=30)
    resumed: list[Path] = []
    monkeypatch.setattr(session, "resume_run", resumed.append)
    show(page, qtbot)
    assert "did not end cleanly" in page.banner.words()
    page.banner.button.click()
    assert resumed == [folder.path]


def test_a_live_run_keeps_others_from_starting(
    page: HomePage, qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(page, qtbot)
    monkeypatch.setattr(Session, "phase", Phase.RUNNING)
    session.phase_changed.emit(Phase.RUNNING)
    assert not page.cards["small"].train_button.isEnabled()
    assert "Stop it first" in page.cards["small"].train_button.toolTip()


@pytest.mark.parametrize("family", FAMILIES)
def test_the_switch_lets_the_cards_stand_for_another_family(
    page: HomePage, qtbot: QtBot, starts: list[str], family: str
) -> None:
    show(page, qtbot)
    qtbot.mouseClick(page.families.buttons[family], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.cards["large"].estimate) and not page.busy())
    assert page.cards["small"].train_button.text().startswith("Train Small")
    qtbot.mouseClick(page.cards["small"].train_button, Qt.MouseButton.LeftButton)
    assert starts == [card_preset(family, "small")]
