"""Folders, JSON lines and the standard library give documents; byte soup harms none of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from source_reading import read, text_of

from hope_core.config.data import (
    FolderSettings,
    JsonLinesSettings,
    StdlibSettings,
    TextFileSettings,
)
from hope_core.data.sources import SOURCES, json_lines
from hope_core.data.watch import Watch
from hope_core.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_folder_gives_its_files_as_documents_in_the_order_of_their_paths(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    write(b"second", "b.txt")
    write(b"first\n", "a.txt")
    write(b"third", "sub/c.txt")
    write(b"", "empty.txt")
    write(b"\xff not read", "picture.png")
    write(b"\xff not read", "._a.txt")
    text = read(FolderSettings(path=str(tmp_path)))
    assert bytes(text.data) == b"first\nsecond\nthird\n"
    assert text.document_ends == (6, 13, 19)


def test_folder_without_text_is_refused(write: Callable[..., Path], tmp_path: Path) -> None:
    write(b"x", "a.md")
    with pytest.raises(DataError, match=r"none of its 1 files fits '\*\.txt'"):
        read(FolderSettings(path=str(tmp_path)))


def test_bad_file_of_a_folder_is_named(write: Callable[..., Path], tmp_path: Path) -> None:
    write(b"fine", "a.txt")
    write(b"b\xe4d", "b.txt")
    with pytest.raises(DataError, match=r"b\.txt, byte 1 \(line 1\)"):
        read(FolderSettings(path=str(tmp_path)))


def test_folder_that_links_to_itself_ends(write: Callable[..., Path], tmp_path: Path) -> None:
    write(b"once", "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert text_of(FolderSettings(path=str(tmp_path))) == "once\n"


def test_json_lines_give_the_named_field(write: Callable[..., Path]) -> None:
    path = write(b'{"body": "one\\r\\ntwo"}\r\n\n{"id": 1, "body": "\\u00e9"}')
    text = read(JsonLinesSettings(path=str(path), field="body"))
    assert bytes(text.data).decode() == "one\ntwo\né\n"
    assert len(text.document_ends) == 2


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"text": "a"', "not valid JSON"),
        (b'["a"]', "not a JSON object"),
        (b'{"txt": "a"}', "no field 'text'.*Did you mean 'txt'"),
        (b"{}", "It has no fields"),
        (b'{"text": 3}', "holds no text but 3"),
        (b'{"text": "\\ud800"}', "surrogate|not valid JSON"),
        (b'{"text": "\\u0000"}', "zero character"),
        (b'{"text": "\xe4"}', r"byte 27 \(line 2\): the byte 0xe4"),
        (b"[" * 100_000, "not valid JSON|nested too deeply"),
    ],
)
def test_bad_json_line_is_refused_with_line_and_byte(
    write: Callable[..., Path], line: bytes, says: str
) -> None:
    path = write(b'{"text": "good"}\n' + line)
    with pytest.raises(DataError, match=says) as refusal:
        read(JsonLinesSettings(path=str(path)))
    assert "line 2" in str(refusal.value)
    assert "byte " in str(refusal.value)


def test_endless_json_line_is_refused(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_lines, "LONGEST_LINE", 100)
    with pytest.raises(DataError, match=r"line 1 \(byte 0\): it is longer than 100 bytes"):
        read(JsonLinesSettings(path=str(write(b'{"text": "' + b"a" * 200))))


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=100).map(lambda text: text.encode(errors="surrogatepass")),
        st.lists(
            st.sampled_from([b'{"text":', b'"a"', b"}", b"\n", b"\\u", b"\xff", b"[", b"1e999"])
        ).map(b"".join),
    )
)
def test_no_byte_soup_ends_in_anything_but_text_or_a_data_error(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "soup.txt"
    path.write_bytes(content)
    for source in (
        TextFileSettings(path=str(path)),
        FolderSettings(path=str(tmp_path)),
        JsonLinesSettings(path=str(path)),
    ):
        with suppress(DataError):
            text = read(source)
            assert bytes(text.data).decode().strip()
            assert text.document_ends[-1] == len(text.data)


def test_stdlib_is_limited_and_the_same_each_time() -> None:
    source = StdlibSettings(max_megabytes=0.5)
    text = read(source)
    assert 400_000 < len(text.data) <= 500_000 + len(text.document_ends)
    assert text.data == read(source).data


def test_stdlib_holds_more_than_eight_megabytes_of_python() -> None:
    text = read(StdlibSettings(max_megabytes=9.0))
    assert len(text.data) > 8_000_000
    assert b"\ndef " in text.data


def test_reading_stops_when_it_is_cancelled(write: Callable[..., Path]) -> None:
    def cancel() -> NoReturn:
        raise KeyboardInterrupt

    path = write(b"text")
    for source in (
        StdlibSettings(),
        TextFileSettings(path=str(path)),
        FolderSettings(path=str(path.parent)),
        JsonLinesSettings(path=str(path)),
    ):
        with pytest.raises(KeyboardInterrupt):
            SOURCES.load(source.kind)(source, Watch(lambda *_: None, cancel))


@pytest.mark.parametrize("blank", ["\x1c", "\u3000\n\u2003", " " * 70_000 + "\u3000"])
def test_white_space_of_any_script_is_no_text(tmp_path: Path, blank: str) -> None:
    path = tmp_path / "blank.txt"
    path.write_text(blank, encoding="utf-8")
    with pytest.raises(DataError, match="only blank lines"):
        read(TextFileSettings(path=str(path)))
    path.write_text(blank + "a", encoding="utf-8")
    assert bytes(read(TextFileSettings(path=str(path))).data).decode().strip() == "a"
