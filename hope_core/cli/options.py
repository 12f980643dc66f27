"""The words that several verbs understand, described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hope_core.config.overrides import apply_overrides, with_data_path
from hope_core.config.presets import load_preset
from hope_core.config.run import RunConfig

Preset = Annotated[
    str, typer.Argument(metavar="PRESET", help="Name of a preset, or path of a YAML file.")
]
Run = Annotated[
    str,
    typer.Argument(metavar="RUN", help="Name or folder of a run; 'latest' is the newest one."),
]
Data = Annotated[
    Path | None, typer.Option("--data", help="Train on this text file, folder or .jsonl file.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change a setting, e.g. train.steps=500."),
]
Device = Annotated[str | None, typer.Option(help="Where to train: auto, cpu or cuda:N.")]
Processes = Annotated[
    int | None,
    typer.Option(
        min=1, help="How many processes train together, one a GPU; see parallel.kind for how."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")]


def configure(
    preset: str,
    *,
    data: Path | None,
    settings: list[str] | None,
    device: str | None,
    processes: int | None = None,
) -> RunConfig:
    """The preset with everything that the command line changes.

    Raises:
        ConfigError: the preset, a key or a value cannot be used.
    """
    config = load_preset(preset)
    if data is not None:
        config = with_data_path(config, data)
    changes = list(settings or [])
    if device is not None:
        changes.append(f"device={device}")
    config = apply_overrides(config, changes)
    if processes is None:
        return config
    if processes == 1:
        return apply_overrides(config, ["parallel.kind=none"])
    kind = "ddp" if config.parallel.kind == "none" else config.parallel.kind
    parallel = [f"parallel.kind={kind}", f"parallel.processes={processes}"]
    return apply_overrides(config, parallel)
