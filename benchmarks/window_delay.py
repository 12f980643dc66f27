"""How late does the event loop come: idle, while a trainer trains, and while looks are replayed?

    python benchmarks/window_delay.py [--seconds 20] [--executor process] [--page train] [--json]
    python benchmarks/window_delay.py --scrub FOLDER [--seconds 20] [--json]

The trainer is that of `small`. With --scrub nothing trains: a recorded run is open on the Memory
page, and the scrubber moves to another look 20 times a second, each time through all pictures.
A timer wishes to be called every 5 ms; what it comes too late is the delay a person would feel.
"own" is the processor time that the window's thread itself spent between two calls: where other
programs run, only that part is the window's doing. The last line is JSON (ms).
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from hope_studio.session import Session
    from hope_studio.window import MainWindow

Gap = tuple[float, float]
"""How late a call came, and the thread's own processor time since the one before (ms)."""
INTERVAL_MS = 5
MOVES_A_SECOND = 20
MINIMUM_LOOKS = 2


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--executor", choices=("process", "thread"), default="process")
    parser.add_argument("--page", default="train")
    parser.add_argument("--scrub", metavar="RUN", help="replay the looks of the run in this folder")
    parser.add_argument("--json", action="store_true", help="as ever: the last line is JSON")
    parser.add_argument("--quick", action="store_true", help="four seconds")
    options = parser.parse_args()
    if options.quick:
        options.seconds = 4.0
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOPE_RUNS"] = home
        told = measure(options)
        if not options.json:
            for name, delays in told.items():
                print(f"{name:9} {delays}")
        print(json.dumps(told))


def measure(options: argparse.Namespace) -> dict[str, object]:
    """The delays of a real window: first idle, then training or replaying."""
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

    gaps: list[Gap] = []
    last = last_own = 0.0

    def tick() -> None:
        nonlocal last, last_own
        now, own = time.perf_counter(), time.thread_time()
        gaps.append((max(0.0, 1000 * (now - last) - INTERVAL_MS), 1000 * (own - last_own)))
        last, last_own = now, own

    def watch(seconds: float) -> list[Gap]:
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
    if options.scrub:
        session.open_run(options.scrub)
        window.show_page("memory")
        replayed = watch_replay(app, window, watch, options.seconds)
        finish(window, session)
        return {"run": options.scrub, "idle": figures(idle), **replayed}
    session.load_preset("small")
    session.start()
    deadline = time.perf_counter() + 120
    starting: list[Gap] = []
    while session.phase is not Phase.RUNNING and time.perf_counter() < deadline:
        starting += watch(0.1)
    training = watch(options.seconds)
    steps = session.history.step if session.history is not None else 0
    session.stop(keep=False)
    while session.phase.live and time.perf_counter() < deadline + 60:
        app.processEvents()
        time.sleep(0.001)
    finish(window, session)
    return {
        "executor": options.executor,
        "steps": steps,
        "idle": figures(idle),
        "starting": figures(starting),
        "training": figures(training),
    }


def watch_replay(
    app: QApplication, window: MainWindow, watch: Callable[[float], list[Gap]], seconds: float
) -> dict[str, object]:
    """The delays while the scrubber goes over all looks, forth and back."""
    from hope_studio.pages.memory import MemoryPage

    page = window.page("memory")
    assert isinstance(page, MemoryPage)
    deadline = time.perf_counter() + 120
    while (page.busy() or page.scrubber.maximum() < 1) and time.perf_counter() < deadline:
        app.processEvents()
    looks = page.scrubber.maximum() + 1
    if looks < MINIMUM_LOOKS:
        raise SystemExit("The run has no looks to go over: name the folder of one with probes.")
    way = [*range(looks), *range(looks - 2, 0, -1)]
    gaps: list[Gap] = []
    moves = 0
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        page.scrubber.setValue(way[moves % len(way)])
        gaps += watch(1 / MOVES_A_SECOND)
        moves += 1
    return {"looks": looks, "moves": moves, "scrubbing": figures(gaps)}


def finish(window: MainWindow, session: Session) -> None:
    """Let the window's threads end."""
    assert window.frame is not None
    window.frame.watch.stop()
    session.leave()


def figures(gaps: list[Gap]) -> dict[str, float]:
    """Median, 99th percentile and maximum of the delays, and of the own time in a gap (ms)."""
    late, own = (sorted(values) for values in zip(*gaps, strict=True))

    def at(values: list[float], share: float) -> float:
        return round(values[min(int(share * len(values)), len(values) - 1)], 2)

    return {
        "p50": at(late, 0.5),
        "p99": at(late, 0.99),
        "max": at(late, 1.0),
        "own p99": at(own, 0.99),
        "own max": at(own, 1.0),
    }


if __name__ == "__main__":
    main()
