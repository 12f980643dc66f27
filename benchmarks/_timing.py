"""Interleaved medians, and the two ways a result is told: a Markdown table and a line of JSON."""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence


CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}
"""What may be measured: the time that passes, or that of this process alone, whoever else works."""


def add_clock(parser: argparse.ArgumentParser) -> None:
    """Let the command line choose a clock."""
    told = "cpu: the processes' own time, for a machine that others use too"
    parser.add_argument("--clock", choices=sorted(CLOCKS), default="wall", help=told)


class OwnSeconds(float):
    """What a run took of the time of another process, which did its work."""


def interleaved(
    runs: Mapping[str, Callable[[], object]],
    *,
    repeats: int = 7,
    budget: float | None = None,
    clock: str = "wall",
) -> dict[str, float]:
    """Median seconds of each run, taken in turn so that a busy moment meets all of them.

    Each is called once before to warm up. With a `budget` in seconds the repeats stop when it is
    used up, but not before five. By the clock "cpu" a run may return the `OwnSeconds` of a peer.
    """
    times: dict[str, list[float]] = {name: [] for name in runs}
    for run in runs.values():
        run()
    began = time.perf_counter()
    for done in range(repeats):
        if budget is not None and done >= 5 and time.perf_counter() - began > budget:
            break
        for name, run in runs.items():
            start = CLOCKS[clock]()
            result = run()
            taken = CLOCKS[clock]() - start
            if clock == "cpu" and isinstance(result, OwnSeconds):
                taken = float(result)
            times[name].append(taken)
    return {name: statistics.median(taken) for name, taken in times.items()}


def markdown(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; floats get three figures."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    """One cell as text."""
    if not isinstance(value, float):
        return str(value)
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def machine() -> dict[str, object]:
    """What the figures were taken on."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "threads": torch.get_num_threads(),
        "torch": torch.__version__,
        "numba": version("numba"),
        "python": platform.python_version(),
    }


def _processor() -> str:
    """The processor's name, where the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def report(title: str, table: str, figures: Mapping[str, object], *, as_json: bool) -> None:
    """Print the table under its title and the machine, and with `as_json` the figures, last."""
    about = machine()
    print(f"## {title}\n")
    print(", ".join(f"{name} {value}" for name, value in about.items()) + "\n")
    print(table, flush=True)
    if as_json:
        print(json.dumps({**figures, "machine": about}), flush=True)
