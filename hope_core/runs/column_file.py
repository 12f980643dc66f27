"""Many long columns of numbers in one file, read without loading them: for what can be made anew.

The file: a mark, the length and the SHA-256 of a header, the header (JSON), then each column at a
multiple of 64 bytes. Columns are mapped into memory, so that only what is looked at is read.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import numpy as np

from hope_core.errors import RunError
from hope_core.runs.storage import write_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy.typing as npt

_MARK = b"HOPE columns 1\n\0"
_ALIGNMENT = 64
_SUM_BYTES = 32
_LONGEST_HEADER = 256 << 20
_DTYPES = ("<f8", "<f4")

_Count = Annotated[int, msgspec.Meta(ge=0, le=1 << 48)]


class _Place(msgspec.Struct, frozen=True):
    dtype: str
    count: _Count
    start: _Count
    """From the end of the padded header (bytes)."""


class _Header(msgspec.Struct, frozen=True):
    facts: msgspec.Raw
    columns: dict[str, _Place]


def write_columns(
    path: Path, facts: bytes, columns: Mapping[str, npt.NDArray[np.floating]]
) -> None:
    """Replace the file in one go.

    Args:
        path: the file; its folder must exist.
        facts: JSON that `read_columns` gives back.
        columns: arrays (N,) of float64 or float32, each of its own length.

    Raises:
        RunError: the folder cannot be written, or has no room.
    """
    places, values, start = {}, [], 0
    for name, column in columns.items():
        little = np.ascontiguousarray(column, column.dtype.newbyteorder("<"))
        places[name] = _Place(little.dtype.str, len(little), start)
        padding = bytes(-little.nbytes % _ALIGNMENT)
        values += [little.data.cast("B") if len(little) else b"", padding]
        start += little.nbytes + len(padding)
    header = msgspec.json.encode(_Header(msgspec.Raw(facts), places))
    header += b" " * (-(len(_MARK) + 8 + _SUM_BYTES + len(header)) % _ALIGNMENT)
    size = len(header).to_bytes(8, "little")
    write_bytes(path, [_MARK, size, hashlib.sha256(header).digest(), header, *values])


def read_columns(path: Path) -> tuple[bytes, dict[str, npt.NDArray[Any]]]:
    """The facts and the columns, which are read-only.

    Raises:
        RunError: there is no such file, or it is damaged.
    """
    try:
        with path.open("rb") as file:
            mark, size = file.read(len(_MARK)), int.from_bytes(file.read(8), "little")
            if mark != _MARK or size > _LONGEST_HEADER:
                raise RunError(f"{path} is no file of columns.")
            expected, header = file.read(_SUM_BYTES), file.read(size)
            if hashlib.sha256(header).digest() != expected:
                raise RunError(f"{path} is damaged.")
            told = msgspec.json.decode(header, type=_Header)
            body = np.memmap(file, np.uint8, mode="r", offset=file.tell())
    except (OSError, ValueError) as error:
        raise RunError(f"{path} cannot be read ({error}).") from error
    return bytes(told.facts), {name: _column(path, body, p) for name, p in told.columns.items()}


def _column(path: Path, body: npt.NDArray[np.uint8], place: _Place) -> npt.NDArray[Any]:
    if place.dtype not in _DTYPES:
        raise RunError(f"{path} holds numbers of an unknown kind ({place.dtype[:20]}).")
    stop = place.start + place.count * np.dtype(place.dtype).itemsize
    if stop > len(body) or place.start % _ALIGNMENT:
        raise RunError(f"{path} is cut off.")
    found: npt.NDArray[Any] = np.asarray(body[place.start : stop]).view(place.dtype)
    return found
