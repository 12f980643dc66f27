"""`hope train` and `hope resume`: train in this terminal, with a live line."""

from __future__ import annotations

import signal
import warnings
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from hope_core.analysis.history import RunHistory
from hope_core.cli.live import LiveLine
from hope_core.cli.options import (
    Data,
    Device,
    Json,
    Preset,
    Processes,
    Run,
    Settings,
    configure,
)
from hope_core.cli.output import FAILED, INTERRUPTED, Output, duration, user_errors
from hope_core.cli.picking import open_run
from hope_core.cli.together import followed, make_crew, meet
from hope_core.config.run import warnings_for
from hope_core.data.refusal import refuse_at_once
from hope_core.errors import TrainingDivergedError
from hope_core.runs.branching import branch
from hope_core.runs.folder import RunFolder
from hope_core.training.environment import keep_freed_memory, let_idle_threads_sleep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from hope_core.config.run import RunConfig
    from hope_core.training.control import Control
    from hope_core.training.team import Team


def train(
    preset: Preset,
    *,
    data: Data = None,
    settings: Settings = None,
    run_dir: Annotated[
        Path | None, typer.Option(help="Folder for this run; by default one is made.")
    ] = None,
    origin: Annotated[
        str | None,
        typer.Option("--from", metavar="RUN", help="Begin with the newest weights of this run."),
    ] = None,
    device: Device = None,
    processes: Processes = None,
    as_json: Json = False,
) -> None:
    """Train a preset. Ctrl+C saves and stops."""
    output = Output(as_json=as_json)
    with user_errors(output):
        config = configure(preset, data=data, settings=settings, device=device, processes=processes)
        team = meet(config)
        if followed(team):
            return
        for warning in warnings_for(config):
            output.say(f"Note: {warning}")
        refuse_at_once(config.data)
        _refuse_what_cannot_fit(config)
        folder = (
            RunFolder.create(config, run_dir)
            if origin is None
            else branch(open_run(origin), config, run_dir)
        )
        if team is not None:
            team.name_run(folder.path)
    output.say(f"Run {folder.name} in {folder.path}")
    _follow_to_the_end(folder, output, team=team)


def _refuse_what_cannot_fit(config: RunConfig) -> None:
    """Before a folder is made for the run."""
    from hope_core.training.devices import resolve_device
    from hope_core.training.too_large import refuse_too_large

    refuse_too_large(config, resolve_device(config.device))


def resume(run: Run, *, processes: Processes = None, as_json: Json = False) -> None:
    """Go on with a run that was stopped or interrupted."""
    output = Output(as_json=as_json)
    with user_errors(output):
        folder = open_run(run)
        team = meet(folder.config)
        if followed(team, folder):
            return
    output.say(f"Run {folder.name} in {folder.path}")
    _follow_to_the_end(folder, output, processes=processes, team=team)


def _follow_to_the_end(
    folder: RunFolder, output: Output, *, processes: int | None = None, team: Team | None = None
) -> None:
    """Train; ends the program with 130 after Ctrl+C and 1 after a failure."""
    history, interrupted = follow(folder, output, processes=processes, team=team)
    output.result(_summary(history, folder))
    if interrupted:
        raise SystemExit(INTERRUPTED)
    if history.failure is not None:
        raise SystemExit(FAILED)


class Ending(NamedTuple):
    """How a training in this terminal came to its end."""

    history: RunHistory
    interrupted: bool
    """By Ctrl+C or SIGTERM."""


def follow(
    folder: RunFolder, output: Output, *, processes: int | None = None, team: Team | None = None
) -> Ending:
    """Train with a live line, and say how it ended.

    Args:
        folder: the run.
        output: where to tell.
        processes: how many shall train it; None: as its settings say.
        team: those that a cluster's launcher started; this one leads them.
    """
    count = processes or folder.config.parallel.processes
    with user_errors(output):
        let_idle_threads_sleep()
        keep_freed_memory()
        if team is None and count > 1:
            crew = make_crew(folder, count)
            with _ctrl_c_stops(crew.stop) as interrupts, LiveLine(folder, output) as live:
                crew.run()
        else:
            from hope_core.training.control import Control

            control = Control(folder)
            stop = partial(control.request_stop, "Stopped with Ctrl+C.")
            with _ctrl_c_stops(stop) as interrupts, LiveLine(folder, output) as live:
                _train_here(folder, control, team)
    history = live.history
    _tell_the_end(history, folder, output)
    return Ending(history, bool(interrupts))


def _train_here(folder: RunFolder, control: Control, team: Team | None) -> None:
    """Train in this process; with what there is to do where a run diverges."""
    from hope_core.ops.proof import SlowKernelsWarning
    from hope_core.training.diagnosis import DIVERGED_ADVICE
    from hope_core.training.trainer import Trainer

    warnings.simplefilter("ignore", SlowKernelsWarning)  # the run tells it as a notice
    try:
        Trainer(folder, control, team).run()
    except TrainingDivergedError as error:
        raise TrainingDivergedError(f"{error} {DIVERGED_ADVICE}") from error


@contextmanager
def _ctrl_c_stops(stop: Callable[[], None]) -> Iterator[list[int]]:
    """The first Ctrl+C (or SIGTERM) saves and stops; the second one ends the program at once."""
    received: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        if received:
            raise KeyboardInterrupt
        received.append(number)
        stop()

    previous = {n: signal.signal(n, note) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield received
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _tell_the_end(history: RunHistory, folder: RunFolder, output: Output) -> None:
    failure, finished = history.failure, history.finished
    if failure is not None:
        output.say(f"The run failed at step {failure.step:,}: {failure.message} {failure.hint}")
    elif finished is not None:
        held_out = ""
        if finished.bits_per_byte is not None:
            held_out = f", {finished.bits_per_byte:.3f} bits per byte on held-out text"
        output.say(
            f"{finished.reason} Step {finished.step:,}, {finished.tokens:,} tokens in "
            f"{duration(finished.seconds)}{held_out}."
        )
        output.say(f'Write with it: hope sample {folder.name} --prompt "..."')


def _summary(history: RunHistory, folder: RunFolder) -> dict[str, Any]:
    """What a script wants to know of the run."""
    last, best, finished = history.last, history.best, history.finished
    latest = history.evaluations[-1] if history.evaluations else None
    return {
        "run": str(folder.path),
        "name": folder.name,
        "state": folder.state.state,
        "reason": finished.reason if finished else "",
        "error": history.failure.message if history.failure else None,
        "parameters": history.started.parameters if history.started else None,
        "steps": history.step,
        "tokens": last.tokens if last else 0,
        "loss": last.loss if last else None,
        "validation_loss": latest.loss if latest else None,
        "bits_per_byte": latest.bits_per_byte if latest else None,
        "best_validation_loss": best.loss if best else None,
        "best_step": best.step if best else None,
        "seconds": last.seconds if last else 0.0,
        "tokens_per_second": last.tokens / last.seconds if last and last.seconds else None,
    }
