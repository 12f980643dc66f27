"""Checkpoints that a person pinned: their steps stand in pins.json of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from hope_core.errors import RunError
from hope_core.runs.serialise import decode_record
from hope_core.runs.storage import write_json

if TYPE_CHECKING:
    from pathlib import Path

FILE = "pins.json"
MAXIMUM_BYTES = 64 * 1024


class Pins(msgspec.Struct, frozen=True, kw_only=True):
    """The content of pins.json; a run without the file has none."""

    schema_version: int = 1
    steps: tuple[int, ...] = ()


def read_pins(run: Path) -> frozenset[int]:
    """The steps whose checkpoints are pinned in the run folder `run`.

    Raises:
        RunError: the file is there and cannot be read.
    """
    file = run / FILE
    advice = "Mend or remove this file; the run itself is whole."
    try:
        if file.stat().st_size > MAXIMUM_BYTES:
            raise RunError(f"{file} is larger than {MAXIMUM_BYTES // 1024} KB. {advice}")
        return frozenset(decode_record(file.read_bytes(), Pins).steps)
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise RunError(f"{file} cannot be read ({error.strerror}). {advice}") from error
    except msgspec.DecodeError as error:
        raise RunError(f"{file} is damaged ({error}). {advice}") from error


def pin(run: Path, step: int, *, pinned: bool) -> None:
    """Pin the checkpoint of a step, or let go of it again.

    Raises:
        RunError: the pins cannot be read or written.
    """
    steps = read_pins(run)
    write_json(run / FILE, Pins(steps=tuple(sorted(steps | {step} if pinned else steps - {step}))))
