"""The header of a safetensors file, read and written in plain Python: names, shapes, places.

A file from elsewhere is held to the whole of it here: the tensors stand one after the other, fill
the file to its last byte, and are of the size that their shapes say.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, BinaryIO

import msgspec
import numpy as np

from hope_core.errors import ForeignFileError
from hope_core.exchange.kinds import HEADER_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ITEM_BYTES = {
    "F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1,
    "U64": 8, "U32": 4, "U16": 2, "U8": 1, "BOOL": 1,
}  # fmt: skip
MAXIMUM_TENSORS = 100_000
_METADATA = "__metadata__"
_LENGTH_BYTES = 8
_PIECE = 8 << 20
_ALL_ONES = {"F64": 0x7FF << 52, "F32": 0xFF << 23, "F16": 0x1F << 10, "BF16": 0xFF << 7}
_WORDS = {"F64": np.uint64, "F32": np.uint32, "F16": np.uint16, "BF16": np.uint16}

_Count = Annotated[int, msgspec.Meta(ge=0, le=1 << 48)]


class TensorEntry(msgspec.Struct, frozen=True):
    """Where a tensor stands and what it is."""

    dtype: str
    shape: tuple[_Count, ...]
    data_offsets: tuple[_Count, _Count]
    """First byte and the one after the last, from the end of the header."""

    @property
    def size(self) -> int:
        """Bytes."""
        return self.data_offsets[1] - self.data_offsets[0]


@dataclass(frozen=True)
class TensorHeader:
    """What a safetensors file holds, without its values."""

    tensors: Mapping[str, TensorEntry]
    metadata: Mapping[str, str]
    start: int
    """Byte of the file at which the values begin."""


def read_header(file: BinaryIO) -> TensorHeader:
    """The header, when the whole file fits it.

    Raises:
        ForeignFileError: it is damaged, too large, or says what is not so.
    """
    total = os.fstat(file.fileno()).st_size
    file.seek(0)
    length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
    if not 2 <= length <= min(HEADER_LIMIT, total - _LENGTH_BYTES):
        raise ForeignFileError("its header does not fit the file: it is damaged or cut off")
    try:
        raw = msgspec.json.decode(file.read(length), type=dict[str, msgspec.Raw])
        metadata = msgspec.json.decode(raw.pop(_METADATA, msgspec.Raw(b"{}")), type=dict[str, str])
        tensors = {n: msgspec.json.decode(value, type=TensorEntry) for n, value in raw.items()}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ForeignFileError(f"its header is damaged ({error})") from error
    start = _LENGTH_BYTES + length
    _check_places(tensors, total - start)
    return TensorHeader(tensors, metadata, start)


def _check_places(tensors: Mapping[str, TensorEntry], total: int) -> None:
    if len(tensors) > MAXIMUM_TENSORS:
        raise ForeignFileError(f"it holds more than {MAXIMUM_TENSORS:,} tensors")
    place = 0
    for name, entry in sorted(tensors.items(), key=lambda item: item[1].data_offsets):
        if entry.dtype not in ITEM_BYTES or len(entry.shape) > 8:
            raise ForeignFileError(f"'{name[:80]}' is of an unknown kind ({entry.dtype[:20]})")
        if entry.data_offsets[0] != place:
            raise ForeignFileError(f"'{name[:80]}' does not begin where the one before ends")
        if entry.size != math.prod(entry.shape) * ITEM_BYTES[entry.dtype]:
            raise ForeignFileError(f"'{name[:80]}' is not as large as its shape says")
        place = entry.data_offsets[1]
    if place != total:
        raise ForeignFileError("its values do not fill the file: it is damaged or cut off")


def header_bytes(tensors: Mapping[str, TensorEntry], metadata: Mapping[str, str]) -> bytes:
    """A header for values that stand as in `tensors`, padded as the format wants it."""
    values = {_METADATA: dict(metadata), **tensors}
    text = msgspec.json.encode(values)
    text += b" " * (-len(text) % _LENGTH_BYTES)
    return len(text).to_bytes(_LENGTH_BYTES, "little") + text


def check_finite(file: BinaryIO, header: TensorHeader) -> None:
    """Look through every value.

    Raises:
        ForeignFileError: one is no number.
    """
    for name, entry in header.tensors.items():
        if entry.dtype not in _ALL_ONES:
            continue
        mask = _WORDS[entry.dtype](_ALL_ONES[entry.dtype])
        for piece in _values(file, header.start + entry.data_offsets[0], entry.size):
            words = np.frombuffer(piece, _WORDS[entry.dtype])
            if bool(((words & mask) == mask).any()):
                raise ForeignFileError(f"'{name[:80]}' holds a value that is not a number")


def _values(file: BinaryIO, start: int, size: int) -> Iterator[bytes]:
    file.seek(start)
    while size:
        piece = file.read(min(_PIECE, size))
        if not piece:
            raise ForeignFileError("it was cut off while it was read")
        size -= len(piece)
        yield piece
