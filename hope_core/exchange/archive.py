"""Reading a ZIP archive of a stranger: known flat names only, sizes and sums held to what was said.

Nothing is ever extracted by its own name or path. A member is streamed into a file that we named,
and its reader stops as soon as it gives more than it declared.
"""

from __future__ import annotations

import hashlib
import stat
import struct
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

from hope_core.errors import ForeignFileError

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from pathlib import Path

BUNDLE_RECORD = "bundle.json"
MAXIMUM_MEMBERS = 1000
MAXIMUM_TOTAL = 1 << 38
"""Bytes of all members together: 256 GiB."""
MAXIMUM_RATIO = 100
"""How much larger than in the archive a member may be."""
SMALL = 1 << 20
"""Members up to this size may compress as well as they like (bytes)."""
PIECE = 1 << 20

_LONGEST_READ = 4 << 20
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    RuntimeError,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    LookupError,
    OverflowError,
    OSError,
)


class _ShortReads:
    """A file that refuses to give much at once: the directory of an archive is read in one go."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seekable = file.seekable
        self.seek = file.seek
        self.tell = file.tell
        self.close = file.close

    def read(self, count: int = -1) -> bytes:
        if count < 0 or count > _LONGEST_READ:
            here = self._file.tell()
            left = self._file.seek(0, 2) - here
            self._file.seek(here)
            if min(left, count if count >= 0 else left) > _LONGEST_READ:
                raise ForeignFileError("Its table of contents is far too long.")
        return self._file.read(count)


class Archive:
    """The members of an archive whose every name, size and kind was looked at; see `open_archive`.

    Attributes:
        sizes: bytes of each member, by its name.
    """

    def __init__(self, archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> None:
        self._archive = archive
        self._members = members
        self.sizes = {name: member.file_size for name, member in members.items()}

    def read(self, name: str, *, limit: int) -> bytes:
        """A small member as bytes.

        Raises:
            ForeignFileError: it is missing, longer than the limit, or damaged.
        """
        if name not in self._members:
            raise ForeignFileError(f"{name} is missing in it.")
        if self.sizes[name] > limit:
            raise ForeignFileError(f"{name} in it is longer than {limit:,} bytes.")
        return b"".join(self._pieces(name))

    def copy(self, name: str, target: Path, *, sha256: str) -> None:
        """Stream a member into a new file.

        Raises:
            ForeignFileError: it is damaged, or its sum is not the one that was promised.
            OSError: the file cannot be written.
        """
        summed = hashlib.sha256()
        with target.open("xb") as file:
            for piece in self._pieces(name):
                summed.update(piece)
                file.write(piece)
        if summed.hexdigest() != sha256:
            raise ForeignFileError(f"{name} in it is damaged: its sum is not the one written down.")

    def _pieces(self, name: str) -> Iterator[bytes]:
        left = self.sizes[name]
        try:
            with self._archive.open(self._members[name]) as member:
                while piece := member.read(PIECE):
                    left -= len(piece)
                    if left < 0:
                        break
                    yield piece
        except _FAULTS as error:
            raise ForeignFileError(f"{name} in it is damaged ({_brief(error)}).") from error
        if left:
            raise ForeignFileError(f"{name} in it is not as long as it says.")


@contextmanager
def open_archive(file: BinaryIO, *, allowed: re.Pattern[str]) -> Iterator[Archive]:
    """Look through an archive before anything of it is used.

    Args:
        file: the open archive.
        allowed: what the whole name of a member must match.

    Raises:
        ForeignFileError: it is damaged, or a member is not what a plain bundle holds.
    """
    try:
        archive = zipfile.ZipFile(cast("BinaryIO", _ShortReads(file)))
    except _FAULTS as error:
        raise ForeignFileError(f"It is no whole ZIP archive ({_brief(error)}).") from error
    with archive:
        yield Archive(archive, _checked(archive.infolist(), allowed))


def _checked(
    members: list[zipfile.ZipInfo], allowed: re.Pattern[str]
) -> dict[str, zipfile.ZipInfo]:
    if len(members) > MAXIMUM_MEMBERS:
        raise ForeignFileError(f"It holds {len(members):,} members; {MAXIMUM_MEMBERS:,} may be.")
    found: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        if reason := _objection(member, allowed):
            raise ForeignFileError(f"{member.orig_filename[:80]!r} in it is refused: {reason}.")
        if member.filename in found:
            raise ForeignFileError(f"{member.filename} stands in it twice.")
        found[member.filename] = member
    if sum(member.file_size for member in members) > MAXIMUM_TOTAL:
        raise ForeignFileError("It would be far too large when unpacked.")
    return found


def _objection(member: zipfile.ZipInfo, allowed: re.Pattern[str]) -> str:
    mode = stat.S_IFMT(member.external_attr >> 16)
    if member.orig_filename != member.filename or not allowed.fullmatch(member.filename):
        return "no file of that name belongs into it"
    if mode not in (0, stat.S_IFREG):
        return "it is no plain file"
    if member.flag_bits & _ENCRYPTED:
        return "it is encrypted"
    if member.compress_type not in _METHODS:
        return "it is packed in an unusual way"
    if member.file_size > max(SMALL, MAXIMUM_RATIO * member.compress_size):
        return f"it would unpack to more than {MAXIMUM_RATIO} times its size"
    return ""


def _brief(error: BaseException) -> str:
    return str(error)[:200] or type(error).__name__
