"""The one module that writes files that must survive a kill or a power cut: old or new, never half.

A file is written under another name in the same folder, flushed, synced, renamed into place, and
the folder is synced. A folder (`FolderCommit`) goes the same way, its MANIFEST.json last.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from hope_core.runs.disk_full import is_disk_full, storage_error
from hope_core.runs.serialise import encode_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

MANIFEST = "MANIFEST.json"
TEMPORARY_PREFIX = ".tmp-"
REPLACED_PREFIX = ".old-"
_BINARY = getattr(os, "O_BINARY", 0)
_SHARING_VIOLATIONS = {5, 32, 33}


def write_bytes(
    path: Path, data: bytes | Sequence[bytes | memoryview], *, durable: bool = True
) -> None:
    """Replaces a file in one go; after a fault at any moment it holds the old or the new bytes.

    Args:
        path: the file; its folder must exist.
        data: the whole new content, in one piece or in several.
        durable: False leaves out the syncs: safe against a kill, not against a power cut. For what
            is written often and can be told anew, such as a heartbeat.

    Raises:
        RunError: the folder cannot be written; a DiskFullError when it is for want of room.
    """
    temporary = temporary_name(path.parent)
    pieces = [data] if isinstance(data, bytes) else data
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        rename(temporary, path)
        if durable:
            sync_folder(path.parent)
    except OSError as error:
        remove_quietly(temporary)
        raise storage_error(error, path, needed=sum(map(len, pieces))) from error


def write_json(path: Path, value: object, *, durable: bool = True) -> None:
    """Replaces a file by this value as indented JSON; see `write_bytes`."""
    write_bytes(path, encode_json(value, indent=2) + b"\n", durable=durable)


class FolderCommit:
    """Makes a folder that is either absent or complete.

    Inside `with FolderCommit(target) as commit:` write files into `commit.path`. On leaving, each
    file is synced and summed, MANIFEST.json is written last, and the folder takes its final name.
    An error inside the block, or on leaving it, removes what was written and keeps what stood there
    before.

    Args:
        target: the final folder; its parent must exist. One that stands there already is replaced.
        facts: what the manifest says beside the list of files; may be added to inside the block.

    Raises:
        RunError: the folder cannot be written; a DiskFullError when it is for want of room, also
            when the library that wrote a file hid that in an error of its own.
    """

    def __init__(self, target: Path, facts: Mapping[str, object] | None = None) -> None:
        self.target = target
        self.path = temporary_name(target.parent)
        self.facts: dict[str, object] = dict(facts or {})

    def __enter__(self) -> Self:
        try:
            self.path.mkdir()
        except OSError as error:
            raise storage_error(error, self.target) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is None:
            try:
                self._finish()
            except OSError as fault:
                self._give_up(fault)
            return
        self._give_up(error)

    def _finish(self) -> None:
        mode = self.path.stat().st_mode & 0o666  # what the umask leaves; safetensors writes 0600
        files = []
        for path in sorted(self.path.rglob("*")):
            if path.is_dir():
                sync_folder(path)
                continue
            path.chmod(mode)
            sync_file(path)
            name = path.relative_to(self.path).as_posix()
            files.append({"name": name, "size": path.stat().st_size, "sha256": sha256(path)})
        write_bytes(self.path / MANIFEST, encode_json({**self.facts, "files": files}, indent=2))
        self._give_name()

    def _give_name(self) -> None:
        replaced = None
        if self.target.exists():
            replaced = self.target.with_name(
                f"{REPLACED_PREFIX}{uuid4().hex[:8]}-{self.target.name}"
            )
            rename(self.target, replaced)
        rename(self.path, self.target)
        sync_folder(self.target.parent)
        if replaced is not None:
            remove_quietly(replaced)

    def _give_up(self, error: BaseException) -> None:
        written = folder_size(self.path)
        remove_quietly(self.path)
        if isinstance(error, OSError) or is_disk_full(error, self.target.parent):
            raise storage_error(error, self.target, needed=2 * written) from error


def make_folder(path: Path) -> None:
    """Makes a folder whose name survives a power cut; one that stands there already is left alone.

    Raises:
        OSError: it cannot be made.
    """
    try:
        path.mkdir()
    except OSError:
        if not path.is_dir():
            raise
    else:
        sync_folder(path.parent)


def recover_folder(parent: Path) -> list[Path]:
    """Tidies up after writers that died in `parent`; only for whoever owns the folder alone.

    Removes unfinished files and folders, and puts a folder back that was about to be replaced.

    Returns:
        What was removed or put back.
    """
    touched = []
    for orphan in sorted(parent.glob(f"{REPLACED_PREFIX}*")):
        original = parent / orphan.name.removeprefix(REPLACED_PREFIX).partition("-")[2]
        if original.exists():
            remove_quietly(orphan)
        else:
            rename(orphan, original)
        touched.append(orphan)
    for orphan in sorted(parent.glob(f"{TEMPORARY_PREFIX}*")):
        remove_quietly(orphan)
        touched.append(orphan)
    return touched


def temporary_name(folder: Path) -> Path:
    """A name in this folder that nobody else uses and `recover_folder` knows as unfinished."""
    return folder / f"{TEMPORARY_PREFIX}{os.getpid()}-{uuid4().hex[:8]}"


def rename(source: Path, target: Path) -> None:
    """Gives a file or folder its final name; waits out another program's short look (Windows)."""
    for _ in range(10):
        try:
            source.replace(target)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _SHARING_VIOLATIONS:
                raise
            time.sleep(0.05)
        else:
            return
    source.replace(target)


def sync_file(path: Path) -> None:
    """Waits until a file's content is on the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Waits until a folder's list of names is on the disk (Windows has no such call)."""
    if sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(path: Path) -> str:
    """The SHA-256 sum of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_size(path: Path) -> int:
    """Bytes in all files under a folder; 0 when it does not exist."""
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def remove_quietly(path: Path) -> None:
    """Removes a file or folder as far as the system lets it; what stays is an orphan for later."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
