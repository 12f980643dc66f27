"""Byte-level byte-pair tokens (Sennrich et al. 2016; bytes as in GPT-2), learned from a text.

Stored as its 256 + N merges and nothing else, so a damaged or hostile file cannot configure more
than that. Training sees at most `TRAINING_BYTES`, taken from evenly spread places.
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any

import numpy as np

from hope_core.data.tokenizers import DecodeStream
from hope_core.errors import DataError

# Encoding in several threads is wanted, and the library's warning about forks is not: none fork.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")

import tokenizers as hf

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from hope_core.data.watch import Watch

TRAINING_BYTES = 4_000_000
"""Most text that the merges are learned from (bytes)."""

TRAINING_PIECE = 16_384
"""The training text is handed over in pieces of this size (bytes)."""

MAX_VOCABULARY = 262_144


def _byte_letters() -> list[str]:
    """The printable letter by which GPT-2's scheme writes each byte."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in plain]
    letters = {byte: chr(byte) for byte in plain}
    letters.update({byte: chr(256 + place) for place, byte in enumerate(others)})
    return [letters[byte] for byte in range(256)]


_LETTERS = _byte_letters()
_BYTE_OF = {letter: byte for byte, letter in enumerate(_LETTERS)}


class BpeTokenizer:
    """Byte-pair tokens: ids 0-255 are the bytes, each further one joins two earlier ones."""

    def __init__(self, merges: Sequence[tuple[str, str]]) -> None:
        self._merges = list(merges)
        words = [*_LETTERS, *(left + right for left, right in self._merges)]
        vocabulary = {word: place for place, word in enumerate(words)}
        self._bytes = [bytes(_BYTE_OF[letter] for letter in word) for word in words]
        self._coder = hf.Tokenizer(hf.models.BPE(vocabulary, self._merges))
        self._coder.pre_tokenizer = hf.pre_tokenizers.ByteLevel(add_prefix_space=False)

    @property
    def vocabulary(self) -> int:
        """How many different tokens there are."""
        return len(self._bytes)

    def encode(self, text: str) -> npt.NDArray[np.int32]:
        """The tokens (T,) of a text."""
        return self.encode_pieces([text])

    def encode_pieces(self, pieces: Sequence[str]) -> npt.NDArray[np.int32]:
        """The tokens (T,) of several pieces of text, each encoded by itself, in parallel."""
        clean = [piece.encode(errors="replace").decode() for piece in pieces]
        coded = self._coder.encode_batch_fast(clean, add_special_tokens=False)
        ids = [np.asarray(piece.ids, np.int32) for piece in coded]
        return np.concatenate(ids) if ids else np.empty(0, np.int32)

    def token_bytes(self, ids: Sequence[int] | npt.NDArray[Any]) -> bytes:
        """The exact bytes that tokens stand for."""
        table = self._bytes
        return b"".join([table[token] for token in np.asarray(ids, dtype=np.int64).tolist()])

    def decode(self, ids: Sequence[int] | npt.NDArray[Any]) -> str:
        """The text of tokens; bytes that form no character are shown as U+FFFD."""
        return self.token_bytes(ids).decode(errors="replace")

    def decode_stream(self) -> DecodeStream:
        """A decoder for tokens that arrive one at a time."""
        return DecodeStream(self)

    def to_json(self) -> str:
        """The merges, in their order."""
        return json.dumps({"kind": "bpe", "merges": self._merges}, ensure_ascii=False)

    @classmethod
    def from_stored(cls, stored: dict[str, Any], *, source: str) -> BpeTokenizer:
        """The tokenizer of a stored mapping.

        Raises:
            DataError: a merge is malformed, repeats a token or joins unknown ones.
        """
        merges = stored.get("merges")
        if not isinstance(merges, list) or len(merges) > MAX_VOCABULARY - 256:
            raise DataError(f"{source}: its merges are missing or too many.")
        known = set(_LETTERS)
        for number, merge in enumerate(merges):
            match merge:
                case [str(left), str(right)] if left in known and right in known:
                    joined = left + right
                case _:
                    raise DataError(f"{source}: merge {number} joins tokens that are not there.")
            if joined in known:
                raise DataError(f"{source}: merge {number} makes a token that is already there.")
            known.add(joined)
        return cls([(left, right) for left, right in merges])


def train_bpe(pieces: Sequence[bytes], vocabulary: int, watch: Watch) -> BpeTokenizer:
    """Learn the merges from pieces of text; the same text gives the same merges.

    Raises:
        DataError: the text is too small to give that many tokens.
    """
    texts = [piece.decode(errors="replace") for piece in pieces]
    coder = hf.Tokenizer(hf.models.BPE())
    coder.pre_tokenizer = hf.pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = hf.trainers.BpeTrainer(
        vocab_size=vocabulary,
        initial_alphabet=_LETTERS,
        min_frequency=2,
        show_progress=False,
        special_tokens=[],
    )
    pool = ThreadPoolExecutor(1)
    # The library learns in one call outside of Python, so it is given a thread of its own.
    learning = pool.submit(coder.train_from_iterator, texts, trainer)
    pool.shutdown(wait=False)
    while not learning.done():
        watch.tick("learning tokens", 0, 1)
        wait([learning], timeout=0.02)
    learning.result()
    stored = json.loads(coder.to_str())["model"]["merges"]
    tokenizer = BpeTokenizer([(left, right) for left, right in stored])
    if tokenizer.vocabulary < vocabulary:
        raise DataError(
            f"The training text gives only {tokenizer.vocabulary:,} tokens, and "
            f"data.tokenizer.vocabulary asks for {vocabulary:,}. Lower it, or use more text."
        )
    watch.tick("learning tokens", 1, 1)
    return tokenizer
