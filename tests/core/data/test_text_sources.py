"""Sources give clean text or one sentence that names the file, the place and the fix."""

from __future__ import annotations

import codecs
import os
import socket
from typing import TYPE_CHECKING, NoReturn

import pytest
from source_reading import read, text_of

from hope_core.config.data import (
    FolderSettings,
    JsonLinesSettings,
    TextFileSettings,
)
from hope_core.data.sources import decoding
from hope_core.data.sources import text as text_module
from hope_core.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_text_file_is_read_as_one_document(write: Callable[..., Path]) -> None:
    text = read(TextFileSettings(path=str(write("Grüße\nan alle\n".encode()))))
    assert bytes(text.data).decode() == "Grüße\nan alle\n"
    assert text.document_ends == (len(text.data),)


def test_byte_order_mark_and_carriage_returns_are_tidied(write: Callable[..., Path]) -> None:
    path = write(codecs.BOM_UTF8 + b"one\r\ntwo\rthree")
    assert text_of(TextFileSettings(path=str(path))) == "one\ntwo\rthree\n"


@pytest.mark.parametrize("piece", [1, 2, 3, 5])
def test_text_is_the_same_in_whatever_pieces_it_is_read(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(decoding, "PIECE", piece)
    path = write(codecs.BOM_UTF8 + "a\r\n\r\r\nß€😀\r\n".encode())
    assert text_of(TextFileSettings(path=str(path))) == "a\n\r\nß€😀\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("naïve".encode("latin-1"), "byte 2 (line 1): the byte 0xef.*ISO-8859-1"),
        (b"one\ntwo\nit\x92s", r"byte 10 \(line 3\): the byte 0x92.*Windows-1252"),
        ("你好，世界".encode("gb18030") * 9, "GB18030"),
        ("hello".encode("utf-16"), "byte 0: it begins with the mark of UTF-16"),
        ("hello".encode("utf-32"), "UTF-32"),
        (("hello" * 20).encode("utf-16-le"), "UTF-16LE without a mark"),
        (("hello" * 20).encode("utf-16-be"), "UTF-16BE without a mark"),
        (b"abc\n\0", r"byte 4 \(line 2\): a zero byte"),
        (b"\x01\x02\x03\x04\xfe\xff" * 9, "binary data"),
        (b"ok \xed\xa0\x80", "byte 3.*half of a surrogate pair"),
        (b"PK\x03\x04....", "ZIP archive"),
        (b"cut off \xe2\x82", "byte 8"),
        (b"", "it is empty"),
        (b"\n \r\n\n", "only blank lines"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(
    write: Callable[..., Path], content: bytes, says: str
) -> None:
    path = write(content)
    with pytest.raises(DataError, match=says.replace("(line 1)", r"\(line 1\)")) as refusal:
        read(TextFileSettings(path=str(path)))
    assert str(path) in str(refusal.value)


def test_error_far_into_a_file_tells_byte_and_line_of_the_file_itself(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "PIECE", 64)
    lines = b"twelve bytes\r\n" * 100
    path = write(codecs.BOM_UTF8 + lines + b"\xff")
    with pytest.raises(DataError, match=r"byte 1,403 \(line 101\)"):
        read(TextFileSettings(path=str(path)))


def test_missing_file_names_its_neighbour(write: Callable[..., Path]) -> None:
    path = write(b"text", "chapter-one.txt")
    with pytest.raises(DataError, match=r"Did you mean '.*chapter-one\.txt'"):
        read(TextFileSettings(path=str(path.with_name("chaptr-one.txt"))))


def test_missing_folder_names_how_far_the_path_exists(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="exists only up to"):
        read(TextFileSettings(path=str(tmp_path / "no" / "such" / "book.txt")))


def test_dead_link_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "gone.txt")
    with pytest.raises(DataError, match="a link to a file that is not there"):
        read(TextFileSettings(path=str(link)))


@pytest.mark.parametrize("path", ["a\0b", "x" * 300, "/dev/null"])
def test_impossible_path_is_refused(path: str) -> None:
    with pytest.raises(DataError):
        read(TextFileSettings(path=path))


def test_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for source in (
        TextFileSettings(path=str(tmp_path / "pipe.txt")),
        JsonLinesSettings(path=str(tmp_path / "pipe.txt")),
        FolderSettings(path=str(tmp_path / "pipe.txt")),
        FolderSettings(path=str(tmp_path)),
    ):
        with pytest.raises(DataError, match="a named pipe"):
            read(source)


def test_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("ear.txt")
        with pytest.raises(DataError, match="a socket"):
            read(TextFileSettings(path="ear.txt"))


def test_folder_where_a_file_is_wanted_and_the_reverse_are_refused(
    write: Callable[..., Path],
) -> None:
    path = write(b"text")
    with pytest.raises(DataError, match=r"data\.source\.kind=folder"):
        read(TextFileSettings(path=str(path.parent)))
    with pytest.raises(DataError, match=r"data\.source\.kind=text"):
        read(FolderSettings(path=str(path)))


def test_forbidden_file_is_refused(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbid(*_: object) -> NoReturn:  # the administrator may read anything, so it is told here
        raise PermissionError(13, "Permission denied")

    path = write(b"text")
    monkeypatch.setattr(os, "open", forbid)
    with pytest.raises(DataError, match="Give yourself permission"):
        read(TextFileSettings(path=str(path)))


def test_huge_sparse_file_is_refused_before_it_is_read(write: Callable[..., Path]) -> None:
    path = write(b"")
    os.truncate(path, 50_000_000_000)
    for source in (TextFileSettings(path=str(path)), FolderSettings(path=str(path.parent))):
        with pytest.raises(DataError, match="larger than 1,000 MB"):
            read(source)


def test_file_that_grows_beyond_the_limit_while_read_is_refused(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_module, "MAX_TEXT_BYTES", 10)
    with pytest.raises(DataError, match="larger than"):
        read(TextFileSettings(path=str(write(b"more than ten bytes"))))
