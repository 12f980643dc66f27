"""How late does the window's event loop come, idle and while `small` trains flat out?

    python benchmarks/window_delay.py [--seconds 20] [--executor process] [--page train]

A timer wishes to be called every 5 ms; what it comes too late is the delay a person would feel. The
last line is JSON (ms).
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

    late: list[float] = []
    last = 0.0

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        late.append(max(0.0, 1000 * (now - last) - INTERVAL_MS))
        last = now

    def watch(seconds: float) -> list[float]:
        nonlocal last
        end = time.perf_counter() + seconds
        late.clear()
        last = time.perf_counter()
        while time.perf_counter() < end:
            app.processEvents()
            time.sleep(0.0002)
        return sorted(late)

    timer = QTimer(interval=INTERVAL_MS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start()
    watch(3.0)
    idle = watch(options.seconds / 2)
    session.load_preset("small")
    session.start()
    deadline = time.perf_counter() + 120
    while session.phase is not Phase.RUNNING and time.perf_counter() < deadline:
        app.processEvents()
        time.sleep(0.001)
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
        "training": figures(training),
    }


def figures(delays: list[float]) -> dict[str, float]:
    """Median, 99th percentile and maximum of sorted delays (ms)."""

    def at(share: float) -> float:
        return round(delays[min(int(share * len(delays)), len(delays) - 1)], 2)

    return {"p50": at(0.5), "p99": at(0.99), "max": at(1.0)}


if __name__ == "__main__":
    main()
