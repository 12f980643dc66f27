"""A studio that crashes natively as soon as it is whole, or is closed by its person.

    python crashing_studio.py crash|close

Prints as JSON what the window was like: in safe mode or not, its page, its notices.
"""

from __future__ import annotations

import ctypes
import json
import sys

from PySide6.QtCore import QTimer

from hope_studio import app

CRASH = "crash"


class CrashingLaunch(app.Launch):
    """The program's own launch; what happens once the window is whole is settled before."""

    def _open(self) -> None:
        super()._open()
        frame = self.window.frame
        assert frame is not None
        facts = {
            "safe": self.window.safe_mode,
            "page": self.window.current_page,
            "notices": [f"{m.text} {m.hint}" for m in frame.notices._waiting],
        }
        sys.stdout.write(json.dumps(facts) + "\n")
        sys.stdout.flush()
        if sys.argv[1] == CRASH:
            ctypes.string_at(0)
        QTimer.singleShot(0, self.window.close)


if __name__ == "__main__":
    app.Launch = CrashingLaunch  # type: ignore[misc]
    sys.exit(app.main([]))
