"""The reading end of a run's events, for whoever watches: live, or years later.

A resumed trainer opens a new segment with a RunStarted; what earlier segments told of steps past
its `step` is void, since those steps are done again. `poll` hands that RunStarted out like any
event, and keepers of a history cut there; `without_void` does it for a whole list.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from hope_core.runs.event_log import segment_numbers, segment_path
from hope_core.runs.events import (
    AnyEvent,
    CheckpointSaved,
    EvaluationFinished,
    LearningRateChanged,
    ProbeRecorded,
    RunStarted,
    SampleWritten,
    StepFinished,
    StepSkipped,
)
from hope_core.runs.names import path_of
from hope_core.runs.serialise import LineDecoder
from hope_core.runs.tail import LineTail

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hope_core.runs.names import HasPath

_OF_A_STEP = (
    StepFinished,
    StepSkipped,
    LearningRateChanged,
    EvaluationFinished,
    SampleWritten,
    ProbeRecorded,
    CheckpointSaved,
)


class ReadingPlace(NamedTuple):
    """Where a reader stands."""

    segment: int
    offset: int
    """The byte of the segment after the last whole line."""
    damaged: int
    unknown: int


class EventReader:
    """Follows all segments of a run, in order. Never writes, never waits, never locks.

    Args:
        folder: the run, or its path; the path need not hold anything yet.
    """

    def __init__(self, folder: HasPath | Path) -> None:
        self._events = path_of(folder) / "events"
        self._decoder: LineDecoder[AnyEvent] = LineDecoder(AnyEvent)
        self._segment = self._latest = 0
        self._tail: LineTail | None = None
        self._cut = 0

    @property
    def damaged(self) -> int:
        """Lines that could not be read, so far."""
        return self._decoder.damaged + self._cut + (self._tail.damaged if self._tail else 0)

    @property
    def unknown(self) -> int:
        """Events of kinds this program does not know, so far."""
        return self._decoder.unknown

    @property
    def place(self) -> ReadingPlace | None:
        """How far everything was handed out; None before the first segment."""
        if self._tail is None:
            return None
        return ReadingPlace(self._segment, self._tail.offset, self.damaged, self.unknown)

    def go_on_from(self, place: ReadingPlace) -> None:
        """Begin where another reader of the same run had got to."""
        self._segment = self._latest = place.segment
        path = segment_path(self._events, place.segment)
        self._tail = LineTail(path, offset=place.offset)
        self._cut, self._decoder.unknown = place.damaged, place.unknown

    def poll(self) -> list[AnyEvent]:
        """The events since the last call; an empty list costs two looks at file sizes."""
        events: list[AnyEvent] = []
        while data := self.poll_chunk():
            events += data
        return events

    def poll_chunk(self) -> list[AnyEvent]:
        """Like `poll`, but at most some ten thousands at once; empty when there are no more yet."""
        while True:
            if self._tail is None and not self._next_segment():
                return []
            assert self._tail is not None
            # Asked before reading: who opened the next segment had waited for this one's end.
            is_over = (
                self._latest > self._segment
                or segment_path(self._events, self._segment + 1).exists()
            )
            while data := self._tail.read():
                if events := self._decoder.decode(data):
                    return events
            if not is_over:
                return []
            if events := self._leave_segment():
                return events

    def _next_segment(self) -> bool:
        later = [number for number in segment_numbers(self._events) if number > self._segment]
        if later:
            self._segment, self._latest = later[0], later[-1]
            self._tail = LineTail(segment_path(self._events, self._segment))
        return bool(later)

    def _leave_segment(self) -> list[AnyEvent]:
        """What a killed trainer left without a line's end: nearly always torn, seldom whole."""
        assert self._tail is not None
        self._cut += self._tail.damaged
        held, self._tail = self._tail.held, None
        return self._decoder.decode(held)


def without_void(events: Iterable[AnyEvent]) -> list[AnyEvent]:
    """A run's events in order, without those about steps that a later segment did again."""
    kept: list[AnyEvent] = []
    for event in events:
        if isinstance(event, RunStarted):
            step = event.step
            kept = [old for old in kept if not isinstance(old, _OF_A_STEP) or old.step <= step]
        kept.append(event)
    return kept


def last_events(path: Path, *, after_segment: int = 0, size: int = 1 << 20) -> list[AnyEvent]:
    """The last events of a run without reading it all.

    Args:
        path: the run folder.
        after_segment: look only at segments with higher numbers.
        size: how much to read of each segment's end (bytes).
    """
    decoder: LineDecoder[AnyEvent] = LineDecoder(AnyEvent)
    events: list[AnyEvent] = []
    for number in segment_numbers(path / "events"):
        if number > after_segment:
            with segment_path(path / "events", number).open("rb") as file:
                begin = max(0, file.seek(0, os.SEEK_END) - size)
                file.seek(begin)
                data = file.read(size)
            events += decoder.decode(data.partition(b"\n")[2] if begin else data)
    return events
