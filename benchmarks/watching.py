"""What watching costs a trainer: its processor time a step with a window that looks, and without.

    python benchmarks/watching.py [--pairs 6] [--seconds 10] [--page train] [--json]

A trainer of the command line trains; a window of its own process follows it, and is stopped and
let go on in turn (SIGSTOP, SIGCONT), so that stretches with and without it lie side by side. Only
the trainer's own processor time between two steps counts: the clock would tell how busy the
machine is. Needs a system with these signals. The last line is JSON: the ratio's median over all
pairs, less 1, in per cent.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from hope_core.runs.events import StepFinished
from hope_core.runs.reader import EventReader

STEPS_TO_WARM_UP = 5
LONGEST_WAIT = 600.0
"""Seconds until the first steps; a stretch without two steps by then is given up."""
QUIET = ("evaluate_every", "sample_every", "checkpoint_every")
"""What would make steps unlike each other."""


def main() -> None:
    """Train, watch now and then, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=10.0, help="of one stretch")
    parser.add_argument("--page", default="train")
    parser.add_argument("--preset", default="small")
    parser.add_argument("--json", action="store_true", help="print nothing but the JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        pairs = measure(options, Path(home))
    for number, (alone, watched) in enumerate(() if options.json else pairs, start=1):
        print(f"pair {number}: {alone:.1f} ms a step alone, {watched:.1f} ms watched")
    cost = statistics.median(watched / alone for alone, watched in pairs) - 1
    print(json.dumps({"pairs": pairs, "cost in per cent": round(100 * cost, 2)}))


def measure(options: argparse.Namespace, home: Path) -> list[tuple[float, float]]:
    """Milliseconds of the trainer's processor a step, alone and watched, pair by pair."""
    run = home / "watched"
    surroundings = os.environ | {"HOPE_RUNS": str(home)}
    surroundings.setdefault("QT_QPA_PLATFORM", "offscreen")
    settings = [f"--set=train.{name}=0" for name in QUIET]
    train = [sys.executable, "-m", "hope_core.cli", "train", options.preset, *settings]
    train += ["--set=train.max_seconds=100000", "--set=train.steps=10000000"]
    watch = [sys.executable, "-m", "hope_studio", "--page", options.page, "--run", str(run)]
    silent = subprocess.DEVNULL
    trainer = subprocess.Popen([*train, "--run-dir", str(run)], env=surroundings, stdout=silent)
    meter = StepMeter(trainer.pid, run)
    try:
        meter.wait_for_steps(STEPS_TO_WARM_UP)
        window = subprocess.Popen(watch, env=surroundings, stdout=silent)
        try:
            meter.stretch(options.seconds)  # until the window stands and has read what there is
            pairs = [_pair(meter, window, options.seconds) for _ in range(options.pairs)]
        finally:
            window.send_signal(signal.SIGCONT)
            window.kill()
            window.wait()
    finally:
        trainer.kill()
        trainer.wait()
    return pairs


def _pair(meter: StepMeter, window: subprocess.Popen[bytes], seconds: float) -> tuple[float, float]:
    window.send_signal(signal.SIGSTOP)
    alone = meter.stretch(seconds)
    window.send_signal(signal.SIGCONT)
    watched = meter.stretch(seconds)
    return round(alone, 3), round(watched, 3)


class StepMeter:
    """Reads the trainer's processor time at the moments at which it tells of a step."""

    def __init__(self, trainer: int, run: Path) -> None:
        self._process = psutil.Process(trainer)
        self._reader = EventReader(run)

    def wait_for_steps(self, count: int) -> None:
        """Come back after so many steps."""
        for _ in range(count):
            self._next_step()

    def stretch(self, seconds: float) -> float:
        """Milliseconds of processor a step over at least so long."""
        step, busy = self._next_step()
        first, begun, ends = step, busy, time.monotonic() + seconds
        while time.monotonic() < ends or step == first:
            step, busy = self._next_step()
        return 1000 * (busy - begun) / (step - first)

    def _next_step(self) -> tuple[int, float]:
        """The newest step when the next one comes, and the processor time then."""
        gives_up = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < gives_up:
            steps = [event.step for event in self._reader.poll() if isinstance(event, StepFinished)]
            if steps:
                times = self._process.cpu_times()
                return steps[-1], times.user + times.system
            time.sleep(0.002)
        raise SystemExit("The trainer told of no step.")


if __name__ == "__main__":
    main()
