"""Text in any encoding, and bytes that are none: taken whole or refused before a run is made."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from small_runs import settings

from hope_core.config.overrides import with_data_path
from hope_core.data import prepare
from hope_core.data.refusal import refuse_at_once
from hope_core.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STORY = "Straße, naïve café — “once” upon a time. 漢字 🎉\n" * 200
WESTERN = "Straße, naïve café – “once” upon a time.\n" * 200
REFUSED: dict[str, tuple[bytes, str]] = {
    "cp1252": (WESTERN.encode("cp1252"), "Windows-1252"),
    "latin-1": ("naïve café, Straße.\n".encode("latin-1") * 200, "ISO-8859-1"),
    "gb18030": ("今天天气很好。\n".encode("gb18030") * 300, "GB18030"),
    "utf-16 with mark": (STORY.encode("utf-16"), "UTF-16"),
    "utf-16-le": (WESTERN.encode("utf-16-le"), "UTF-16LE"),
    "utf-16-be": (WESTERN.encode("utf-16-be"), "UTF-16BE"),
    "utf-32": (STORY.encode("utf-32"), "UTF-32"),
    "zero byte": (b"once upon\0a time\n" * 300, "zero byte"),
    "binary": (bytes(random.Random(1).randbytes(20_000)), "binary"),
    "empty": (b"", "empty"),
    "only newlines": (b"\n" * 5_000, "blank"),
    "only spaces": (b" \t\r\n" * 2_000, "blank"),
    "lone surrogate": (b"abc \xed\xa0\x80 def\n" * 300, "surrogate"),
    "cut character": (b"a" * 5_000 + b"\xc3", "not UTF-8"),
    "overlong": (b"a" * 3_000 + b"\xc0\xaf" * 3, "not UTF-8"),
}
TAKEN = {
    "utf-8": STORY.encode(),
    "utf-8 with mark": b"\xef\xbb\xbf" + STORY.encode(),
    "crlf": STORY.replace("\n", "\r\n").encode(),
    "old mac": STORY.replace("\n", "\r").encode(),
    "one line": ("once upon a time " * 400).encode(),
    "controls": (b"a\x1b[31mred\x1b[0m\x07\x08 text \x7f\n" * 300),
    "emoji": ("🎉👩‍👩‍👧‍👦" * 300 + "\n").encode(),
    "right to left": ("שלום \u202e עולם\n" * 200).encode(),
}


def nothing(*_told: object) -> None:
    """Nobody watches, nobody cancels."""


def read(path: Path) -> None:
    config = with_data_path(settings(), path)
    prepare(config.data, progress=nothing, cancelled=nothing)


@pytest.mark.parametrize("title", REFUSED)
def test_text_that_is_not_utf8_is_refused_with_its_place_before_a_run(
    title: str, tmp_path: Path
) -> None:
    data, words = REFUSED[title]
    path = tmp_path / "text.txt"
    path.write_bytes(data)
    with pytest.raises(DataError) as refused:
        refuse_at_once(with_data_path(settings(), path).data)
    assert str(path) in str(refused.value)
    assert words in str(refused.value)
    assert "byte" in str(refused.value)


@pytest.mark.parametrize("title", TAKEN)
def test_text_that_is_utf8_is_taken(title: str, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(TAKEN[title])
    read(path)


def test_one_byte_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(b"a")
    with pytest.raises(DataError):
        read(path)


def test_damaged_text_is_taken_or_refused_and_never_crashes(
    tmp_path: Path, measured: Callable[[str], None]
) -> None:
    chance, times, refused = random.Random(5), 500, 0
    sources = [*TAKEN.values(), *(data for data, _ in REFUSED.values() if data)]
    path = tmp_path / "text.txt"
    for _ in range(times):
        data = bytearray(chance.choice(sources))
        for _ in range(chance.randrange(1, 4)):
            place = chance.randrange(len(data) or 1)
            match chance.randrange(3):
                case 0:
                    data[place : place + 1] = chance.randbytes(1)
                case 1:
                    data[place:place] = chance.randbytes(chance.randrange(1, 9))
                case _:
                    del data[place : place + chance.randrange(1, 2_000)]
        path.write_bytes(bytes(data))
        refused += is_refused(path)
    measured(f"{times} damaged texts: {refused} refused with a sentence, the others read")


def is_refused(path: Path) -> bool:
    try:
        read(path)
    except DataError as error:
        return str(path) in str(error)
    return False
