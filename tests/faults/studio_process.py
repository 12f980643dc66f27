"""A studio of its own that trains the endless run, is closed in the middle, and gets an answer.

    python studio_process.py EXECUTOR BUTTON STEPS

Prints as JSON what the window saw. The button is pressed with a real click in the real question.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from endless_runs import ENDLESS
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from hope_core.config.overrides import apply_overrides
from hope_core.config.presets import load_preset
from hope_studio import app, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOOK_MS = 20


class DrivenLaunch(app.Launch):
    """The program's own launch, with somebody at the mouse once the window is whole."""

    executor = "process"
    button = "Save and stop"
    steps = 5

    def _make_session(self) -> None:
        settings.remember("session/executor", self.executor)
        super()._make_session()

    def _open(self) -> None:
        super()._open()
        self.person = self.act()
        self.ready: Callable[[], bool] = next(self.person)
        self.look = QTimer(interval=LOOK_MS)
        self.look.timeout.connect(self.look_again)
        self.look.start()

    def look_again(self) -> None:
        if self.ready():
            self.ready = next(self.person, lambda: False)

    def act(self) -> Iterator[Callable[[], bool]]:
        session, frame = self.session, self.window.frame
        assert frame is not None
        session.set_config(apply_overrides(load_preset("small"), ENDLESS))
        click(frame.run_bar.train_button)
        yield lambda: session.history is not None and session.history.step >= self.steps
        assert session.run is not None
        helper = session.service._process
        assert helper is not None
        json.dump({"run": str(session.run.path), "helper": helper.processId()}, sys.stdout)
        sys.stdout.write("\n")
        sys.stdout.flush()
        QTimer.singleShot(0, self.window.close)
        yield lambda: self.question() is not None
        question = self.question()
        assert question is not None
        click(next(b for b in question.buttons() if b.text() == self.button))

    def question(self) -> QMessageBox | None:
        box = self.app.activeModalWidget()
        return box if isinstance(box, QMessageBox) else None


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


if __name__ == "__main__":
    DrivenLaunch.executor, DrivenLaunch.button = sys.argv[1:3]
    DrivenLaunch.steps = int(sys.argv[3])
    app.Launch = DrivenLaunch  # type: ignore[misc]
    sys.exit(app.main([]))
