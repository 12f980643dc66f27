"""A run's curves and samples as an event file of TensorBoard's. For looking at it there only.

Notable: the library tensorboardX knows the format; it is an extra of this package, and asked for
only here. The clock of the file runs on training time, from the moment when the run was made.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from hope_core.analysis.history_cache import open_history
from hope_core.errors import RunError
from hope_core.runs.disk_full import storage_error
from hope_core.runs.storage import remove_quietly, rename, sync_file, sync_folder, temporary_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import numpy.typing as npt

    from hope_core.analysis.column import Column
    from hope_core.analysis.history import RunHistory
    from hope_core.runs.folder import RunFolder

EVENT_FILE = "events.out.tfevents.hope"
"""What the file is called: TensorBoard looks for `tfevents` in the name."""
FORMAT = "brain.Event:2"

Columns = dict[str, "npt.NDArray[Any]"]


def export_tensorboard(run: RunFolder, folder: Path) -> Path:
    """Write everything a run told in numbers, and its samples; the path of the file written.

    Args:
        run: the run.
        folder: what TensorBoard will be pointed at; made where there is none.

    Raises:
        RunError: tensorboardX is not installed, or the file cannot be written.
    """
    try:
        from tensorboardX.record_writer import RecordWriter  # type: ignore[import-untyped]
    except ImportError as error:
        raise RunError(
            "TensorBoard's files need the package tensorboardX. "
            "Install it with: pip install hope-studio[tensorboard]"
        ) from error
    target = folder.expanduser().absolute() / EVENT_FILE
    temporary = temporary_name(target.parent)
    try:
        target.parent.mkdir(exist_ok=True)
        writer = RecordWriter(str(temporary))
        for event in _events(run):
            writer.write(event)
        writer.close()
        sync_file(temporary)
        rename(temporary, target)
        sync_folder(target.parent)
    except OSError as error:
        remove_quietly(temporary)
        raise storage_error(error, target) from error
    except BaseException:
        remove_quietly(temporary)
        raise
    return target


def _events(run: RunFolder) -> Iterator[bytes]:
    from tensorboardX.proto.event_pb2 import Event  # type: ignore[import-untyped]
    from tensorboardX.summary import text  # type: ignore[import-untyped]

    began = datetime.fromisoformat(run.info.created).timestamp()
    history = open_history(run.path).history
    yield Event(wall_time=began, file_version=FORMAT).SerializeToString()
    yield from _rows(history.axes, _trained(history), began)
    yield from _rows(history.evaluation_axes, _evaluated(history), began)
    steps, seconds = (history.axes[name].values for name in ("step", "seconds"))
    for sample in history.samples:
        place = int(np.searchsorted(steps, sample.step, "right")) - 1
        moment = began + (float(seconds[place]) if place >= 0 else 0.0)
        told = text(f"samples/{sample.prompt}", sample.prompt + sample.text)
        yield Event(wall_time=moment, step=sample.step, summary=told).SerializeToString()


def _rows(axes: Mapping[str, Column], columns: Columns, began: float) -> Iterator[bytes]:
    """One event a step, with all that it told."""
    from tensorboardX.proto.event_pb2 import Event
    from tensorboardX.proto.summary_pb2 import Summary  # type: ignore[import-untyped]

    steps, seconds = axes["step"].values, axes["seconds"].values
    for place in range(len(steps)):
        values = [
            Summary.Value(tag=tag, simple_value=float(column[place]))
            for tag, column in columns.items()
        ]
        moment = began + float(seconds[place])
        event = Event(wall_time=moment, step=int(steps[place]), summary=Summary(value=values))
        yield event.SerializeToString()


def _trained(history: RunHistory) -> Columns:
    """What every step told; what this machine could not tell is left out."""
    columns = {f"train/{name}": series.y for name, series in history.series.items()}
    for level, rates in zip(history.levels, history.learning_rates, strict=True):
        columns[f"learning_rate/{level.name}"] = rates.y
    return {tag: column for tag, column in columns.items() if np.any(column)}


def _evaluated(history: RunHistory) -> Columns:
    return {f"validation/{name}": series.y for name, series in history.validation.items()}
