"""The whole way of a person who has never seen the program, in its real window with real clicks."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import yaml
from PySide6.QtCore import Qt

from hope_core.config import presets
from hope_studio.pages.generate import GeneratePage
from hope_studio.pages.home import HomePage
from hope_studio.phases import Phase
from hope_studio.session import Session
from hope_studio.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

PATIENCE_MS = 120_000
BRIEF = {"max_seconds": 2.0, "threads": 1, "batch_size": 2, "evaluation_batches": 1}


@pytest.fixture
def _brief_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The presets that ship, but `small` is tiny and ends by its time after two seconds."""
    folder = tmp_path / "presets"
    shutil.copytree(presets.presets_folder(), folder)
    small = yaml.safe_load((folder / "small.yaml").read_text("utf-8"))
    small["model"] |= {"width": 32, "layers": 1, "heads": 2}
    small["data"] |= {"sequence_length": 32, "source": {"kind": "tales", "megabytes": 0.1}}
    small["train"] |= BRIEF
    (folder / "small.yaml").write_text(yaml.safe_dump(small), "utf-8")
    monkeypatch.setattr(presets, "presets_folder", lambda: folder)


@pytest.fixture
def window(qtbot: QtBot, _brief_small: None) -> Iterator[MainWindow]:
    """The window as the program opens it: a helper process and trainers of their own."""
    session = Session(executor="process")
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    session.service.start()
    made.furnish(session)
    yield made
    assert made.frame is not None
    made.frame.watch.stop()
    session.leave()


@pytest.mark.usefixtures("_brief_small")
def test_newcomer_presses_train_small_and_reads_what_the_model_writes(
    qtbot: QtBot, window: MainWindow
) -> None:
    def click(button: QWidget) -> None:
        wait(lambda: button.isVisible() and button.isEnabled())
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def wait(until: Callable[[], bool]) -> None:
        qtbot.waitUntil(until, timeout=PATIENCE_MS)

    home = window.stack.currentWidget()
    assert isinstance(home, HomePage)
    card = home.cards["small"]
    wait(lambda: card.estimate is not None)
    click(card.train_button)
    assert window.current_page == "train"
    assert window.session is not None
    assert window.frame is not None
    toast = window.frame.toast
    wait(toast.isVisible)
    assert window.session.phase is Phase.FINISHED
    click(toast.button)
    assert window.current_page == "generate"
    page = window.stack.currentWidget()
    assert isinstance(page, GeneratePage)
    click(page.writing.write_button)
    text = page.writing.columns[0].text
    wait(lambda: page.writing.stop_button.isEnabled() or text.written != "")
    wait(lambda: page.writing.write_button.isEnabled())
    assert text.written
    assert text.toPlainText() == page.writing.prompt.toPlainText() + text.written
