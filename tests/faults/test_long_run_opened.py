"""A run of millions of steps, opened in the whole window a second time."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import psutil
from event_flood import begun, finished
from PySide6.QtCore import QCoreApplication

from hope_core.analysis.history_cache import open_history
from hope_core.config.run import RunConfig
from hope_core.runs.folder import RunFolder
from hope_core.runs.serialise import encode_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.window import MainWindow

AT_ONCE = 100_000
CHANGING = {
    '"step":1,': '"step":%d,',
    '"tokens":100,': '"tokens":%d,',
    '"loss":6.0,': '"loss":%.4f,',
    '"seconds":0.0002,': '"seconds":%.4f,',
}


def long_run(path: Path, steps: int) -> RunFolder:
    """A finished run whose losses fall along a wave."""
    run = RunFolder.create(RunConfig(), path)
    line = encode_json(finished(1)).decode()
    for told, place in CHANGING.items():
        assert told in line
        line = line.replace(told, place)
    (run.path / "events").mkdir(exist_ok=True)
    with (run.path / "events" / "000001.jsonl").open("wb") as file:
        file.write(encode_json(begun(steps)) + b"\n")
        for start in range(1, steps + 1, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, steps + 1))
            lines = (line % (n, 100 * n, 2 + math.sin(n / 5000), n / 5000) for n in numbers)
            file.write(("\n".join(lines) + "\n").encode())
    run.write_state("finished", step=steps)
    return run


def test_long_run_that_was_read_before_is_shown_at_once(
    qtbot: QtBot,
    window: MainWindow,
    home: Path,
    count: Callable[[int, int], int],
    measured: Callable[[str], None],
) -> None:
    steps, session = count(150_000, 10_000_000), window.session
    assert session is not None
    run = long_run(home / "runs" / "long", steps)
    window.show_page("train")
    began = time.perf_counter()
    open_history(run.path)
    read = time.perf_counter() - began
    before = psutil.Process().memory_info().rss
    began, worked = time.perf_counter(), time.process_time()
    session.open_run(run.path)
    while session.run is None:
        QCoreApplication.processEvents()
    window.grab()
    opened, worked = time.perf_counter() - began, time.process_time() - worked
    assert session.history is not None
    assert session.history.step == steps
    grown = psutil.Process().memory_info().rss - before
    measured(
        f"{steps:,} steps: read once in {read:.1f} s; opened and painted in {opened:.2f} s "
        f"({worked:.2f} s of processor time), {grown / 1e6:.0f} MB of memory"
    )
