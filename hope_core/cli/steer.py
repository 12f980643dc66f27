"""`hope stop`, `pause`, `continue` and `save`: steer a run that trains elsewhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from hope_core.cli.options import Json, Run
from hope_core.cli.output import FAILED, Output, user_errors
from hope_core.cli.picking import open_run
from hope_core.errors import RunError
from hope_core.runs.commands import Continue, Pause, SaveNow, Stop
from hope_core.runs.events import CommandAcknowledged
from hope_core.runs.lifecycle import is_alive
from hope_core.runs.reader import EventReader

if TYPE_CHECKING:
    from hope_core.runs.commands import Command

PATIENCE_SECONDS = 30.0
"""How long a trainer may take to answer; it listens many times a second."""
LOOK_SECONDS = 0.05


def stop(
    run: Run,
    *,
    discard: Annotated[bool, typer.Option(help="Do not save what was trained since.")] = False,
    as_json: Json = False,
) -> None:
    """Let a run that trains elsewhere save and stop."""
    _steer(run, Stop(keep=not discard), as_json=as_json)


def pause(run: Run, *, as_json: Json = False) -> None:
    """Let a run that trains elsewhere stand still; its model stays in memory."""
    _steer(run, Pause(), as_json=as_json)


def go_on(run: Run, *, as_json: Json = False) -> None:
    """Let a paused run go on."""
    _steer(run, Continue(), as_json=as_json)


def save(run: Run, *, as_json: Json = False) -> None:
    """Let a run that trains elsewhere write a checkpoint now."""
    _steer(run, SaveNow(), as_json=as_json)


def _steer(word: str, command: Command, *, as_json: bool) -> None:
    """Write the command and tell what the trainer answers."""
    output = Output(as_json=as_json)
    with user_errors(output):
        run = open_run(word)
        if not is_alive(run):
            raise RunError(
                f"Nobody trains {run.name} now, it is {run.state.state}. "
                f"Go on with it by: hope resume {run.name}"
            )
        reader = EventReader(run)
        reader.poll()
        run.append_command(command)
        answer = _answer(reader, command.id)
    if answer is None:
        output.say("The trainer does not answer yet; it will read the wish when it can.")
        raise SystemExit(FAILED)
    output.say(answer.message)
    output.result({"run": str(run.path), "step": answer.step, "message": answer.message})


def _answer(reader: EventReader, command: str) -> CommandAcknowledged | None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for event in reader.poll():
            if isinstance(event, CommandAcknowledged) and event.id == command:
                return event
        time.sleep(LOOK_SECONDS)
    return None
