"""Whatever is pasted into any field of Configure: used, or refused in words; never a fault."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication

from hope_core.config.loading import dump_yaml, load_yaml
from hope_core.config.presets import load_preset
from hope_core.config.validation import parse_config
from hope_studio.actions import Actions
from hope_studio.pages.configure import ConfigurePage
from hope_studio.phases import Phase as RunPhase
from hope_studio.settings import remember_config, remembered_config
from hope_studio.widgets.setting_editor import ChoiceEditor, SwitchEditor

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
    from pytestqt.qtbot import QtBot

    from hope_core.config.run import RunConfig
    from hope_studio.session import Session

LONG = 1_000_000
EXTREMES = (
    *(
        "1e308",
        "1e309",
        "-1e308",
        "1e-400",
        "-0",
        "-0.0",
        "nan",
        "-nan",
        ".nan",
        "inf",
        "-Infinity",
    ),
    *("1/0", "0/0", "1/3", "1,5", "1.2.3", "9007199254740993", "9" * 23, "-1", "0x10", "1_000"),
    *("\uff11\uff12", "\u0661\u0662", "\u00bd", "\u221e", "1e", "e5", ".", "-", "~", "null", "no"),
    *("[]", "{}", "{a:1}", "!!python/object/apply:os.system", "&a", "*a", "|-", ">", "%", "@", "`"),
    *("", " ", "\t", "\n", "\r\n", "../../etc", "/dev/zero", "C:\\", "http://x", "file:///x"),
    *("\U0001f389", "\U0001f468\u200d\U0001f469", "e\u0301", "\ufdfd", "\u202eabc", "\0", "\ufeff"),
    *("\ud800", "\udfff", "\x1b[31m", "\x7f", "\x85", "\u2028", "<b>x</b>", "&amp;", "%s %n {0}"),
)
"""Numbers at and beyond the ends, words YAML reads as something else, and odd letters."""

NUMBERS = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True).map(repr), st.integers().map(str)
)
TEXTS = st.one_of(
    st.sampled_from(EXTREMES),
    NUMBERS,
    st.text(st.characters(), max_size=40),
    st.text(string.printable, max_size=200),
)
TIMES = st.sampled_from([1] * 30 + [3, LONG])
"""How often a text is repeated."""


@pytest.fixture
def page(qtbot: QtBot, open_session: Callable[[], Session]) -> ConfigurePage:
    page = ConfigurePage(open_session())
    qtbot.addWidget(page)
    return page


def paste(editor: QLineEdit | QPlainTextEdit, text: str) -> None:
    """As a person does it, over what stood there."""
    QGuiApplication.clipboard().setText(text)
    editor.selectAll()
    editor.paste()


def change(page: ConfigurePage, path: str, text: str) -> None:
    """Put a text into a field; choices and switches take what they can of it."""
    editor = page.form.rows[path].editor
    if isinstance(editor, SwitchEditor):
        editor.click()
    elif isinstance(editor, ChoiceEditor):
        editor.setCurrentIndex(len(text) % editor.count())
        editor.textActivated.emit(editor.currentText())
    else:
        paste(editor, text)


def assert_used_or_refused(page: ConfigurePage, actions: Actions) -> None:
    session, draft = page.session, page.draft
    if draft.problems:
        assert session.start_refusal
        assert not actions.train.isEnabled()
        assert actions.train.toolTip()
        session.start()
        assert session.phase is RunPhase.IDLE
        assert session.run is None
    else:
        assert not session.start_refusal
        assert actions.train.isEnabled()
        assert comes_back(draft.config)


def comes_back(config: RunConfig) -> bool:
    """From a preset's file and from what the window remembers."""
    remember_config(config)
    return (
        parse_config(load_yaml(dump_yaml(config), source="test")) == config == remembered_config()
    )


@pytest.mark.parametrize("preset", ["small", "mt-hope/small", "titans/small", "transformer/small"])
def test_wild_text_in_any_field_is_used_or_refused_in_words(
    preset: str,
    page: ConfigurePage,
    count: Callable[[int, int], int],
    measured: Callable[[str], None],
) -> None:
    base = load_preset(preset)
    page.session.set_config(base)
    page.form.complete()
    actions = Actions(page.session, page)
    paths = sorted(page.form.rows)
    refused = 0

    @settings(
        max_examples=count(15, 1250),
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(path=st.sampled_from(paths), text=TEXTS, times=TIMES)
    def put(path: str, text: str, times: int) -> None:
        nonlocal refused
        page.form.complete()
        change(page, path, (text * times)[: max(len(text), times)])
        assert_used_or_refused(page, actions)
        refused += bool(page.draft.problems)
        page.draft.adopt(base)

    put()
    assert refused
    measured(f"{refused:,} texts refused in words, all others used; 0 faults")
