"""Stands in for `python -m hope_core.worker RUN`: a lock, steps and commands; no torch.

Options: `--die-at N` kills it after step N, `--deaf` makes it ignore every command, `--steps N`.
"""

from __future__ import annotations

import argparse
import os
import signal
import time
from pathlib import Path

from hope_core.runs.command_log import CommandReader
from hope_core.runs.commands import Continue, Pause, RunSteps, Stop
from hope_core.runs.event_log import EventWriter
from hope_core.runs.events import (
    CommandAcknowledged,
    RunFinished,
    RunStarted,
    StateChanged,
    StepFinished,
)
from hope_core.runs.folder import RunFolder


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("run", type=Path)
    parser.add_argument("--commands-from", type=int, default=0)
    parser.add_argument("--steps", type=int, default=100_000)
    parser.add_argument("--die-at", type=int, default=0)
    parser.add_argument("--deaf", action="store_true")
    options = parser.parse_args()
    folder = RunFolder.open(options.run)
    with folder.lock(), EventWriter(folder) as writer:
        train(folder, writer, options)


def train(folder: RunFolder, writer: EventWriter, options: argparse.Namespace) -> None:
    reader = CommandReader(folder, offset=options.commands_from)
    change(folder, writer, "preparing", 0)
    writer.write(
        RunStarted(
            segment=1,
            step=0,
            resumed=False,
            steps=options.steps,
            max_seconds=0.0,
            parameters=1000,
            device="cpu",
            precision="fp32",
            threads=1,
            levels=(),
        )
    )
    change(folder, writer, "running", 0)
    paused, steps_left = False, -1
    step = 0
    while step < options.steps:
        for command in [] if options.deaf else reader.poll():
            name = type(command).__name__
            told = CommandAcknowledged(id=command.id, command=name, step=step, message="Yes.")
            writer.write(told)
            match command:
                case Pause():
                    paused = True
                    change(folder, writer, "paused", step)
                case Continue():
                    paused = False
                    change(folder, writer, "running", step)
                case RunSteps(steps=steps):
                    paused, steps_left = False, steps
                    change(folder, writer, "running", step)
                case Stop():
                    change(folder, writer, "stopped", step)
                    return
        writer.flush()
        time.sleep(0.005)
        if paused:
            continue
        step += 1
        writer.write(finished(step))
        writer.flush()
        if step == options.die_at:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        steps_left -= 1
        if steps_left == 0:
            paused = True
            change(folder, writer, "paused", step)
    writer.write(
        RunFinished(
            step=step,
            tokens=step * 64,
            seconds=step * 0.01,
            loss=1.0,
            validation_loss=None,
            bits_per_byte=None,
            reason="All steps are done.",
        )
    )
    change(folder, writer, "finished", step)


def change(folder: RunFolder, writer: EventWriter, state: str, step: int) -> None:
    writer.write(StateChanged(state=state, step=step))
    folder.write_state(state, step=step)  # type: ignore[arg-type]


def finished(step: int) -> StepFinished:
    return StepFinished(
        step=step,
        tokens=step * 64,
        loss=5.0 / step,
        bits_per_byte=7.0 / step,
        grad_norm=1.0,
        learning_rates=(),
        fired=(),
        seconds=step * 0.01,
        tokens_per_second=6400.0,
        memory_bytes=10**8,
    )


if __name__ == "__main__":
    main()
