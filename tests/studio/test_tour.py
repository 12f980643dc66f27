"""A tour through every page with real clicks and keys, in both languages and both themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QTabBar, QToolButton
from synthetic_run import made_up_events, write_run

from hope_studio import theme
from hope_studio.languages import speak
from hope_studio.pages import PAGES
from hope_studio.widgets.command_palette import CommandPalette
from hope_studio.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session

PATIENCE_MS = 20_000
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(
    params=[(language, dress) for language in ("en", "zh_CN") for dress in ("light", "dark")],
    ids="-".join,
)
def window(
    request: pytest.FixtureRequest, qtbot: QtBot, session: Session, tmp_path: Path
) -> Iterator[MainWindow]:
    language, dress = request.param
    speak(language)
    theme.control.apply(dress)
    made = MainWindow()
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    session.service.start()
    made.furnish(session)
    run = write_run(tmp_path / "runs", list(made_up_events(300, probe_every=50)), name="tour")
    session.open_run(run.path)
    qtbot.waitUntil(lambda: session.run is not None, timeout=PATIENCE_MS)
    yield made
    assert made.frame is not None
    made.frame.watch.stop()
    speak("en")


def test_the_whole_window_is_walked_by_mouse_and_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    for number, name in enumerate(PAGES.names(), start=1):
        press_rail(qtbot, window, name)
        look_at_every_tab(qtbot, window)
        qtbot.keyClick(window, Qt.Key.Key_Home, CONTROL)
        walk_by_tab(qtbot, window)
        go_elsewhere = PAGES.names()[number % len(PAGES.names())]
        press_rail(qtbot, window, go_elsewhere)
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), CONTROL)
        assert window.current_page == name
    use_the_palette(qtbot, window)
    open_and_close_dialogs(qtbot, window)
    toggle_every_dock(qtbot, window)


def press_rail(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """Click a button of the rail and wait until its page stands."""
    button = window.rail.widgetForAction(window.rail_actions[name])
    assert isinstance(button, QToolButton)
    qtbot.mouseClick(button, LEFT)
    assert window.current_page == name
    page = window.page(name)
    qtbot.waitUntil(lambda: not page.busy(), timeout=PATIENCE_MS)
    assert page.isVisible()


def look_at_every_tab(qtbot: QtBot, window: MainWindow) -> None:
    """Click each tab of the page in front."""
    for bar in window.stack.currentWidget().findChildren(QTabBar):
        for place in range(bar.count() if bar.isVisible() else 0):
            qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(place).center())
            assert bar.currentIndex() == place


def walk_by_tab(qtbot: QtBot, window: MainWindow) -> None:
    """The keyboard comes into the page and moves on in it; nothing holds it for good."""
    window.activateWindow()
    window.page(window.current_page).accept_focus()
    seen: list[QWidget | None] = []
    for _ in range(8):
        window.focusNextPrevChild(True)
        seen.append(QApplication.focusWidget() or window.focusWidget())
    assert len(set(map(id, seen))) > 2


def use_the_palette(qtbot: QtBot, window: MainWindow) -> None:
    """Find the page Home by typing, and go there by Enter."""
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    palette = window.findChild(CommandPalette)
    assert palette is not None
    words = window.rail_actions["home"].text()
    if words.isascii():
        qtbot.keyClicks(palette.field, words)
    else:  # no key types these signs: an input method brings them
        palette.field.insert(words)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.current_page == "home"


def open_and_close_dialogs(qtbot: QtBot, window: MainWindow) -> None:
    """Each dialog opens by its key or entry, has a title, and is closed by Ctrl+W alone."""
    assert window.frame is not None
    menus = window.frame.menus
    for action in (menus.help, menus.settings, menus.about, menus.crashes):
        action.trigger()
        dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
        assert dialog.windowTitle()
        qtbot.waitUntil(dialog.isActiveWindow)
        qtbot.keyClick(dialog, Qt.Key.Key_W, CONTROL)
        qtbot.waitUntil(lambda: not any(d.isVisible() for d in window.findChildren(QDialog)))
    assert window.isVisible()


def toggle_every_dock(qtbot: QtBot, window: MainWindow) -> None:
    """Show all docks, press what can be pressed in them, hide them again."""
    assert window.frame is not None
    window.frame.menus.workbench.trigger()
    for dock in window.frame.docks.docks.values():
        dock.raise_()
        content = dock.widget()
        assert content is not None
        for button in content.findChildren(QPushButton):
            assert button.text()
            assert button.isEnabled() or button.toolTip() is not None
    window.frame.menus.simple.trigger()
    assert all(dock.isHidden() for dock in window.frame.docks.docks.values())
