"""Stands in for a trainer that is very fast: tells of steps at a steady rate, without training.

python event_flood.py RUN EVENTS_A_SECOND SECONDS
"""

from __future__ import annotations

import sys
import threading
import time

from hope_core.runs.event_log import EventWriter
from hope_core.runs.events import LevelDescription, RunStarted, StateChanged, StepFinished
from hope_core.runs.folder import RunFolder

TURN_SECONDS = 0.01
LEVEL = LevelDescription(name="every step", clock=1, learning_rate_factor=1.0, parameters=1000)


def begun(steps: int) -> RunStarted:
    return RunStarted(
        segment=1,
        step=0,
        resumed=False,
        steps=steps,
        max_seconds=0.0,
        parameters=1000,
        device="cpu",
        precision="fp32",
        threads=1,
        levels=(LEVEL,),
    )


def finished(step: int) -> StepFinished:
    return StepFinished(
        step=step,
        tokens=step * 100,
        loss=1.0 + 5.0 / step,
        bits_per_byte=1.5 + 7.0 / step,
        grad_norm=0.5,
        learning_rates=(0.01,),
        fired=(0,),
        seconds=step * 0.0002,
        tokens_per_second=500_000.0,
        memory_bytes=1_000_000,
    )


def flood(run: RunFolder, rate: int, seconds: int) -> None:
    """Tell `rate * seconds` steps; one that comes late catches up."""
    total, step, rest = rate * seconds, 0, threading.Event()
    with run.lock():
        run.write_state("running")
        with EventWriter(run) as writer:
            writer.write(begun(total))
            writer.write(StateChanged(state="running", step=0))
            began = time.monotonic()
            while step < total:
                due = min(total, int((time.monotonic() - began) * rate))
                for number in range(step + 1, due + 1):
                    writer.write(finished(number))
                step = max(step, due)
                run.heartbeat(step=step)
                rest.wait(TURN_SECONDS)
            writer.write(StateChanged(state="stopped", step=total))
        run.write_state("stopped", step=total)


if __name__ == "__main__":
    flood(RunFolder.open(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
