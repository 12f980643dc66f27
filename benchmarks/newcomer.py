"""How long from launch until a newcomer reads generated text, with the real `small`?

    python benchmarks/newcomer.py [--platform offscreen] [--json]

Opens the studio with settings and runs of its own, presses with real clicks Train Small, then what
the end of the run offers, then Write. Seconds count from the start of this process; the target is
120. Exit code 1 when the text does not come.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QPushButton

    from hope_studio.window import MainWindow

LOOK_MS = 20
PATIENCE_SECONDS = 300.0


def newcomer(window: MainWindow, note: Callable[[str], None]) -> Iterator[Callable[[], bool]]:
    """What the person does; yields what must be true before the next press."""
    from hope_studio.pages.generate import GeneratePage
    from hope_studio.pages.home import HomePage

    home = window.page("home")
    assert isinstance(home, HomePage)
    assert window.frame is not None
    note("home")
    card = home.cards["small"]
    yield lambda: card.estimate is not None
    note("figures on the card")
    press(card.train_button)
    yield lambda: window.session is not None and window.session.history is not None
    history = window.session.history if window.session is not None else None
    assert history is not None
    yield lambda: history.step > 0
    note("first step")
    yield window.frame.toast.isVisible
    note("end of the run")
    press(window.frame.toast.button)
    page = window.page("generate")
    assert isinstance(page, GeneratePage)
    writing, text = page.writing, page.writing.columns[0].text
    yield writing.write_button.isEnabled
    press(writing.write_button)
    yield lambda: bool(text.written) and writing.stop_button.isEnabled()
    note("first character")
    yield writing.write_button.isEnabled
    note("whole text")
    print(text.toPlainText(), file=sys.stderr)


def press(button: QPushButton) -> None:
    """A real click into the middle of a button."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def watch() -> dict[str, float]:
    """Launch the studio, let the newcomer act, and tell when (s) each thing was seen."""
    import psutil
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from hope_studio import app

    born = psutil.Process().create_time()
    seen: dict[str, float] = {}

    class Watched(app.Launch):
        def _open(self) -> None:
            super()._open()
            self.person = newcomer(self.window, note)
            self.waits_for = next(self.person)
            self.look = QTimer(interval=LOOK_MS)
            self.look.timeout.connect(self.act)
            self.look.start()

        def act(self) -> None:
            try:
                if self.waits_for():
                    self.waits_for = next(self.person)
            except StopIteration:
                self.look.stop()
                self.window.close()
            if time.time() - born > PATIENCE_SECONDS:
                QApplication.exit(1)

    def note(what: str) -> None:
        seen[what] = round(time.time() - born, 2)
        print(f"{seen[what]:7.2f} s  {what}", file=sys.stderr)

    app.Launch = Watched  # type: ignore[misc]
    app.main([])
    return seen


def main() -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--platform", default=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    parser.add_argument("--json", action="store_true", help="one JSON object as the last line")
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = options.platform
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"HOPE_RUNS": f"{home}/runs", "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home}
        seen = watch()
    if options.json:
        print(json.dumps(seen))
    else:
        print(f"first generated character after {seen.get('first character', float('nan'))} s")
    return 0 if "whole text" in seen else 1


if __name__ == "__main__":
    sys.exit(main())
