"""Memories saved beside a run: folders under memories/ with what a memory learned, never weights.

A folder holds memory.safetensors, memory.json and, written last, MANIFEST.json with the sums. It is
a memory when all three stand; loading checks every byte. No tensor is read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from hope_core.errors import RunError, TeachingError
from hope_core.runs.disk_full import storage_error
from hope_core.runs.names import check_name
from hope_core.runs.serialise import decode_record
from hope_core.runs.storage import MANIFEST, FolderCommit, make_folder, remove_quietly, sha256

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_VERSION = 1
FOLDER = "memories"
TENSORS = "memory.safetensors"
RECORD = "memory.json"
LAST_SESSION = "last session"
"""The memory that a conversation leaves behind when it ends."""
_LARGEST_RECORD = 1 << 20


class MemoryRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The content of memory.json: whose memory it is, and what it has been told."""

    schema_version: int = SCHEMA_VERSION
    name: str
    created: str
    """ISO 8601, UTC."""
    run_id: str
    """Of the run whose weights it belongs to."""
    run_name: str
    model_sha256: str
    """Of the model's settings and its tokenizer: another model cannot read it."""
    weights_sha256: str
    """Of the weights with which it was written; empty where they had learned as well."""
    step: int
    """Of the checkpoint with which it was written."""
    tokens: int
    """Read and written since the memory was fresh."""
    mode: str = "memory_only"
    told: tuple[str, ...] = ()
    """How each turn of the conversation began."""


class _File(msgspec.Struct, frozen=True):
    name: str
    size: int
    sha256: str


class _Manifest(msgspec.Struct, frozen=True):
    files: tuple[_File, ...]


@dataclass(frozen=True)
class SavedMemory:
    """One memory on the disk."""

    name: str
    path: Path
    size: int
    """Bytes of its tensors."""
    sha256: str
    """Of its tensors' file."""
    record: MemoryRecord


def memory_folder(run: Path, name: str) -> Path:
    """Where the memory of this name lies, whether there is one or not.

    Raises:
        TeachingError: the name cannot be used.
    """
    try:
        return run / FOLDER / check_name(name, of="memory")
    except RunError as error:
        raise TeachingError(str(error)) from error


def new_memory(run: Path, name: str) -> FolderCommit:
    """A commit whose `path` takes the two files; a memory of this name is replaced as a whole.

    Raises:
        TeachingError: the name cannot be used.
        RunError: the folder cannot be written; a DiskFullError when it is for want of room.
    """
    target = memory_folder(run, name)
    try:
        make_folder(target.parent)
    except OSError as error:
        raise storage_error(error, target.parent) from error
    return FolderCommit(target)


def list_memories(run: Path) -> list[SavedMemory]:
    """The whole memories of a run, newest first; sizes are checked, sums are not."""
    found = []
    for path in (run / FOLDER).glob("[!.]*"):
        try:
            found.append(read_memory(path, full=False))
        except TeachingError:
            continue  # what is not whole is no memory; loading it by name says why
    return sorted(found, key=lambda memory: memory.record.created, reverse=True)


def read_memory(path: Path, *, full: bool = True) -> SavedMemory:
    """What a memory's folder tells of it.

    Args:
        path: the folder.
        full: also sum both files; else only their sizes are compared.

    Raises:
        TeachingError: there is none, or it is damaged or of a newer program; names the file.
    """
    try:
        manifest = decode_record(_small(path / MANIFEST), _Manifest)
        record = decode_record(_small(path / RECORD), MemoryRecord)
    except FileNotFoundError as error:
        raise TeachingError(f"There is no memory {path.name!r} in {path.parent}.") from error
    except (OSError, msgspec.DecodeError) as error:
        raise _damaged(path, str(error)) from error
    if record.schema_version > SCHEMA_VERSION:
        raise TeachingError(f"{path} was written by a newer version of this program. Update it.")
    sums = {file.name: file for file in manifest.files}
    for name in (TENSORS, RECORD):
        _check(path / name, sums.get(name), full=full)
    tensors = sums[TENSORS]
    return SavedMemory(path.name, path, tensors.size, tensors.sha256, record)


def remove_memory(run: Path, name: str) -> None:
    """Removes a memory from the disk.

    Raises:
        TeachingError: there is none of this name.
    """
    path = memory_folder(run, name)
    if not path.is_dir():
        raise TeachingError(f"There is no memory {name!r} in {path.parent}.")
    remove_quietly(path)


def _check(path: Path, stated: _File | None, *, full: bool) -> None:
    try:
        if stated is None or path.is_symlink() or path.stat().st_size != stated.size:
            raise _damaged(path, "it is not as large as it was written")
        if full and sha256(path) != stated.sha256:
            raise _damaged(path, "its content changed since it was written")
    except OSError as error:
        raise _damaged(path, error.strerror or str(error)) from error


def _small(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST_RECORD:
        raise _damaged(path, "it is too large")
    return path.read_bytes()


def _damaged(path: Path, reason: str) -> TeachingError:
    return TeachingError(f"{path} is damaged: {reason}. Use another memory.")
