"""Opening what a person pointed at: a plain file or a folder, or a sentence that says why not."""

from __future__ import annotations

import difflib
import os
import stat
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from hope_core.data.sources.text import MAX_TEXT_BYTES, too_large
from hope_core.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEIGHBOURS_READ = 5000
"""How many names of a folder are looked at to guess a misspelt path."""

_SPECIAL = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@contextmanager
def open_text(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file for reading bytes, without ever waiting on a pipe or a device.

    Raises:
        DataError: it is missing, not a regular file, too large or unreadable, or reading it fails.
    """
    status = status_of(path)
    if stat.S_ISDIR(status.st_mode):
        raise DataError(
            f"{path}: it is a folder, and a file is wanted. "
            "Name a file in it, or read it whole with data.source.kind=folder."
        )
    refuse_special(path, status)
    if status.st_size > MAX_TEXT_BYTES:
        raise too_large(str(path))
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb", buffering=1 << 16) as file:
            refuse_special(path, os.fstat(file.fileno()))
            yield file
    except OSError as error:
        raise unreadable(path, error) from error


def check_folder(path: Path) -> None:
    """Refuse anything but a folder that can be listed.

    Raises:
        DataError: it is missing, no folder, or may not be listed.
    """
    status = status_of(path)
    if not stat.S_ISDIR(status.st_mode):
        refuse_special(path, status)
        raise DataError(
            f"{path}: it is a file, and a folder is wanted. "
            "Read it with data.source.kind=text, or name the folder around it."
        )
    try:
        with os.scandir(path):
            pass
    except OSError as error:
        raise unreadable(path, error) from error


def status_of(path: Path) -> os.stat_result:
    """What the system says of a path.

    Raises:
        DataError: there is nothing there, or it may not be asked.
    """
    try:
        return path.stat()
    except FileNotFoundError:
        raise DataError(_missing(path)) from None
    except NotADirectoryError:
        raise DataError(f"{path}: a part of this path is a file, not a folder.") from None
    except ValueError as error:
        raise DataError(f"{str(path)!r}: this is not a possible path ({error}).") from error
    except OSError as error:
        raise unreadable(path, error) from error


def refuse_special(path: Path, status: os.stat_result) -> None:
    """Raise DataError for pipes, sockets and devices, which may never end."""
    kind = _SPECIAL.get(stat.S_IFMT(status.st_mode))
    if kind is not None:
        raise DataError(f"{path}: it is {kind}, and a plain file is wanted.")


def unreadable(path: Path, error: OSError) -> DataError:
    """The refusal of something that is there but cannot be read."""
    reason = error.strerror or str(error)
    hint = (
        "Give yourself permission to read it, or copy it."
        if isinstance(error, PermissionError)
        else "Check the disk, or copy it to another place."
    )
    return DataError(f"{path}: it cannot be read ({reason}). {hint}")


def _missing(path: Path) -> str:
    """There is no such path; guesses at the neighbour that was meant."""
    if path.is_symlink():
        return f"{path}: it is a link to a file that is not there. Mend the link."
    parent = path.absolute().parent
    if not parent.is_dir():
        while not parent.is_dir() and parent != parent.parent:
            parent = parent.parent
        return f"{path}: there is no such path; it exists only up to {parent}."
    try:
        names = [entry.name for entry in islice(os.scandir(parent), NEIGHBOURS_READ)]
    except OSError as error:
        return f"{path}: there is no such file ({parent}: {error.strerror})."
    close = difflib.get_close_matches(path.name, sorted(names), n=1, cutoff=0.55)
    if close:
        return f"{path}: there is no such file. Did you mean '{parent / close[0]}'?"
    return f"{path}: there is no such file in {parent}."
