"""A look at the text as the model will see it: a packed batch, and the corpus in numbers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from hope_core.config.validation import parse_config
from hope_core.data import prepare
from hope_core.data.batches import training_batch
from hope_core.inference.messages import PreviewReply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hope_core.config.data import DataSettings
    from hope_core.data import Corpus
    from hope_core.inference.messages import PreviewRequest

TOP = 20
"""How many of the commonest tokens are told."""

_latest: dict[str, Corpus] = {}
"""The corpus that was looked at last, by its settings: paging through it costs nothing more."""


def answer_preview(request: PreviewRequest, check: Callable[[], None]) -> Iterator[PreviewReply]:
    """The first batch of the run, cut to the rows and columns asked for.

    Raises:
        HopeError: the settings or the text cannot be used.
    """
    config = parse_config(json.loads(request.config), source="the settings")
    corpus = _corpus(config.data, check)
    columns = min(request.columns, config.data.sequence_length)
    batch = training_batch(
        corpus.train.tokens, batch_size=request.rows, length=columns, seed=config.seed, position=0
    )
    counts = np.bincount(corpus.train.tokens, minlength=corpus.tokenizer.vocabulary)
    commonest = np.argsort(-counts, kind="stable")[:TOP]
    yield PreviewReply(
        id=request.id,
        rows=tuple(tuple(_text(corpus, token) for token in row[:columns]) for row in batch),
        train_tokens=len(corpus.train.tokens),
        validation_tokens=len(corpus.validation.tokens),
        vocabulary=corpus.tokenizer.vocabulary,
        vocabulary_used=int(np.count_nonzero(counts)),
        bytes_per_token=corpus.train.bytes_per_token,
        floor_bits_per_byte=corpus.floor_bits_per_byte,
        prompt=corpus.prompt,
        top_tokens=tuple((_text(corpus, t), int(counts[t])) for t in commonest if counts[t]),
    )


def _corpus(settings: DataSettings, check: Callable[[], None]) -> Corpus:
    key = settings.model_dump_json()
    if key not in _latest:
        corpus = prepare(settings, progress=lambda *_: None, cancelled=check)
        _latest.clear()
        _latest[key] = corpus
    return _latest[key]


def _text(corpus: Corpus, token: np.integer[np.typing.NBitBase] | int) -> str:
    """A token as a person can read it: what is no printable text stands as an escape."""
    text = corpus.tokenizer.token_bytes([int(token)]).decode(errors="backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
