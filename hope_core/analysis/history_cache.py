"""A run's history, opened at once: what was read before stands in cache/history.columns.

The file is derived: it may be deleted at any time, and one that is damaged, of another version of
this program or of other events is passed over. Only long runs have one.
"""

from __future__ import annotations

import hashlib
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import msgspec
import numpy as np

from hope_core.analysis.column import Column
from hope_core.analysis.history import RunHistory
from hope_core.analysis.markers import Marker
from hope_core.analysis.series import Series
from hope_core.errors import RunError
from hope_core.runs.column_file import read_columns, write_columns
from hope_core.runs.event_log import segment_numbers, segment_path
from hope_core.runs.events import (
    AnyEvent,
    CheckpointSaved,
    EvaluationFinished,
    LevelDescription,
    Notice,
    PhaseProgress,
    ProbeRecorded,
    RunFailed,
    RunFinished,
    RunStarted,
    SampleWritten,
    StepFinished,
)
from hope_core.runs.reader import EventReader, ReadingPlace
from hope_core.runs.serialise import encode_json
from hope_core.runs.storage import recover_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

WORTH = 100_000
"""Events that are read again rather than kept: it takes half a second."""
SHARE = 8
"""A file is written anew when it lacks this part of the events."""
ROOM = 2 << 30
"""Bytes that must stay free on the disk."""
_FORMAT = 1
"""Grows whenever RunHistory makes something else of the same events."""
_LOOK = 4096


class OpenedHistory(NamedTuple):
    """A run's history so far, and who reads on."""

    history: RunHistory
    reader: EventReader


class _Segment(msgspec.Struct, frozen=True):
    """By what the events of a file are known again."""

    number: int
    size: int
    ends: str
    """SHA-256 of its first and last bytes."""


class _Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a history knows beside its columns."""

    format: int
    events: int
    segments: list[_Segment]
    place: ReadingPlace
    evaluations: list[EvaluationFinished]
    samples: list[SampleWritten]
    checkpoints: list[CheckpointSaved]
    probes: list[ProbeRecorded]
    notices: list[Notice]
    markers: list[tuple[str, int, AnyEvent]]
    skipped: int
    rate_factor: float
    levels: tuple[LevelDescription, ...]
    started: RunStarted | None
    last: StepFinished | None
    phase: PhaseProgress | None
    failure: RunFailed | None
    finished: RunFinished | None


_LISTS = ("evaluations", "samples", "checkpoints", "probes", "notices")
_DIRECT = (
    *("skipped", "rate_factor", "levels"),
    *("started", "last", "phase", "failure", "finished"),
)


def open_history(path: Path) -> OpenedHistory:
    """Everything a run told so far. Keeps what took long to read. Slow: call it in a thread.

    Args:
        path: the run folder.
    """
    opened, known = _restored(path)
    fresh = 0
    while events := opened.reader.poll_chunk():
        opened.history.feed(events)
        fresh += len(events)
    if fresh > max(WORTH, known // SHARE):
        with suppress(RunError, OSError):  # a folder of somebody else: it is read again next time
            _keep(path, opened, known + fresh)
    return opened


def _restored(path: Path) -> tuple[OpenedHistory, int]:
    """What was kept, and of how many events; else nothing, and 0."""
    opened = OpenedHistory(RunHistory(path), EventReader(path))
    try:
        raw, columns = read_columns(_file(path))
        facts = msgspec.json.decode(raw, type=_Facts, strict=False)
        if facts.format != _FORMAT or facts.segments != _segments(path, facts.place):
            return opened, 0
        _fill(opened.history, facts, columns)
    except (RunError, OSError, msgspec.DecodeError, KeyError):
        return OpenedHistory(RunHistory(path), EventReader(path)), 0
    opened.reader.go_on_from(facts.place)
    return opened, facts.events


def _keep(path: Path, opened: OpenedHistory, events: int) -> None:
    place, history = opened.reader.place, opened.history
    columns = {name: column.values for name, column in _columns(history)}
    for name, series in _curves(history):
        columns[name] = series.y
        for level, (low, high) in enumerate(series.pyramid.blocks()):
            columns[f"{name}/low/{level}"] = low.values
            columns[f"{name}/high/{level}"] = high.values
    size = sum(column.nbytes for column in columns.values())
    if place is None or shutil.disk_usage(path).free < ROOM + size:
        return
    facts = _Facts(
        format=_FORMAT,
        events=events,
        segments=_segments(path, place),
        place=place,
        markers=[(m.kind, m.step, cast("AnyEvent", m.event)) for m in history.markers],
        **{name: getattr(history, name) for name in (*_LISTS, *_DIRECT)},
    )
    folder = _file(path).parent
    folder.mkdir(exist_ok=True)
    recover_folder(folder)
    write_columns(_file(path), encode_json(facts), columns)


def _fill(history: RunHistory, facts: _Facts, columns: dict[str, npt.NDArray[Any]]) -> None:
    for name in _DIRECT:
        setattr(history, name, getattr(facts, name))
    for name in _LISTS:
        getattr(history, name)[:] = getattr(facts, name)
    history.markers[:] = [Marker(*marker) for marker in facts.markers]
    while f"rate.{len(history.learning_rates)}" in columns:
        history.learning_rates.append(Series(history.axes["step"], dtype=np.float32))
        history.firings.append(Column())
    if "series.penalty" in columns:
        history.series["penalty"] = Series(history.axes["step"], dtype=np.float32)
    for name, column in _columns(history):
        column.hold(columns[name])
    for name, series in _curves(history):
        series.hold(columns[name], list(_blocks(name, columns)))
    _check_lengths(history)


def _check_lengths(history: RunHistory) -> None:
    """Columns of one table are equally long, whoever wrote the file.

    Raises:
        RunError: some are not.
    """
    steps, looks = len(history.axes["step"]), len(history.evaluations)
    numbers = [
        *((len(column), steps) for column in history.axes.values()),
        *((len(series), steps) for series in history.series.values()),
        *((len(series), steps) for series in history.learning_rates),
        *((len(column), looks) for column in history.evaluation_axes.values()),
        *((len(series), looks) for series in history.validation.values()),
    ]
    are_whole = all(series.pyramid.is_whole() for _, series in _curves(history))
    if not are_whole or any(found != wanted for found, wanted in numbers):
        raise RunError("What was kept of this run does not fit together.")


def _blocks(
    name: str, columns: dict[str, npt.NDArray[Any]]
) -> Iterator[tuple[npt.NDArray[Any], npt.NDArray[Any]]]:
    level = 0
    while f"{name}/low/{level}" in columns:
        yield columns[f"{name}/low/{level}"], columns[f"{name}/high/{level}"]
        level += 1


def _columns(history: RunHistory) -> Iterator[tuple[str, Column]]:
    for name, column in history.axes.items():
        yield f"axis.{name}", column
    for name, column in history.evaluation_axes.items():
        yield f"evaluation.{name}", column
    for level, firings in enumerate(history.firings):
        yield f"fired.{level}", firings


def _curves(history: RunHistory) -> Iterator[tuple[str, Series]]:
    for name, series in history.series.items():
        yield f"series.{name}", series
    for name, series in history.validation.items():
        yield f"validation.{name}", series
    for level, series in enumerate(history.learning_rates):
        yield f"rate.{level}", series


def _segments(path: Path, place: ReadingPlace) -> list[_Segment]:
    """The files of events up to a place, as they are now."""
    found = []
    for number in segment_numbers(path / "events"):
        if number <= place.segment:
            file = segment_path(path / "events", number)
            size = place.offset if number == place.segment else file.stat().st_size
            found.append(_Segment(number, size, _ends(file, size)))
    return found


def _ends(file: Path, size: int) -> str:
    with file.open("rb") as opened:
        data = opened.read(min(_LOOK, size))
        opened.seek(max(size - _LOOK, 0))
        data += opened.read(min(_LOOK, size))
    return hashlib.sha256(data).hexdigest()


def _file(path: Path) -> Path:
    return path / "cache" / "history.columns"
