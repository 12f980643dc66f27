"""Tokenizers: text to numbers and back, all of them byte-level, so that no text is ever lost.

- `ByteTokenizer`: one token a byte.
- `BpeTokenizer` (see bpe.py): byte pairs merged by how often they stand together.
- `DecodeStream`: tokens to text one at a time, never showing half a character.
"""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np

from hope_core.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

MAX_JSON_CHARACTERS = 64_000_000
"""Longest stored tokenizer that is read (characters)."""


@runtime_checkable
class Tokenizer(Protocol):
    """Turns text into token ids 0 .. vocabulary - 1 and back without loss."""

    @property
    def vocabulary(self) -> int:
        """How many different tokens there are."""
        ...

    def encode(self, text: str) -> npt.NDArray[np.int32]:
        """The tokens (T,) of a text; lone surrogates, which no file can hold, become '?'."""
        ...

    def encode_pieces(self, pieces: Sequence[str]) -> npt.NDArray[np.int32]:
        """The tokens (T,) of several pieces of text, each encoded by itself."""
        ...

    def token_bytes(self, ids: Sequence[int] | npt.NDArray[Any]) -> bytes:
        """The exact bytes that tokens stand for, which may begin or end inside a character."""
        ...

    def decode(self, ids: Sequence[int] | npt.NDArray[Any]) -> str:
        """The text of tokens; bytes that form no character are shown as U+FFFD."""
        ...

    def decode_stream(self) -> DecodeStream:
        """A decoder for tokens that arrive one at a time."""
        ...

    def to_json(self) -> str:
        """Everything needed to make the same tokenizer again with `tokenizer_from_json`."""
        ...


class ByteTokenizer:
    """One token a byte of UTF-8; the vocabulary is 256."""

    vocabulary = 256

    def encode(self, text: str) -> npt.NDArray[np.int32]:
        """The bytes (T,) of a text."""
        return np.frombuffer(text.encode(errors="replace"), np.uint8).astype(np.int32)

    def encode_pieces(self, pieces: Sequence[str]) -> npt.NDArray[np.int32]:
        """The bytes (T,) of several pieces of text."""
        return self.encode("".join(pieces))

    def token_bytes(self, ids: Sequence[int] | npt.NDArray[Any]) -> bytes:
        """The tokens as bytes."""
        return bytes(np.asarray(ids, dtype=np.int64).tolist())

    def decode(self, ids: Sequence[int] | npt.NDArray[Any]) -> str:
        """The text of tokens; bytes that form no character are shown as U+FFFD."""
        return self.token_bytes(ids).decode(errors="replace")

    def decode_stream(self) -> DecodeStream:
        """A decoder for tokens that arrive one at a time."""
        return DecodeStream(self)

    def to_json(self) -> str:
        """The tokenizer's name; there is nothing else to it."""
        return json.dumps({"kind": "bytes"})


class DecodeStream:
    """Text of tokens as they arrive; the bytes of an unfinished character wait for the rest.

    All pieces joined, with that of `finish`, equal `decode` of all tokens at once.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def push(self, token: int) -> str:
        """The text that becomes known by one more token; often empty inside a character."""
        return self._decoder.decode(self._tokenizer.token_bytes([token]))

    def finish(self) -> str:
        """What is left at the end: U+FFFD for a character that was never finished, or nothing."""
        return self._decoder.decode(b"", final=True)


def tokenizer_from_json(text: str, *, source: str = "stored tokenizer") -> Tokenizer:
    """The tokenizer that `to_json` told.

    Raises:
        DataError: the text is too long, damaged or of an unknown kind.
    """
    if len(text) > MAX_JSON_CHARACTERS:
        raise DataError(f"{source}: it is longer than {MAX_JSON_CHARACTERS:,} characters.")
    try:
        stored = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{source}: it is not valid JSON ({error}).") from None
    kind = stored.get("kind") if isinstance(stored, dict) else None
    if kind == "bytes":
        return ByteTokenizer()
    if kind == "bpe":
        from hope_core.data.bpe import BpeTokenizer  # loads a native library, only where used

        return BpeTokenizer.from_stored(stored, source=source)
    raise DataError(f"{source}: it holds no tokenizer of a known kind (bytes, bpe).")
