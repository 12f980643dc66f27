"""How late does the event loop come: idle, while a trainer starts, and while it trains flat out?

    python benchmarks/window_delay.py [--seconds 20] [--executor process] [--page train]

The trainer is that of `small`. A timer wishes to be called every 5 ms; what it comes too late is
the delay a person would feel. "own" is the processor time that the window's thread itself spent
between two calls: where other programs run, only that part is the window's doing. The last line
is JSON (ms).
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time

INTERVAL_MS = 5


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--executor", choices=("process", "thread"), default="process")
    parser.add_argument("--page", default="train")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOPE_RUNS"] = home
        print(json.dumps(measure(options)))


def measure(options: argparse.Namespace) -> dict[str, object]:
    """The delays of a real window, first idle, then training."""
    from PySide6.QtCore import QSettings, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from hope_studio import theme
    from hope_studio.phases import Phase
    from hope_studio.session import Session
    from hope_studio.window import MainWindow

    app = QApplication([])
    QSettings.setPath(
        QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.environ["HOPE_RUNS"]
    )
    app.setOrganizationName("hope-studio-benchmark")
    theme.control.apply("dark")
    window = MainWindow()
    window.show()
    session = Session(executor=options.executor, parent=app)
    window.furnish(session)
    window.show_page(options.page)

    gaps: list[tuple[float, float]] = []
    last = last_own = 0.0

    def tick() -> None:
        nonlocal last, last_own
        now, own = time.perf_counter(), time.thread_time()
        gaps.append((max(0.0, 1000 * (now - last) - INTERVAL_MS), 1000 * (own - last_own)))
        last, last_own = now, own

    def watch(seconds: float) -> list[tuple[float, float]]:
        nonlocal last, last_own
        end = time.perf_counter() + seconds
        gaps.clear()
        last, last_own = time.perf_counter(), time.thread_time()
        while time.perf_counter() < end:
            app.processEvents()
            time.sleep(0.0002)
        return list(gaps)

    timer = QTimer(interval=INTERVAL_MS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start()
    watch(3.0)
    idle = watch(options.seconds / 2)
    session.load_preset("small")
    session.start()
    deadline = time.perf_counter() + 120
    starting: list[tuple[float, float]] = []
    while session.phase is not Phase.RUNNING and time.perf_counter() < deadline:
        starting += watch(0.1)
    training = watch(options.seconds)
    steps = session.history.step if session.history is not None else 0
    session.stop(keep=False)
    while session.phase.live and time.perf_counter() < deadline + 60:
        app.processEvents()
        time.sleep(0.001)
    assert window.frame is not None
    window.frame.watch.stop()
    session.leave()
    return {
        "executor": options.executor,
        "steps": steps,
        "idle": figures(idle),
        "starting": figures(starting),
        "training": figures(training),
    }


def figures(gaps: list[tuple[float, float]]) -> dict[str, float]:
    """Median, 99th percentile and maximum of the delays, and the most own time in a gap (ms)."""
    delays = sorted(late for late, _ in gaps)

    most = max(own for _, own in gaps)

    def at(share: float) -> float:
        return round(delays[min(int(share * len(delays)), len(delays) - 1)], 2)

    return {"p50": at(0.5), "p99": at(0.99), "max": at(1.0), "own max": round(most, 2)}


if __name__ == "__main__":
    main()
