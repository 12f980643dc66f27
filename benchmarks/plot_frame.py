"""Milliseconds a frame of one live plot, for runs of 10^4 to 10^7 steps at ten frames a second.

    python benchmarks/plot_frame.py [--longest 7] [--json]

A frame is what the window's thread does for one plot: take in the steps of a tenth of a second,
decimate the whole run for the width of the plot, set both ranges and paint. Three looks: the raw
line; raw and smoothed; and both with another run of the same length behind them and MARKS marks.
Where other programs run, the processor's time of the thread is the plot's own. The last line is
JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from hope_core.analysis.history import RunHistory
from hope_core.analysis.markers import Marker
from hope_core.runs.events import CheckpointSaved, StepFinished
from hope_studio.theme import control
from hope_studio.widgets.curve import Curve
from hope_studio.widgets.plot import Plot
from hope_studio.widgets.plot_group import PlotGroup

STEPS_A_FRAME = 50
FRAMES = 60
MARKS = 200
LOOKS = {
    "raw": (False, False),
    "raw and smoothed": (True, False),
    "with ghost and marks": (True, True),
}
"""Whether the curve is smoothed; whether another run and marks stand with it."""
WIDTH, HEIGHT = 900, 400


def long_history(steps: int) -> RunHistory:
    """A run of so many made-up steps, put into the columns without making events of them."""
    history = RunHistory()
    history.feed([made_up_step(0)])
    numbers = np.random.default_rng(0)
    places = np.arange(1, steps, dtype=float)
    for column in history.axes.values():
        column.extend(places)
    losses = 1.0 + 4.0 * np.exp(-places / (0.2 * steps)) + 0.1 * numbers.normal(size=len(places))
    for series in history.series.values():
        series.extend_values(losses)
    history.learning_rates[0].extend_values(losses)
    history.last = made_up_step(steps - 1)
    return history


def made_up_step(step: int) -> StepFinished:
    """One step."""
    return StepFinished(
        step=step,
        tokens=step,
        loss=1.0 + 0.1 * np.sin(step),
        bits_per_byte=1.4,
        grad_norm=1.0,
        learning_rates=(0.01,),
        fired=(0,),
        seconds=float(step),
        tokens_per_second=1e4,
        memory_bytes=10**9,
    )


def saved_at(step: int) -> CheckpointSaved:
    """One checkpoint."""
    return CheckpointSaved(step=step, path="", size=0, best=False)


def frame_times(
    app: QApplication, steps: int, *, smooth: bool, company: bool
) -> tuple[list[float], list[float]]:
    """Milliseconds of each frame while the run goes on: by the clock, and of the thread itself."""
    group = PlotGroup()
    plot = Plot(group)
    curve = plot.add(Curve("loss", smooth=smooth, ghost=company))
    plot.resize(WIDTH, HEIGHT)
    plot.show()
    history = long_history(steps)
    group.set_history(history)
    if company:
        group.set_ghost(long_history(steps), "the run before")
        places = np.linspace(0, steps - 1, MARKS).astype(int)
        history.markers += [Marker("checkpoint", int(n), saved_at(int(n))) for n in places]
    group.draw_all()
    while curve.catching_up(history) or (curve.ghost and curve.ghost.catching_up(group.ghost)):
        group.draw_all()  # long curves are smoothed over several frames at first
    app.processEvents()
    times, busy = [], []
    for _ in range(FRAMES):
        batch = [made_up_step(history.step + n) for n in range(1, STEPS_A_FRAME + 1)]
        begin, worked = time.perf_counter(), time.thread_time()
        history.feed(batch)
        group.draw_all()
        plot.canvas.viewport().repaint()
        times.append(1000 * (time.perf_counter() - begin))
        busy.append(1000 * (time.thread_time() - worked))
    plot.close()
    return times, busy


def main() -> None:
    """Measure every length, shortest first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--longest", type=int, default=7, help="power of ten of the longest run")
    parser.add_argument("--json", action="store_true", help="print nothing but the JSON")
    options = parser.parse_args()
    app = QApplication(sys.argv[:1])
    control.apply("light")
    result: dict[str, object] = {"width": WIDTH, "height": HEIGHT, "frames": FRAMES}
    for name, (smooth, company) in LOOKS.items():
        row = {}
        for power in range(4, options.longest + 1):
            times, busy = frame_times(app, 10**power, smooth=smooth, company=company)
            median, worst = statistics.median(times), max(times)
            cpu = statistics.median(busy)
            row[f"1e{power}"] = {
                "median_ms": round(median, 2),
                "max_ms": round(worst, 2),
                "median_cpu_ms": round(cpu, 2),
            }
            if not options.json:
                print(
                    f"{name:20} 10^{power} points: median {median:6.2f} ms, "
                    f"largest {worst:6.2f} ms, processor {cpu:6.2f} ms"
                )
        result[name] = row
    result["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(result))


if __name__ == "__main__":
    main()
