"""Many runs and long runs: what the list and the plots do with them."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

import numpy as np
import psutil
import pytest
from endless_runs import PATIENCE_MS, steps_of, wait_for
from event_flood import begun, finished
from PySide6.QtCore import QCoreApplication

from hope_core.analysis.history import RunHistory
from hope_core.config.run import RunConfig
from hope_core.runs.event_log import EventWriter
from hope_core.runs.folder import RunFolder
from hope_core.runs.listing import list_runs, scan_runs
from hope_studio.phases import Phase
from hope_studio.widgets.curve import Curve
from hope_studio.widgets.plot import Plot
from hope_studio.widgets.plot_group import PlotGroup

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.window import MainWindow

SLOPE_BYTES = 1024
"""Most that a step may cost the window for good."""


def test_runs_are_listed_as_they_are_read_and_damaged_ones_among_them(
    tmp_path: Path, count: Callable[[int, int], int], measured: Callable[[str], None]
) -> None:
    number, root = count(300, 10_000), tmp_path / "many"
    model = RunFolder.create(RunConfig(), root / "run-00000")
    model.write_state("finished", step=7)
    files = {p.name: p.read_bytes() for p in model.path.iterdir() if p.is_file()}
    for index in range(1, number):
        folder = root / f"run-{index:05d}"
        folder.mkdir()
        for name, data in files.items():
            is_spoilt = name == "run.json" and index % 100 == 0
            (folder / name).write_bytes(data[:40] if is_spoilt else data)
    began, worked = time.perf_counter(), time.process_time()
    first = next(scan_runs(root))
    to_first = time.perf_counter() - began
    assert first.state == "finished" or first.state == "damaged"
    runs = list_runs(root)
    to_all, worked = time.perf_counter() - began, time.process_time() - worked
    assert len(runs) == number
    assert sum(run.state == "damaged" for run in runs) == (number - 1) // 100
    measured(
        f"{number:,} runs: the first row after {to_first:.3f} s, all after {to_all:.1f} s "
        f"({worked:.1f} s of processor time)"
    )


@pytest.fixture
def group(qtbot: QtBot) -> PlotGroup:
    return PlotGroup()


@pytest.fixture
def plot(qtbot: QtBot, group: PlotGroup) -> Plot:
    made = Plot(group)
    made.add(Curve("loss"))
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    return made


def test_a_long_run_is_painted_from_a_few_points(
    plot: Plot, count: Callable[[int, int], int], measured: Callable[[str], None]
) -> None:
    points = count(200_000, 10_000_000)
    history = RunHistory()
    history.feed([begun(points), finished(1)])
    values = np.sin(np.arange(2, points + 1) / 5000.0) + 2.0
    values[::100] = np.nan
    history.axes["step"].extend(np.arange(2.0, points + 1))
    history.series["loss"].extend_values(values)
    plot.group.set_history(history)
    began, worked = time.perf_counter(), time.process_time()
    plot.group.draw_all()
    plot.grab()
    painted, worked = time.perf_counter() - began, time.process_time() - worked
    x, _ = plot.curves[0].line.getData()
    assert 100 < len(x) < 5000
    moves, panned = [], time.process_time()
    box = plot.canvas.getViewBox()
    for place in np.linspace(0.0, 0.9, 20):
        began = time.perf_counter()
        box.setXRange(place * points, (place + 0.1) * points, padding=0.0)
        plot.redraw()
        plot.grab()
        moves.append(time.perf_counter() - began)
    panned = (time.process_time() - panned) / len(moves)
    measured(
        f"{points:,} points: painted after {painted:.2f} s ({worked:.2f} s of processor time), "
        f"panned in {np.median(moves) * 1e3:.0f} ms (median; the slowest of 20 "
        f"{max(moves) * 1e3:.0f} ms; {panned * 1e3:.0f} ms of processor time)"
    )


def test_steps_cost_the_open_window_next_to_nothing(
    qtbot: QtBot,
    window: MainWindow,
    home: Path,
    count: Callable[[int, int], int],
    measured: Callable[[str], None],
) -> None:
    warm, last = count(2000, 5000), count(6000, 25_000)
    session = window.session
    assert session is not None
    run = RunFolder.create(RunConfig(), home / "runs" / "told")
    with run.lock():
        run.write_state("running")
        with EventWriter(run) as writer:
            writer.write(begun(last))
            session.open_run(run.path)
            window.show_page("train")
            held: list[int] = []
            for start, stop in ((1, warm), (warm + 1, last)):
                for number in range(start, stop + 1):
                    writer.write(finished(number))
                    if number % 50 == 0:
                        QCoreApplication.processEvents()
                qtbot.waitUntil(lambda stop=stop: steps_of(session) >= stop, timeout=PATIENCE_MS)
                gc.collect()
                held.append(psutil.Process().memory_info().rss)
        run.write_state("stopped")
    wait_for(qtbot, session, Phase.STOPPED)
    slope = (held[1] - held[0]) / (last - warm)
    assert slope < SLOPE_BYTES
    measured(f"{last - warm:,} steps with the window open: {slope:.0f} bytes a step")
