"""From settings to tokens: reads the source, splits it, makes the tokenizer, encodes both parts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import numpy as np

from hope_core.config.data import BpeSettings
from hope_core.data.sources import SOURCES, SourceText
from hope_core.data.split import Split, split_blocks
from hope_core.data.tokenizers import ByteTokenizer, Tokenizer, tokenizer_from_json
from hope_core.data.watch import Watch
from hope_core.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    from hope_core.config.data import DataSettings

PIECE = 1 << 13
"""Text is encoded in pieces of about this size (bytes), cut between lines where possible."""

PIECES_AT_ONCE = 16
PROMPT_CHARACTERS = 80


@dataclass(frozen=True)
class TokenText:
    """One part of the text as tokens.

    Attributes:
        tokens: (N,) ids in the smallest unsigned type that holds the vocabulary.
        bytes_per_token: bytes of this part's text divided by N, exact; a loss in nats a token is
            `loss / ln 2 / bytes_per_token` bits a byte.
    """

    tokens: npt.NDArray[Any]
    bytes_per_token: float


@dataclass(frozen=True)
class Corpus:
    """A text ready for training.

    Attributes:
        tokenizer: turns prompts into tokens and tokens into text.
        train: the part that is trained on.
        validation: the held-out part.
        fingerprint: sha256 (hex) of text, tokenizer and split; equal means the same batches.
        floor_bits_per_byte: exact entropy of the text's source, where it is known.
        prompt: how a held-out block begins, to pre-fill the prompt with.
    """

    tokenizer: Tokenizer
    train: TokenText
    validation: TokenText
    fingerprint: str
    floor_bits_per_byte: float | None
    prompt: str


def prepare(
    settings: DataSettings,
    *,
    progress: Callable[[str, int, int], None],
    cancelled: Callable[[], None],
    tokenizer_json: str | None = None,
) -> Corpus:
    """Read, split and encode the text that the settings name.

    `progress` gets (phase, done, total); `cancelled` is called at least every 50 ms and stops the
    work by raising. `tokenizer_json` is the tokenizer of a run that goes on; without it, one is
    made as the settings say, from the training part only.

    Raises:
        DataError: the text cannot be read, is not UTF-8, or is too short for one sequence.
    """
    watch = Watch(progress, cancelled)
    text: SourceText = SOURCES.load(settings.source.kind)(settings.source, watch)
    split = split_blocks(text, settings.validation_fraction)
    if tokenizer_json is None:
        tokenizer = _make_tokenizer(settings, text, split, watch)
    else:
        tokenizer = tokenizer_from_json(tokenizer_json, source="the tokenizer of the run")
    train = _encode(text, split.train, tokenizer, watch)
    validation = _encode(text, split.validation, tokenizer, watch)
    _refuse_short(text, train, validation, settings)
    return Corpus(
        tokenizer,
        train,
        validation,
        _fingerprint(text, split, tokenizer, watch),
        text.floor_bits_per_byte,
        _prompt(text, split),
    )


def _make_tokenizer(
    settings: DataSettings, text: SourceText, split: Split, watch: Watch
) -> Tokenizer:
    if not isinstance(settings.tokenizer, BpeSettings):
        return ByteTokenizer()
    from hope_core.data.bpe import TRAINING_BYTES, TRAINING_PIECE, train_bpe

    step = max(1, -(-len(text.data) // TRAINING_BYTES))
    chosen = []
    parts = (_pieces(text, part, TRAINING_PIECE) for part in split.train)
    for number, piece in enumerate(chain.from_iterable(parts)):
        watch.tick("choosing text", number, 0)
        if number % step == 0:
            chosen.append(piece)
    return train_bpe(chosen, settings.tokenizer.vocabulary, watch)


def _encode(
    text: SourceText, parts: tuple[tuple[int, int], ...], tokenizer: Tokenizer, watch: Watch
) -> TokenText:
    """Encode some parts of the text, one after the other."""
    dtype = np.min_scalar_type(tokenizer.vocabulary - 1)
    total = sum(end - start for start, end in parts)
    tokens = np.empty(total, dtype)  # a token is at least a byte; untouched pages cost nothing
    count = done = 0
    for part in parts:
        pieces = _pieces(text, part, PIECE)
        while group := list(islice(pieces, PIECES_AT_ONCE)):
            watch.tick("encoding", done, total)
            ids = tokenizer.encode_pieces([piece.decode() for piece in group])
            tokens[count : count + len(ids)] = ids
            count += len(ids)
            done += sum(map(len, group))
    watch.tick("encoding", total, total)
    return TokenText(tokens[:count], total / max(1, count))


def _pieces(text: SourceText, part: tuple[int, int], size: int) -> Iterator[bytes]:
    """Cut a part after the last line break before every `size` bytes, or between characters."""
    start, stop = part
    while start < stop:
        end = min(stop, start + size)
        if end < stop:
            line = text.data.rfind(b"\n", start, end) + 1
            while not line and text.data[end] & 0xC0 == 0x80:
                end -= 1
            end = line or end
        yield bytes(text.data[start:end])
        start = end


def _refuse_short(
    text: SourceText, train: TokenText, validation: TokenText, settings: DataSettings
) -> None:
    wanted = settings.sequence_length + 1
    for name, part, fix in (
        ("training", train, "lower data.validation_fraction"),
        ("validation", validation, "raise data.validation_fraction"),
    ):
        if len(part.tokens) < wanted:
            raise DataError(
                f"{text.place}: the text is too short. Its {len(text.data):,} bytes leave "
                f"{len(part.tokens):,} tokens for {name}, and one sequence needs {wanted:,}. "
                f"Use more text, lower data.sequence_length, or {fix}."
            )


def _fingerprint(text: SourceText, split: Split, tokenizer: Tokenizer, watch: Watch) -> str:
    digest = hashlib.sha256(f"{split}\n{tokenizer.to_json()}\n".encode())
    view = memoryview(text.data)
    for start in range(0, len(view), 1 << 22):
        watch.tick("checking", start, len(view))
        digest.update(view[start : start + (1 << 22)])
    return digest.hexdigest()


def _prompt(text: SourceText, split: Split) -> str:
    """The first words of a held-out block."""
    start, end = split.validation[0]
    block = bytes(text.data[start : min(end, start + 4096)]).decode(errors="ignore").lstrip()
    if len(block) <= PROMPT_CHARACTERS:
        return block.rstrip()
    head = block[:PROMPT_CHARACTERS]
    return (head.rsplit(maxsplit=1)[0] if " " in head.strip() else head).rstrip()
