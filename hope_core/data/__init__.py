"""Text sources, tokenizers and batches. `prepare` gives a `Corpus`; nothing here imports torch."""

from __future__ import annotations

from hope_core.data.corpus import Corpus, TokenText, prepare
from hope_core.data.tokenizers import Tokenizer, tokenizer_from_json

__all__ = ["Corpus", "TokenText", "Tokenizer", "prepare", "tokenizer_from_json"]
