"""What is wrong with a person's own text is told before a run is made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hope_core.config.data import DataSettings, StdlibSettings, TextFileSettings
from hope_core.data import refusal
from hope_core.data.refusal import refuse_at_once
from hope_core.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path


def of(path: Path) -> DataSettings:
    return DataSettings(source=TextFileSettings(path=str(path)))


@pytest.mark.parametrize("content", [b"", b" \n\n  ", b"abc\xff" + b"d" * 1000])
def test_text_that_cannot_be_used_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mine.txt"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"mine\.txt"):
        refuse_at_once(of(path))


def test_good_text_passes(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("Once upon a time.\n" * 100)
    refuse_at_once(of(path))


def test_built_in_text_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusal, "SOURCES", None)
    refuse_at_once(DataSettings(source=StdlibSettings()))


def test_the_look_ends_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusal, "LOOK_SECONDS", -1.0)
    path = tmp_path / "long.txt"
    path.write_bytes(b"fine\n" * 100_000 + b"\xff")
    refuse_at_once(of(path))
