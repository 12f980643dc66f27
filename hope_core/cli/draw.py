"""`hope draw`: figures of a model from its settings, and of a run from what it told."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hope_core.cli.options import Json
from hope_core.cli.output import Output, user_errors
from hope_core.cli.picking import open_run
from hope_core.config.presets import load_preset, preset_names
from hope_core.errors import HopeError, RunError
from hope_core.runs.storage import write_bytes
from hope_core.table import did_you_mean


def draw(
    what: Annotated[
        str, typer.Argument(metavar="RUN|PRESET", help="A run, 'latest', a preset or a YAML file.")
    ],
    *,
    figure: Annotated[
        list[str] | None,
        typer.Option(help="Name of a figure; may stand several times. By default all there are."),
    ] = None,
    to: Annotated[Path, typer.Option(help="Folder of the pictures.")] = Path("figures"),
    picture: Annotated[str, typer.Option("--format", help="svg or png.")] = "svg",
    as_json: Json = False,
) -> None:
    """Draw architecture, data flow, components, memory, levels; of a run also its curves."""
    from hope_core.drawing.figures import (
        FORMATS,
        OF_MODELS,
        OF_RUNS,
        model_figure,
        run_figure,
        written,
    )

    output = Output(as_json=as_json)
    done: list[str] = []
    with user_errors(output):
        is_preset = what in preset_names() or what.endswith((".yaml", ".yml"))
        folder = None if is_preset else open_run(what)
        config = folder.config if folder else load_preset(what)
        known = [*OF_MODELS, *OF_RUNS] if folder else [*OF_MODELS]
        for name in figure or ():
            if name not in known:
                raise HopeError(
                    f"There is no figure '{name}' of {what}. {did_you_mean(name, known)}"
                )
        if picture not in FORMATS:
            raise HopeError(f"Pictures are written as {' or '.join(FORMATS)}, not as {picture}.")
        try:
            to.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HopeError(f"{to} cannot be made ({error.strerror}).") from error
        for name in figure or known:
            try:
                if folder and name in OF_RUNS:
                    drawn = run_figure(name, folder)
                else:
                    drawn = model_figure(name, config)
            except RunError as error:
                output.say(f"{name}: {error}")
                continue
            target = to / f"{name}.{picture}"
            write_bytes(target, written(drawn, picture))
            output.say(f"Written: {target.absolute()}")
            done.append(str(target.absolute()))
    output.result({"figures": done})
