"""Files of others through the window: dropped, chosen, refused in words; runs written to files."""

from __future__ import annotations

import json
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from hope_core.config.loading import dump_yaml
from hope_core.config.presets import own_preset_names
from hope_core.config.run import RunConfig
from hope_core.runs.folder import RunFolder
from hope_studio import exchange as exchange_module
from hope_studio.draft import draft_of
from hope_studio.exchange import exchange_of
from hope_studio.pages.runs import RunsPage
from hope_studio.widgets.drop_zone import DropZone
from hope_studio.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.preset_offer import SettingsDifference
    from hope_studio.session import Session

FAKE = """
import json, sys, time
arguments = sys.argv[2:]
open(sys.argv[1], "w").write(json.dumps(arguments))
answer = {answer!r}
if answer == "wait":
    time.sleep(600)
print("a line for people")
print(answer)
"""


@pytest.fixture
def window(qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOPE_PRESETS", str(tmp_path / "presets"))
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    made.furnish(session)
    yield made
    exchange_of(session).cancel()


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[object], Path]:
    """Stands in for the command line: notes what it was told, gives the answer it should."""

    def pretend(answer: object) -> Path:
        script, told = tmp_path / "fake.py", tmp_path / "told.json"
        words = answer if isinstance(answer, str) else json.dumps(answer)
        script.write_text(FAKE.format(answer=words))
        monkeypatch.setattr(exchange_module, "COMMAND", (sys.executable, str(script), str(told)))
        return told

    return pretend


def drop(widget: QWidget, path: Path) -> None:
    """Drag a file over a widget and let it go there, as Qt tells a widget of it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    enter = QDragEnterEvent(QPoint(5, 5), *how)
    widget.dragEnterEvent(enter)
    assert widget.acceptDrops()
    assert enter.isAccepted()
    widget.dropEvent(QDropEvent(QPointF(5, 5), *how))


def bundle(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bundle.json", "{}")
    return path


def notice_of(window: MainWindow) -> str:
    assert window.frame is not None
    message = window.frame.notices.message
    return message.text if message is not None else ""


def wait_for_notice(qtbot: QtBot, window: MainWindow, words: str) -> None:
    qtbot.waitUntil(lambda: words in notice_of(window))


def test_dropped_bundle_is_imported_and_shown(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, command: Callable[[object], Path]
) -> None:
    run = RunFolder.create(RunConfig(), name="came")
    told = command({"kind": "bundle", "name": "came", "path": str(run.path)})
    file = bundle(tmp_path / "Ünï 漢字.weird")
    drop(window, file)
    wait_for_notice(qtbot, window, "Imported as the run came")
    assert json.loads(told.read_text()) == ["import", str(file), "--json"]
    assert window.current_page == "train"
    qtbot.waitUntil(lambda: window.session is not None and window.session.run is not None)


def test_refusal_is_told_in_the_words_of_the_command(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, command: Callable[[object], Path]
) -> None:
    command({"error": "x.zip is refused. It is damaged."})
    drop(window, bundle(tmp_path / "x.zip"))
    wait_for_notice(qtbot, window, "It is damaged")
    assert window.frame is not None
    assert window.frame.notices.message is not None
    assert window.frame.notices.message.severity == "error"


def test_file_that_is_never_opened_is_refused_without_a_process(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "a.npy").write_bytes(b"\x93NUMPY\x01\x00")
    drop(window, tmp_path / "a.npy")
    wait_for_notice(qtbot, window, "can hide code")


def test_dropped_run_folder_is_opened_where_it_lies(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    run = RunFolder.create(RunConfig(), name="here")
    with qtbot.waitSignal(session.run_changed):
        drop(window, run.path)
    assert session.run is not None
    assert session.run.path == run.path


def test_dropped_checkpoint_opens_the_run_it_belongs_to(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    run = RunFolder.create(RunConfig(), name="here")
    checkpoint = run.path / "checkpoints" / "step-000000005"
    checkpoint.mkdir(parents=True)
    with qtbot.waitSignal(session.run_changed):
        drop(window, checkpoint)
    assert session.run is not None
    assert session.run.path == run.path


def test_dropped_text_becomes_the_text_to_train_on(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "text.txt").write_text("once upon a time")
    with qtbot.waitSignal(session.config_changed):
        drop(window, tmp_path / "text.txt")
    assert str(tmp_path / "text.txt") in session.config.model_dump_json()


def test_text_zone_hands_a_bundle_on_to_the_window(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    zone = DropZone(window)
    chosen: list[str] = []
    zone.path_chosen.connect(chosen.append)
    with qtbot.waitSignal(window.dropped) as told:
        window.dropped.disconnect(exchange_of(window.session).take)
        drop(zone, bundle(tmp_path / "x.txt"))
    assert told.args == [str(tmp_path / "x.txt")]
    assert not chosen


def offered(qtbot: QtBot, window: MainWindow, path: Path) -> SettingsDifference:
    """What is asked after a file of settings was dropped."""
    assert window.session is not None
    offer = exchange_of(window.session).offer
    drop(window, path)
    qtbot.waitUntil(lambda: offer.dialog is not None)
    assert offer.dialog is not None
    return offer.dialog


def preset(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text("version: 1\nname: mine\nseed: 77\n")
    return path


def test_preset_is_imported_and_edited(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    """With the real command line."""
    offered(qtbot, window, preset(tmp_path)).take.click()
    qtbot.waitUntil(
        lambda: "mine" in notice_of(window) and session.config.seed == 77, timeout=60_000
    )
    assert window.current_page == "configure"


def test_dropped_settings_show_first_what_they_would_change(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    before = session.config
    dialog = offered(qtbot, window, preset(tmp_path))
    (row,) = dialog.list.findItems("seed", Qt.MatchFlag.MatchExactly)
    assert (row.text(1), row.text(2)) == (str(before.seed), "77")
    assert not dialog.list.findItems("name", Qt.MatchFlag.MatchExactly)
    assert session.config == before
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not exchange_of(session).busy
    assert session.config == before


def test_taken_settings_can_be_undone(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    before = session.config
    dialog = offered(qtbot, window, preset(tmp_path))
    dialog.keep.setChecked(False)
    dialog.take.click()
    assert session.config.seed == 77
    assert window.current_page == "configure"
    assert "mine.yaml" in notice_of(window)
    assert own_preset_names() == []
    draft_of(session).undo_stack.undo()
    assert session.config == before


def test_known_preset_is_not_kept_twice(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "small.yaml"
    path.write_text("version: 1\nname: small\nseed: 5\n")
    dialog = offered(qtbot, window, path)
    assert not dialog.keep.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert session.config.seed == 5


def test_settings_that_differ_in_nothing_say_so(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "same.yaml"
    path.write_text(dump_yaml(session.config))
    dialog = offered(qtbot, window, path)
    assert "Nothing" in dialog.sentence.text()
    assert not dialog.list.isVisibleTo(dialog)
    dialog.reject()


def test_settings_that_cannot_be_used_are_refused_without_a_question(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text("version: 1\nsed: 5\n")
    drop(window, path)
    wait_for_notice(qtbot, window, "sed")
    assert exchange_of(session).offer.dialog is None


def test_weights_that_do_not_say_their_settings_are_asked_about(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    command: Callable[[object], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = command({"error": "refused"})
    (tmp_path / "x.safetensors").write_bytes(b"\x80\x02}.")
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("small", True))
    drop(window, tmp_path / "x.safetensors")
    wait_for_notice(qtbot, window, "refused")
    assert json.loads(told.read_text())[2:] == ["--like", "small", "--json"]


def test_import_can_be_cancelled(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, command: Callable[[object], Path]
) -> None:
    told = command("wait")
    drop(window, bundle(tmp_path / "x.zip"))
    qtbot.waitUntil(told.exists)
    assert window.frame is not None
    qtbot.mouseClick(window.frame.notices.action_button, Qt.MouseButton.LeftButton)
    wait_for_notice(qtbot, window, "given up")
    assert not exchange_of(window.session).busy


def test_list_of_runs_takes_a_file_in_from_its_menu(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    command: Callable[[object], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = RunFolder.create(RunConfig(), name="theirs")
    command({"path": str(run.path), "kind": "bundle", "name": "theirs"})
    file = bundle(tmp_path / "x.zip")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    window.show_page("runs")
    page = window.page("runs")
    assert isinstance(page, RunsPage)
    page.menu.take_in.trigger()
    wait_for_notice(qtbot, window, "Imported as the run theirs")
    assert window.session is not None
    qtbot.waitUntil(lambda: window.session.run is not None)  # type: ignore[union-attr]


@pytest.mark.parametrize(("kind", "ending"), [("bundle", ".zip"), ("weights", ".safetensors")])
def test_run_of_the_list_is_exported_from_its_menu(
    kind: str,
    ending: str,
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    command: Callable[[object], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = RunFolder.create(RunConfig(), name="mine")
    target = tmp_path / f"out{ending}"
    told = command({"path": str(target), "bytes": 3, "kind": kind})
    asked: list[str] = []

    def ask(_parent: object, _title: str, suggestion: str, _kinds: str) -> tuple[str, str]:
        asked.append(suggestion)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    window.show_page("runs")
    page = window.page("runs")
    assert isinstance(page, RunsPage)
    qtbot.waitUntil(lambda: len(page.model.runs) == 1)
    page.table.selectRow(0)
    page.menu.exports[kind].trigger()
    wait_for_notice(qtbot, window, f"Wrote out{ending}")
    assert asked == [f"mine{ending}"]
    expected = [
        "export",
        str(run.path),
        "--to",
        str(target),
        "--kind",
        kind,
        "--overwrite",
        "--json",
    ]
    assert json.loads(told.read_text()) == expected


def test_settings_being_edited_are_written_as_a_preset(
    window: MainWindow, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "mine.yaml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    exchange_of(session).export_settings()
    assert "version: 1" in target.read_text()
    assert "Wrote mine.yaml" in notice_of(window)


def test_import_ends_when_the_window_closes(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, command: Callable[[object], Path]
) -> None:
    told = command("wait")
    drop(window, bundle(tmp_path / "x.zip"))
    qtbot.waitUntil(told.exists)
    assert window.close()
    assert not exchange_of(window.session).busy
