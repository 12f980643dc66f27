from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

import hope_studio
from hope_core.config.presets import load_preset
from hope_core.inference.messages import ErrorReply, GenerateRequest, HardwareRequest, TextReply
from hope_core.runs.folder import RunFolder
from hope_studio import display
from hope_studio.pages import PAGES
from hope_studio.screenshot import Picture, pictures_for
from hope_studio.screenshot_matrix import shrink
from hope_studio.service_link import ServiceLink

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session

STUDIO = Path(hope_studio.__file__).parent
WORKER_SIGNALS = {"opened", "arrived", "pulse", "settled", "failed", "replied", "measured", "done"}


def run_python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def run_studio(*arguments: str) -> subprocess.CompletedProcess[str]:
    code = (
        "import sys; from hope_studio import service_link as s; from hope_studio.app import main\n"
        "s.DEFAULT_COMMAND = (sys.executable, sys.argv[1])\n"
        "code = main(sys.argv[2:]); assert 'torch' not in sys.modules; sys.exit(code)"
    )
    helper = str(Path(__file__).parent / "fake_helper.py")
    return run_python(code, helper, *arguments)


def test_screenshot_of_one_page_is_1280_by_800(tmp_path: Path) -> None:
    picture = tmp_path / "home.png"
    told = run_studio("--page", "home", "--screenshot", str(picture), "--theme", "dark")
    assert told.returncode == 0, told.stderr
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1280, 800)


def test_a_path_of_screenshots_asks_for_every_theme_language_and_page_it_names() -> None:
    every = pictures_for(Path("shots/{theme}/{lang}/100/{page}.png"), "train")
    assert len(every) == 2 * 2 * len(PAGES.names())
    assert Picture("runs", "dark", "zh_CN", Path("shots/dark/zh_CN/100/runs.png")) in every
    assert pictures_for(Path("one.png"), "train") == [Picture("train", "", "", Path("one.png"))]
    assert {picture.page for picture in pictures_for(Path("all"), "home")} == set(PAGES.names())


def test_a_small_picture_looks_like_the_large_one(tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    image.save(str(file))
    shrink(file)
    assert QImage(str(file)).pixelColor(5, 5).name() == "#336699"


def test_screenshot_of_every_page_of_a_run_never_loads_torch(tmp_path: Path) -> None:
    folder = RunFolder.create(load_preset("small"), tmp_path / "run")
    told = run_studio("--run", str(folder.path), "--screenshot", str(tmp_path / "pages"))
    assert told.returncode == 0, told.stderr
    assert {path.stem for path in (tmp_path / "pages").iterdir()} == set(PAGES.names())


def test_screenshot_of_a_run_that_is_not_there_says_so_and_exits_2(tmp_path: Path) -> None:
    told = run_studio("--run", str(tmp_path / "no"), "--screenshot", str(tmp_path / "x.png"))
    assert told.returncode == 2
    assert "There is no run" in told.stderr


def test_without_a_display_a_sentence_tells_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert "hope train small" in display.obstacle()


def test_missing_libraries_are_named_with_the_line_that_installs_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(display, "_loads", "libxcb-cursor.so.0".__ne__)
    assert display.obstacle().endswith("sudo apt-get install -y libxcb-cursor0")


def test_the_studio_without_a_display_exits_2_instead_of_aborting() -> None:
    names = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    bare = {name: value for name, value in os.environ.items() if name not in names}
    command = [sys.executable, "-m", "hope_studio"]
    if not sys.platform.startswith("linux"):
        return
    told = subprocess.run(command, env=bare, capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert "no display" in told.stderr


def test_emitting_true_keeps_its_reference_count() -> None:
    code = """
import sys
from PySide6.QtCore import QObject, Signal
class Told(QObject):
    told = Signal(object)
told = Told()
before = sys.getrefcount(True), sys.getrefcount(None)
for _ in range(100):
    told.told.emit(True)
    told.told.emit(None)
after = sys.getrefcount(True), sys.getrefcount(None)
print(min(a - b for a, b in zip(after, before)))
"""
    # 6.12.0 loses a reference at each emit on Python 3.11; from 3.12 on the two are immortal.
    assert int(run_python(code).stdout) > -20


def test_no_lambda_and_no_partial_is_connected_to_a_workers_signal() -> None:
    found = [
        f"{path.name}:{node.lineno}"
        for path in STUDIO.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "connect"
        and isinstance(node.func.value, ast.Attribute)
        and node.func.value.attr in WORKER_SIGNALS
        and not isinstance(node.args[0], ast.Attribute)
    ]
    assert not found


def test_the_first_paint_needs_neither_settings_nor_numbers() -> None:
    code = (
        "import sys, hope_studio.window; "
        "print(*{'pydantic', 'numpy', 'msgspec', 'pyqtgraph', 'torch'} & set(sys.modules))"
    )
    told = run_python(code)
    assert told.returncode == 0, told.stderr
    assert not told.stdout.split()


def test_the_first_paint_leaves_the_namespace_qt_alone() -> None:
    code = """
from PySide6 import QtCore
from PySide6.QtWidgets import QApplication
from hope_studio.theme.control import control
from hope_studio.window import MainWindow
app = QApplication([])
control.tint(app, "system")
window = MainWindow()
window.painted.connect(app.quit)
window.show()
app.exec()
print("QObject" in vars(QtCore), "Qt" in vars(QtCore))
"""
    assert run_python(code).stdout.split() == ["True", "False"]


def test_plots_are_drawn_without_the_classes_of_qt_that_nobody_asked_for() -> None:
    code = """
from PySide6 import QtWidgets
import hope_studio.widgets.plot_canvas
print("QGraphicsView" in vars(QtWidgets), "QWizard" in vars(QtWidgets), len(dir(QtWidgets)) > 100)
"""
    assert run_python(code).stdout.split() == ["True", "False", "True"]


def test_a_library_that_qt_lacks_is_named_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(display, "_loads", "libEGL.so.1".__ne__)
    told = display.missing_library(ImportError("libEGL.so.1: cannot open shared object file"))
    assert told.endswith("sudo apt-get install -y libegl1")


def test_an_import_that_fails_for_another_reason_is_not_explained_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(display, "_loads", lambda _: True)
    with pytest.raises(ImportError, match="no module"):
        display.missing_library(ImportError("no module"))


def test_a_service_that_is_not_there_answers_with_an_error(qtbot: QtBot) -> None:
    link = ServiceLink(command=["/nowhere/helper"])
    replies: list[object] = []
    link.replied.connect(replies.append)
    link.ask(HardwareRequest())
    qtbot.waitUntil(lambda: bool(replies))
    assert isinstance(replies[0], ErrorReply)


def test_the_service_is_started_again_once_when_it_dies(session: Session, qtbot: QtBot) -> None:
    replies: list[object] = []
    session.service.replied.connect(replies.append)
    deadly = session.service.ask(GenerateRequest(run="x", prompt="die"))
    qtbot.waitUntil(lambda: bool(replies), timeout=20_000)
    assert isinstance(replies[0], ErrorReply)
    assert replies[0].id == deadly


def test_the_service_answers_in_pieces(session: Session, qtbot: QtBot) -> None:
    replies: list[TextReply] = []
    session.service.replied.connect(replies.append)
    session.service.ask(GenerateRequest(run="x", prompt="go on"))
    qtbot.waitUntil(lambda: bool(replies) and replies[-1].done, timeout=20_000)
    assert "".join(reply.text for reply in replies) == "once upon"
