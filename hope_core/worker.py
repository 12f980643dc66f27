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
from hope_core.training.environment import (
    be_first_to_go,
    keep_freed_memory,
    let_idle_threads_sleep,
)

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
    "open_talk": "hope_core.inference.talks:answer_open",
    "tell": "hope_core.inference.talks:answer_tell",
    "write_on": "hope_core.inference.talks:answer_write_on",
    "recipe": "hope_core.inference.talks:answer_recipe",
    "roll_back": "hope_core.inference.talks:answer_roll_back",
    "close_talk": "hope_core.inference.talks:answer_close",
    "save_memory": "hope_core.inference.talk_memories:answer_save",
    "load_memory": "hope_core.inference.talk_memories:answer_load",
    "remove_memory": "hope_core.inference.talk_memories:answer_remove",
    "merge_memories": "hope_core.inference.talk_memories:answer_merge",
    "compare_memories": "hope_core.inference.talk_memories:answer_compare",
    "verify": "hope_core.evaluation.answer:answer_verify",
    "draw": "hope_core.drawing.answer:answer_draw",
    "estimate": "hope_core.training.throughput:answer_estimate",
    "look": "hope_core.training.late_look:answer_look",
}
"""Who answers each kind of request; loaded when the first of its kind comes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; its exit code."""
    parser = argparse.ArgumentParser(prog="hope_core.worker", description=__doc__)
    parser.add_argument("run", nargs="?", help="folder or name of the run to train")
    parser.add_argument("--commands-from", type=int, help="byte of commands.jsonl to begin at")
    parser.add_argument("--processes", type=int, help="how many train it; else as its settings say")
    parser.add_argument("--serve", action="store_true", help="answer questions on stdin")
    given = parser.parse_args(arguments)
    let_idle_threads_sleep()
    keep_freed_memory()
    if given.serve:
        faulthandler.enable()  # a native crash tells of itself on stderr
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the window; then stdin closes
        from hope_core.inference.service import serve

        return serve(HANDLERS)
    if given.run is None:
        parser.error("name the run to train, or --serve")
    return _train(given.run, given.commands_from, given.processes)


def _train(run: str, commands_from: int | None, processes: int | None) -> int:
    from hope_core.runs.folder import RunFolder
    from hope_core.training.control import Control
    from hope_core.training.place import end_with_the_crew, place_of_process

    end_with_the_crew()
    be_first_to_go()
    try:
        folder = RunFolder.open(run)
        place = place_of_process()
        count = processes or folder.config.parallel.processes
        if place is None and count > 1:
            return _lead_a_crew(folder, count, commands_from)
        control = Control(folder, commands_from=commands_from)
        if place is None or place.leads:
            _stop_on_signals(control)
        else:
            _leave_signals_to_the_leader()
        with _crash_log(folder):
            from hope_core.training.member import train_as_member

            train_as_member(folder, place, control)
    except HopeError as error:
        sys.stderr.write(f"{error}\n")
        return 2 if isinstance(error, USER_ERRORS) else 1
    except Exception:  # noqa: BLE001 - the process begins here; the run folder tells it too
        traceback.print_exc()
        return 1
    return 0


def _lead_a_crew(folder: RunFolder, count: int, commands_from: int | None) -> int:
    """Let several processes train; this one only watches over them, without torch."""
    from hope_core.training.crew import Crew, stop_on_signals

    crew = Crew(folder, count, commands_from=commands_from)
    stop_on_signals(crew)
    return crew.run()


def _stop_on_signals(control: Control) -> None:
    """The first SIGINT or SIGTERM saves and stops; a second one ends the process at once."""

    def stop(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        control.request_stop(f"Stopped by {signal.Signals(number).name}.")

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def _leave_signals_to_the_leader() -> None:
    """Process 0 of a team ends the run, and then the others."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


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
