"""The translations are whole, say the same as the source, and reach every text of the window."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QDockWidget,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTabWidget,
    QWidget,
)
from synthetic_run import made_up_events, write_run

from hope_studio.extract_texts import setting_texts
from hope_studio.languages import speak
from hope_studio.pages import PAGES
from hope_studio.resources import assets_folder
from hope_studio.widgets.labels import without_mnemonic
from hope_studio.widgets.setting_words import level_words, translated
from hope_studio.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session

FOLDER = assets_folder() / "translations"
CODES = sorted(path.stem.removeprefix("hope_") for path in FOLDER.glob("hope_*.ts"))
PLACE = re.compile(r"\{\w*\}|%n|\(&\w\)|&\w")


class Message(NamedTuple):
    """One text and its translation."""

    context: str
    source: str
    translation: str
    state: str
    plural: bool


def messages(code: str) -> list[Message]:
    """Every text of a translation file."""
    root = ElementTree.parse(FOLDER / f"hope_{code}.ts").getroot()
    return [
        Message(
            context.findtext("name", ""),
            message.findtext("source", ""),
            "".join(element.itertext()).strip("\n ") if plural else element.text or "",
            element.get("type", ""),
            plural,
        )
        for context in root.iter("context")
        for message in context.iter("message")
        for element in message.iter("translation")
        for plural in [message.get("numerus") == "yes"]
    ]


def places(text: str) -> list[str]:
    """The marks of a text that a translation must keep, in no order."""
    return sorted({mark.strip("()&").lower() for mark in PLACE.findall(text)})


@pytest.fixture
def chinese() -> Iterator[None]:
    speak("zh_CN")
    yield
    speak("en")


@pytest.fixture
def english_again() -> Iterator[None]:
    speak("en")
    yield
    speak("en")


def texts_of(widget: QWidget) -> list[tuple[str, str]]:
    """What a page's own widgets say, by the kind of widget, from top to bottom."""
    found = []
    for part in widget.findChildren(QWidget):
        if isinstance(part.parent(), QTabBar | QDockWidget):  # Qt's own buttons
            continue
        kind = type(part).__name__
        if isinstance(part, QLabel | QAbstractButton):
            found.append((kind, part.text()))
        if isinstance(part, QLineEdit | QPlainTextEdit):
            found.append((kind, part.placeholderText()))
        if isinstance(part, QTabWidget):
            found += [(kind, part.tabText(place)) for place in range(part.count())]
        found.append((kind, part.accessibleName()))
        found.append((kind, part.toolTip()))
    return sorted(pair for pair in found if pair[1])


def test_chinese_is_there() -> None:
    assert "zh_CN" in CODES


@pytest.mark.parametrize("code", CODES)
def test_no_text_is_unfinished(code: str) -> None:
    wanting = [m.source for m in messages(code) if m.state or not m.translation]
    assert wanting == []


@pytest.mark.parametrize("code", CODES)
def test_translations_keep_the_places_of_values(code: str) -> None:
    wrong = [m.source for m in messages(code) if places(m.source) != places(m.translation)]
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_compiled_translation_is_that_of_the_source(code: str) -> None:
    translator = QTranslator()
    assert translator.load(str(FOLDER / f"hope_{code}.qm"))
    stale = [
        m.source
        for m in messages(code)
        if not m.plural and translator.translate(m.context, m.source) != m.translation
    ]
    assert stale == []


@pytest.mark.usefixtures("qapp", "chinese")
def test_settings_speak_the_chosen_language() -> None:
    assert translated("Batch size") == "批大小"
    assert level_words("continuum 2") == "连续体 2"


@pytest.mark.parametrize(
    ("text", "words"),
    [("&File", "File"), ("文件(&F)", "文件"), ("打开运行…(&O)", "打开运行…"), ("A & B", "A & B")],
)
def test_the_mark_of_a_key_is_left_out_of_lists(text: str, words: str) -> None:
    assert without_mnemonic(text) == words


def test_setting_texts_hold_labels_and_descriptions() -> None:
    texts = setting_texts()
    assert "Batch size" in texts
    assert "Sequences in one batch." in texts
    assert "Learns in a minute on any computer; the place to start." in texts


@pytest.mark.usefixtures("english_again")
@pytest.mark.parametrize("name", PAGES.names())
def test_a_page_changes_its_language_while_it_stands(
    qtbot: QtBot, session: Session, name: str
) -> None:
    page = PAGES.load(name)(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: not page.busy())
    speak("zh_CN")
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: not page.busy())
    fresh = PAGES.load(name)(session)
    qtbot.addWidget(fresh)
    fresh.show()
    qtbot.waitUntil(lambda: not fresh.busy())
    assert texts_of(page) == texts_of(fresh)
    assert not [text for _, text in texts_of(page) if text in ("Train", "Runs", "Settings")]


@pytest.mark.usefixtures("english_again")
def test_the_whole_window_changes_its_language_with_a_run_open(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    folder = write_run(tmp_path / "runs", list(made_up_events(300)))
    window, fresh = MainWindow(), MainWindow()
    for made in (window, fresh):
        qtbot.addWidget(made)
    session.open_run(folder.path)
    qtbot.waitUntil(lambda: session.run is not None)
    furnish(window, session, qtbot)
    speak("zh_CN")
    QCoreApplication.sendPostedEvents()
    furnish(fresh, session, qtbot)
    walk_through(window, qtbot)
    walk_through(fresh, qtbot)
    assert texts_of(window) == texts_of(fresh)


def furnish(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    """Show a window with every page and every dock built."""
    window.show()
    window.furnish(session)
    assert window.frame is not None
    window.frame.watch.stop()
    window.frame.docks.show_workbench()
    walk_through(window, qtbot)


def walk_through(window: MainWindow, qtbot: QtBot) -> None:
    """Show every page until it has nothing more to come."""
    for name in PAGES.names():
        window.show_page(name)
        qtbot.waitUntil(lambda: not window.page(window.current_page).busy())
