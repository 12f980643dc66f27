"""What a file from elsewhere is, told by its first bytes and never by its name.

Only between a preset and a text to train on, both plain text, does the ending of the name decide.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from hope_core.errors import ForeignFileError
from hope_core.exchange.archive import BUNDLE_RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["run", "bundle", "safetensors", "torch", "preset", "text"]

LIKE_OPTION = "--like"
"""How the command line is told which settings weights belong to, when the file does not say."""
HEADER_LIMIT = 32 << 20
"""Largest header of a safetensors file that is read (bytes)."""

_PLACE_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]+:/|file:|[\\/]{2}", re.IGNORECASE)
_PRESET_ENDINGS = (".yaml", ".yml")
_ZIP = b"PK\x03\x04"
_REFUSED = (
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x93NUMPY", "an array of NumPy, whose format can hide code"),
    (b"\x89HDF", "an HDF5 file, which this program does not read"),
    (b"GGUF", "a GGUF file, which this program does not read"),
    (b"\x1f\x8b", "a gzip archive: extract it first"),
    (b"BZh", "a bzip2 archive: extract it first"),
    (b"\xfd7zXZ\x00", "an xz archive: extract it first"),
    (b"7z\xbc\xaf", "a 7z archive: extract it first"),
    (b"Rar!", "a RAR archive: extract it first"),
)


def local_path(text: str) -> Path:
    """The path that a person named, when it lies on this machine.

    Raises:
        ForeignFileError: it is empty, an address, or a share of another machine.
    """
    if not text.strip() or "\0" in text:
        raise ForeignFileError(f"{text!r} is not the path of a file.")
    if _PLACE_ELSEWHERE.match(text):
        raise ForeignFileError(
            f"{text[:200]} is an address, and only files on this machine are opened. "
            "Download it, look where it comes from, and open the copy."
        )
    return Path(text).expanduser()


def kind_of(path: Path) -> Kind:
    """What this file or folder is.

    Raises:
        ForeignFileError: it is missing, no plain file, or of a kind that is never opened.
    """
    if path.is_dir():
        return _kind_of_folder(path)
    with open_plain(path) as file:
        start = file.read(64)
    if start.startswith(_ZIP):
        return "bundle" if start[30:].startswith(BUNDLE_RECORD.encode()) else "torch"
    if len(start) > 1 and start[0] == 0x80 and start[1] in range(2, 6):
        return "torch"
    if _is_tensor_file(start):
        return "safetensors"
    for magic, words in _REFUSED:
        if start.startswith(magic):
            raise ForeignFileError(f"{path} is {words}.")
    return "preset" if path.name.lower().endswith(_PRESET_ENDINGS) else "text"


@contextmanager
def open_plain(path: Path) -> Iterator[BinaryIO]:
    """Open a plain file for reading bytes; never waits on a pipe or a device.

    Raises:
        ForeignFileError: it is missing, unreadable or no plain file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except OSError as error:
        raise ForeignFileError(f"{path} cannot be read ({error.strerror or error}).") from error
    except ValueError as error:
        raise ForeignFileError(f"{str(path)!r} is not a possible path.") from error
    with os.fdopen(handle, "rb", closefd=True) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ForeignFileError(f"{path} is no plain file.")
        yield file


def _kind_of_folder(path: Path) -> Kind:
    if (path / "run.json").is_file():
        return "run"
    if (path / ".metadata").exists():
        raise ForeignFileError(
            f"{path} is a distributed checkpoint of torch, whose .metadata can hide code. "
            "Ask for the weights as one .safetensors file."
        )
    return "text"


def _is_tensor_file(start: bytes) -> bool:
    """Eight bytes of length, then JSON: no text begins so, for the upper bytes are zero."""
    length = int.from_bytes(start[:8], "little")
    return start[8:9] == b"{" and 2 <= length < 1 << 40
