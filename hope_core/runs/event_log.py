"""The writing end of a run's events: one segment a trainer's start, appended line by line."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Self

import msgspec

from hope_core.runs.disk_full import storage_error
from hope_core.runs.serialise import encode_json
from hope_core.runs.storage import make_folder, sync_folder

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from hope_core.runs.events import Event
    from hope_core.runs.folder import RunFolder

SYNC_SECONDS = 2.0
_SEGMENT = re.compile(r"\d{6}\.jsonl", re.ASCII)


def segment_path(events: Path, number: int) -> Path:
    """The file of a segment in the folder `events`."""
    return events / f"{number:06d}.jsonl"


def segment_numbers(events: Path) -> list[int]:
    """The segments that exist, ascending; gaps and foreign names do not matter."""
    names = (path.name for path in events.glob("*.jsonl"))
    return sorted(int(name[:-6]) for name in names if _SEGMENT.fullmatch(name))


def last_segment(events: Path) -> int:
    """The number of the last segment; 0 when there is none."""
    return max(segment_numbers(events), default=0)


class EventWriter:
    """Appends events to a new segment. One writer at a time: whoever holds the run's lock.

    Every event reaches the system at once (a kill loses none) and the disk every two seconds.

    Args:
        folder: the run.

    Raises:
        RunError: the segment cannot be made.
    """

    def __init__(self, folder: RunFolder) -> None:
        self._events = folder.path / "events"
        try:
            make_folder(self._events)
            self._open_next_segment()
            sync_folder(self._events)
            folder.note_segment(self.segment)
        except OSError as error:
            raise storage_error(error, self._events) from error
        self._size = 0
        self._synced_at = time.monotonic()
        self._pause = SYNC_SECONDS

    def _open_next_segment(self) -> None:
        self.segment = last_segment(self._events)
        while True:
            self.segment += 1
            try:
                self._file = segment_path(self._events, self.segment).open("xb", buffering=0)
            except FileExistsError:
                continue
            return

    def write(self, event: Event) -> None:
        """Appends one event, stamped with the time of writing unless it has one.

        Raises:
            RunError: the line cannot be written; the file then ends with the event before, and a
                later write goes on cleanly. A DiskFullError when there is no room.
        """
        stamped = event if event.at else msgspec.structs.replace(event, at=time.time())
        line = encode_json(stamped) + b"\n"
        try:
            rest = memoryview(line)
            while rest:
                rest = rest[self._file.write(rest) :]
            self._size += len(line)
            if time.monotonic() - self._synced_at > self._pause:
                self._sync()
        except OSError as error:
            self._cut_torn_line()
            raise storage_error(error, segment_path(self._events, self.segment)) from error

    def _cut_torn_line(self) -> None:
        with suppress(OSError):  # a disk that is gone: readers pass over a torn line
            self._file.truncate(self._size)
            self._file.seek(self._size)

    def flush(self) -> None:
        """Nothing to do: each event is handed to the system as it is written."""

    def sync(self) -> None:
        """Waits until all events are on the disk; call it before a checkpoint is announced.

        Raises:
            RunError: the disk does not take them.
        """
        try:
            self._sync()
        except OSError as error:
            raise storage_error(error, segment_path(self._events, self.segment)) from error

    def _sync(self) -> None:
        began = time.monotonic()
        os.fsync(self._file.fileno())
        self._synced_at = time.monotonic()
        # A slow disk is asked less often, so that syncing stays below a fifth of the time.
        self._pause = max(SYNC_SECONDS, 4 * (self._synced_at - began))

    def close(self) -> None:
        """Syncs and closes; the writer is of no use after."""
        if not self._file.closed:
            try:
                self.sync()
            finally:
                self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
