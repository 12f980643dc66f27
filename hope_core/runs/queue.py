"""Runs that wait for their turn: a list on disk, whose first entry is trained next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import msgspec

from hope_core.config.validation import parse_config
from hope_core.errors import RunError
from hope_core.runs.names import runs_root
from hope_core.runs.serialise import decode_record
from hope_core.runs.storage import write_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hope_core.config.grid import GridPoint
    from hope_core.config.run import RunConfig

FILE = ".queue.json"
MAXIMUM_BYTES = 16 * 1024 * 1024
MOST = 1000


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """One run that waits."""

    id: str
    label: str
    """What tells it from its neighbours; becomes the run's title."""
    settings: dict[str, Any]

    @property
    def config(self) -> RunConfig:
        """Its settings, checked.

        Raises:
            ConfigError: another version of the program wrote settings that this one cannot use.
        """
        return parse_config(self.settings)


class _File(msgspec.Struct, frozen=True, kw_only=True):
    schema_version: int = 1
    waiting: tuple[Waiting, ...] = ()


class RunQueue:
    """The queue of one folder of runs; every change is written at once.

    Args:
        root: the folder of runs; else `runs_root()`.
    """

    def __init__(self, root: Path | None = None) -> None:
        self._path = (root or runs_root()) / FILE

    def waiting(self) -> tuple[Waiting, ...]:
        """What waits, the next one first.

        Raises:
            RunError: the file is there and cannot be read.
        """
        advice = "Mend or remove it; no run is lost with it."
        try:
            if self._path.stat().st_size > MAXIMUM_BYTES:
                raise RunError(f"The queue {self._path} is too large. {advice}")
            return decode_record(self._path.read_bytes(), _File).waiting
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise RunError(f"{self._path} cannot be read ({error.strerror}). {advice}") from error
        except msgspec.DecodeError as error:
            raise RunError(f"The queue {self._path} is damaged ({error}). {advice}") from error

    def add(self, points: Sequence[GridPoint]) -> None:
        """Put runs behind the last one.

        Raises:
            RunError: the queue is full, or its folder cannot be written.
        """
        waiting = self.waiting()
        if len(waiting) + len(points) > MOST:
            raise RunError(f"The queue holds at most {MOST:,} runs. Remove some first.")
        new = (
            Waiting(
                id=uuid4().hex, label=point.label, settings=point.config.model_dump(mode="json")
            )
            for point in points
        )
        self._write((*waiting, *new))

    def remove(self, entries: Sequence[str]) -> None:
        """Take the entries with these ids out; what is not there is nothing.

        Raises:
            RunError: the queue cannot be read or written.
        """
        self._write(tuple(one for one in self.waiting() if one.id not in entries))

    def move(self, entry: str, by: int) -> None:
        """Let an entry change places with its neighbours, up (negative) or down.

        Raises:
            RunError: the queue cannot be read or written.
        """
        waiting = list(self.waiting())
        place = next((i for i, one in enumerate(waiting) if one.id == entry), None)
        if place is None:
            return
        one = waiting.pop(place)
        waiting.insert(max(0, place + by), one)
        self._write(tuple(waiting))

    def take(self) -> Waiting | None:
        """The first entry, which no longer waits; None when nothing does.

        Raises:
            RunError: the queue cannot be read or written.
        """
        waiting = self.waiting()
        if not waiting:
            return None
        self._write(waiting[1:])
        return waiting[0]

    def _write(self, waiting: tuple[Waiting, ...]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_json(self._path, _File(waiting=waiting))
