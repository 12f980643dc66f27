"""Piecewise check that bytes are UTF-8 text, with a guess at what they are when they are not.

A UTF-8 byte order mark is dropped. CRLF becomes LF, so that a text teaches the same thing
whichever system it was saved on; a lone CR stays. Zero bytes are refused: they mean binary data.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from hope_core.data.sources.files import open_text
from hope_core.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hope_core.data.watch import Watch

PIECE = 1 << 18
"""Bytes read between two looks at the cancel button."""

_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive (or an office document)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
)


def read_checked(path: Path, watch: Watch, *, before: int, total: int) -> Iterator[bytes]:
    """Read a file in pieces of checked text, telling the watch how far of `total` bytes it is.

    Raises:
        DataError: the file cannot be read, or is not UTF-8 text; names file, byte and line.
    """
    checker = Utf8Checker(str(path))
    with open_text(path) as file:
        while True:
            watch.tick("reading", before + checker.offset, max(total, before + checker.offset))
            piece = file.read(PIECE)
            yield checker.feed(piece, final=not piece)
            if not piece:
                return


class Utf8Checker:
    """Checks and tidies one file's bytes piece by piece."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.offset = 0
        """Bytes of the file seen so far."""
        self._line = 1
        self._held = b""

    def feed(self, piece: bytes, *, final: bool) -> bytes:
        """The next stretch of clean text; up to four bytes are held back until it is known.

        Raises:
            DataError: the bytes are not UTF-8 or hold a zero byte.
        """
        data = self._held + piece
        start = self.offset - len(self._held)
        if start == 0:
            self._check_beginning(data)
        zero = data.find(b"\0")
        if zero >= 0:
            self._refuse_zero(data, zero, start)
        try:
            _, used = codecs.utf_8_decode(data, "strict", final)
        except UnicodeDecodeError as error:
            raise self._not_utf8(data, error.start, start) from None
        if data[used - 1 : used] == b"\r" and not final:
            used -= 1
        if start == 0 and not final and len(data) < len(codecs.BOM_UTF8):
            used = 0
        self.offset += len(piece)
        self._held = data[used:]
        clean = data[:used]
        self._line += clean.count(b"\n")
        if start == 0:
            clean = clean.removeprefix(codecs.BOM_UTF8)
        return clean.replace(b"\r\n", b"\n")

    def _where(self, data: bytes, index: int, start: int) -> str:
        line = self._line + data.count(b"\n", 0, index)
        return f"{self.place}, byte {start + index:,} (line {line:,})"

    def _check_beginning(self, data: bytes) -> None:
        for mark, name in _BOMS:
            if data.startswith(mark):
                raise DataError(
                    f"{self.place}, byte 0: it begins with the mark of {name}, and UTF-8 is "
                    f"wanted. Save it again as UTF-8, for example: {_convert(name)}."
                )
        for magic, name in _MAGIC:
            if data.startswith(magic):
                raise DataError(f"{self.place}, byte 0: it is {name}, not text. Extract the text.")

    def _refuse_zero(self, data: bytes, index: int, start: int) -> None:
        sample = data[:4096]
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        where = self._where(data, index, start)
        if start == 0 and max(even, odd) > len(sample) // 5 and min(even, odd) < len(sample) // 50:
            name = "UTF-16LE" if odd > even else "UTF-16BE"
            raise DataError(
                f"{where}: a zero byte; it is probably {name} without a mark, and UTF-8 is wanted. "
                f"Save it again as UTF-8, for example: {_convert(name)}."
            )
        raise DataError(f"{where}: a zero byte, so this is binary data, not text.")

    def _not_utf8(self, data: bytes, index: int, start: int) -> DataError:
        where = self._where(data, index, start)
        head = f"{where}: the byte 0x{data[index]:02x} is not UTF-8"
        if data[index] == 0xED and data[index + 1 : index + 2] >= b"\xa0":
            return DataError(f"{head} (half of a surrogate pair). Save it again as UTF-8.")
        name = _likely_encoding(data[max(0, index - 2048) : index + 2048])
        if name is None:
            return DataError(f"{head}; it looks like binary data, not text.")
        return DataError(
            f"{head}; the text is probably {name}. "
            f"Save it again as UTF-8, for example: {_convert(name)}."
        )


def _likely_encoding(sample: bytes) -> str | None:
    """The likeliest encoding around a byte that is not UTF-8, or None for binary data."""
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in sample)
    if control > len(sample) // 50:
        return None
    high = [byte for byte in sample if byte >= 0x80]
    if len(high) > len(sample) // 3 and _decodes(sample[:-3], "gb18030"):
        return "GB18030"
    return "Windows-1252" if any(byte < 0xA0 for byte in high) else "ISO-8859-1"


def _decodes(sample: bytes, encoding: str) -> bool:
    """Whether a stretch is valid in an encoding, cut at either character border."""
    for cut in (0, 1):
        try:
            codecs.getincrementaldecoder(encoding)().decode(sample[cut:])
        except UnicodeDecodeError:
            continue
        return True
    return False


def _convert(encoding: str) -> str:
    return f"iconv -f {encoding} -t UTF-8 OLD > NEW"
