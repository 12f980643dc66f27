"""What every source gives: checked UTF-8 text and the places where its documents end."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hope_core.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_TEXT_BYTES = 1_000_000_000
"""Largest text that is taken in, as it is held in memory (bytes)."""
BLANK_PIECE = 65_536
"""Bytes that are looked at together in search of the first letter."""


@dataclass(frozen=True)
class SourceText:
    """Text as UTF-8 bytes: no byte order mark, lines end with a line feed, no zero bytes.

    Attributes:
        data: the documents one after the other, each ending with a line feed.
        document_ends: byte offset after each document, ascending; the last is `len(data)`.
        place: where it comes from, for messages.
        floor_bits_per_byte: exact entropy of the process that wrote it, if known.
    """

    data: bytes | bytearray
    document_ends: Sequence[int]
    place: str
    floor_bits_per_byte: float | None = None


class TextBuilder:
    """Collects documents into one text, within the size limit."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.data = bytearray()
        self.ends: list[int] = []

    def add(self, piece: bytes | bytearray) -> None:
        """Append a part of the current document.

        Raises:
            DataError: the text would be larger than `MAX_TEXT_BYTES`.
        """
        if len(self.data) + len(piece) > MAX_TEXT_BYTES:
            raise too_large(self.place)
        self.data += piece

    def end_document(self) -> None:
        """Close the current document with a line feed; one without any text leaves no trace."""
        start = self.ends[-1] if self.ends else 0
        if len(self.data) == start:
            return
        if not self.data.endswith(b"\n"):
            self.data += b"\n"
        self.ends.append(len(self.data))

    def finish(self, *, floor_bits_per_byte: float | None = None) -> SourceText:
        """The collected text.

        Raises:
            DataError: there is nothing in it but blank space.
        """
        if not self.data:
            raise DataError(f"{self.place}: it is empty (0 bytes of text). Choose another text.")
        if is_blank(self.data):
            raise DataError(
                f"{self.place}: it holds only blank lines, from byte 0 to byte {len(self.data):,}. "
                "Choose another text."
            )
        return SourceText(self.data, tuple(self.ends), self.place, floor_bits_per_byte)


def is_blank(data: bytes | bytearray) -> bool:
    """Whether UTF-8 text is white space only, of any script; looks no further than needed."""
    pieces = (bytes(data[at : at + BLANK_PIECE]) for at in range(0, len(data), BLANK_PIECE))
    return all(not text or text.isspace() for text in codecs.iterdecode(pieces, "utf-8"))


def too_large(place: str) -> DataError:
    """The refusal of a text above the size limit."""
    return DataError(
        f"{place}: it is larger than {MAX_TEXT_BYTES / 1e6:,.0f} MB, the most that is kept in "
        "memory. Use a part of it, for example its first lines in a file of their own."
    )
