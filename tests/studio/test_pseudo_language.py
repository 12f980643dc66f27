"""In a made-up language 40 % longer, every page says nothing untranslated and clips nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pseudo_language import ACCENTS, CLOSING, OPENING, PseudoTranslator, pseudo
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QTabBar, QToolButton, QWidget
from synthetic_run import made_up_events, write_run

from hope_core.inference.messages import CheckDescription, VerifyReply
from hope_core.runs.events import Notice, RunFailed, StepSkipped
from hope_studio import theme
from hope_studio.docks.events import EventsDock
from hope_studio.docks.log import LogDock
from hope_studio.draft import draft_of
from hope_studio.languages import LANGUAGES, speak
from hope_studio.pages import PAGES
from hope_studio.settings_dialog import SettingsDialog
from hope_studio.system_watch import Reading
from hope_studio.widgets.elided_label import ElidedLabel
from hope_studio.widgets.proofs_view import ProofsView
from hope_studio.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session

PATIENCE_MS = 20_000
NAMES = {"HOPE", "MT-HOPE", "Titans", "Transformer", "HOPE Studio", "YAML", *LANGUAGES.values()}
"""Proper names, the same in every language."""
PLAIN = re.compile(r"\b(?:the|is|are|of|it|should|was|were)\b")
"""English that has no accents, and so was not translated."""
KEY = re.compile(r"[a-z_]+(\.[a-z_0-9]+)*")
"""The key of a setting, as it stands in a file."""


@pytest.fixture
def window(qtbot: QtBot, session: Session, tmp_path: Path) -> Iterator[MainWindow]:
    theme.control.apply("light")
    translator = PseudoTranslator()
    speak("en")
    QCoreApplication.installTranslator(translator)
    made = MainWindow()
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.furnish(session)
    assert made.frame is not None
    made.frame.watch.stop()
    made.frame.watch.measured.emit(Reading(0.5, 4, 8, 76_000_000_000, 2, None))
    session.open_run(write_run(tmp_path / "runs", list(made_up_events(300)), name="run").path)
    qtbot.waitUntil(lambda: session.run is not None, timeout=PATIENCE_MS)
    yield made
    QCoreApplication.removeTranslator(translator)


def shown_on(window: MainWindow, name: str, qtbot: QtBot) -> list[QWidget]:
    """Everything that is seen, or would be after scrolling, while a page is in front."""
    window.show_page(name)
    qtbot.waitUntil(lambda: not window.page(name).busy(), timeout=PATIENCE_MS)
    sizes: list[QSize] = []

    def stands_still() -> bool:
        """Long forms get their places in several turns of the event loop."""
        before = sizes[:]
        sizes[:] = [part.size() for part in window.findChildren(QWidget)]
        return before == sizes

    qtbot.waitUntil(stands_still, timeout=PATIENCE_MS)
    return [part for part in window.findChildren(QWidget) if part.isVisible()]


def texts_in(part: QWidget) -> list[str]:
    if isinstance(part, ElidedLabel):
        return [part.whole]
    if isinstance(part, QLabel | QAbstractButton):
        return [part.text()]
    if isinstance(part, QTabBar):
        return [part.tabText(place) for place in range(part.count())]
    return []


def is_translated(text: str) -> bool:
    text = text.replace("\u200b", "")  # where a long key may be broken
    says_nothing = not re.search(r"[^\W\d_]{2}", text)
    of_the_model = "read_line" in text  # a sample
    known = text in NAMES or bool(KEY.fullmatch(text)) or of_the_model
    return says_nothing or known or OPENING in text


def told(part: QWidget) -> str:
    """A finding in words: text, room and need."""
    has, needs = part.size(), part.sizeHint()
    room = f"{has.width()}x{has.height()} of {needs.width()}x{needs.height()}"
    return f"{type(part).__name__} {texts_in(part)} {room}"


def is_clipped(part: QWidget) -> bool:
    """Whether some of its text has no room."""
    gives_way = part.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored
    around = part.parentWidget().toolTip() if part.parentWidget() else ""
    cut_on_purpose = part.toolTip() in texts_in(part) or (gives_way and around)
    if isinstance(part, ElidedLabel) or cut_on_purpose:
        return False  # what it leaves out stands in its tool tip
    if isinstance(part, QTabBar):
        width = part.fontMetrics().horizontalAdvance
        places = range(part.count())
        return any(part.tabRect(place).width() < width(part.tabText(place)) for place in places)
    if isinstance(part, QLabel) and part.wordWrap():
        return part.height() < part.heightForWidth(part.width())
    if isinstance(part, QLabel | QAbstractButton) and part.text():
        if isinstance(part, QToolButton) and part.toolButtonStyle().name == "ToolButtonIconOnly":
            return False
        return part.width() < part.sizeHint().width() or part.height() < part.sizeHint().height()
    return False


def test_the_made_up_language_is_longer_and_keeps_what_it_must() -> None:
    text = "{name} has &trained for %n steps"
    assert len(pseudo("Train it for a while")) == 1.4 * len("Train it for a while")
    assert all(kept in pseudo(text) for kept in ("{name}", "&t", "%n", OPENING, CLOSING))


def test_the_docks_and_the_settings_say_nothing_untranslated(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert window.frame is not None
    window.frame.docks.show_workbench()
    window.frame.menus.settings.trigger()
    parts = shown_on(window, "home", qtbot)
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    assert [text for part in parts for text in texts_in(part) if not is_translated(text)] == []
    inside = dialog.findChildren(QWidget)
    assert [told(part) for part in inside if is_clipped(part)] == []
    dialog.close()


def test_what_the_core_says_is_nowhere_untranslated(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    events = [
        *made_up_events(50),
        Notice(message="numba is not installed: memories run on the slower chunked kernels."),
        StepSkipped(step=50, reason="The loss is nan.", in_a_row=1, total=1),
        RunFailed(
            step=50,
            message="Training diverged at step 50. The loss is nan: the weight head.weight holds "
            "one already. The weights were not moved. There is no checkpoint yet.",
            hint="Lower train.learning_rate, raise train.warmup, or set train.precision=fp32 and "
            "start again.",
        ),
    ]
    failed = write_run(tmp_path / "failed", events, name="run").path
    session.open_run(failed)
    qtbot.waitUntil(lambda: session.run is not None and session.run.path == failed)
    assert window.frame is not None
    window.frame.docks.show_workbench()
    draft = draft_of(session)
    draft.edit("data.source.kind", "text")
    draft.edit("model.heads", 7)
    shown = [text for part in shown_on(window, "configure", qtbot) for text in texts_in(part)]
    proven = CheckDescription(
        "causality", True, 0.0, 1e-12, "The gradient reaches every parameter."
    )
    proofs = window.page("configure").findChild(ProofsView)
    events_dock, log = window.findChild(EventsDock), window.findChild(LogDock)
    assert proofs is not None
    assert events_dock is not None
    assert log is not None
    proofs._show(VerifyReply(id="", checks=(proven,), passed=True, done=True))
    shown += [proofs.list.topLevelItem(0).text(0), proofs.words.text()]
    shown += log.text.toPlainText().splitlines()
    rows = events_dock.rows
    shown += [rows.topLevelItem(row).text(2) for row in range(rows.topLevelItemCount())]
    said = " ".join(shown)
    for words in ("numba", "head.weight", "model.heads", "gradient reaches"):
        assert words.translate(ACCENTS) in said or words in said
    assert [text for text in shown if not is_translated(text)] == []
    assert [text for text in shown if PLAIN.search(text)] == []


@pytest.mark.parametrize("name", PAGES.names())
def test_a_page_says_nothing_untranslated_and_clips_nothing(
    qtbot: QtBot, window: MainWindow, name: str
) -> None:
    parts = shown_on(window, name, qtbot)
    assert [text for part in parts for text in texts_in(part) if not is_translated(text)] == []
    assert [told(part) for part in parts if is_clipped(part)] == []
