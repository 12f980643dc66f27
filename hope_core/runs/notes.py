"""What a person writes about a run: a title, tags and notes, in notes.json beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from hope_core.errors import RunError
from hope_core.runs.serialise import decode_record
from hope_core.runs.storage import write_json

if TYPE_CHECKING:
    from pathlib import Path

FILE = "notes.json"
MAXIMUM_BYTES = 256 * 1024
MAXIMUM_TAGS = 32


class RunNotes(msgspec.Struct, frozen=True, kw_only=True):
    """The content of notes.json; a run without the file has empty ones."""

    schema_version: int = 1
    title: str = ""
    """Shown instead of the folder's name; empty: the folder's name is shown."""
    tags: tuple[str, ...] = ()
    notes: str = ""


def read_notes(path: Path) -> RunNotes:
    """The notes of the run folder `path`; empty ones where there are none.

    Raises:
        RunError: the file is there and cannot be read.
    """
    file = path / FILE
    advice = "Mend or remove this file; the run itself is whole."
    try:
        if file.stat().st_size > MAXIMUM_BYTES:
            raise RunError(f"{file} is larger than {MAXIMUM_BYTES // 1024} KB. {advice}")
        return decode_record(file.read_bytes(), RunNotes)
    except FileNotFoundError:
        return RunNotes()
    except OSError as error:
        raise RunError(f"{file} cannot be read ({error.strerror}). {advice}") from error
    except msgspec.DecodeError as error:
        raise RunError(f"{file} is damaged ({error}). {advice}") from error


def write_notes(path: Path, notes: RunNotes) -> None:
    """Replace the notes of a run folder.

    Raises:
        RunError: they are too long, or the folder cannot be written.
    """
    if len(notes.tags) > MAXIMUM_TAGS:
        raise RunError(f"A run can have {MAXIMUM_TAGS} tags, not {len(notes.tags)}.")
    if len(msgspec.json.encode(notes)) > MAXIMUM_BYTES // 2:
        raise RunError(f"Notes can have {MAXIMUM_BYTES // 2048} KB. Shorten them.")
    write_json(path / FILE, notes)


def tags_from(text: str) -> tuple[str, ...]:
    """The tags in a line of words with commas between, each once, in their order."""
    return tuple(dict.fromkeys(filter(None, (" ".join(word.split()) for word in text.split(",")))))
