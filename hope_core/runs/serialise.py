"""Events, commands and small records as JSON lines; numbers that are not finite travel as words."""

from __future__ import annotations

import math
from typing import Any, Generic, TypeVar

import msgspec

_encoder = msgspec.json.Encoder()
T = TypeVar("T", bound=msgspec.Struct)


def encode_json(value: object, *, indent: int = 0) -> bytes:
    """A value of msgspec's kinds as JSON; nan, inf and -inf become those words in quotes.

    Args:
        value: structs, dictionaries, lists, numbers, texts.
        indent: spaces a level; 0 gives one line.
    """
    try:
        data = _encoder.encode(value)
    except UnicodeEncodeError:  # the name of a file that is no text
        value = _with_text(msgspec.to_builtins(value))
        data = _encoder.encode(value)
    if b"null" in data:  # how msgspec writes a number that is not finite
        data = _encoder.encode(_with_words(msgspec.to_builtins(value)))
    return msgspec.json.format(data, indent=indent) if indent else data


def decode_record(data: bytes, kind: type[T]) -> T:
    """The struct that `encode_json` wrote; unknown keys of a newer program are passed over.

    Raises:
        msgspec.DecodeError: this is not JSON, or not of this shape.
    """
    try:
        return msgspec.json.decode(data, type=kind, strict=False)
    except (UnicodeDecodeError, RecursionError) as error:
        raise msgspec.DecodeError(str(error)) from error


class LineDecoder(Generic[T]):
    """Reads lines of tagged structs and counts what it had to pass over.

    Args:
        union: a union of tagged structs, such as AnyEvent.
    """

    def __init__(self, union: Any) -> None:  # noqa: ANN401 - typing has no word for a union of T
        self._decoder = msgspec.json.Decoder(union, strict=False)
        self._kinds = {member.__struct_config__.tag for member in union.__args__}
        self.unknown = 0
        """Lines of a kind this program does not know; a newer one wrote them."""
        self.damaged = 0
        """Lines that are not what they should be."""

    def decode(self, data: bytes) -> list[T]:
        """The known structs in these whole lines, in order; blank lines are nothing."""
        try:
            found: list[T] = self._decoder.decode_lines(data)
        except _UNREADABLE:
            decoded = (self._decode_line(line) for line in data.split(b"\n") if line.strip())
            found = [item for item in decoded if item is not None]
        return found

    def _decode_line(self, line: bytes) -> T | None:
        try:
            item: T = self._decoder.decode(line)
        except _UNREADABLE:
            if self._is_foreign(line):
                self.unknown += 1
            else:
                self.damaged += 1
            return None
        return item

    def _is_foreign(self, line: bytes) -> bool:
        try:
            return msgspec.json.decode(line, type=_Kind).kind not in self._kinds
        except _UNREADABLE:
            return False


class _Kind(msgspec.Struct):
    kind: str


def _with_text(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Bytes of a file's name that are no UTF-8 are written as escapes."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_with_text(key): _with_text(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_with_text(item) for item in value]
    return value


_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def _with_words(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _with_words(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_with_words(item) for item in value]
    return value
