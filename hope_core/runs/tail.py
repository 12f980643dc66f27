"""Following a file of lines that somebody else is still writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CHUNK = 8 << 20
MAXIMUM_LINE = 64 << 20
"""A longer line (bytes) is no line of ours and is passed over."""


class LineTail:
    """Hands out the whole lines appended since the last look; a torn last line is held back.

    Args:
        path: the file; it may not exist yet.
        offset: the byte to begin at, a start of a line.
    """

    def __init__(self, path: Path, *, offset: int = 0) -> None:
        self.path = path
        self.damaged = 0
        """How often the file was cut shorter or held a line beyond all bounds."""
        self._read_to = offset
        self._held = b""

    @property
    def offset(self) -> int:
        """The byte after the last whole line that was handed out."""
        return self._read_to - len(self._held)

    @property
    def held(self) -> bytes:
        """The unfinished last line, as far as it is there."""
        return self._held

    def has_news(self) -> bool:
        """Whether there are bytes not yet read; costs one look at the file's size."""
        try:
            size = self.path.stat().st_size
        except OSError:
            return False
        if size < self._read_to:  # cut by somebody: what is handed out stays, go on at the new end
            self._read_to, self._held = size, b""
            self.damaged += 1
        return size > self._read_to

    def read(self) -> bytes:
        """The next whole lines, about CHUNK bytes of them; empty when there are none yet."""
        while self.has_news():
            with self.path.open("rb") as file:
                file.seek(self._read_to)
                data = file.read(CHUNK)
            self._read_to += len(data)
            end = data.rfind(b"\n") + 1
            if end:
                whole, self._held = self._held + data[:end], data[end:]
                return whole
            self._held += data
            if len(self._held) > MAXIMUM_LINE:
                self._held = b""
                self.damaged += 1
        return b""
