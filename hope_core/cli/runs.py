"""`hope presets` and `hope runs`: what can be trained, and what has been."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table as RichTable

from hope_core.cli.options import Json
from hope_core.cli.output import Output, duration, user_errors
from hope_core.config.presets import load_preset, own_preset_names, preset_names
from hope_core.runs.listing import list_runs
from hope_core.runs.names import runs_root


def presets(*, as_json: Json = False) -> None:
    """List the presets: those that ship with the program, then your own."""
    output = Output(as_json=as_json)
    with user_errors(output):
        found = [(name, load_preset(name)) for name in (*preset_names(), *own_preset_names())]
    table = RichTable("preset", "model", "width", "layers", "what it is", box=None)
    for name, preset in found:
        model = preset.model
        words = (name, model.kind, str(model.width), str(model.layers), preset.description)
        table.add_row(*words)
    output.console.print(table)
    rows = [
        {"name": name, "model": p.model.kind, "description": p.description} for name, p in found
    ]
    output.result({"presets": rows})


def runs(
    *,
    root: Annotated[
        Path | None, typer.Option(help="Folder of the runs; by default the usual one.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the runs, newest first."""
    output = Output(as_json=as_json)
    folder = root or runs_root()
    with user_errors(output):
        found = list_runs(folder)
    if not found:
        output.say(f"No runs in {folder} yet. Start one with: hope train small")
    else:
        table = RichTable(
            "name", "state", "step", "bits/byte", "training time", "started", box=None
        )
        for run in found:
            held_out = "" if run.bits_per_byte is None else f"{run.bits_per_byte:.3f}"
            numbers = (f"{run.step:,}", held_out, duration(run.seconds), local_time(run.created))
            table.add_row(run.name, run.state, *numbers)
        output.console.print(table)
    output.result(
        {
            "root": str(folder),
            "runs": [
                {"name": run.name, "path": str(run.path), "state": run.state, "step": run.step}
                for run in found
            ],
        }
    )


def local_time(moment: str) -> str:
    """A moment in ISO 8601 as the clock on the wall showed it; nothing where it is unknown."""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}" if moment else ""
