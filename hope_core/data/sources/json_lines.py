"""A file with one JSON object a line, one of whose fields is a text; each text is a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from hope_core.data.sources.decoding import Utf8Checker
from hope_core.data.sources.files import open_text, status_of
from hope_core.data.sources.text import SourceText, TextBuilder
from hope_core.errors import DataError
from hope_core.table import did_you_mean

if TYPE_CHECKING:
    from hope_core.config.data import JsonLinesSettings
    from hope_core.data.watch import Watch

LONGEST_LINE = 16_000_000
"""Longest line that is read (bytes)."""

_TICK_BYTES = 1 << 17


def read_json_lines(settings: JsonLinesSettings, watch: Watch) -> SourceText:
    """Read the named field of every line; blank lines are passed over.

    Raises:
        DataError: the file cannot be read, or a line is too long, malformed or without the field;
            names file, line and byte offset.
    """
    path = Path(settings.path).expanduser()
    total = status_of(path).st_size
    builder = TextBuilder(str(path))
    checker = Utf8Checker(str(path))
    ticked = -_TICK_BYTES
    with open_text(path) as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            start = checker.offset
            if start - ticked >= _TICK_BYTES:
                watch.tick("reading", start, max(total, start))
                ticked = start
            where = f"{path}, line {number:,} (byte {start:,})"
            if len(line) > LONGEST_LINE:
                raise DataError(
                    f"{where}: it is longer than {LONGEST_LINE:,} bytes. "
                    "Is it one JSON object a line? Split long texts."
                )
            clean = checker.feed(line, final=True)
            if not clean.isspace():
                builder.add(_text_of(clean, settings.field, where))
                builder.end_document()
    watch.tick("reading", total, total)
    return builder.finish()


def _text_of(line: bytes, field: str, where: str) -> bytes:
    """The text in one line."""
    record = _parse(line, where)
    if not isinstance(record, dict):
        example = f'{{"{field}": "..."}}'
        raise DataError(f"{where}: it is not a JSON object such as {example}.")
    if field not in record:
        hint = did_you_mean(field, record) if record else "It has no fields."
        raise DataError(f"{where}: there is no field '{field}' (data.source.field). {hint}")
    text = record[field]
    if not isinstance(text, str):
        raise DataError(f"{where}: the field '{field}' holds no text but {text!r:.40}.")
    if "\0" in text:
        raise DataError(f"{where}: the field '{field}' holds a zero character.")
    try:
        return text.encode().replace(b"\r\n", b"\n")
    except UnicodeEncodeError as error:
        raise DataError(
            f"{where}: character {error.start:,} of the field '{field}' is half of a surrogate "
            "pair, which is no text."
        ) from None


def _parse(line: bytes, where: str) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return msgspec.json.decode(line)
    except msgspec.DecodeError as error:
        raise DataError(f"{where}: it is not valid JSON ({error}).") from None
    except RecursionError:
        raise DataError(f"{where}: its JSON is nested too deeply.") from None
