"""`hope export` and `hope import`: runs, weights and presets to and from other people."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hope_core.cli.options import Json, Run
from hope_core.cli.output import INTERRUPTED, Output, size, user_errors
from hope_core.cli.picking import open_run
from hope_core.config.presets import load_preset, own_preset_names, preset_names
from hope_core.errors import ForeignFileError, RunError
from hope_core.exchange.kinds import kind_of, local_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hope_core.config.run import RunConfig
    from hope_core.data import Tokenizer
    from hope_core.runs.folder import RunFolder


class What(StrEnum):
    """What of a run is given away."""

    bundle = "bundle"
    weights = "weights"
    preset = "preset"
    tensorboard = "tensorboard"


def export_run(
    run: Run,
    *,
    to: Annotated[Path, typer.Option(help="The file to write; for tensorboard, a folder.")],
    kind: Annotated[
        What,
        typer.Option(
            help="The run with a checkpoint, its weights alone, its settings, or its curves."
        ),
    ] = What.bundle,
    checkpoint: Annotated[
        str | None, typer.Option(help="A checkpoint of the run; by default the newest sound one.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file.")] = False,
    as_json: Json = False,
) -> None:
    """Write a run into one file: a bundle (.zip), weights (.safetensors) or a preset (.yaml).

    Or its curves and samples as an event file of TensorBoard's, in the folder named.
    """
    from hope_core.exchange.export import export_bundle, export_preset, export_weights
    from hope_core.exchange.tensorboard import EVENT_FILE, export_tensorboard

    output = Output(as_json=as_json)
    with user_errors(output), _stopping_cleanly():
        folder = open_run(run)
        target = local_path(str(to))
        if kind is What.tensorboard:
            target = target / EVENT_FILE
        if target.exists() and not overwrite:
            raise RunError(f"{target} exists already. Choose another name, or add --overwrite.")
        match kind:
            case What.bundle:
                export_bundle(folder, target, checkpoint=checkpoint)
            case What.weights:
                export_weights(folder, target, checkpoint=checkpoint)
            case What.preset:
                export_preset(folder.config, target)
            case What.tensorboard:
                export_tensorboard(folder, target.parent)
        written = target.stat().st_size
    output.say(f"Wrote {target} ({size(written)}).")
    output.result({"run": str(folder.path), "kind": kind, "path": str(target), "bytes": written})


def import_file(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A bundle, weights or a preset.")],
    *,
    name: Annotated[str | None, typer.Option(help="What to call it here.")] = None,
    like: Annotated[
        str | None,
        typer.Option(help="Preset or run whose settings the weights belong to."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Take in a bundle, weights (.safetensors, .pt) or a preset. Nothing in it is ever run."""
    output = Output(as_json=as_json)
    with user_errors(output), _stopping_cleanly():
        path = local_path(file)
        kind = kind_of(path)
        if kind == "preset":
            from hope_core.exchange.import_preset import import_preset

            kept = import_preset(path, name=name)
            output.say(f"Imported the preset {kept.stem}. Train it with: hope train {kept.stem}")
            output.result({"kind": "preset", "name": kept.stem, "path": str(kept)})
            return
        folder = _imported_run(path, kind, name, like)
    output.say(f"Imported {path} as the run {folder.name}.")
    output.say(f'Write with it: hope sample {folder.name} --prompt "..."')
    output.result({"kind": kind, "name": folder.name, "path": str(folder.path)})


def _imported_run(path: Path, kind: str, name: str | None, like: str | None) -> RunFolder:
    match kind:
        case "run":
            raise ForeignFileError(f"{path} is a run already: use it by its path, as it is.")
        case "text":
            raise ForeignFileError(
                f"{path} is no bundle, no weights and no preset. "
                f"If it is text to train on: hope train small --data {path}"
            )
        case "bundle":
            from hope_core.exchange.import_bundle import import_bundle

            return import_bundle(path, name=name)
    from hope_core.exchange.import_weights import import_weights

    config, tokenizer = _alike(like) if like is not None else (None, None)
    return import_weights(path, like=config, tokenizer=tokenizer, name=name)


def _alike(word: str) -> tuple[RunConfig, Tokenizer | None]:
    """Settings by the name of a preset; or of a run, with its tokens."""
    if word in (*preset_names(), *own_preset_names()) or word.endswith((".yaml", ".yml")):
        return load_preset(word), None
    from hope_core.inference.loading import candidates, read_tokenizer

    run = open_run(word)
    checkpoints = candidates(run)
    return run.config, read_tokenizer(checkpoints[0]) if checkpoints else None


@contextmanager
def _stopping_cleanly() -> Iterator[None]:
    """Whoever stops the work by Ctrl+C or SIGTERM finds nothing half-made."""

    def stop(_number: int, _frame: object) -> None:
        raise SystemExit(INTERRUPTED)

    previous = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt as interrupt:
        raise SystemExit(INTERRUPTED) from interrupt
    finally:
        signal.signal(signal.SIGTERM, previous)
