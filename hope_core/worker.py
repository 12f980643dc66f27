"""The process behind the window: `python -m hope_core.worker RUN` trains or resumes a run.

With `--serve` it answers the studio's questions instead (hope_core.inference.messages). Exit codes:
0 the run finished or was stopped, 1 it failed, 2 it cannot be trained as it is.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import signal
import sys
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hope_core.errors import CheckpointError, ConfigError, DataError, HopeError, RunError
from hope_core.training.environment import be_first_to_go, let_idle_threads_sleep

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

    from hope_core.runs.folder import RunFolder
    from hope_core.training.control import Control

USER_ERRORS = (ConfigError, DataError, RunError, CheckpointError)

HANDLERS = {
    "hardware": "hope_core.inference.hardware:answer_hardware",
    "preview": "hope_core.inference.preview:answer_preview",
    "generate": "hope_core.inference.writer:answer_generate",
    "verify": "hope_core.evaluation.answer:answer_verify",
    "estimate": "hope_core.training.throughput:answer_estimate",
}
"""Who answers each kind of request; loaded when the first of its kind comes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; its exit code."""
    parser = argparse.ArgumentParser(prog="hope_core.worker", description=__doc__)
    parser.add_argument("run", nargs="?", help="folder or name of the run to train")
    parser.add_argument("--commands-from", type=int, help="byte of commands.jsonl to begin at")
    parser.add_argument("--serve", action="store_true", help="answer questions on stdin")
    given = parser.parse_args(arguments)
    let_idle_threads_sleep()
    if given.serve:
        faulthandler.enable()  # a native crash tells of itself on stderr
        from hope_core.inference.service import serve

        return serve(HANDLERS)
    if given.run is None:
        parser.error("name the run to train, or --serve")
    return _train(given.run, given.commands_from)


def _train(run: str, commands_from: int | None) -> int:
    from hope_core.runs.folder import RunFolder
    from hope_core.training.control import Control

    be_first_to_go()
    try:
        folder = RunFolder.open(run)
        control = Control(folder, commands_from=commands_from)
        _stop_on_signals(control)
        with _crash_log(folder):
            from hope_core.training.trainer import Trainer

            Trainer(folder, control).run()
    except HopeError as error:
        sys.stderr.write(f"{error}\n")
        return 2 if isinstance(error, USER_ERRORS) else 1
    except Exception:  # noqa: BLE001 - the process begins here; the run folder tells it too
        traceback.print_exc()
        return 1
    return 0


def _stop_on_signals(control: Control) -> None:
    """The first SIGINT or SIGTERM saves and stops; a second one ends the process at once."""

    def stop(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        control.request_stop(f"Stopped by {signal.Signals(number).name}.")

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


@contextmanager
def _crash_log(folder: RunFolder) -> Iterator[None]:
    """Let a native crash leave its traces in logs/fault.log, unless Python logs it elsewhere."""
    if faulthandler.is_enabled():
        yield
        return
    logs = folder.path / "logs"
    logs.mkdir(exist_ok=True)
    with (logs / "fault.log").open("a", encoding="utf-8") as log:
        faulthandler.enable(log)
        try:
            yield
        finally:
            faulthandler.disable()


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # all is written; to take torch apart would cost seconds somebody waits for
