"""A studio of its own that trains the endless run until the system ends it.

    python ended_studio.py EXECUTOR HOW STEPS

HOW is `training` or `asking`, with the question about the run open: it waits for a signal; or
`logout`: it is told of one, as Qt would tell it, and is then asked to quit. Prints a line of JSON
when it is ready to be ended.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from endless_runs import ENDLESS
from PySide6.QtCore import QTimer
from studio_process import DrivenLaunch, click

from hope_core.config.overrides import apply_overrides
from hope_core.config.presets import load_preset
from hope_core.training import launch
from hope_studio import app
from hope_studio.draft import draft_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEED = 4242


class EndedLaunch(DrivenLaunch):
    """Somebody changes a setting, moves the window, trains and is then torn away."""

    how = "training"

    def act(self) -> Iterator[Callable[[], bool]]:
        session, frame = self.session, self.window.frame
        assert frame is not None
        session.set_config(apply_overrides(load_preset("small"), ENDLESS))
        draft_of(session).edit("seed", SEED)
        self.window.resize(1111, 777)
        click(frame.run_bar.train_button)
        yield lambda: session.history is not None and session.history.step >= self.steps
        if self.how == "asking":
            QTimer.singleShot(0, self.window.close)
            yield lambda: self.question() is not None
        self.tell()
        if self.how == "logout":
            QTimer.singleShot(0, self.farewell.log_out)
            yield lambda: not session.phase.live
            QTimer.singleShot(0, self.app.quit)

    def tell(self) -> None:
        session = self.session
        assert session.run is not None
        assert session.service._process is not None
        facts = {
            "run": str(session.run.path),
            "helper": session.service._process.processId(),
            "geometry": bytes(self.window.saveGeometry().toBase64().data()).decode(),
        }
        sys.stdout.write(json.dumps(facts) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    launch.NICENESS = 0  # on a busy machine a patient trainer would take minutes
    EndedLaunch.executor, EndedLaunch.how = sys.argv[1:3]
    EndedLaunch.steps = int(sys.argv[3])
    app.Launch = EndedLaunch  # type: ignore[misc]
    sys.exit(app.main([]))
