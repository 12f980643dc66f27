"""`hope sweep`: train every combination of some values, one run after another."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table as RichTable

from hope_core.cli.options import Data, Device, Json, Preset, Settings, configure
from hope_core.cli.output import INTERRUPTED, Output, duration, user_errors
from hope_core.cli.train import follow
from hope_core.config.grid import grid, read_axis
from hope_core.data.refusal import refuse_at_once
from hope_core.runs.folder import RunFolder
from hope_core.runs.listing import RunSummary, summary
from hope_core.runs.notes import RunNotes, write_notes


def sweep(
    preset: Preset,
    *,
    grids: Annotated[
        list[str],
        typer.Option(
            "--grid", metavar="KEY=V1,V2", help="A setting and its values; may stand several times."
        ),
    ],
    data: Data = None,
    settings: Settings = None,
    device: Device = None,
    as_json: Json = False,
) -> None:
    """Train every combination of settings. Ctrl+C stops the run and the sweep."""
    output = Output(as_json=as_json)
    with user_errors(output):
        config = configure(preset, data=data, settings=settings, device=device)
        points = grid(config, dict(read_axis(text) for text in grids))
        refuse_at_once(config.data)
    done: list[tuple[str, RunSummary]] = []
    interrupted = False
    for number, point in enumerate(points, start=1):
        with user_errors(output):
            folder = RunFolder.create(point.config)
            write_notes(folder.path, RunNotes(title=point.label, tags=("sweep",)))
        output.say(f"Run {number} of {len(points)}: {point.label}, in {folder.path}")
        ending = follow(folder, output)
        done.append((point.label, summary(folder.path)))
        interrupted = ending.interrupted
        if interrupted:
            break
    _tell(done, output)
    rows = [
        {
            "run": str(run.path),
            "label": label,
            "state": run.state,
            "bits_per_byte": run.bits_per_byte,
            "best_bits_per_byte": run.best_bits_per_byte,
        }
        for label, run in done
    ]
    output.result({"runs": rows})
    if interrupted:
        raise SystemExit(INTERRUPTED)


def _tell(done: list[tuple[str, RunSummary]], output: Output) -> None:
    """The runs as a table, the best first."""
    table = RichTable("settings", "state", "best bits/byte", "training time", box=None)
    far = float("inf")
    for label, run in sorted(done, key=lambda one: one[1].best_bits_per_byte or far):
        best = "" if run.best_bits_per_byte is None else f"{run.best_bits_per_byte:.4f}"
        table.add_row(label, run.state, best, duration(run.seconds))
    output.console.print(table)
